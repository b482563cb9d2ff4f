"""What one practices, day by day, and where it has led."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, IntegerField, TextField, fn

from dreamtree.db import Statement
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, Values, learn_rows, row_id
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

PRACTICE = "practice"
"""The item key of a block's practice: a block holds one."""
NOT_STARTED, IN_PROGRESS, MASTERED, REVIEW = "not started", "in progress", "mastered", "review needed"
GOOD, BEST, POOR, ENOUGH = 4, 5, 2, 3


class Practice(DerivedRow):
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


def learn_practice(
    user: Keyholder, block_key: str, practice: Values | None, logs: Mapping[str, Values], at: str
) -> bool:
    """The practice of one block (None for none) and its days: row key → columns of `PracticeLog`. True on change.

    A log may name the skill it was for in `skill_id`; each skill so named gets its state.
    """
    wanted = {PRACTICE: practice} if practice else {}
    key = row_id(block_key, PRACTICE)
    days = {
        name: {**_without_skill(log), "practice_key": key, "position": n} for n, (name, log) in enumerate(logs.items())
    }
    skills = {str(log["skill_id"]) for log in logs.values() if log.get("skill_id")}
    skills |= {str(practice["skill_id"])} if practice and practice.get("skill_id") else set()
    states = {skill: {"skill_id": skill, "state": state_of(_results(logs, skill))} for skill in sorted(skills)}
    changed = [
        learn_rows(user, model, block_key, rows, at)
        for model, rows in ((Practice, wanted), (PracticeLog, days), (SkillState, states))
    ]
    return any(changed)


def _without_skill(log: Values) -> dict[str, Any]:
    return {name: value for name, value in log.items() if name != "skill_id"}


def _results(logs: Mapping[str, Values], skill: str) -> list[tuple[str, int | None]]:
    """(day, result) of each log of this skill, oldest first."""
    found = [(log["done_on"], log.get("result")) for log in logs.values() if log.get("skill_id") == skill]
    return sorted(found, key=lambda one: one[0])


def state_of(results: Iterable[tuple[str, int | None]]) -> str:
    """Where a skill is, from (day, result 1–5 or None) in the order of days.

    Not started: nothing is logged. Mastered: the last three results, on three different days, are 4 or better and at
    least one is 5. Review needed: it was mastered, and a later result was 2 or less. Else in progress.
    """
    state, said = NOT_STARTED, list[tuple[str, int]]()
    for day, result in results:
        state = IN_PROGRESS if state == NOT_STARTED else state
        if result is None:
            continue
        said.append((day, result))
        if _holds(said[-ENOUGH:]):
            state = MASTERED
        elif state == MASTERED and result <= POOR:
            state = REVIEW
    return state


def _holds(last: list[tuple[str, int]]) -> bool:
    results = [result for _, result in last]
    return len({day for day, _ in last}) == ENOUGH and min(results) >= GOOD and max(results) >= BEST


def practices(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """What is practiced, the latest first; what was let go is left out. Filter: kind.

    Fields: kind, days, begun_on (ISO date).
    """
    kind = filters.get("kind")
    return [_item(user, row) for row in _PRACTICES.rows(user.id) if kind in (None, row[4])]


def _item(user: Keyholder, row: tuple[Any, ...]) -> Item:
    """A row of `_COLUMNS`."""
    identity, block_key, at, name, kind, days, begun_on = row
    words = open_(user, "practices.name", identity, Sealed(name))
    return Item(identity, words, {"kind": kind, "days": days, "begun_on": begun_on}, provenance(block_key, at))


_COLUMNS = (
    Practice.id,
    Practice.block_key,
    Practice.written_at,
    Practice.name,
    Practice.kind,
    Practice.days,
    Practice.begun_on,
)
_PRACTICES = Statement(
    lambda user_id: (
        Practice.select(*_COLUMNS)
        .where(Practice.user_id == user_id, Practice.decision != "drop")
        .order_by(Practice.begun_on.desc(), Practice.id)
    )
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


_OF_RUNNING = (Practice.id, Practice.block_key, Practice.name, Practice.begun_on, Practice.days)
_RUNNING = Statement(
    lambda user_id: (
        Practice.select(*_OF_RUNNING, fn.MAX(PracticeLog.done_on))
        .join(
            PracticeLog,
            JOIN.LEFT_OUTER,
            on=((PracticeLog.user_id == Practice.user_id) & (PracticeLog.practice_key == Practice.id)),
        )
        .where(Practice.user_id == user_id, Practice.decision != "drop", Practice.begun_on != "")
        .group_by(*_OF_RUNNING)
        .order_by(Practice.block_key)
    )
)
