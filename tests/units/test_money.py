"""Amounts as people type them: every style reads back, what has two meanings is asked, and nothing is misread."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree import locales
from dreamtree.profile.money import COMMON, CURRENCY_FORMATS, decimals_of, format_of, money, written
from dreamtree.tools.budget_calculator.money import (
    HOURS,
    MOST,
    PERCENT,
    Unclear,
    Unit,
    as_shown,
    currency_typed,
    figure,
    is_two_ways,
    meanings,
    typed,
)
from dreamtree.tools.quantities import without_period

WEEKLY = (" a week", "/wk.", " weekly")
CODES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "INR", "ABC", ""])
STYLES = {
    "comma": (".", ","),
    "point": (",", "."),
    "space": (" ", ","),
    "apostrophe": ("'", "."),
    "thin": ("\u202f", ","),
}
amounts = st.integers(0, MOST - 1)


def in_style(minor: int, code: str, style: str, decimals: bool = True) -> str:
    """An amount in groups, written by this test alone."""
    group, mark = STYLES[style]
    digits = str(minor).rjust(decimals_of(code) + 1, "0")
    cut = len(digits) - decimals_of(code)
    units, rest = digits[:cut], digits[cut:]
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", group, units)
    return f"{grouped}{mark}{rest}" if rest and decimals else grouped


@given(amounts, st.sampled_from(["EUR", "USD", "INR", "ABC", ""]), st.sampled_from(sorted(STYLES)))
def test_every_style_reads_back(minor: int, code: str, style: str) -> None:
    assert meanings(in_style(minor, code, style), code) == (minor,)


@given(amounts, CODES)
def test_plain_figures_read_back(minor: int, code: str) -> None:
    found = meanings(typed(minor, code), code)
    assert minor in found
    assert len(found) == 1
    assert meanings(str(minor // 10 ** decimals_of(code)), code) == (
        minor // 10 ** decimals_of(code) * 10 ** decimals_of(code),
    )


@given(st.integers(0, MOST - 1), st.sampled_from(sorted(STYLES)))
def test_without_a_smaller_unit_groups_have_one_meaning(minor: int, style: str) -> None:
    assert meanings(in_style(minor, "JPY", style), "JPY") == (minor,)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from([*CURRENCY_FORMATS, "ABC", ""]))
def test_one_mark_before_three_digits_is_read_as_the_currency_has_it_or_asked(
    head: int, tail: int, mark: str, code: str
) -> None:
    found, style, unit = meanings(f"{head}{mark}{tail:03}", code), format_of(code), 10 ** decimals_of(code)
    thousands, decimal = (head * 1000 + tail) * unit, Fraction(f"{head}.{tail:03}") * unit
    if decimals_of(code) == 0 or (mark == style.group and code != "ABC"):
        assert found == (thousands,)
    elif mark == style.decimal and decimals_of(code) == 3:
        assert found == (decimal,)
    else:
        assert found[0] == thousands
        assert len(found) == 2
        assert abs(found[1] - decimal) <= Fraction(1, 2)


@given(amounts, st.sampled_from([*CURRENCY_FORMATS, ""]))
def test_what_is_written_is_read_as_it_was_meant(minor: int, code: str) -> None:
    assert meanings(written(minor, code), code) == (minor,)
    assert meanings(money(minor, code), code) == (minor,)


@given(amounts, CODES)
def test_what_the_page_writes_is_read_as_it_was_meant(minor: int, code: str) -> None:
    text = typed(minor, code)
    fields = {"savings": text, "savings-was": text} if is_two_ways(text, code) else {"savings": text}
    assert meanings(as_shown(fields)["savings"], code) == (minor,)


def test_another_number_in_the_place_of_one_the_page_wrote_is_read_anew() -> None:
    assert len(meanings(as_shown({"savings": "2.345", "savings-was": "1.234"})["savings"], "USD")) == 2


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1 234,56", 123456),
        ("1\u00a0234,56", 123456),
        ("1'234.56", 123456),
        ("1’234.56", 123456),
        ("1234", 123400),
        ("1234,5", 123450),
        ("1234.", 123400),
        (".5", 50),
        ("0,05", 5),
        ("0", 0),
        ("007", 700),
        ("1.234.567", 123456700),
        ("1,00,000.50", 10000050),
        ("€ 850", 85000),
        ("850 €", 85000),
        ("850,-", 85000),
        ("1'200.–", 120000),
        ("１２３４", 123400),
        ("١٢٣٤٫٥", 123450),
        ("  12 ", 1200),
    ],
)
def test_what_people_write(text: str, minor: int) -> None:
    assert meanings(text, "EUR") == (minor,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("$400", "USD"),
            ("$ 400", "USD"),
            ("400 $", "USD"),
            ("400 USD", "USD"),
            ("usd 400", "USD"),
            ("US$400", "USD"),
            ("Usd 400", "USD"),
            ("400 Dollars", "USD"),
            ("eur 400", "EUR"),
            ("400 Pounds", "GBP"),
        ),
        *(("400 dollars", "USD"), ("CA$ 400", "CAD"), ("€400", "EUR"), ("400 euros", "EUR"), ("£400", "GBP")),
        *(
            ("¥400", "JPY"),
            ("₹400", "INR"),
            ("R$ 400", "BRL"),
            ("R 400", "ZAR"),
            ("CHF 400.–", "CHF"),
            ("400 zł", "PLN"),
        ),
    ],
)
def test_a_sign_says_the_currency_where_none_is_chosen(text: str, code: str) -> None:
    assert currency_typed(["", "12", text, "£5"]) == code
    assert meanings(text, code) == (400 * 10 ** decimals_of(code),)


@pytest.mark.parametrize("text", ["400", "", "kr 400", "400 kr.", "about 400", "400 apples", "dollars", "$", "-400"])
def test_what_no_single_currency_is_written_with_says_none(text: str) -> None:
    assert currency_typed([text]) == ""


def test_a_lone_dollar_sign_is_the_dollar_of_where_the_person_is() -> None:
    locales.use(locales.CANADIAN)
    try:
        assert currency_typed(["$400"]) == "CAD"
        assert currency_typed(["US$400"]) == "USD"
    finally:
        locales.use(locales.AMERICAN)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("-5", "EUR", "minus"),
        ("−5", "EUR", "minus"),
        ("(5)", "EUR", "minus"),
        ("abc", "EUR", "numbers only"),
        ("1e5", "EUR", "numbers only"),
        ("$ 5", "EUR", "says “\\$”, but your budget is in EUR"),
        ("12 EUR", "USD", "says “EUR”, but your budget is in USD"),
        ("12 Euros", "USD", "says “Euros”, but your budget is in USD"),
        ("12 euros", "USD", "says “euros”, but your budget is in USD"),
        ("kr 5", "", "Several currencies use “kr”"),
        ("5 apples", "USD", "numbers only"),
        (".", "EUR", "numbers only"),
        ("", "EUR", "numbers only"),
        ("1 23", "EUR", "can't tell"),
        ("1..2", "EUR", "can't tell"),
        ("1.234.56", "EUR", "can't tell"),
        ("1,234,56", "EUR", "can't tell"),
        ("1.2345", "EUR", "room for 2 digits"),
        ("0.123", "EUR", "room for 2 digits"),
        ("1,234.567", "EUR", "room for 2 digits"),
        ("1.2345", "KWD", "room for 3 digits"),
        ("12.5", "JPY", "doesn't have a smaller unit"),
        ("12.00", "JPY", "doesn't have a smaller unit"),
        ("9" * 13, "EUR", "too much to fit"),
        ("9" * 5000, "EUR", "too much to fit"),
        ("1,000,000,000,000", "EUR", "too much to fit"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(text: str, code: str, told: str) -> None:
    with pytest.raises(Unclear, match=told):
        meanings(text, code)


@given(st.text(max_size=30), CODES)
def test_any_text_is_one_amount_two_or_a_sentence(text: str, code: str) -> None:
    try:
        found = meanings(text, code)
    except Unclear:
        return
    assert len(found) in (1, 2)
    assert all(one >= 0 for one in found)


def test_amounts_in_words() -> None:
    assert money(245500, "USD") == "$2,455"
    assert money(123450, "USD") == "$1,234.50"
    assert money(245500, "EUR") == "€2.455"
    assert money(123456, "SEK") == "1\u00a0234,56\u00a0kr"
    assert money(123456789, "INR") == "₹12,34,567.89"
    assert money(1234, "JPY") == "¥1,234"
    assert money(1234567, "KWD") == "KWD\u00a01,234.567"
    assert money(85000, "ISK") == "ISK\u00a085,000"
    assert money(85000, "") == "850"
    assert typed(85000, "EUR") == "850"
    assert typed(85005, "EUR") == "850,05"
    assert typed(123405, "USD") == "1234.05"
    assert {code for code, _ in COMMON} == set(CURRENCY_FORMATS)


def test_a_dollar_alone_is_the_one_of_the_locale() -> None:
    locales.use(locales.CANADIAN)
    assert [money(500, code) for code in ("CAD", "USD", "AUD")] == ["$5", "US$5", "A$5"]
    locales.use(locales.AMERICAN)
    assert [money(500, code) for code in ("CAD", "USD", "AUD")] == ["CA$5", "$5", "A$5"]


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("40", HOURS, "40"),
        ("37,5", HOURS, "37.5"),
        ("38.50", HOURS, "38.5"),
        ("007", HOURS, "7"),
        ("1,250", HOURS, "1250"),
        ("\u200e٣٧٫٥", HOURS, "37.5"),
        *(
            (f"30{unit}", HOURS, "30")
            for unit in (
                "h",
                " h",
                " hrs",
                " hours",
                " Hours a week",
                " h/week",
                " hours per wk",
                " hrs/week",
                *WEEKLY,
            )
        ),
        *((f"22{unit}", PERCENT, "22") for unit in ("%", " %", " percent", " Percent", " per cent", " pct.")),
    ],
)
def test_figures(text: str, unit: Unit, said: str) -> None:
    assert figure(text, unit) == said


@pytest.mark.parametrize(
    "text", ["forty", "-4", "4 4", "1.2345", "9" * 40, "1e3", "%", "h", "8 h a day", "30-35", "1.5k"]
)
@pytest.mark.parametrize("unit", [HOURS, PERCENT])
def test_other_figures_are_refused(text: str, unit: Unit) -> None:
    with pytest.raises(Unclear):
        figure(text, unit)


@pytest.mark.parametrize(("text", "unit"), [("30 %", HOURS), ("30 percent", HOURS), ("22 h", PERCENT)])
def test_a_unit_of_something_else_is_refused(text: str, unit: Unit) -> None:
    with pytest.raises(Unclear):
        figure(text, unit)


@pytest.mark.parametrize(
    ("text", "code", "minor"),
    [
        *((text, "USD", 150_000) for text in ("1.5k", "$1.5k", "1.5 K", "1.5k USD", "about $1.5k", "1.500k")),
        *((text, "EUR", 150_000) for text in ("1,5k", "€1,5k", "1,5 k €", "1.5k", "1,50 thousand")),
        *((text, "USD", 150_000_000) for text in ("1,500k", "1500k")),
        ("2k", "JPY", 2000),
        ("1.2345k", "USD", 123450),
        ("0.5 grand", "GBP", 50_000),
    ],
)
def test_thousands(text: str, code: str, minor: int) -> None:
    assert meanings(text, code) == (minor,)


ENDINGS = {
    "week": (" a week", " per week", "/week", "/wk", " weekly", " each week", " pw"),
    "month": (" a month", " per month", "/month", "/mo", "/mo.", " Monthly", ", every month", " p.m.", " pcm"),
    "year": (" a year", " per annum", "/yr", " annually", " p.a.", " yearly"),
    "hour": (" an hour", "/h", " per hr", " hourly"),
    "day": (" a day", " daily"),
    "two weeks": (" every two weeks", " biweekly"),
}
WRITTEN = [(period, ending) for period, endings in ENDINGS.items() for ending in endings]


@pytest.mark.parametrize(("period", "ending"), WRITTEN)
@pytest.mark.parametrize(("text", "code"), [("400", "USD"), ("$400", "USD"), ("€400", "EUR"), ("0.4k", "")])
def test_a_period_after_an_amount_is_no_part_of_it(text: str, code: str, period: str, ending: str) -> None:
    assert meanings(f"{text}{ending}", code) == (40000,)
    assert without_period(f"{text}{ending}")[:2] == (text, period)
    if text.startswith(("$", "€")):
        assert currency_typed([f"{text}{ending}"]) == code


@pytest.mark.parametrize("text", ["400-500", "400 to 500", "400–500", "$400 or $500"])
def test_two_numbers_for_one_are_asked_about(text: str) -> None:
    with pytest.raises(Unclear, match="one number"):
        meanings(text, "USD")


@pytest.mark.parametrize("ending", [" a day", "/month", " per year", " an hour"])
def test_hours_of_another_time_say_which_are_asked_for(ending: str) -> None:
    with pytest.raises(Unclear, match="whole week"):
        figure(f"8{ending}", HOURS)
