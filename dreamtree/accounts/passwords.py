"""What makes a password good enough, told in words. Nothing is demanded of it but that it's long and hard to guess."""

import re
import unicodedata

from dreamtree.accounts import guessing

SHORTEST, LONGEST = 12, 256
OWN_REST = 8
"""So many characters have to be something else than the person's address and our name."""
OUR_NAMES = ("dreamtree", "dream tree")
SHORTEST_PART = 3
INSTEAD = "Use three or four words of your own that don’t belong together."
TOO_SHORT = "That’s too short by {more}. Use at least {least} characters. A few words in a row are easy to remember."
TOO_LONG = "That’s too long by {more}. Use at most {most} characters."
OWN = f"This is mostly your name, your email address, or our name, so it’s easy to guess. {INSTEAD}"
COMMON = f"This is built on a common password, so it’s easy to guess. {INSTEAD}"
WORD = f"This is built on one word or name, so it’s easy to guess. {INSTEAD}"
FEW_WORDS = "A few common words can still be guessed. Add one or two more that have nothing to do with them."
RUN = f"This follows the alphabet or counts up, so it’s easy to guess. {INSTEAD}"
KEYS = f"This follows the keys on a keyboard, so it’s easy to guess. {INSTEAD}"
REPEATED = f"This repeats the same thing, so it’s easy to guess. {INSTEAD}"
DATE = f"This is built on a date, so it’s easy to guess. {INSTEAD}"
SHAKY = "This is still too easy to guess. Add one or two words that have nothing to do with the rest."
WORDS_FOR = {
    guessing.COMMON: COMMON,
    guessing.WORD: WORD,
    guessing.WORDS: FEW_WORDS,
    guessing.RUN: RUN,
    guessing.KEYS: KEYS,
    guessing.REPEAT: REPEATED,
    guessing.DATE: DATE,
    guessing.OWN: OWN,
    guessing.OTHER: SHAKY,
}


def normal(password: str) -> str:
    """The one way of writing it, whatever the keyboard: accents, widths and spaces are the plain ones.

    It is NFKC, as NIST SP 800-63B has it, and every space is U+0020, as in RFC 8265. RFC 8265 would tell the digits of
    a wide keyboard from the others, and nobody sees which were typed. Nothing is stripped, cut or made small.
    """
    composed = unicodedata.normalize("NFKC", password)
    return "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in composed)


def spellings(password: str) -> tuple[str, ...]:
    """What to try a typed password as: `normal`, and only composed (NFC), as passwords were kept before."""
    return tuple(dict.fromkeys((normal(password), unicodedata.normalize("NFC", password))))


def problem_with(password: str, address: str) -> str:
    """Why this password is refused for the account `address`, in words that say what to do; "" when it is good."""
    text, length = normal(password), len(spellings(password)[-1])
    if length < SHORTEST:
        return TOO_SHORT.format(least=SHORTEST, more=SHORTEST - length)
    if length > LONGEST:
        return TOO_LONG.format(most=LONGEST, more=length - LONGEST)
    own = _own_words(address)
    if len(_without(text.casefold(), own)) < OWN_REST:
        return OWN
    weakness = guessing.weakness(text, own)
    return WORDS_FOR[weakness] if weakness else ""


def _own_words(address: str) -> list[str]:
    """The words of the address and our name, longest first."""
    folded = address.casefold()
    parts = {folded, *re.split(r"[\W_]+", folded), *OUR_NAMES}
    return sorted((part for part in parts if len(part) >= SHORTEST_PART), key=len, reverse=True)


def _without(text: str, own: list[str]) -> str:
    """What is left of a password without these words."""
    for word in own:
        text = text.replace(word, "")
    return text
