"""Flow: hours that went by unnoticed, and what they leave behind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from peewee import IntegerField, Select, TextField, fn

from dreamtree.db import Statement
from dreamtree.profile.noun import ColumnValues, Noun
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, open_column
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

ENERGY_WORDS = ("drained", "a little tired", "about the same", "a little better", "energized")
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


def _felt(item: Item) -> Item:
    """A moment with its energy in words, and `from`, the same as `on`."""
    energy = item.fields["energy"]
    felt = "" if energy is None else ENERGY_WORDS[energy + 2]
    return replace(item, fields={**item.fields, "felt": felt, "from": item.fields["on"]})


def flow_entries(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Moments as items, the newest first; the words are the activity.

    Filters: `energy_from` and `focus_from` (that much or more; then the strongest first), `take`; `in_one_sentence`
    gives what each block of moments comes to. Fields: energy, `felt` (the energy in words), focus, part, on (ISO, as
    far as it is known), when (in words), reason, and `from`, the same as `on`.
    """
    if filters.get("in_one_sentence"):
        return _in_one_sentence(user)
    energy, focus = int(filters.get("energy_from", LEAST)), int(filters.get("focus_from", 0))
    rows = [row for row in FLOW.rows(user) if energy <= _energy(row) and focus <= _focus(row)]
    if "energy_from" in filters or "focus_from" in filters:
        rows.sort(key=lambda row: (-_energy(row), -_focus(row)))
    return FLOW.items_in(user, rows, {"take": filters.get("take")})


def _in_one_sentence(user: Keyholder) -> list[Item]:
    """For each block, what energized and what drained, the strongest first, with where the last of it was written."""
    blocks: dict[str, list[_Felt]] = {}
    for block_key, *columns in _FELT.rows(user.id):
        blocks.setdefault(block_key, []).append(_Felt(*columns))
    return [
        Item(key, _sentences_about(user, found), provenance=provenance(key, max(one.written_at for one in found)))
        for key, found in blocks.items()
    ]


class _Felt(NamedTuple):
    """A moment whose words are still closed: a log has very many, and few of them are told."""

    id: str
    written_at: str
    energy: int | None
    activity: str


def _sentences_about(user: Keyholder, moments: Sequence[_Felt]) -> str:
    lifting = _strongest(user, moments, 1)
    draining = _strongest(user, moments, -1)
    parts = [
        (what, words) for what, words in (("What energized you", lifting), ("What drained you", draining)) if words
    ]
    return " ".join(f"{what}: {'; '.join(words)}." for what, words in parts) or "Nothing stood out, either way."


def _strongest(user: Keyholder, moments: Sequence[_Felt], sign: int) -> list[str]:
    """The words of the moments that lifted (1) or drained (-1) most."""
    felt = [one for one in moments if sign * (one.energy or 0) > 0]
    felt.sort(key=lambda one: -sign * (one.energy or 0))
    words: dict[str, None] = {}
    for one in felt:
        words[open_column(user, FlowEntry, one.id, "activity", one.activity)] = None
        if len(words) == MOST_TOLD:
            break
    return list(words)


def _energy(row: ColumnValues) -> int:
    return LEAST if row["energy"] is None else int(row["energy"])


def _focus(row: ColumnValues) -> int:
    return int(row["focus"] or 0)


LEAST = -9
MOST_TOLD = 3
FLOW = Noun(
    FlowEntry,
    text="activity",
    says=(("happened", "when"), "reason", ("happened_on", "on"), ("part_of_day", "part"), "energy", "focus"),
    order=("-happened_on", "-written_at", "-position"),
    source="flow_entries",
    shown=_felt,
    reads=flow_entries,
)


_FELT = Statement(
    lambda user_id: (
        FLOW.query(user_id)
        .select(FlowEntry.block_key, *(getattr(FlowEntry, name) for name in _Felt._fields))
        .order_by(FlowEntry.happened_on.desc(), FlowEntry.written_at.desc(), FlowEntry.position.desc(), FlowEntry.id)
    )
)


def days_noted(user: Keyholder, block_key: str, day: str) -> tuple[str, str]:
    """The first day on which something was noted in one block, and the last one up to `day`; "" for none. One query."""
    [(first, last)] = _DAYS.rows(user.id, block_key, user.id, block_key, day)
    return first or "", last or ""


def _days(user_id: Any, block_key: Any) -> Any:
    mine = (FlowEntry.user_id == user_id, FlowEntry.block_key == block_key)
    return FlowEntry.select(FlowEntry.happened_on).where(*mine, fn.LENGTH(FlowEntry.happened_on) == 10).limit(1)


def _first_and_last(user_id: Any, block_key: Any, same_user_id: Any, same_block_key: Any, day: Any) -> Any:
    """Each is found in the index of days, however many moments there are."""
    first = _days(user_id, block_key).order_by(FlowEntry.happened_on)
    until = _days(same_user_id, same_block_key).where(FlowEntry.happened_on <= day)
    return Select(columns=[first, until.order_by(FlowEntry.happened_on.desc())])


_DAYS = Statement(_first_and_last)
