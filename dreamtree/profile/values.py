"""What one values, in one's own order."""

from collections.abc import Mapping
from typing import Any

from peewee import IntegerField, TextField, fn

from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, Values, learn_rows, opened
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField


class UserValue(DerivedRow):
    """A value that stayed. `kind` is life or work, `card_id` the card it came from (None for one's own).

    `meaning` is what it means in one's own words; `rank` 1 is the first.
    """

    kind = TextField()
    card_id = TextField(null=True)
    name = SealedField()
    meaning = SealedField()
    rank = IntegerField(null=True)

    class Meta:
        table_name = "user_values"
        indexes = ((("user_id", "kind", "rank"), False), (("user_id", "block_key"), False))


def learn_values(user: Keyholder, block_key: str, values: Mapping[str, Values], at: str) -> bool:
    """The values of one block, card or own key → kind, card_id, name, meaning, rank; in their order."""
    wanted = {key: {**value, "position": place} for place, (key, value) in enumerate(values.items())}
    return learn_rows(user, UserValue, block_key, wanted, at)


def user_values(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Values as items, the first first, those without a place at the end. Filters: kind (life or work), take."""
    rows = UserValue.select().where(UserValue.user_id == user.id)
    if kind := filters.get("kind"):
        rows = rows.where(UserValue.kind == kind)
    best_first = fn.COALESCE(UserValue.rank, 999), UserValue.position, UserValue.id
    return [_item(user, row) for row in rows.order_by(*best_first).limit(filters.get("take"))]


def _item(user: Keyholder, row: UserValue) -> Item:
    fields = {"kind": row.kind, "card_id": row.card_id, "rank": row.rank, "meaning": opened(user, row, "meaning")}
    return Item(row.item_key, opened(user, row, "name"), fields, provenance(row.block_key, row.written_at))
