"""What one practices, day by day, and where it has led."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from peewee import JOIN, IntegerField, TextField, fn

from dreamtree.content.blocks import Block
from dreamtree.db import Statement
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow, row_id
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

PRACTICE = "practice"
"""The item key of a block's practice: a block holds one."""
NOT_STARTED, IN_PROGRESS, MASTERED, REVIEW = "not started", "in progress", "mastered", "review needed"
GOOD, BEST, POOR, ENOUGH = 4, 5, 2, 3


class PracticeRow(DerivedRow):
    """A practice begun for a length. `kind` is skill, rest or routine; `days` is 7 or 14.

    `skill_id` is the skill it sharpens; `decision` is keep, change or drop once its days are over.
    """

    kind = TextField()
    name = SealedField()
    skill_id = TextField(null=True)
    begun_on = TextField(default="")
    days = IntegerField(null=True)
    decision = TextField(default="")

    class Meta:
        table_name = "practices"
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class PracticeLog(DerivedRow):
    """One day of a practice. `result` is 1 to 5; moods are sealed, −2 to +2 as text, "" when not said."""

    practice_key = TextField()
    done_on = TextField()
    result = IntegerField(null=True)
    tried = SealedField()
    before = SealedField()
    after = SealedField()
    steps = SealedField()

    class Meta:
        table_name = "practice_logs"
        indexes = ((("user_id", "practice_key", "done_on"), False), (("user_id", "block_key"), False))


class SkillState(DerivedRow):
    """Where practice has brought a skill: not started, in progress, mastered, or review needed."""

    skill_id = TextField()
    state = TextField()

    class Meta:
        table_name = "skill_states"
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


# Learning


def _begun(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The practice of a block, once it is begun for a length: before, it has no words."""
    return [item for item in items if item.text]


def _days(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The days logged; the words of a day are what was tried."""
    key = row_id(block.key, PRACTICE)
    return [replace(day, fields={**day.fields, "practice": key}) for item in items for day in item.fields["logs"]]


def _states(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """Where each skill is that the practice or one of its days was for."""
    days = [day for item in items for day in item.fields["logs"]]
    named = [*(item for item in items if item.text), *days]
    for skill in sorted({str(one.fields["skill"]) for one in named if one.fields.get("skill")}):
        yield Item(skill, "", {"skill": skill, "state": state_of(_results(days, skill)), "position": 0})


def _results(days: Items, skill: str) -> list[tuple[str, int | None]]:
    """(day, result) of each log of this skill, oldest first."""
    results = [(day.fields["done_on"], day.fields["result"]) for day in days if day.fields.get("skill") == skill]
    return sorted(results, key=lambda one: one[0])


def state_of(results: Iterable[tuple[str, int | None]]) -> str:
    """Where a skill is, from (day, result 1–5 or None) in the order of days.

    Not started: nothing is logged. Mastered: the last three results, on three different days, are 4 or better and at
    least one is 5. Review needed: it was mastered, and a later result was 2 or less. Else in progress.
    """
    state, judged = NOT_STARTED, list[tuple[str, int]]()
    for day, result in results:
        state = IN_PROGRESS if state == NOT_STARTED else state
        if result is None:
            continue
        judged.append((day, result))
        if _holds(judged[-ENOUGH:]):
            state = MASTERED
        elif state == MASTERED and result <= POOR:
            state = REVIEW
    return state


def _holds(last: list[tuple[str, int]]) -> bool:
    results = [result for _, result in last]
    return len({day for day, _ in last}) == ENOUGH and min(results) >= GOOD and max(results) >= BEST


# Reading


def practices(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """What is practiced, the latest first; what was let go is left out. Filter: kind.

    Fields: kind, days, begun_on (ISO date).
    """
    return PRACTICES.items(user, {**filters, "decisions": ("", "keep", "change")})


def _of_its_row(item: Item) -> Item:
    """A practice goes by its row: every block's has the same key."""
    return replace(item, key=row_id(item.provenance.block_key if item.provenance else "", item.key))


PRACTICES = Noun(
    PracticeRow,
    text="name",
    says=("kind", ("skill_id", "skill"), "begun_on", "days", "decision"),
    order=("-begun_on",),
    filters={"kind": "kind", "decisions": "decision"},
    source="practices",
    each=_begun,
    shown=_of_its_row,
    reads=practices,
)
PRACTICE_LOGS = Noun(
    PracticeLog,
    text="tried",
    says=(("practice_key", "practice"), "done_on", "result", "before", "after", "steps"),
    makes=("practices",),
    changes=("practices",),
    each=_days,
    by_entry=True,
)
SKILL_STATES = Noun(
    SkillState,
    text="",
    says=(("skill_id", "skill"), "state"),
    makes=("practices",),
    changes=("practices",),
    each=_states,
)


@dataclass(frozen=True)
class Running:
    """A practice that was begun and not let go; `last_on` is the last day logged, "" for none. Days are ISO dates."""

    block_key: str
    name: str
    begun_on: str
    days: int
    last_on: str


def practices_running(user: Keyholder) -> list[Running]:
    """What is practiced now, in book order, also where its days are over and nothing is decided. One query."""
    return [
        Running(block_key, open_(user, "practices.name", identity, Sealed(name)), begun_on, days, last_on or "")
        for identity, block_key, name, begun_on, days, last_on in _RUNNING.rows(user.id)
    ]


_OF_RUNNING = (PracticeRow.id, PracticeRow.block_key, PracticeRow.name, PracticeRow.begun_on, PracticeRow.days)
_RUNNING = Statement(
    lambda user_id: (
        PracticeRow.select(*_OF_RUNNING, fn.MAX(PracticeLog.done_on))
        .join(
            PracticeLog,
            JOIN.LEFT_OUTER,
            on=((PracticeLog.user_id == PracticeRow.user_id) & (PracticeLog.practice_key == PracticeRow.id)),
        )
        .where(PracticeRow.user_id == user_id, PracticeRow.decision != "drop", PracticeRow.begun_on != "")
        .group_by(*_OF_RUNNING)
        .order_by(PracticeRow.block_key)
    )
)
