"""What people write around a number: "about 400", "400 a month", "1.5k"."""

import re

ABOUT = re.compile(
    r"(?:[~≈]|(?:about|around|approx(?:\.|imately)?|roughly|circa|ca?\.|some)(?=[^a-z]))\s*", re.IGNORECASE
)
THOUSANDS = re.compile(r"\s*(?:k|thousand|grand)$", re.IGNORECASE)
MIXED = re.compile(r"[0-9]\s*(?:-|to|or|and)\s*[^0-9\s]{0,3}\s*[0-9]", re.IGNORECASE)
ONE_NUMBER = "Type one number. If it changes, take one in the middle."
PERIODS = {
    "hour": (r"h|hrs?|hours?", r"hourly|p\.?\s?h"),
    "day": (r"days?", r"daily"),
    "two weeks": (r"(?:two|2) weeks|other week|fortnight", r"bi-?weekly|fortnightly"),
    "week": (r"w|wks?|weeks?", r"weekly|p\.?\s?w"),
    "month": (r"mo|mths?|months?|calendar month", r"monthly|p\.?\s?c?\.?\s?m"),
    "year": (r"y|yrs?|years?|annum", r"yearly|annual(?:ly)?|p\.?\s?a"),
}
"""How people write that a number is so much a period: after "a", "per" or "/", and in a word of its own."""
ENDINGS = {
    period: re.compile(
        rf"[\s,]*(?:(?:/\s*|(?:an?|per|each|every)\s+)(?:{after})|(?<![a-z])(?:{alone}))\.?$", re.IGNORECASE
    )
    for period, (after, alone) in PERIODS.items()
}


def without_about(text: str) -> str:
    """A number without the word that says that it is not exact."""
    return ABOUT.sub("", text, count=1) if ABOUT.match(text) else text


def without_period(text: str) -> tuple[str, str, str]:
    """A number without "a month" at its end, the period that is, and how it was written; "" twice where none is."""
    for period, ending in ENDINGS.items():
        if found := ending.search(text):
            return text[: found.start()], period, found[0].strip(" ,")
    return text, "", ""


def without_thousands(text: str) -> tuple[str, bool]:
    """A number without "k" or "thousand" at its end, and whether that stood there."""
    bare = THOUSANDS.sub("", text)
    return bare, bare != text


def is_several(text: str) -> bool:
    """Whether two numbers were typed for one: "400-500"."""
    return bool(MIXED.search(text))
