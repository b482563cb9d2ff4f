"""Moments as rows: what they say, when they were, and which of them count."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dreamtree.profile.flow import ENERGY_WORDS
from dreamtree.tools.fields import Choice, line, moment, prose
from dreamtree.tools.flow_tracker.patterns import DAY, ENERGIES, FOCUSES, PARTS, Entry
from dreamtree.values import Item

Row = dict[str, Any]
YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])")
DAYS_BACK = 14
FOCUS_WORDS = ("not at all", "a little", "somewhat", "very", "fully")
ENERGY_CHOICES = tuple(zip(ENERGIES, ENERGY_WORDS, strict=True))
FOCUS_CHOICES = tuple(zip(FOCUSES, FOCUS_WORDS, strict=True))
PART_CHOICES = tuple(Choice(part, part) for part in PARTS)


def whole_moment(row: Mapping[str, Any]) -> Row:
    """What a row says, each field present: of a posted one, of a stored one, of one from another version.

    `when` is ISO as far as it is a date, else the words as typed. A `day`, which a page offers by itself, counts
    only when something else is said.
    """
    said: Row = {
        "activity": line(str(row.get("activity") or "")),
        "part": _one_of(PARTS, row.get("part")) or "",
        "energy": _one_of(ENERGIES, row.get("energy")),
        "focus": _one_of(FOCUSES, row.get("focus")),
        "reason": prose(str(row.get("reason") or "")),
    }
    when = typed_when(str(row.get("when") or ""))
    day = typed_when(str(row.get("day") or "")) if is_said(said) else ""
    return {**said, "when": when or day}


def _one_of(known: Iterable[Any], value: Any) -> Any:
    return next((one for one in known if one == value and type(one) is type(value)), None)


def is_said(row: Mapping[str, Any]) -> bool:
    """Whether a moment says anything at all."""
    return any(value not in ("", None) for name, value in row.items() if name not in ("key", "was"))


def is_counted(row: Mapping[str, Any]) -> bool:
    """Whether a moment is whole enough to count: what it was, and the energy after it."""
    return bool(row.get("activity")) and row.get("energy") is not None


# When


def typed_when(text: str) -> str:
    """ISO for a date in common words ("March 2019" → "2019-03"), else the words."""
    words = line(text)
    return moment(words) or words


def on_of(when: str) -> str:
    """The ISO day, month or year of a `when`; the one year in "spring 2019"; "" for "as a child"."""
    years = set(YEAR.findall(when))
    return moment(when) or (years.pop() if len(years) == 1 else "")


def dated(row: Row, today: str) -> Row:
    """The row with the day for "today" or "yesterday"."""
    back = {"today": 0, "yesterday": 1}.get(row["when"].casefold()) if today else None
    return row if back is None else {**row, "when": days_before(today, back)}


def days_before(day: str, count: int) -> str:
    """The day `count` days before `day`, both ISO dates."""
    return (date.fromisoformat(day) - timedelta(days=count)).isoformat()


def days_between(first: str, last: str) -> int:
    """How many days after `first` the day `last` is, both ISO dates; below 0 when it is before."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def when_words(when: str, today: str = "") -> str:
    """A `when` as it is read: "Saturday 21 November 2026" (without the year in that of `today`), "March 2019"."""
    if DAY.fullmatch(when):
        day = date.fromisoformat(when)
        return f"{day:%A} {day.day} {day:%B}" + (f" {day:%Y}" if when[:4] != today[:4] else "")
    if re.fullmatch(r"\d{4}-\d{2}", when):
        return f"{date.fromisoformat(when + '-01'):%B %Y}"
    return when


def days_offered(today: str, chosen: str) -> tuple[tuple[str, str], ...]:
    """The days to choose from: today, yesterday, two weeks back; and the chosen one, if it is another."""
    offered = _recent(today) if today else ()
    is_there = any(day == chosen for day, _ in offered)
    return offered if is_there else (*offered, (chosen, when_words(chosen) or "Not said"))


@lru_cache(maxsize=8)
def _recent(today: str) -> tuple[tuple[str, str], ...]:
    days = [days_before(today, count) for count in range(DAYS_BACK)]
    return tuple((day, _day_words(day, count)) for count, day in enumerate(days))


def _day_words(day: str, back: int) -> str:
    """ "Today, Saturday", "Yesterday, Friday", "Thursday 19 November"."""
    names = ("Today", "Yesterday")
    return f"{names[back]}, {date.fromisoformat(day):%A}" if back < len(names) else when_words(day, day)


# Moments that count


def entry_of(row: Mapping[str, Any]) -> Entry | None:
    """A whole row as the patterns count it; None while it does not count."""
    if not is_counted(row):
        return None
    when = row["when"]
    return Entry(row["activity"], row["energy"], row["focus"], on_of(when), row["part"], row["reason"], when)


def row_of(item: Item) -> Row:
    """A moment from another page, as a row."""
    return {"key": item.key, **whole_moment({**item.fields, "activity": item.text})}


def entries_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """The rows that count, in their order, as what the patterns look at."""
    return tuple(entry for row in rows if (entry := entry_of(row)))


# Words


def energy_word(energy: Any) -> str:
    """The word of an energy, -2 to +2; "" while none is chosen."""
    return dict(ENERGY_CHOICES).get(energy, "")


def focus_word(focus: Any) -> str:
    """The word of a focus, 1 to 5; "" while none is chosen."""
    return dict(FOCUS_CHOICES).get(focus, "")


def in_short(row: Mapping[str, Any], today: str = "") -> str:
    """What is said beside the activity, in one line."""
    parts = (when_words(row.get("when") or "", today), row.get("part") or "", energy_word(row.get("energy")))
    return " · ".join(part for part in parts if part)


def in_full(row: Mapping[str, Any]) -> str:
    """A moment as text."""
    focus = focus_word(row.get("focus"))
    told = " · ".join(part for part in (in_short(row), f"absorbed: {focus}" if focus else "") if part)
    return "\n".join(part for part in (row.get("activity"), told, row.get("reason")) if part)
