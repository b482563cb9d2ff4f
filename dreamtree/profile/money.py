"""How money is kept: whole numbers of a currency's smallest unit, with the currency's code (ISO 4217)."""

COMMON = (
    ("EUR", "Euro"),
    ("USD", "US dollar"),
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


def places_of(code: str) -> int:
    """How many digits a currency has after the decimal sign: 0, 2 or 3. An unknown one has 2."""
    return 0 if code in WHOLE_ONLY else 3 if code in THREE_PLACES else 2


def written(minor: int, code: str) -> str:
    """An amount as a person reads it, without its currency: 123456 of EUR is "1,234.56"."""
    units, rest = divmod(minor, 10 ** places_of(code))
    return f"{units:,}.{rest:0{places_of(code)}}" if places_of(code) else f"{units:,}"


def money(minor: int, code: str) -> str:
    """An amount with its currency, on one line: "EUR 1,234.56"."""
    return f"{code}\u00a0{written(minor, code)}".strip("\u00a0")
