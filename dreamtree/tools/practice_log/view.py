"""What the page shows of a practice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamtree.drawing import Chart
from dreamtree.drawing.calendar import Entry, Weeks, calendar
from dreamtree.tools.base import PROSE_LIMIT
from dreamtree.tools.fields import near_limit
from dreamtree.tools.practice_log.days import MOODS, RESULTS, Row, as_day, is_over, name_of, whole_log
from dreamtree.tools.practice_log.words import (
    LineOfDay,
    day_in_words,
    in_short,
    known_number,
    moods_in_words,
    state_in_words,
    table_of,
    where_it_is,
)
from dreamtree.tools.rows.records import edition_of
from dreamtree.values import Item

Choices = tuple[tuple[str, str], ...]
OPEN = 3
"""So many days stand open; those before are folded."""
CELLS = ("What I tried", "How it went", "Mood before", "Mood after", "Steps")
HEADS = {"skill": CELLS[:2], "rest": CELLS[2:4], "routine": CELLS[4:]}
"""Kind of practice → the columns of its days."""
PROSE = CELLS[:1]
UNNAMED = "Say what you want to practice."
QUESTION = "Keep it, change it, or let it go?"


@dataclass(frozen=True)
class LogView:
    """One day with its fields. `at` is its place in the form, `detail` what it says in one line."""

    at: str
    key: str
    was: str
    named: str
    detail: str
    is_open: bool
    done_on: str
    tried: str
    room: str
    result: str
    before: str
    after: str
    ticked: tuple[str, ...]
    steps: Choices

    @property
    def edition(self) -> int:
        """The end of its textareas' names: another number once the row says something else."""
        return edition_of(self.was)


@dataclass(frozen=True)
class Setup:
    """What is set before it begins: `own` is the line of one's own, `skills` what is offered to choose from."""

    own: str
    skill: str
    skills: Choices
    days: str
    lengths: Choices
    begun_on: str
    decision: str


@dataclass(frozen=True)
class Course:
    """Where it is on its way, in words; `question` is asked once its days are over, `unnamed` before it has a name."""

    where: str
    question: str
    unnamed: str
    is_begun: bool
    has_ended: bool


@dataclass(frozen=True)
class Days:
    """The days with fields: the newest ones, those before, and a blank one."""

    recent: tuple[LogView, ...]
    earlier: tuple[LogView, ...]
    blank: LogView
    results: Choices
    moods: Choices


@dataclass(frozen=True)
class PracticeView:
    """`name` is what is practiced, `kind` skill, rest or routine. `done` is the key that today's entry would get."""

    kind: str
    name: str
    was: str
    setup: Setup
    course: Course
    days: Days
    noted: Chart | None
    today: str
    is_logged_today: bool
    done: str
    removed: str
    removed_key: str


def setup_view(answer: Mapping[str, Any], skills: Choices, lengths: Sequence[int]) -> Setup:
    """What is set before the practice begins, of `skills` and `lengths` to choose from."""
    return Setup(
        own=answer.get("name") or "",
        skill=answer.get("skill") or "",
        skills=skills,
        days=str(answer.get("days") or ""),
        lengths=tuple((str(days), f"{days} days") for days in lengths),
        begun_on=answer.get("begun_on") or "",
        decision=answer.get("decision") or "",
    )


def course_view(answer: Mapping[str, Any], today: str) -> Course:
    """Where the practice is today, and what is asked when its days are over."""
    has_ended = answer.get("decision") == "drop"
    asks = is_over(answer, today) and not has_ended
    return Course(
        where=where_it_is(answer, today),
        question=f"The {answer.get('days')} days are over. {QUESTION}" if asks else "",
        unnamed=UNNAMED if answer.get("begun_on") and not name_of(answer) else "",
        is_begun=bool(name_of(answer) and answer.get("begun_on")),
        has_ended=has_ended,
    )


def days_view(rows: Sequence[Row], blank: Row, steps: Sequence[Item], today: str) -> Days:
    """The noted days, the last ones open, and a blank one; `steps` are what can be ticked."""
    views = log_views([*rows, blank], steps, today)
    return Days(views[: min(OPEN, len(rows))], views[OPEN : len(rows)], views[-1], _pairs(RESULTS), _pairs(MOODS))


def _pairs(labels: Mapping[int, str]) -> Choices:
    return tuple((str(value), label) for value, label in labels.items())


def log_views(rows: Sequence[Row], steps: Sequence[Item], today: str) -> tuple[LogView, ...]:
    """Each day with its fields; two entries of one day are told apart by number."""
    days = [row.get("done_on") or "" for row in rows]
    return tuple(_log_view(n, row, days[n:].count(days[n]), steps, today) for n, row in enumerate(rows))


def _log_view(n: int, row: Row, number: int, steps: Sequence[Item], today: str) -> LogView:
    said, words, detail = whole_log(row), row.get("words") or {}, in_short(row)
    day = day_in_words(said["done_on"]) or "a day not named yet"
    known = {**{item.key: item.text for item in steps}, **{key: words[key] for key in said["steps"] if key in words}}
    return LogView(
        at=f"rows-{n}",
        key=row["key"],
        was=row.get("was") or "",
        named=day if number == 1 else f"{day}, entry {number}",
        detail=detail,
        is_open=not detail or said["done_on"] in ("", today),
        done_on=said["done_on"],
        tried=said["tried"],
        room=near_limit(said["tried"], PROSE_LIMIT),
        result=_as_text(said["result"]),
        before=_as_text(said["before"]),
        after=_as_text(said["after"]),
        ticked=tuple(said["steps"]),
        steps=tuple((key, words.get(key, text)) for key, text in known.items()),
    )


def _as_text(value: int | None) -> str:
    return "" if value is None else str(value)


def noted_view(rows: Sequence[Row], kind: str, skill: str, today: str, anchor: str) -> Chart | None:
    """The days on a calendar and in numbers, with what they come to; in the square of a skill's day its result."""
    entries = [_entry(row, line) for row, line in zip(rows, table_of(rows), strict=True)]
    state = state_in_words(rows, skill) if kind == "skill" else moods_in_words(rows) if kind == "rest" else ""
    notes = (state,) if state else ()
    return calendar(entries, Weeks(as_day(today), HEADS[kind], PROSE, notes, anchor))


def _entry(row: Row, line: LineOfDay) -> Entry:
    cells = dict(zip(CELLS, (line.tried, line.result, line.before, line.after, line.steps), strict=True))
    label = _as_text(known_number(RESULTS, row.get("result")))
    return Entry(as_day(row.get("done_on")) or line.day, label, cells)
