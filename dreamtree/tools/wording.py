"""Counts and lists as a person says them."""

import re
from collections.abc import Sequence

from dreamtree.text import ended

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

PLURALS = {"person": "people"}
QUOTED = re.compile("“[^”]*”")


def in_words(count: int) -> str:
    """A count as a person says it: words up to twelve, then figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def times(count: int) -> str:
    """How often: "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(count, f"{in_words(count)} times")


def capitalized(sentence: str) -> str:
    """`sentence` with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def several(name: str) -> str:
    """ "steps", "parts of the day", "people"."""
    first, _, rest = name.partition(" ")
    return f"{PLURALS.get(first, f'{first}s')} {rest}".rstrip()


def quoted(words: str) -> str:
    """Words at the end of a sentence: "“How likely is it?”", "“Why this one.”"."""
    return f"“{ended(words)}”"


def enough_words(wanted: int, count: int, one: str, many: str, verb: str = "Add") -> str:
    """What to do, and how many there are: "Add at least three things. You have one so far."."""
    so_far = f" You have {in_words(count)} so far." if count else ""
    return f"{verb} at least {in_words(wanted)} {one if wanted == 1 else many}.{so_far}"


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b, and c"; "a, with more; and b" where a comma stands in one of them."""
    between = _between(words)
    end = " and " if between == ", " and len(words) < 3 else f"{between}and "
    return end.join(filter(None, [between.join(words[:-1]), *words[-1:]]))


def first_few(words: Sequence[str], most: int = 3) -> str:
    """ "a, b, c, and 2 more"."""
    more = f"{_between(words[:most])}and {len(words) - most} more" if len(words) > most else ""
    return _between(words[:most]).join(words[:most]) + more


def _between(words: Sequence[str]) -> str:
    return "; " if any("," in QUOTED.sub("", one) for one in words) else ", "
