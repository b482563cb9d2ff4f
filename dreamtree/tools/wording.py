"""Counts and lists as a person says them."""

from collections.abc import Sequence

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def in_words(count: int) -> str:
    """A count as a person says it: words up to twelve, then figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def begun(sentence: str) -> str:
    """`sentence` with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


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
    return "; " if any("," in one for one in words) else ", "
