"""Places one could live or work in, in one's own order."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import IntegerField, fn

from dreamtree.db import Statement
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, forget_rows, learn_rows
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

TAKEN_OUT = -1
"""The position of a place that was taken out: its words are erased, its rank waits for an undo."""


class Location(DerivedRow):
    """A place, what draws one there and what holds one back. `rank` is written by the ranking: 1 is the first.

    Only rows from position 0 on are places; see `TAKEN_OUT`.
    """

    name = SealedField()
    draws = SealedField()
    holds = SealedField()
    rank = IntegerField(null=True)

    class Meta:
        table_name = "locations"
        indexes = ((("user_id", "block_key"), False),)


def learn_places(user: Keyholder, block_key: str, rows: Sequence[Mapping[str, Any]], at: str) -> bool:
    """The places of one list (rows with key, text and fields draws, holds); True when anything changed.

    Ranks are left alone.
    """
    wanted = {row["key"]: _columns(n, row) for n, row in enumerate(rows)}
    ranked = Location.select(Location.item_key).where(
        Location.user_id == user.id, Location.block_key == block_key, Location.rank.is_null(False)
    )
    empty = {"name": "", "draws": "", "holds": "", "position": TAKEN_OUT}
    left = {row.item_key: empty for row in ranked if row.item_key not in wanted}
    return learn_rows(user, Location, block_key, wanted | left, at)


def _columns(position: int, row: Mapping[str, Any]) -> dict[str, Any]:
    fields = row.get("fields") or {}
    return {
        "name": row["text"],
        "draws": fields.get("draws", ""),
        "holds": fields.get("holds", ""),
        "position": position,
    }


def rank_places(user: Keyholder, ranks: Mapping[str, int]) -> bool:
    """Writes the rank of each place by its item key, and empties it on the others; True when any changed."""
    rows = list(Location.select().where(Location.user_id == user.id))
    changed = [row for row in rows if row.rank != ranks.get(row.item_key)]
    for row in changed:
        Location.update(rank=ranks.get(row.item_key)).where(
            Location.user_id == user.id, Location.id == row.id
        ).execute()
    if changed:
        is_nothing = (Location.position == TAKEN_OUT) & Location.rank.is_null()
        forget_rows(Location, Location.user_id == user.id, is_nothing)
    return bool(changed)


def locations(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Places, best first: those ranked, then the others as listed; fields: draws, holds, rank."""
    return [_item(user, *row) for row in _PLACES.rows(user.id)]


def _item(user: Keyholder, identity: str, key: str, block_key: str, at: str, rank: int | None, *said: str) -> Item:
    """A row of `_PLACES`."""
    name, draws, holds = (
        open_(user, f"locations.{column}", identity, Sealed(envelope))
        for column, envelope in zip(("name", "draws", "holds"), said, strict=True)
    )
    return Item(key, name, {"draws": draws, "holds": holds, "rank": rank}, provenance(block_key, at))


_PLACES = Statement(
    lambda user_id: (
        Location.select(
            Location.id,
            Location.item_key,
            Location.block_key,
            Location.written_at,
            Location.rank,
            Location.name,
            Location.draws,
            Location.holds,
        )
        .where(Location.user_id == user_id, Location.position >= 0)
        .order_by(fn.COALESCE(Location.rank, 999), Location.position, Location.id)
    )
)
