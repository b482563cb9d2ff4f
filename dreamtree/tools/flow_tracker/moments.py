"""Moments: what they say, when they were, and which of them count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from dreamtree.dates import WEEKDAYS, day_words, weekday_words
from dreamtree.profile.flow import ENERGY_WORDS
from dreamtree.text import as_line
from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.fields import Choice, LineField, iso_date
from dreamtree.tools.flow_tracker.patterns import DAY, ENERGIES, FOCUSES, PARTS, Entry
from dreamtree.tools.rows.kinds import Kind, choice, declared, line, prose, step
from dreamtree.tools.rows.records import TypedRecord
from dreamtree.tools.rows.shape import Rows
from dreamtree.values import Item

YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])")
DAYS_BACK = 14
FOCUS_WORDS = ("not at all", "a little", "somewhat", "very", "fully")
ENERGY_CHOICES = tuple(zip(ENERGIES, ENERGY_WORDS, strict=True))
FOCUS_CHOICES = tuple(zip(FOCUSES, FOCUS_WORDS, strict=True))
PART_CHOICES = tuple(Choice(part, part) for part in PARTS)


# When


def typed_when(typed: object) -> str:
    """ISO for a date in common words ("March 2019" → "2019-03"), else the words."""
    words = as_line(typed)
    return iso_date(words) or words


def on_of(when: str) -> str:
    """The ISO day, month or year of a `when`; the one year in "spring 2019"; "" for "as a child"."""
    years = set(YEAR.findall(when))
    return iso_date(when) or (years.pop() if len(years) == 1 else "")


def days_before(day: str, count: int) -> str:
    """The day so many days before an ISO day."""
    return (date.fromisoformat(day) - timedelta(days=count)).isoformat()


def days_between(first: str, last: str) -> int:
    """How many days later `last` is than `first`, both ISO."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def when_words(when: str, today: str = "") -> str:
    """A `when` as it is read: "Saturday, November 21, 2026" (without the year in that of `today`), "March 2019"."""
    if DAY.fullmatch(when):
        return weekday_words(date.fromisoformat(when), has_year=when[:4] != today[:4])
    return day_words(when)


def with_chosen(offered: tuple[tuple[str, str], ...], chosen: str) -> tuple[tuple[str, str], ...]:
    """The days to choose from, and the chosen one, if it is another."""
    is_there = any(day == chosen for day, _ in offered)
    return offered if is_there else (*offered, (chosen, when_words(chosen) or "No day"))


def days_offered(today: str) -> tuple[tuple[str, str], ...]:
    """Today, yesterday, two weeks back, each with its words; none where today is not known."""
    if not today:
        return ()
    days = [days_before(today, count) for count in range(DAYS_BACK)]
    return tuple((day, _day_words(day, count)) for count, day in enumerate(days))


def _day_words(day: str, back: int) -> str:
    """ "Today, Saturday", "Yesterday, Friday", "Thursday, November 19"."""
    names = ("Today", "Yesterday")
    if back >= len(names):
        return when_words(day, day)
    return f"{names[back]}, {WEEKDAYS[date.fromisoformat(day).weekday()]}"


# Moments


@dataclass(frozen=True)
class Moment(TypedRecord):
    """One moment. `when` is ISO as far as it is a date, else the words; `day` is one that the page offers by itself."""

    words: ClassVar[str] = "activity"

    activity: str = line()
    when: str = declared(Kind(lambda _: LineField(LINE_LIMIT), typed_when))
    day: str = declared(Kind(lambda _: LineField(LINE_LIMIT), as_line, is_optional=True, counts=False))
    part: str = choice(PART_CHOICES)
    energy: int | None = step(ENERGIES[0], ENERGIES[-1])
    focus: int | None = step(FOCUSES[0], FOCUSES[-1])
    reason: str = prose()

    @property
    def is_counted(self) -> bool:
        """Whether it is whole enough to count: what it was, and the energy after it."""
        return bool(self.activity) and self.energy is not None

    @property
    def iso_day(self) -> str:
        """When it was, if that is a day; else ""."""
        return self.when if DAY.fullmatch(self.when) else ""

    def on_its_day(self) -> "Moment":
        """The moment on the day that the page offered, which counts only when something else is said."""
        return replace(self, when=self.when or (typed_when(self.day) if self.is_filled else ""), day="")

    def dated(self, today: str) -> "Moment":
        """The moment with the day for "today" or "yesterday"."""
        back = {"today": 0, "yesterday": 1}.get(self.when.casefold()) if today else None
        return self if back is None else replace(self, when=days_before(today, back))


MOMENTS = Rows(Moment, marks=())


def entries_of(moments: Iterable[Moment]) -> tuple[Entry, ...]:
    """Whole moments as the patterns count them."""
    return tuple(entry for moment in moments if (entry := _entry_of(moment)))


def _entry_of(moment: Moment) -> Entry | None:
    if not moment.activity or moment.energy is None:
        return None
    when, on = moment.when, on_of(moment.when)
    return Entry(moment.activity, moment.energy, moment.focus, on, moment.part, moment.reason, when)


def remembered_in(items: Iterable[Item]) -> tuple[Moment, ...]:
    """Moments from another page."""
    return MOMENTS.load([{**item.fields, "key": item.key, "activity": item.text} for item in items])


# Words


def energy_word(energy: int | None) -> str:
    """ "lifted" for +2; "" where it was not said."""
    return dict(ENERGY_CHOICES).get(energy, "") if energy is not None else ""


def focus_word(focus: int | None) -> str:
    """ "fully" for 5; "" where it was not said."""
    return dict(FOCUS_CHOICES).get(focus, "") if focus is not None else ""


def in_short(moment: Moment, today: str = "") -> str:
    """What is said beside the activity, in one line."""
    parts = (when_words(moment.when, today), moment.part, energy_word(moment.energy))
    return " · ".join(part for part in parts if part)


def in_full(moment: Moment) -> str:
    """A moment as text."""
    focus = focus_word(moment.focus)
    detail = " · ".join(part for part in (in_short(moment), f"absorbed: {focus}" if focus else "") if part)
    return "\n".join(part for part in (moment.activity, detail, moment.reason) if part)
