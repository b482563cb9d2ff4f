"""What a life asks of work, and whom one would tell."""

from collections.abc import Mapping, Sequence
from typing import Any

from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

NONE_OF_THEM = "nothing"
"""The kind of a line that says there is nothing to leave room for."""
PARTS = ("kind", "firmness", "tell", "until")


class Constraint(DerivedRow):
    """One thing work has to leave room for. All of it is sealed, the choices too.

    `firmness` is fixed, change or help; `tell` is yes, after or no; `until` is when it ends or begins.
    """

    kind = SealedField()
    text = SealedField()
    firmness = SealedField()
    tell = SealedField()
    until = SealedField()

    class Meta:
        table_name = "constraints"
        indexes = ((("user_id", "block_key"), False),)


def learn_constraints(user: Keyholder, block_key: str, rows: Sequence[Mapping[str, Any]], at: str) -> bool:
    """The lines of one list (key, text, kind and fields firmness, tell, until); True when anything changed."""
    wanted = {row["key"]: _columns(n, row) for n, row in enumerate(rows) if row.get("kind") != NONE_OF_THEM}
    return learn_rows(user, Constraint, block_key, wanted, at)


def _columns(position: int, row: Mapping[str, Any]) -> dict[str, Any]:
    fields = row.get("fields") or {}
    said = {name: str(fields.get(name) or "") for name in ("firmness", "tell", "until")}
    return {"kind": row.get("kind") or "other", "text": row["text"], **said, "position": position}


def constraints(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """What work has to leave room for, as listed; fields: kind, firmness, tell, until.

    `kinds`, `firmness` and `tell` filter, each a list of values.
    """
    rows = Constraint.select().where(Constraint.user_id == user.id).order_by(Constraint.position, Constraint.id)
    items = [_item(user, row) for row in rows]
    asked = {name: filters[key] for key, name in _FILTERS.items() if key in filters}
    return [item for item in items if all(item.fields[name] in wanted for name, wanted in asked.items())]


_FILTERS = {"kinds": "kind", "firmness": "firmness", "tell": "tell"}


def _item(user: Keyholder, row: Constraint) -> Item:
    fields = {name: opened(user, row, name) for name in PARTS}
    return Item(row.item_key, opened(user, row, "text"), fields, provenance(row.block_key, row.written_at))
