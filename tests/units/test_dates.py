"""Days as the person's locale writes them, and as people type them."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree import dates, locales
from dreamtree.locales import AMERICAN, BRITISH, CANADIAN, Locale

DAY = date(2026, 9, 9)
ALL = (AMERICAN, BRITISH, CANADIAN)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.fixture(autouse=True)
def _american() -> Iterator[None]:
    yield
    locales.use(AMERICAN)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (AMERICAN, ["September 9, 2026", "Sep 9, 2026", "September 9", "Wednesday, September 9, 2026", "2:02 PM"]),
        (CANADIAN, ["September 9, 2026", "Sep 9, 2026", "September 9", "Wednesday, September 9, 2026", "2:02 PM"]),
        (BRITISH, ["9 September 2026", "9 Sep 2026", "9 September", "Wednesday 9 September 2026", "14:02"]),
    ],
    ids=["american", "canadian", "british"],
)
def test_a_day_in_words(locale: Locale, words: list[str]) -> None:
    locales.use(locale)
    written = [dates.day_words(DAY), dates.short_day(DAY), dates.day_of_year(DAY), dates.weekday_words(DAY)]
    assert [*written, dates.clock_words(datetime(2026, 9, 9, 14, 2))] == words  # noqa: DTZ001 (a clock on a wall)


def test_hours_around_noon_and_midnight() -> None:
    hours = [dates.clock_words(datetime(2026, 9, 9, hour)) for hour in (0, 1, 12, 13)]  # noqa: DTZ001
    assert hours == ["12:00 AM", "1:00 AM", "12:00 PM", "1:00 PM"]


def test_a_month_or_a_year_alone_stays_one() -> None:
    words = [dates.day_words(one) for one in ("2026-09-09", "2026-09", "2026", "now", "", "2026-13", "as a kid")]
    assert words == ["September 9, 2026", "September 2026", "2026", "now", "", "2026-13", "as a kid"]


def test_a_week_begins_where_the_locale_begins_it() -> None:
    assert dates.week_start(DAY) == date(2026, 9, 6)
    assert dates.weekdays()[0] == "Sunday"
    locales.use(BRITISH)
    assert dates.week_start(DAY) == date(2026, 9, 7)
    assert dates.weekdays()[0] == "Monday"


@pytest.mark.parametrize(
    ("tags", "locale"),
    [
        (["en-US", "en-GB"], AMERICAN),
        (["en-GB", "en-US"], BRITISH),
        (["en-CA"], CANADIAN),
        (["fr-CA", "en-US"], CANADIAN),
        (["en"], AMERICAN),
        (["en-au"], BRITISH),
        (["zh-Hant-TW"], BRITISH),
        (["de"], BRITISH),
        (["es-US"], AMERICAN),
        (["*"], AMERICAN),
        ([""], AMERICAN),
        ([], AMERICAN),
    ],
)
def test_the_browser_chooses(tags: list[str], locale: Locale) -> None:
    assert locales.preferred(tags) == locale


@given(days, st.sampled_from(ALL))
def test_what_is_written_is_read_as_it_was_meant_in_every_locale(day: date, locale: Locale) -> None:
    for words in (dates.day_words, dates.short_day, dates.weekday_words):
        locales.use(locale)
        written = words(day)
        for other in ALL:
            locales.use(other)
            assert dates.meanings(written) == (day.isoformat(),)
    locales.use(AMERICAN)


@given(days, st.sampled_from("/-"))
def test_figures_are_read_as_the_locale_has_them(day: date, mark: str) -> None:
    iso, month, day_, year = day.isoformat(), day.month, day.day, day.year
    locales.use(AMERICAN)
    assert dates.meanings(f"{month}{mark}{day_}{mark}{year}") == (iso,)
    locales.use(BRITISH)
    assert dates.meanings(f"{day_:02}{mark}{month:02}{mark}{year}") == (iso,)
    locales.use(CANADIAN)
    both = dates.meanings(f"{month}{mark}{day_}{mark}{year}")
    assert iso in both
    assert len(both) == (1 if day_ > 12 or day_ == month else 2)
    locales.use(AMERICAN)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("9/12/2026", "2026-09-12"),
        ("9/12/26", "2026-09-12"),
        ("9/12/87", "1987-09-12"),
        ("25/12/2026", "2026-12-25"),
        ("9.12.2026", "2026-12-09"),
        ("9. 12. 2026", "2026-12-09"),
        ("2026/9/12", "2026-09-12"),
        ("9/2026", "2026-09"),
        ("Sept. 12th, 2026", "2026-09-12"),
        ("the 12th of September 2026", "2026-09-12"),
        ("Sat, Sep 12, 2026", "2026-09-12"),
        ("\u200e9/12/2026\u200e", "2026-09-12"),
        ("٩/١٢/٢٠٢٦", "2026-09-12"),
        ("2019", "2019"),
        ("13/13/2026", None),
        ("9/12", None),
        ("2/30/2026", None),
        ("March", None),
        ("12/2026/9", None),
    ],
)
def test_dates_as_people_type_them(typed: str, iso: str | None) -> None:
    assert dates.meanings(typed) == ((iso,) if iso else ())


@given(st.text(max_size=30), st.sampled_from(ALL))
def test_any_text_is_read(text: str, locale: Locale) -> None:
    locales.use(locale)
    assert len(dates.meanings(text)) <= 2
    locales.use(AMERICAN)
