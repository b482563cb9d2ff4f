"""A practice and its days, told in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dreamtree.drawing.calendar import in_words
from dreamtree.profile.practices import IN_PROGRESS, MASTERED, REVIEW, state_of
from dreamtree.tools.fields import first_line
from dreamtree.tools.practice_log.days import MOODS, RESULTS, Row, as_day, last_day, whole_log
from dreamtree.tools.wording import begun

STATES = {
    IN_PROGRESS: "In progress.",
    MASTERED: "Mastered: the last three, on three days, went well or with ease.",
    REVIEW: "Mastered before; the tries since say: look at it again.",
}


@dataclass(frozen=True)
class LineOfDay:
    """One day in the table, all in words."""

    day: str
    tried: str
    result: str
    before: str
    after: str
    steps: str


def day_in_words(day: str) -> str:
    """ "1 March 2027" from an ISO date; what is none stays as it is."""
    known = as_day(day)
    return in_words(known) if known else day


def table_of(rows: Sequence[Row]) -> tuple[LineOfDay, ...]:
    """The days as lines of a table, in the order given."""
    return tuple(_line(whole_log(row), row.get("words") or {}) for row in rows)


def _line(said: Row, words: Mapping[str, str]) -> LineOfDay:
    return LineOfDay(
        day=day_in_words(said["done_on"]) or "Day not named yet",
        tried=said["tried"],
        result=_told(RESULTS, said["result"]),
        before=_told(MOODS, said["before"], signed=True),
        after=_told(MOODS, said["after"], signed=True),
        steps=", ".join(words[key] for key in said["steps"] if key in words),
    )


def in_short(row: Row) -> str:
    """What a day says, in one line: "Well · Five lines and a phone."; "" for a day that was only ticked."""
    said = whole_log(row)
    result = RESULTS.get(known_number(RESULTS, said["result"]) or 0, "")
    moods = [
        f"{MOODS[mood].lower()} {name}"
        for name in ("before", "after")
        if (mood := known_number(MOODS, said[name])) is not None
    ]
    steps = _line(said, row.get("words") or {}).steps
    return " · ".join(part for part in (result, begun(", ".join(moods)), steps, first_line(said["tried"], 90)) if part)


def _told(labels: Mapping[int, str], value: Any, *, signed: bool = False) -> str:
    if known_number(labels, value) is None:
        return ""
    return f"{_signed(value) if signed else value} · {labels[value]}"


def _signed(number: float) -> str:
    """ "+1", "−0.5", "0"."""
    shown = f"{abs(number):.1f}".removesuffix(".0")
    return shown if shown == "0" else f"{'−' if number < 0 else '+'}{shown}"


def line_in_words(line: LineOfDay) -> str:
    """One day as text, its own lines kept."""
    told = (line.tried, line.result, _changed(line), line.steps)
    return "\n  ".join([f"– {line.day}", *(part.replace("\n", "\n  ") for part in told if part)])


def _changed(line: LineOfDay) -> str:
    before, after = (
        f"{name} {said}" if said else "" for name, said in (("before", line.before), ("after", line.after))
    )
    return ", ".join(part for part in (before, after) if part)


def where_it_is(answer: Mapping[str, Any], today: str) -> str:
    """ "Day 4 of 14; the last one is 14 March 2027."."""
    last, days = last_day(answer), answer.get("days")
    if last is None or not today or not days:
        return ""
    if date.fromisoformat(today) > last:
        return f"{days} days, from {day_in_words(answer['begun_on'])} to {in_words(last)}."
    day = int(days) - (last - date.fromisoformat(today)).days
    if day < 1:
        return f"It begins on {day_in_words(answer['begun_on'])}, for {days} days."
    return f"Day {day} of {days}; the last one is {in_words(last)}."


def state_in_words(rows: Sequence[Row], skill: str) -> str:
    """Where the skill is by the results of its days; "" before the first."""
    mine = [row for row in rows if row.get("done_on") and (row.get("skill") or "") == skill]
    results = sorted(
        ((row["done_on"], known_number(RESULTS, row.get("result"))) for row in mine), key=lambda one: one[0]
    )
    return STATES.get(state_of(results), "")


def moods_in_words(rows: Sequence[Row]) -> str:
    """The means before and after, over the days that have both; "" when none has."""
    said = [(known_number(MOODS, row.get("before")), known_number(MOODS, row.get("after"))) for row in rows]
    both = [(before, after) for before, after in said if before is not None and after is not None]
    if not both:
        return ""
    before, after = (sum(one[n] for one in both) / len(both) for n in (0, 1))
    times = "once" if len(both) == 1 else f"{len(both)} times"
    return f"Mood, noted {times}, from −2 to +2: {_signed(before)} before on average, {_signed(after)} after."


def known_number(labels: Mapping[int, str], value: Any) -> int | None:
    """The number, if it is one of the answers; what else was typed there counts as not said."""
    return value if isinstance(value, int) and value in labels else None
