"""What makes a password good enough, told in words. Length counts; nothing else is demanded."""

import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHORTEST, LONGEST = 12, 256
FEW, MANY = 6, 16
"""Different characters below which it is easy to guess, and characters from which it is strong."""
OWN_REST = 8
"""So many characters have to be something else than the person's address and our name."""
LIST = Path(__file__).parent / "lists" / "common-passwords.txt.gz"
OUR_NAMES = ("dreamtree", "dream tree")
SHORTEST_PART = 3
A_DAY = 8
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
TOO_SHORT = "Use at least {least} characters: {more} more. A few words in a row are easy to keep in mind."
TOO_LONG = "Use at most {most} characters: {more} fewer."
COMMON = (
    "Many people have used this password, so it is among the first to be guessed. Put a few words of your own in a row."
)
REPEATED = "This repeats the same few characters, so it is soon guessed. Put a few words of your own in a row."
OWN = "This is mostly your name, your e-mail or our name, which is guessed first. Put a few other words in a row."


@dataclass(frozen=True)
class Strength:
    """How a password looks before it is tried: a word, and what would help."""

    word: str
    advice: str


WEAK = Strength("easy to guess", "Use more different characters.")
FAIR = Strength("fair", "One word more makes it strong.")
STRONG = Strength("strong", "")


def normal(password: str) -> str:
    """The one way of writing it: keyboards differ in how they compose an accent. Nothing is stripped or cut."""
    return unicodedata.normalize("NFC", password)


def problem_with(password: str, address: str) -> str:
    """Why this password is refused for the account `address`, in words that say what to do; "" when it is good."""
    text = normal(password)
    if len(text) < SHORTEST:
        return TOO_SHORT.format(least=SHORTEST, more=SHORTEST - len(text))
    if len(text) > LONGEST:
        return TOO_LONG.format(most=LONGEST, more=len(text) - LONGEST)
    folded = text.casefold()
    if _is_common(folded):
        return COMMON
    if _is_repeated(folded):
        return REPEATED
    rest = _without(folded, address)
    return OWN if len(rest) < min(OWN_REST, len(folded)) else ""


def strength(password: str) -> Strength:
    """As the page tells it while one types; the list of common ones is asked on sending."""
    text = normal(password)
    if len(set(text)) < FEW:
        return WEAK
    return STRONG if len(text) >= MANY else FAIR


@cache
def common() -> frozenset[str]:
    """The passwords that turned up most often in leaks."""
    with gzip.open(LIST, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip().casefold() for line in lines)


def _is_common(text: str) -> bool:
    """Whether it is in the list, or is a word of the list with a year or a day around it."""
    core = AROUND.sub("", text)
    return text in common() or (core in common() and len(text) - len(core) <= A_DAY)


def _is_repeated(text: str) -> bool:
    """Whether it is one piece over and over, of four characters at most, or a word that everybody uses."""
    for length in range(1, len(text) // 2 + 1):
        piece = text[:length]
        if (piece * (len(text) // length + 1)).startswith(text) and (length <= 4 or piece in common()):
            return True
    return False


def _without(text: str, address: str) -> str:
    """What is left of a password without the words of the address and our name."""
    parts = {address.casefold(), *re.split(r"[\W_]+", address.casefold())}
    for part in sorted({*parts, *OUR_NAMES}, key=len, reverse=True):
        if len(part) >= SHORTEST_PART:
            text = text.replace(part, "")
    return text
