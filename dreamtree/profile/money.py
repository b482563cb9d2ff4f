"""How money is kept and written: whole numbers of a currency's smallest unit, with the currency's code (ISO 4217)."""

import re
from dataclasses import dataclass, replace

from dreamtree import locales

COMMON = (
    ("USD", "US dollar"),
    ("EUR", "Euro"),
    ("GBP", "Pound sterling"),
    ("CHF", "Swiss franc"),
    ("AUD", "Australian dollar"),
    ("BRL", "Brazilian real"),
    ("CAD", "Canadian dollar"),
    ("CNY", "Chinese yuan"),
    ("CZK", "Czech koruna"),
    ("DKK", "Danish krone"),
    ("INR", "Indian rupee"),
    ("JPY", "Japanese yen"),
    ("KES", "Kenyan shilling"),
    ("KRW", "South Korean won"),
    ("KWD", "Kuwaiti dinar"),
    ("MXN", "Mexican peso"),
    ("NGN", "Nigerian naira"),
    ("NOK", "Norwegian krone"),
    ("NZD", "New Zealand dollar"),
    ("PHP", "Philippine peso"),
    ("PLN", "Polish zloty"),
    ("SEK", "Swedish krona"),
    ("TRY", "Turkish lira"),
    ("UAH", "Ukrainian hryvnia"),
    ("ZAR", "South African rand"),
)
"""The currencies offered by name; any other is its three letters."""
WHOLE_ONLY = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
     "XPF")
)  # fmt: skip
THREE_PLACES = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


@dataclass(frozen=True)
class CurrencyFormat:
    """How a currency is written: its sign and whether that stands after the amount, and the marks of groups and
    decimals. `is_apart`: a space is between sign and amount. `has_lakhs`: groups of two from the second on.
    """

    sign: str
    group: str = ","
    decimal: str = "."
    is_after: bool = False
    is_apart: bool = False
    has_lakhs: bool = False


SPACE = "\u00a0"
CURRENCY_FORMATS = {
    "USD": CurrencyFormat("$"),
    "EUR": CurrencyFormat("€", ".", ","),
    "GBP": CurrencyFormat("£"),
    "CHF": CurrencyFormat("CHF", "’", ".", is_apart=True),
    "AUD": CurrencyFormat("A$"),
    "BRL": CurrencyFormat("R$", ".", ",", is_apart=True),
    "CAD": CurrencyFormat("CA$"),
    "CNY": CurrencyFormat("CN¥"),
    "CZK": CurrencyFormat("Kč", SPACE, ",", is_after=True, is_apart=True),
    "DKK": CurrencyFormat("kr.", ".", ",", is_after=True, is_apart=True),
    "INR": CurrencyFormat("₹", has_lakhs=True),
    "JPY": CurrencyFormat("¥"),
    "KES": CurrencyFormat("KSh", is_apart=True),
    "KRW": CurrencyFormat("₩"),
    "KWD": CurrencyFormat("KWD", is_apart=True),
    "MXN": CurrencyFormat("MX$"),
    "NGN": CurrencyFormat("₦"),
    "NOK": CurrencyFormat("kr", SPACE, ",", is_after=True, is_apart=True),
    "NZD": CurrencyFormat("NZ$"),
    "PHP": CurrencyFormat("₱"),
    "PLN": CurrencyFormat("zł", SPACE, ",", is_after=True, is_apart=True),
    "SEK": CurrencyFormat("kr", SPACE, ",", is_after=True, is_apart=True),
    "TRY": CurrencyFormat("₺", ".", ","),
    "UAH": CurrencyFormat("₴", SPACE, ",", is_after=True, is_apart=True),
    "ZAR": CurrencyFormat("R", SPACE, ",", is_apart=True),
}
"""After the Unicode Common Locale Data Repository, for the country of each; the euro as most of its countries do."""


def format_of(code: str) -> CurrencyFormat:
    """How a currency is written; one that is not known as a number in English, behind its code."""
    style = CURRENCY_FORMATS.get(code) or CurrencyFormat(code, is_apart=bool(code))
    alone, is_dollar = locales.current().dollar, style.sign.endswith("$") and code != "BRL"
    if is_dollar and alone != "USD":
        return replace(style, sign="$" if code == alone else "US$" if code == "USD" else style.sign)
    return style


def decimals_of(code: str) -> int:
    """How many digits a currency has after the decimal sign: 0, 2 or 3. An unknown one has 2."""
    return 0 if code in WHOLE_ONLY else 3 if code in THREE_PLACES else 2


def rounded_up(minor: int, code: str) -> int:
    """The amount as whole units, no less: 361539 of USD is 361600."""
    unit: int = 10 ** decimals_of(code)
    return -(-minor // unit) * unit


def written(minor: int, code: str) -> str:
    """An amount as its currency is written, without its sign: 123456 of USD is "1,234.56", of EUR "1.234,56".

    Whole units stand alone: 245500 is "2,455".
    """
    units, rest = divmod(minor, 10 ** decimals_of(code))
    style = format_of(code)
    grouped = re.sub(
        r"(?<=\d)(?=(\d\d)*\d{3}$)" if style.has_lakhs else r"(?<=\d)(?=(\d{3})+$)", style.group, str(units)
    )
    return f"{grouped}{style.decimal}{rest:0{decimals_of(code)}}" if rest else grouped


def money(minor: int, code: str) -> str:
    """An amount with its currency, on one line: "$1,234.56", "€1.234,56", "1 234,56 kr"."""
    style, amount = format_of(code), written(minor, code)
    gap = SPACE if style.is_apart else ""
    return f"{amount}{gap}{style.sign}" if style.is_after else f"{style.sign}{gap}{amount}"
