"""How soon a password is guessed by someone who knows what people choose, and what makes it so.

The estimate is that of zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016),
with its lists and ours. Its parts are called one by one here, because as a whole it keeps a person's own words
in a list that all share.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from zxcvbn import matching, scoring

COMMON, WORD, WORDS, RUN, KEYS = "common", "word", "words", "run", "keys"
REPEAT, DATE, OWN, OTHER = "repeat", "date", "own", "other"
ENOUGH = 10**10
"""So many guesses have to be needed. Whoever holds a copy of the database makes some thousands a second at most."""
SPREAD = 10**4
"""Capitals, and marks or spaces between the characters, make guessing so many times harder at most."""
LOOKED_AT = 72
"""The estimate takes time by the square of the length; so many characters at each end tell enough."""
MOST_READINGS = 12
"""Each way of reading figures and marks as letters costs a search of its own."""
LOOKALIKES = re.compile(r"[@8({\[<|!$+%]")
OURS = "ours"
LIST = Path(__file__).parent / "lists" / "common-passwords.txt.gz"
KEY_ROWS = "йцукенгшщзхъ фывапролджэ ячсмитьбю qwertzuiopü asdfghjklöä yxcvbnm azertyuiop qsdfghjklm"
SHORTEST_ROW = 4
PATTERNS = {"sequence": RUN, "spatial": KEYS, "repeat": REPEAT, "regex": DATE, "date": DATE}
LISTS = {"passwords": COMMON, OURS: COMMON, "rows": KEYS, "own": OWN}


def weakness(password: str, own: Iterable[str]) -> str:
    """What makes it easy to guess, one of the names above; "" when it is hard. `own` are words tried first for them."""
    text = unicodedata.normalize("NFKC", password)
    known = {**_lists(), "own": matching.build_ranked_dict(word.lower() for word in own)}
    estimates = [_estimate(end, known) for end in dict.fromkeys((text[:LOOKED_AT], text[-LOOKED_AT:]))]
    hardest = max(estimates, key=lambda one: one["guesses"])
    if hardest["guesses"] < ENOUGH:
        return _reason(hardest["sequence"])
    return _weakness_beneath(text, known)


def _weakness_beneath(text: str, known: dict[str, dict[str, int]]) -> str:
    """The same for what is left without capitals, marks between and doubles: `1-2-3-4`, `aAbBcC`."""
    stripped = re.sub(r"(.)\1", r"\1", re.sub(r"[\W_]+", "", text.lower()))
    if stripped == text or not len(text) <= 2 * len(stripped) + 1 <= 2 * LOOKED_AT:
        return ""
    beneath = _estimate(stripped, known)
    return _reason(beneath["sequence"]) if beneath["guesses"] < ENOUGH // SPREAD else ""


@cache
def common() -> tuple[str, ...]:
    """The passwords that turned up most often in leaks, besides those of the estimator's own list."""
    with gzip.open(LIST, "rt", encoding="utf-8") as lines:
        return tuple(word for line in lines if (word := line.strip().lower()))


@cache
def _lists() -> Mapping[str, dict[str, int]]:
    """What is tried first: a word and its place in a list."""
    rows = (row[start:end] for row in KEY_ROWS.split() for start in range(len(row)) for end in range(len(row) + 1))
    return {
        **matching.RANKED_DICTIONARIES,
        OURS: matching.build_ranked_dict(common()),
        "rows": matching.build_ranked_dict(dict.fromkeys(part for part in rows if len(part) >= SHORTEST_ROW)),
    }


def _estimate(text: str, known: dict[str, dict[str, int]]) -> Any:
    """How many guesses it takes, and the pieces that it is guessed by."""
    readings = matching.enumerate_l33t_subs(matching.relevant_l33t_subtable(text, matching.L33T_TABLE))
    if len(readings) > MOST_READINGS:
        text = LOOKALIKES.sub("~", text)
    return scoring.most_guessable_match_sequence(text, matching.omnimatch(text, known))


def _reason(pieces: list[Any]) -> str:
    """The longest piece that is no mere chance tells most; two words are told as two."""
    known = [piece for piece in pieces if piece["pattern"] != "bruteforce"]
    if not known:
        return OTHER
    kinds = [_kind(piece) for piece in known]
    if len([kind for kind in kinds if kind in (COMMON, WORD)]) > 1 and len(set(kinds)) <= 2 and WORD in kinds:
        return WORDS
    return kinds[max(range(len(known)), key=lambda index: len(known[index]["token"]))]


def _kind(piece: Any) -> str:
    return PATTERNS.get(piece["pattern"]) or LISTS.get(piece.get("dictionary_name", ""), WORD)
