"""Flow: hours that went by unnoticed, and what they leave behind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, IntegerField, Select, TextField, fn

from dreamtree.db import Statement
from dreamtree.profile.noun import Noun
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, open_column
from dreamtree.text import ended
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
        indexes = (
            (("user_id", "happened_on"), False),
            (("user_id", "block_key", "happened_on", "written_at"), False),
            (("user_id", "energy", "focus", "happened_on"), False),
        )


def _in_words(item: Item) -> Item:
    """A moment with its energy in words, and `from`, the same as `on`."""
    energy = item.fields["energy"]
    felt = "" if energy is None else ENERGY_WORDS[energy + 2]
    return replace(item, fields={**item.fields, "felt": felt, "from": item.fields["on"]})


def flow_entries(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Moments as items, the newest first, `MOST_GIVEN` at the most; the words are the activity.

    Filters: `energy_from` and `focus_from` (that much or more; then the strongest first, wherever they were told),
    `take`, and `from`, the exercises or modules they were told in; `in_one_sentence` gives what each block of moments
    comes to. Fields: energy, `felt` (the energy in words), focus, part, on (ISO, as far as it is known), when (in
    words), reason, and `from`, the same as `on`.
    """
    scopes = filters.get("from", ())
    told_in = [f"{scope}." for scope in scopes], [f"{scope}/" for scope in scopes]
    if filters.get("in_one_sentence"):
        return _in_one_sentence(user, told_in)
    most = min(filters.get("take") or MOST_GIVEN, MOST_GIVEN)
    energies, focuses = ([int(filters[name])] if name in filters else [] for name in ("energy_from", "focus_from"))
    if energies or focuses:
        rows = _STRONGEST.rows(user.id, energies, focuses, most)
    else:
        rows = _NEWEST.rows(user.id, *told_in, most)
    return [FLOW.item(user, dict(zip(FLOW.columns, row, strict=True))) for row in rows]


def _in_one_sentence(user: Keyholder, told_in: tuple[list[str], list[str]]) -> list[Item]:
    """For each block, what energized and what drained, the strongest first, with where the last of it was written."""
    rows = _SAID.rows(user.id, *told_in, *(user.id for _ in STRONG))
    last = {block_key: written_at for identity, block_key, _, written_at in rows if identity is None}
    felt = {key: [row for row in rows if row[1] == key and row[0] is not None] for key in last}
    return [Item(key, _sentences_about(user, felt[key]), provenance=provenance(key, last[key])) for key in last]


def _sentences_about(user: Keyholder, felt: Sequence[tuple[Any, ...]]) -> str:
    lifting, draining = (_told(user, [row for row in felt if sign * row[2] > 0]) for sign in (1, -1))
    parts = [
        (what, words) for what, words in (("What energized you", lifting), ("What drained you", draining)) if words
    ]
    return " ".join(f"{what}: {ended('; '.join(words))}" for what, words in parts) or "Nothing stood out, either way."


def _told(user: Keyholder, felt: Iterable[tuple[Any, ...]]) -> list[str]:
    """The words of the first moments, each once."""
    words: dict[str, None] = {}
    for identity, _, _, activity in felt:
        words[open_column(user, FlowEntry, identity, "activity", activity)] = None
        if len(words) == MOST_TOLD:
            break
    return list(words)


MOST_GIVEN = 40
"""So many moments a connection gives at the most, however long a log is."""
MOST_TOLD = 3
MOST_LOOKED_AT = 12
STRONG = (2, 1, -2, -1)
"""The energies that are told, the strongest first."""
FLOW = Noun(
    FlowEntry,
    text="activity",
    says=(("happened", "when"), "reason", ("happened_on", "on"), ("part_of_day", "part"), "energy", "focus"),
    order=("-happened_on", "-written_at", "-position"),
    source="flow_entries",
    on_read=_in_words,
    reads=flow_entries,
    by_entry=True,
)


ENERGY, FOCUS = FlowEntry.energy.desc(nulls="LAST"), FlowEntry.focus.desc(nulls="LAST")


def _told_in(firsts: list[Any], pasts: list[Any]) -> list[Any]:
    """The condition that a block's key lies between one of these and what comes after it; none without one."""
    ranges = [
        (FlowEntry.block_key >= first) & (FlowEntry.block_key < past) for first, past in zip(firsts, pasts, strict=True)
    ]
    return [reduce(or_, ranges)] if ranges else []


def _newest_first(query: Any, *before: Any) -> Any:
    newest = (FlowEntry.happened_on.desc(), FlowEntry.written_at.desc(), FlowEntry.position.desc(), FlowEntry.id)
    return query.order_by(*before, *newest)


def _newest(user_id: Any, firsts: list[Any], pasts: list[Any], most: Any) -> Any:
    return _newest_first(FLOW.query(user_id).where(*_told_in(firsts, pasts))).limit(most)


def _strongest(user_id: Any, energies: list[Any], focuses: list[Any], most: Any) -> Any:
    which = [*(FlowEntry.energy >= one for one in energies), *(FlowEntry.focus >= one for one in focuses)]
    return _newest_first(FLOW.query(user_id).where(*which), ENERGY, FOCUS).limit(most)


def _said(user_id: Any, firsts: list[Any], pasts: list[Any], *user_ids: Any) -> Any:
    """The last moment of each block, and the first ones with each of the energies that are told.

    One statement, for it may run while everybody else waits.
    """
    columns = (FlowEntry.id, FlowEntry.block_key, FlowEntry.energy, FlowEntry.activity)
    last = FlowEntry.select(SQL("NULL"), FlowEntry.block_key, SQL("NULL"), fn.MAX(FlowEntry.written_at))
    found: Any = last.where(FlowEntry.user_id == user_id, *_told_in(firsts, pasts)).group_by(FlowEntry.block_key)
    for energy, owner_id in zip(STRONG, user_ids, strict=True):
        each = FLOW.query(owner_id).select(*columns).where(FlowEntry.energy == energy)
        first = _newest_first(each, FOCUS).limit(MOST_LOOKED_AT)
        found = found.union_all(Select([first], [first.c[one.name] for one in columns]))
    return found


_NEWEST, _STRONGEST, _SAID = Statement(_newest), Statement(_strongest), Statement(_said)


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
