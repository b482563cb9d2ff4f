"""How dates, times and money are written and read where the person is: as Americans do, unless the browser says else.

Only a page depends on it: what is stored is the same everywhere. The locale is that of the request that is answered.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass

MONDAY, SUNDAY = 0, 6


@dataclass(frozen=True)
class Locale:
    """One way of writing.

    `day` is a pattern for a day with its month and year, `month_day` without the year; `order` is which of day and
    month comes first in a date of figures, "" where both ways are common. `dollar` is the currency whose sign stands
    alone.
    """

    tag: str
    day: str
    month_day: str
    weekday: str
    order: str
    first_weekday: int
    has_twelve_hours: bool
    dollar: str


AMERICAN = Locale("en-US", "{month} {day}, {year}", "{month} {day}", "{weekday}, {rest}", "md", SUNDAY, True, "USD")
CANADIAN = Locale("en-CA", "{month} {day}, {year}", "{month} {day}", "{weekday}, {rest}", "", SUNDAY, True, "CAD")
BRITISH = Locale("en-GB", "{day} {month} {year}", "{day} {month}", "{weekday} {rest}", "dm", MONDAY, False, "USD")
REGIONS = {"CA": CANADIAN, **dict.fromkeys(("US", "PR", "GU", "VI", "AS", "MP", "PH", "FM", "MH", "PW"), AMERICAN)}
"""Who writes another way than most of the world, which is day, month, year."""

_now: ContextVar[Locale] = ContextVar("locale", default=AMERICAN)


def preferred(tags: Iterable[str]) -> Locale:
    """The locale of the first of a browser's languages, like "en-GB", "fr-CA" or "de"; the American one for none."""
    language, *further = next(iter(tags), "en").replace("_", "-").split("-")
    region = next((part.upper() for part in further if len(part) == 2), "")
    if not region:
        return AMERICAN if language.lower() in ("en", "*", "") else BRITISH
    return REGIONS.get(region, BRITISH)


def current() -> Locale:
    """The locale of the request that is answered; the American one where there is none."""
    return _now.get()


def use(locale: Locale) -> None:
    """From here on, this request is answered in `locale`."""
    _now.set(locale)
