"""Flow: hours that went by unnoticed, and what they leave behind."""

from collections.abc import Mapping
from typing import Any

from peewee import IntegerField, TextField, fn

from dreamtree.db import Statement
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

ENERGY_WORDS = ("drained", "tired", "neither", "gave some", "lifted")
"""The energy after a moment, from −2 to +2."""


class FlowEntry(DerivedRow):
    """One moment. `energy` −2 (drained) to +2 (lifted), `focus` 1 to 5 (could not have heard the door).

    `happened_on` is an ISO date, month or year, "" when it is only known in words, which `happened` then holds
    ("as a child"). `part_of_day` is morning, midday, afternoon, evening, night or "".
    """

    activity = SealedField()
    reason = SealedField()
    happened = SealedField()
    happened_on = TextField(default="")
    part_of_day = TextField(default="")
    energy = IntegerField(null=True)
    focus = IntegerField(null=True)

    class Meta:
        table_name = "flow_entries"
        indexes = ((("user_id", "happened_on"), False), (("user_id", "block_key"), False))


def learn_flow(user: Keyholder, block_key: str, moments: Mapping[str, Mapping[str, Any]], at: str) -> bool:
    """The moments of one block: row key → the columns of `FlowEntry`, in order. True when any changed."""
    wanted = {key: {**columns, "position": n} for n, (key, columns) in enumerate(moments.items())}
    return learn_rows(user, FlowEntry, block_key, wanted, at)


def flow_entries(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Moments as items, the newest first; the words are the activity.

    Filters: `energy_from` and `focus_from` (that much or more; then the strongest first), `take`. Fields: energy,
    `felt` (the energy in words), focus, part, on (ISO, as far as it is known), when (in words), reason, and `from`,
    the same as `on`.
    """
    energy, focus = int(filters.get("energy_from", LEAST)), int(filters.get("focus_from", 0))
    by_strength = "energy_from" in filters or "focus_from" in filters
    rows = (_STRONGEST if by_strength else _NEWEST).rows(user.id, energy, focus, int(filters.get("take") or MOST))
    return [_item(user, *row) for row in rows]


LEAST, MOST = -9, 1_000
_COLUMNS = (
    FlowEntry.id,
    FlowEntry.item_key,
    FlowEntry.block_key,
    FlowEntry.written_at,
    FlowEntry.activity,
    FlowEntry.happened,
    FlowEntry.reason,
    FlowEntry.happened_on,
    FlowEntry.part_of_day,
    FlowEntry.energy,
    FlowEntry.focus,
)
_ENERGY, _FOCUS = fn.COALESCE(FlowEntry.energy, LEAST), fn.COALESCE(FlowEntry.focus, 0)
_LATEST = (FlowEntry.happened_on.desc(), FlowEntry.written_at.desc(), FlowEntry.position.desc(), FlowEntry.id)


def _entries(order: tuple[Any, ...]) -> Statement:
    return Statement(
        lambda user_id, energy, focus, take: (
            FlowEntry.select(*_COLUMNS)
            .where(FlowEntry.user_id == user_id, energy <= _ENERGY, focus <= _FOCUS)
            .order_by(*order)
            .limit(take)
        )
    )


_NEWEST = _entries(_LATEST)
_STRONGEST = _entries((_ENERGY.desc(), _FOCUS.desc(), *_LATEST))


def _item(user: Keyholder, identity: str, key: str, block_key: str, at: str, *said: Any) -> Item:
    """A row of `_COLUMNS`."""
    *sealed, on, part, energy, focus = said
    activity, when, reason = (
        open_(user, f"flow_entries.{name}", identity, Sealed(envelope))
        for name, envelope in zip(("activity", "happened", "reason"), sealed, strict=True)
    )
    felt = "" if energy is None else ENERGY_WORDS[energy + 2]
    fields = {"energy": energy, "felt": felt, "focus": focus, "part": part, "on": on, "when": when, "from": on}
    return Item(key, activity, {**fields, "reason": reason}, provenance(block_key, at))


def days_noted(user: Keyholder, block_key: str) -> list[str]:
    """The days on which something was noted in one block, ISO, the earliest first. One query."""
    return [day for (day,) in _DAYS.rows(user.id, block_key)]


_DAYS = Statement(
    lambda user_id, block_key: (
        FlowEntry.select(FlowEntry.happened_on)
        .where(FlowEntry.user_id == user_id, FlowEntry.block_key == block_key, fn.LENGTH(FlowEntry.happened_on) == 10)
        .distinct()
        .order_by(FlowEntry.happened_on)
    )
)
