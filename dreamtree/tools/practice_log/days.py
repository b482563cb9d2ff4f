"""A practice and its days: what is posted and kept, how long it runs, and what its buttons do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from wtforms import Field

from dreamtree.dates import day_words
from dreamtree.text import as_line
from dreamtree.tools.base import NAME_LIMIT, Inputs, UnknownButton
from dreamtree.tools.fields import KEY, Choice, KeyField, WhenField, WholeNumberField, date_problem
from dreamtree.tools.rows.kinds import Kind, choice, declared, keys_in, line, prose, step, unposted, unposted_mapping
from dreamtree.tools.rows.records import Records, TypedRecord
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Item

DECISIONS = (Choice("keep", "Keep it"), Choice("change", "Change it"), Choice("drop", "Let it go"))
RESULTS = {1: "Not yet", 2: "Partly", 3: "With effort", 4: "Well", 5: "Easily"}
MOODS = {-2: "Very low", -1: "Low", 0: "In between", 1: "Good", 2: "Very good"}
STEP_LIMIT = 50
MOST_DAYS = 366
DAY_LENGTH = len("2027-03-14")


# What is posted


class DayField(WhenField):
    """A day, ISO in the answer; the typed words where they are none."""

    def taken(self, typed: str, understood: str | None) -> str:
        if typed and len(understood or "") != DAY_LENGTH:
            raise ValueError(date_problem(typed, f"Type a full date, like {day_words('2027-03-14')}."))
        return understood or ""


class Steps(Field):
    """Keys of the steps that are ticked, each once."""

    def process_formdata(self, valuelist: list[str]) -> None:
        keys = list(dict.fromkeys(value for value in valuelist if value))
        self.data = [value for value in keys if KEY.fullmatch(value)][:STEP_LIMIT]
        if self.data != keys:
            raise ValueError("Part of one step didn't come through. Reload the page; the rest is still here.")


def _day() -> Any:
    return declared(Kind(lambda _: DayField(), as_line))


def _number(stored: Any) -> int | None:
    return stored if isinstance(stored, int) else None


# What is kept


@dataclass(frozen=True)
class Log(TypedRecord):
    """One day. `called` are the words of its steps and `skill` is the skill it was for, as of when it was noted."""

    words: ClassVar[str] = "done_on"

    done_on: str = _day()
    tried: str = prose()
    result: int | None = step(min(RESULTS), max(RESULTS))
    before: int | None = step(min(MOODS), max(MOODS))
    after: int | None = step(min(MOODS), max(MOODS))
    steps: tuple[str, ...] = declared(Kind(lambda _: Steps(), keys_in, (), list))
    called: Mapping[str, str] = unposted_mapping("words")
    skill: str = unposted(as_line)

    @property
    def day(self) -> date | None:
        """The day; None where something else was typed."""
        return as_day(self.done_on)

    @property
    def done(self) -> tuple[str, ...]:
        """The ticked steps in words."""
        return tuple(self.called[key] for key in self.steps if key in self.called)


@dataclass(frozen=True)
class Practice(Records[Log]):
    """What is practiced (a skill that was offered, with its words, or a name of one's own), and for how long.

    `decision` is what was decided at its end: keep, change or drop.
    """

    skill: str = declared(Kind(lambda _: KeyField(optional=True), as_line))
    skill_name: str = unposted(as_line, is_optional=False)
    name: str = line(NAME_LIMIT)
    days: int | None = declared(Kind(lambda _: WholeNumberField(), _number, None))
    begun_on: str = _day()
    decision: str = choice(DECISIONS)

    @property
    def called(self) -> str:
        """What is practiced, in words."""
        return (self.skill and self.skill_name) or self.name

    @cached_property
    def noted(self) -> list[Log]:
        """Every day in which something is said, the newest first."""
        return in_days(log for log in self.rows if log.is_filled)

    @property
    def is_begun(self) -> bool:
        """Whether it has a name and a first day."""
        return bool(self.called and self.begun_on)

    @property
    def has_ended(self) -> bool:
        """Whether it was let go."""
        return self.decision == "drop"

    @property
    def last_day(self) -> date | None:
        """The last day of the length that runs, None while nothing is begun."""
        begun, days = as_day(self.begun_on), self.days or 0
        if begun is None or not 0 < days <= MOST_DAYS:
            return None
        return begun + timedelta(days=min(days - 1, (date.max - begun).days))

    def is_over(self, today: str) -> bool:
        """Whether the length that runs has ended; `today` is an ISO day, or "" where it is not known."""
        return self.last_day is not None and bool(today) and date.fromisoformat(today) > self.last_day


def as_day(text: str) -> date | None:
    """An ISO date; None for anything else that was typed there."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def in_days(logs: Iterable[Log]) -> list[Log]:
    """The newest day first, those without a day before all; of one day, in the order they have."""
    return sorted(logs, key=lambda log: log.done_on or "9", reverse=True)


def dressed(log: Log, before: Log | None, skill: str, steps: Sequence[Item]) -> Log:
    """A posted day with the words of its steps and the skill it was for, as they were when it was noted."""
    words = {item.key: item.text for item in steps} | dict(before.called if before else {})
    kept_steps = tuple(key for key in log.steps if key in words)
    called = {key: words[key] for key in kept_steps}
    return replace(log, steps=kept_steps, called=called, skill=before.skill if before else skill)


# Buttons, and what is learned


def with_today(practice: Practice, key: str, today: str) -> Practice:
    """One more day, under the key that the button had: pressed twice, it is one entry."""
    if not KEY.fullmatch(key):
        raise UnknownButton("done")
    if not today or any(log.key == key for log in practice.rows):
        return practice
    return replace(practice, rows=(Log(key, done_on=today, skill=practice.skill), *practice.rows))


def decided(practice: Practice, decision: str, today: str) -> Practice:
    """Kept: a further length begins today. Changed: it begins once it is named anew. Let go: it ends."""
    begins = {"keep": today, "change": "", "drop": practice.begun_on}
    if decision not in begins:
        raise UnknownButton(decision)
    return replace(practice, decision=decision, begun_on=begins[decision])


def logged_day(log: Log) -> Item:
    """A day as it is learned: the words are what was tried, moods are text, `skill` is the one it was for."""
    before, after = ("" if mood is None else str(mood) for mood in (log.before, log.after))
    fields = {"done_on": log.done_on, "result": log.result, "steps": "\n".join(log.done), "skill": log.skill}
    return Item(log.key, log.tried, {**fields, "before": before, "after": after})


def with_skill(posted: Practice, before: Practice, inputs: Inputs) -> Practice:
    """A practice with the words of the skill, where one was offered or chosen before; else without a skill."""
    words = before.skill_name if posted.skill == before.skill else ""
    words = words or next((item.text for item in inputs.draft if item.key == posted.skill), "")
    return replace(posted, skill=posted.skill if words else "", skill_name=words if posted.skill else "")


def followed(practice: Practice, change: SkillChange) -> Practice:
    """A practice of a skill under its new name. Where the skill goes, the practice stays, with its words and days."""
    now = change.now
    skill, name = (now.skill, now.name) if now else ("", "")
    rows = tuple(_of_skill(log, change.keys, skill) for log in practice.rows)
    same = replace(practice, rows=rows)
    if practice.skill not in change.keys:
        return same
    return replace(same, skill=skill, skill_name=name, name=practice.name if now else practice.called)


def _of_skill(log: Log, keys: frozenset[str], skill: str) -> Log:
    return replace(log, skill=skill) if log.skill in keys else log
