"""Figures in prose, whether they are written in digits or in words."""

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
IN_WORDS = {
    **{word: place for place, word in enumerate(_ONES)},
    **{ten: 10 * place for place, ten in enumerate(_TENS, 2)},
    **{f"{ten}-{_ONES[one]}": 10 * place + one for place, ten in enumerate(_TENS, 2) for one in range(1, 10)},
}
_LONGEST_FIRST = "|".join(sorted(IN_WORDS, key=len, reverse=True))
FIGURE = re.compile(rf"\d[\d,.]*\d|\d|\b(?:{_LONGEST_FIRST})\b", re.IGNORECASE)


def figures_in(text: str) -> set[str]:
    """Each figure, in digits: {"41", "3615"} of "Forty-one trucks, $3,615"."""
    return {_digits(found.lower()) for found in FIGURE.findall(text)}


def whole(figure: str) -> int:
    """The number of one whole figure, as it is written: "sixteen", "16", "$3,615"."""
    return int(_digits(figure.strip("$").lower()))


def _digits(found: str) -> str:
    return str(IN_WORDS[found]) if found in IN_WORDS else found.replace(",", "")
