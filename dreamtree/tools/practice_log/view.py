"""What the page shows of a practice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dreamtree.dates import day_words
from dreamtree.drawing import Chart
from dreamtree.drawing.calendar import CalendarEntry, Weeks, calendar
from dreamtree.text import isolated
from dreamtree.tools.base import PROSE_LIMIT, Inputs
from dreamtree.tools.fields import near_limit
from dreamtree.tools.practice_log.days import MOODS, RESULTS, Log, Practice, as_day
from dreamtree.tools.practice_log.words import (
    NO_DAY,
    in_short,
    mood_in_words,
    moods_in_words,
    result_in_words,
    state_in_words,
)
from dreamtree.tools.rows.records import Older
from dreamtree.values import Item

Choices = tuple[tuple[str, str], ...]
Numbers = tuple[tuple[int, str], ...]
RECENT = 3
"""So many days are seen at once; those before are folded."""
TRIED, RESULT, BEFORE, AFTER, STEPS = "What I tried", "How it went", "Mood before", "Mood after", "Steps"
HEADS = {"skill": (TRIED, RESULT), "rest": (BEFORE, AFTER), "routine": (STEPS,)}
"""Kind of practice → the columns of its days."""
UNNAMED = "Say what you want to practice."
QUESTION = "Keep it, change it, or let it go?"


@dataclass(frozen=True)
class LogView:
    """One day. `at` is the place of its fields in the form, "" where it rests; `detail` is what it says in one line."""

    at: str
    row: Log
    named: str
    detail: str
    limit_words: str
    steps: Choices


@dataclass(frozen=True)
class Days:
    """The newest days, those before, and a blank one; those before are unfolded where one of them has its fields."""

    recent: tuple[LogView, ...]
    earlier: tuple[LogView, ...]
    blank: LogView
    is_unfolded: bool = False
    results: Numbers = tuple(RESULTS.items())
    moods: Numbers = tuple(MOODS.items())


@dataclass(frozen=True)
class PracticeView:
    """`kind` is skill, rest or routine; `skills` and `lengths` are to choose from, `where` says how far it is.

    `question` is asked once its days are over, `unnamed` before it has a name. `done` is the key that today's entry
    would get.
    """

    kind: str
    practice: Practice
    skills: Choices
    lengths: Numbers
    where: str
    question: str
    unnamed: str
    days: Days
    noted: Chart | None
    today: str
    is_logged_today: bool
    done: str
    removed: str
    removed_key: str
    older: Older


def days_view(practice: Practice, blank: Log, steps: Sequence[Item]) -> Days:
    """The newest day first; two entries of one day are told apart by number. Of older days none is folded."""
    places = {log.key: f"rows-{n}" for n, log in enumerate((*practice.open_rows, blank))}
    days = [log.done_on for log in practice.noted]
    listed = [
        _log_view(places.get(log.key, ""), log, days[n:].count(log.done_on), steps)
        for n, log in enumerate(practice.noted)
    ]
    seen = RECENT if practice.unread.is_newest else len(listed)
    recent, earlier = tuple(listed[:seen]), tuple(listed[seen:])
    another = _log_view(places[blank.key], blank, 1, steps)
    return Days(recent, earlier, another, is_unfolded=any(one.at for one in earlier))


def _log_view(at: str, log: Log, number: int, steps: Sequence[Item]) -> LogView:
    day = day_words(log.done_on) or "a day with no date yet"
    known = {item.key: item.text for item in steps} | dict(log.called)
    return LogView(
        at=at,
        row=log,
        named=day if number == 1 else f"{day}, entry {number}",
        detail=in_short(log),
        limit_words=near_limit(log.tried, PROSE_LIMIT),
        steps=tuple(known.items()),
    )


def noted_view(practice: Practice, kind: str, inputs: Inputs, anchor: str) -> Chart | None:
    """The days on a calendar and in numbers, with what they come to; in the square of a skill's day its result."""
    weeks = Weeks(as_day(inputs.today), HEADS[kind], (TRIED, STEPS), _notes(practice, kind, inputs.log_summary), anchor)
    return calendar([_entry(log) for log in practice.noted], weeks)


def _notes(practice: Practice, kind: str, log_summary: str) -> tuple[str, ...]:
    """Where a skill is, by all days; of how many days the others are that are here, and what moods come to in them."""
    logs, unread = practice.noted, practice.unread.count
    state = state_in_words(logs, practice.skill, log_summary) if kind == "skill" else ""
    scope = f"Here are {len(logs)} of your {len(logs) + unread:,} days." if unread else ""
    return tuple(filter(None, (state, scope, moods_in_words(logs) if kind == "rest" else "")))


def _entry(log: Log) -> CalendarEntry:
    return CalendarEntry(log.day or log.done_on or NO_DAY, "" if log.result is None else str(log.result), _cells(log))


def _cells(log: Log) -> Mapping[str, str]:
    return {
        TRIED: log.tried,
        RESULT: result_in_words(log),
        BEFORE: mood_in_words(log.before),
        AFTER: mood_in_words(log.after),
        STEPS: ", ".join(map(isolated, log.done)),
    }


def skills_offered(practice: Practice, offered: Iterable[Item]) -> Choices:
    """What is offered and what was chosen, then one's own words."""
    chosen = {practice.skill: practice.skill_name} if practice.skill else {}
    known = {item.key: item.text for item in offered} | chosen
    found = {key: words for key, words in known.items() if words}
    return (*found.items(), ("", "Something else, in my own words")) if found else ()
