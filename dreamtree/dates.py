"""Days and times in words, and the dates that people type, each as the person's locale has it.

Stored dates are ISO: a day (2026-09-09), a month (2026-09) or a year (2026).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dreamtree import locales
from dreamtree.text import figures

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
YEARS_AHEAD = 20
"""A year of two digits is this century's as long as it is not further ahead."""

# In words


def day_words(day: date | str) -> str:
    """ "September 9, 2026", or "9 September 2026". A date is a day or ISO; a month or a year alone stays one.

    What is no date, "" too, stays as it is.
    """
    return _written(day, MONTHS)


def short_day(day: date | str) -> str:
    """ "Sep 9, 2026", or "9 Sep 2026"."""
    return _written(day, [month[:3] for month in MONTHS])


def day_of_year(day: date, *, short: bool = False) -> str:
    """ "September 9", or "9 September"; `short` is "Sep 9"."""
    return locales.current().month_day.format(day=day.day, month=_month_name(day, short))


def weekday_words(day: date, *, short: bool = False, has_year: bool = True) -> str:
    """ "Wednesday, September 9, 2026", or "Wednesday 9 September 2026"; `short` is "Wed, Sep 9, 2026"."""
    name = WEEKDAYS[day.weekday()]
    rest = day_of_year(day, short=short) if not has_year else short_day(day) if short else day_words(day)
    return locales.current().weekday.format(weekday=name[:3] if short else name, rest=rest)


def clock_words(time: datetime) -> str:
    """ "2:02 PM", or "14:02"."""
    if not locales.current().has_twelve_hours:
        return f"{time:%H:%M}"
    return f"{time.hour % 12 or 12}:{time:%M} {'AM' if time.hour < 12 else 'PM'}"


def weekdays() -> tuple[str, ...]:
    """The names of the days, from the one that a week begins with."""
    first = locales.current().first_weekday
    return WEEKDAYS[first:] + WEEKDAYS[:first]


def week_start(day: date) -> date:
    """The Sunday, or Monday, that the week of `day` begins with."""
    return day - timedelta((day.weekday() - locales.current().first_weekday) % 7)


def _written(day: date | str, names: tuple[str, ...] | list[str]) -> str:
    found = ISO.fullmatch(day.isoformat() if isinstance(day, date) else day)
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return str(day)
    year, month = found[1], names[int(found[2] or 1) - 1]
    if not found[3]:
        return f"{month} {year}" if found[2] else year
    return locales.current().day.format(day=int(found[3]), month=month, year=year)


def _month_name(day: date, short: bool) -> str:
    name = MONTHS[day.month - 1]
    return name[:3] if short else name


# As typed


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO has it, and as it is stored, between the years 1000 and 2999."""
    if not DAY.fullmatch(text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def meanings(text: str) -> tuple[str, ...]:
    """What a typed date can mean, as ISO: one date, two where the locale has both ways, none where it is no date."""
    words = figures(text).casefold()
    return tuple(dict.fromkeys(_numbered(words) or _named(words)))


def _numbered(words: str) -> tuple[str, ...]:
    if found := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", words):
        return tuple(_iso(*found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", words):
        return tuple(_iso(found[2], found[1]))
    if not (found := re.fullmatch(r"(\d{1,2})([-/. ])\s?(\d{1,2})(?:\2)\s?(\d{4}|\d\d)", words)):
        return ()
    first, second, year = found[1], found[3], _full(found[4])
    order = "dm" if found[2] == "." else locales.current().order
    month_first, day_first = tuple(_iso(year, first, second)), tuple(_iso(year, second, first))
    likely, other = (day_first, month_first) if order == "dm" else (month_first, day_first)
    return (likely or other) if order else (*likely, *other)


def _named(words: str) -> tuple[str, ...]:
    """A month by its name, with a year, and a day or not; a weekday says nothing more."""
    parts = re.findall(r"[^\W\d_]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", words)) if words.isascii() else []
    parts = [part for part in parts if part not in ("of", "the") and not _place_of(part, WEEKDAYS)]
    months = [number for part in parts if (number := _place_of(part, MONTHS))]
    numbers = [part for part in parts if part.isdigit()]
    years = [part for part in numbers if len(part) == 4]
    days = [part for part in numbers if len(part) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(parts) != 2 + len(days):
        return ()
    return tuple(_iso(years[0], str(months[0]), *days))


def _place_of(word: str, names: tuple[str, ...]) -> int:
    """1 for "jan" or "january", 0 for another word."""
    found = (number for number, name in enumerate(names, 1) if len(word) > 2 and name.casefold().startswith(word))
    return next(found, 0)


def _full(year: str) -> str:
    if len(year) == 4:
        return year
    latest = datetime.now(UTC).year + YEARS_AHEAD
    return str(latest - (latest - int(year)) % 100)


def _iso(year: str, month: str | None = None, day: str | None = None) -> Iterator[str]:
    """The date as ISO, where there is one between the years 1000 and 2999."""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return
    if 1000 <= int(year) <= 2999:
        yield "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
