"""What one practices, day by day, and where it has led."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from peewee import IntegerField, TextField, fn

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
Result = tuple[str, int | None]
"""A day, and how it went: 1 to 5, None when not said."""


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
    """One day of a practice. `result` is 1 to 5; moods are sealed, −2 to +2 as text, "" when not said.

    `skill_id` is the skill that it was for, "" for none.
    """

    practice_key = TextField()
    skill_id = TextField(default="")
    done_on = TextField()
    result = IntegerField(null=True)
    tried = SealedField()
    before = SealedField()
    after = SealedField()
    steps = SealedField()

    class Meta:
        table_name = "practice_logs"
        indexes = (
            (("user_id", "practice_key", "done_on"), False),
            (("user_id", "block_key", "skill_id", "done_on", "result"), False),
        )


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
    """Where each skill is that the practice or one of its days was for, by all days learned from the block."""
    skills = (str(item.fields["skill"]) for item in items if item.text and item.fields["skill"])
    results = {skill: list[Result]() for skill in skills}
    for skill, day, result in _RESULTS.rows(user.id, block.key):
        results.setdefault(skill, []).append((day, result))
    for skill, mine in sorted(results.items()):
        yield Item(skill, "", {"skill": skill, "state": practice_state(mine), "position": 0})


def _judged_by(items: Items) -> object:
    """What of a practice and its days decides where a skill is."""
    named = {item.fields["skill"] for item in items if item.text}
    days = (day.fields for item in items for day in item.fields["logs"])
    return named, Counter((day["skill"], day["done_on"], day["result"]) for day in days)


def state_in(user: Keyholder, block_key: str, skill: str) -> str:
    """Where a skill is by all days of a practice, however many; `skill` is "" for words of one's own. One query."""
    return practice_state((day, result) for _, day, result in _RESULTS_FOR.rows(user.id, block_key, skill))


def _results(user_id: Any, block_key: Any) -> Any:
    """The skill, day and result of each day of a block; found in one index, and nothing sealed is read."""
    query = PracticeLog.select(PracticeLog.skill_id, PracticeLog.done_on, PracticeLog.result)
    return query.where(PracticeLog.user_id == user_id, PracticeLog.block_key == block_key)


_RESULTS = Statement(lambda user_id, block_key: _results(user_id, block_key).where(PracticeLog.skill_id > ""))
_RESULTS_FOR = Statement(
    lambda user_id, block_key, skill: _results(user_id, block_key).where(PracticeLog.skill_id == skill)
)


def practice_state(results: Iterable[Result]) -> str:
    """Where a skill is, from each day's (day, result 1–5 or None), in any order; of one day the best result comes last.

    Not started: nothing is logged. Mastered: three results one after another, on three different days, were 4 or better
    and at least one was 5. Review needed: after the last such three came a result of 2 or less. Else in progress.
    """
    logged = list(results)
    judged = sorted((day, result) for day, result in logged if result is not None)
    was_hard = False
    for past in range(len(judged), ENOUGH - 1, -1):
        result = judged[past - 1][1]
        if result >= GOOD and _holds(judged[past - ENOUGH : past]):
            return REVIEW if was_hard else MASTERED
        was_hard = was_hard or result <= POOR
    return IN_PROGRESS if logged else NOT_STARTED


def _holds(tries: list[tuple[str, int]]) -> bool:
    results = [result for _, result in tries]
    return min(results) >= GOOD and max(results) >= BEST and len({day for day, _ in tries}) == ENOUGH


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
    on_learn=_begun,
    on_read=_of_its_row,
    reads=practices,
)
PRACTICE_LOGS = Noun(
    PracticeLog,
    text="tried",
    says=(("practice_key", "practice"), ("skill_id", "skill"), "done_on", "result", "before", "after", "steps"),
    makes=("practices",),
    changes=("practices",),
    on_learn=_days,
    by_entry=True,
)
SKILL_STATES = Noun(
    SkillState,
    text="",
    says=(("skill_id", "skill"), "state"),
    makes=("practices",),
    changes=("practices",),
    on_learn=_states,
    judged_by=_judged_by,
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
_LAST_DAY = PracticeLog.select(fn.MAX(PracticeLog.done_on)).where(
    PracticeLog.user_id == PracticeRow.user_id, PracticeLog.practice_key == PracticeRow.id
)
"""Of each practice by itself: it is the end of an index, however many days there are."""
_RUNNING = Statement(
    lambda user_id: (
        PracticeRow.select(*_OF_RUNNING, _LAST_DAY)
        .where(PracticeRow.user_id == user_id, PracticeRow.decision != "drop", PracticeRow.begun_on != "")
        .order_by(PracticeRow.block_key)
    )
)
