"""Amounts of money as people type them: `1.234,56`, `1,234.56`, `1 234,56`, `1'234.56`, `1234`, `1.5k`, `400 a month`.

One mark before three digits (`1.234`, `1,234`) is read as the currency writes it: 1,250 of USD is a thousand and more.
Written as the currency does not, or in one that is not known, it has two meanings, and is asked about.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dreamtree import locales
from dreamtree.profile.money import CURRENCY_FORMATS, decimals_of, format_of
from dreamtree.text import figures
from dreamtree.tools.quantities import ONE_NUMBER, is_several, without_about, without_period, without_thousands

Amount = int | str | None
"""Whole minor units; the typed text while it is unclear; None for nothing."""

MOST = 1_000_000_000_000
SIGNS = {
    "USD": ("US$", "dollars", "dollar", "bucks"),
    "EUR": ("euros", "euro"),
    "GBP": ("pounds", "pound"),
    "DKK": ("kr",),
    "SEK": ("kr.",),
    "NOK": ("kr.",),
    "CNY": ("¥",),
}
"""What people write too. A dollar sign is any dollar's."""
DOLLARS = frozenset(("USD", "AUD", "CAD", "MXN", "NZD"))
BEFORE, BEHIND = re.compile(r"[^0-9.,'(-]*"), re.compile(r"[^0-9.,')-]*$")
GROUPS = str.maketrans({"٬": "'"})
PLAIN = re.compile(r"[0-9]+")
GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,' ])(?:[0-9]{2,3}\1)*[0-9]{3}")
SPLIT = re.compile(r"(.*)([.,])([0-9]*)")
TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
IN_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
FIGURE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{0,3}))?")
THOUSAND_OF = re.compile(r"([0-9])\s*(?:k|thousand|grand)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Unit:
    """What a number counts: what may stand after it, for how long it is ("" where that says nothing), and what to do
    about another.
    """

    after: re.Pattern[str]
    period: str
    advice: str


HOURS = Unit(re.compile(r"\s*(?:h|hrs?|hours?)\.?$", re.IGNORECASE), "week", "Type the hours for a whole week.")
PERCENT = Unit(re.compile(r"\s*(?:%|percent|per cent|pct)\.?$", re.IGNORECASE), "", "Type the percentage by itself.")


class Unclear(ValueError):
    """An amount that cannot be read. The message says what to do."""


def meanings(text: str, code: str) -> tuple[int, ...]:
    """What `text` can mean, in minor units of `code`: one amount, or two (whole units first). Raises `Unclear`."""
    whole = _plain(text, code)
    _refuse_sign(whole, code)
    number, is_thousands = without_thousands(whole)
    _refuse(number)
    if is_thousands:
        return (_in_thousands(number, code),)
    if is_two_ways(number, code):
        return _as_written(number, code) or (_checked(_digits(number), 0, code), _rounded(number, code))
    if (units := _whole(number)) is not None:
        return (_checked(units, 0, code),)
    return (_with_decimals(number, code),)


def two_meanings(text: str, code: str) -> tuple[int, ...]:
    """Both meanings of an amount kept as typed; none where it has not two."""
    try:
        found = meanings(text, code) if text else ()
    except Unclear:
        return ()
    return found if len(found) == 2 else ()


def typed(minor: int, code: str) -> str:
    """An amount as it stands in its field: no groups, and a decimal sign only where there is something after it."""
    units, rest = divmod(minor, 10 ** decimals_of(code))
    return f"{units}{format_of(code).decimal}{rest:0{decimals_of(code)}}" if rest else str(units)


def is_two_ways(text: str, code: str) -> bool:
    """Whether an amount can be read in two ways: "1.200" is a thousand or, where there are cents, one."""
    return bool(TWO_WAYS.fullmatch(text)) and decimals_of(code) > 0


def currency_typed(texts: Iterable[str]) -> str:
    """The currency whose sign or code stands beside the first of some amounts that has one: "$400", "400 USD"."""
    return next((code for text in texts for sign in _signs_in(text) if (code := _currency_of(sign))), "")


def figure(text: str, unit: Unit) -> str:
    """A number with up to three decimals as "38.5", whatever its decimal sign; its own `unit` after it is left out."""
    bare, period, typed = without_period(without_about(figures(text)))
    if period and period != unit.period:
        raise Unclear(f"This says “{typed}”. {unit.advice}")
    if is_several(bare):
        raise Unclear(ONE_NUMBER)
    number = unit.after.sub("", bare)
    found = FIGURE.fullmatch(number.replace(",", "") if IN_GROUPS.fullmatch(number) else number)
    if not found:
        raise Unclear("Type a number, like 40 or 37.5.")
    rest = (found[2] or "").rstrip("0")
    return f"{int(found[1])}.{rest}" if rest else str(int(found[1]))


# Reading


def _plain(text: str, code: str) -> str:
    """`text` with ASCII digits and marks, its spaces alike, and without the sign of its currency."""
    bare = _bare(text)
    for sign in map(str.casefold, _signs_of(code)):
        bare = bare[len(sign) :].strip() if bare.casefold().startswith(sign) else bare
        bare = bare[: -len(sign)].strip() if bare.casefold().endswith(sign) else bare
    return re.sub(r"[.,]\s?-$", "", bare)


def _bare(text: str) -> str:
    """`text` with ASCII digits and marks, its spaces alike, without "about" and "a month"."""
    return without_period(without_about(figures(text.translate(GROUPS))))[0]


def _signs_of(code: str) -> list[str]:
    """All that people write beside an amount of this currency, the longest first."""
    own = CURRENCY_FORMATS[code].sign if code in CURRENCY_FORMATS else ""
    dollar = "$" if code in DOLLARS else ""
    signs = {code, own, format_of(code).sign, *SIGNS.get(code, ()), dollar}
    return sorted(filter(None, map(figures, signs)), key=len, reverse=True)


def _signs_in(text: str) -> list[str]:
    """What stands before and behind the figures of an amount."""
    bare = _bare(text)
    if not re.search("[0-9]", bare):
        return []
    behind = BEHIND.search(THOUSAND_OF.sub(r"\1", without_thousands(bare)[0]))
    beside = [found[0].strip() for found in (BEFORE.match(bare), behind) if found]
    return [one for one in beside if one]


def _currency_of(sign: str) -> str:
    """The one currency that is written so; "" for none, and where several are."""
    if sign == "$":
        return locales.current().dollar
    written = [code for code in CURRENCY_FORMATS if _is_among(sign, map(figures, (code, CURRENCY_FORMATS[code].sign)))]
    also = [code for code in CURRENCY_FORMATS if _is_among(sign, _signs_of(code))]
    found = written or also
    return found[0] if len(found) == 1 else ""


def _is_among(sign: str, signs: Iterable[str]) -> bool:
    """Whether a sign is one of these in any case: a phone begins a word with a capital letter."""
    return sign.casefold() in map(str.casefold, signs)


def _as_written(number: str, code: str) -> tuple[int, ...]:
    """The one meaning of a mark before three digits, where it is one that the currency is written with."""
    style = CURRENCY_FORMATS.get(code) or (format_of("") if not code else None)
    if style and style.group in number:
        return (_checked(_digits(number), 0, code),)
    return (_rounded(number, code),) if style and style.decimal in number and decimals_of(code) == 3 else ()


def _refuse_sign(amount: str, code: str) -> None:
    """Another currency's sign is never left out: its figures would count as this one's."""
    others = [sign for sign in _signs_in(amount) if any(_is_among(sign, _signs_of(one)) for one in CURRENCY_FORMATS)]
    if others and code:
        raise Unclear(
            f"This says “{others[0]}”, but your budget is in {code}. Type the amount in {code}, without a sign."
        )
    if others:
        raise Unclear(f"Several currencies use “{others[0]}”. Choose yours above.")


def _refuse(number: str) -> None:
    if number.startswith(("-", "(")):
        raise Unclear("Leave out the minus sign. What goes out has its own list.")
    if is_several(number):
        raise Unclear(ONE_NUMBER)
    if re.search(r"[^0-9.,' ]", number) or not re.search("[0-9]", number):
        raise Unclear("Use numbers only, like 1234.56. You pick the currency once, above.")
    if len(number) > 40:
        raise Unclear(_too_much())


def _whole(number: str) -> int | None:
    """A number without decimals, in groups or not; None for anything else."""
    return _digits(number) if PLAIN.fullmatch(number) or GROUPED.fullmatch(number) else None


def _with_decimals(number: str, code: str) -> int:
    found = SPLIT.fullmatch(number)
    units = _whole(found[1] or "0") if found else None
    if found is None or units is None or found[2] in found[1]:
        raise Unclear("We can't tell where this number starts and ends. Type it like 1234.56.")
    places = decimals_of(code)
    if len(found[3]) > places:
        raise Unclear(_too_fine(code, places))
    return _checked(units, int(found[3].ljust(places, "0") or 0), code)


def _in_thousands(number: str, code: str) -> int:
    """The amount of which so many thousands were typed: "1.5" with a k after it."""
    found, style = SPLIT.fullmatch(number), CURRENCY_FORMATS.get(code)
    is_grouped = bool(TWO_WAYS.fullmatch(number) and style and style.group in number)
    units = _whole(number) if found is None or is_grouped else _whole(found[1] or "0")
    if units is None:
        raise Unclear("We can't tell where this number starts and ends. Type it like 1234.56.")
    decimals = "" if found is None or is_grouped else found[3]
    places = 3 + decimals_of(code)
    if len(decimals) > places or (TWO_WAYS.fullmatch(number) and not style):
        raise Unclear("Type this one in full, like 1500.")
    minor = units * int(10**places) + int(decimals.ljust(places, "0") or 0)
    units, rest = divmod(minor, 10 ** decimals_of(code))
    return _checked(units, rest, code)


def _rounded(number: str, code: str) -> int:
    """The decimal meaning of a number with three decimals, to the nearest minor unit."""
    exact = Decimal(number.replace(",", ".")).scaleb(decimals_of(code))
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _digits(number: str) -> int:
    return int(re.sub("[^0-9]", "", number))


def _checked(units: int, rest: int, code: str) -> int:
    if units >= MOST:
        raise Unclear(_too_much())
    return units * int(10 ** decimals_of(code)) + rest


def _too_much() -> str:
    return f"That's too much to fit here. Type an amount under {MOST:,}."


def _too_fine(code: str, places: int) -> str:
    if not places:
        return f"{code} doesn't have a smaller unit. Type a whole number, like 1234."
    return f"There's room for {places} digits after the decimal point. Type it like {'1234.567'[: 5 + places]}."


def as_shown(fields: Mapping[str, str]) -> dict[str, str]:
    """Posted fields; an amount that the page itself wrote in a way that could be read twice is what the page meant.

    Beside such a field stands `<name>-was` with its text. A zero in front leaves one meaning, the decimal one.
    """
    return {
        name: f"0{value}" if value and fields.get(f"{name}-was") == value else value
        for name, value in fields.items()
        if not name.endswith("-was")
    }
