"""Where a saying of the library stands in a clause: close together, in a row, or as what somebody was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dreamtree.content.clauses import BREAK, PEOPLE, SUFFERED, Clause
from dreamtree.content.word_forms import BEING, LEFT_OUT, STOP_WORDS, is_same_doing, without_ending

PLACES = frozenset(("in", "at", "on", "for"))
"""Words that stand for one another: "worked at a hotel", "worked in a hotel"."""
FURTHER_WORDS = 3
"""How many other words may stand among those of a saying."""
DESCRIBING = 2
"""How many words may stand between an article and what it belongs to: "drove a big old truck"."""
LINKING = frozenset(("and", "or", "but", "then", "i", "we", "because", "when", "while", "so", "he", "she", "they"))
"""Words that begin something else: a saying does not go on after them."""
NOT_A_TITLE = LINKING | frozenset(
    (BREAK, "to", "with", "for", "of", "by", "at", "from", "in", "on", "not", "never", "married", "dating")
)
"""Words after "was" that say it is not about what somebody was."""
NOBODY = frozenset(("it", "that", "this", "there", "something", "everything", "which", "what"))
"""What is no person, before "was"."""
TITLE_WORDS = 2
"""How many words may stand between "was" and what somebody was: "was a licensed bartender"."""
ANYONE = frozenset(
    """him her them me us someone somebody people everyone everybody anyone anybody guy guys kid kids patients
    customers""".split()  # noqa: SIM905
)
"""Words that stand for one another in a saying: "talked him down", "talked her down"."""
SOMEONE = ANYONE - frozenset(("me", "us", "guy", "guys", "kid", "kids", "patients", "customers"))
SOMEBODY_TOLD = PEOPLE | frozenset(
    """customer patient resident residents client clients student students guest guests child children baby grandson
    granddaughter nephew niece tenant tenants soldier soldiers teenager teenagers stranger strangers""".split()  # noqa: SIM905
)
"""Whom somebody may name where a saying has "him", "someone" or "people": "talked my neighbor down"."""


class SayingWord(NamedTuple):
    """A word of a saying; `is_name` when the saying writes it with a capital."""

    word: str
    stem: str
    ending: str
    is_name: bool


@dataclass(frozen=True)
class SayingPattern:
    """What a saying is looked for by: its words in order, those that tell something, and whether it says "not"."""

    skill: int
    weight: float
    words: tuple[SayingWord, ...]
    telling: tuple[SayingWord, ...]
    is_negative: bool

    @property
    def is_title(self) -> bool:
        """True for what somebody was: "was a bartender"."""
        return self.words[0].word in BEING and len(self.words) > 1


def word_places(saying: SayingPattern, clause: Clause, places_of: Mapping[str, Sequence[int]]) -> list[int] | None:
    """The places of the words of a saying in a clause, None when it does not stand there."""
    if saying.is_title:
        return _title(saying.words[1:], clause, places_of)
    if len(saying.telling) < 2 or saying.words[0].word == "worked":
        return _in_a_row(saying.words, clause, places_of)
    return _close_together(saying, clause, places_of)


def _close_together(saying: SayingPattern, clause: Clause, places_of: Mapping[str, Sequence[int]]) -> list[int] | None:
    wanted = [one for place, one in enumerate(saying.words) if place == 0 or _says_something(one.word)]
    options = [[place for place in places_of[one.stem] if _is_same(one, clause, place)] for one in wanted]
    for first in options[0] if all(options) else ():
        places = [first]
        for others in options[1:]:
            places.append(min(others, key=lambda place: (place < places[-1], abs(place - places[-1]))))
        if _is_close(saying, clause, places):
            return places
    return None


def _says_something(word: str) -> bool:
    return word not in STOP_WORDS and len(word) > 1


def _is_close(saying: SayingPattern, clause: Clause, places: Sequence[int]) -> bool:
    low, high = min(places), max(places)
    row = clause.words[low : high + 1]
    length, between = sum(word not in LEFT_OUT for word in row), set(row)
    own_words = {one.word for one in saying.words}
    if len(set(places)) < len(places) or length > len(saying.words) + FURTHER_WORDS or BREAK in between:
        return False
    is_doing = saying.words[0].ending in ("ed", "ing")
    if not is_doing and LINKING.intersection(between - own_words):
        return False
    return list(places) == sorted(places) or bool(SUFFERED.intersection(between))


def _title(wanted: Sequence[SayingWord], clause: Clause, places_of: Mapping[str, Sequence[int]]) -> list[int] | None:
    """The places of what somebody was, after "was", "as" and the like, or where it begins a sentence."""
    for start in _starts(wanted[0], clause, places_of):
        places = _row_from(start, wanted, clause)
        if places and _is_title(clause, start):
            return places
    return None


def _is_title(clause: Clause, start: int) -> bool:
    before = clause.words[:start]
    named = [word for word in before if word not in LEFT_OUT]
    if not before:
        return "who" not in clause.words
    nearest = named[-2 - TITLE_WORDS :]
    return any(
        word in BEING
        and not NOT_A_TITLE.intersection(nearest[place + 1 :])
        and not NOBODY.intersection(nearest[max(0, place - 1) : place])
        for place, word in enumerate(nearest)
    )


def _in_a_row(wanted: Sequence[SayingWord], clause: Clause, places_of: Mapping[str, Sequence[int]]) -> list[int] | None:
    """The places where all the words stand one after another, articles and the like aside."""
    rows = (_row_from(start, wanted, clause) for start in _starts(wanted[0], clause, places_of))
    return next((places for places in rows if places), None)


def _starts(first: SayingWord, clause: Clause, places_of: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """Where a saying that begins with this word may begin."""
    return range(len(clause.words)) if first.word in ANYONE | PLACES else places_of.get(first.stem, ())


def _row_from(start: int, wanted: Sequence[SayingWord], clause: Clause) -> list[int] | None:
    places, place = list[int](), start
    for one in wanted:
        place = _next_place(place, one, clause) if places else place
        if place >= len(clause.words) or not _is_same(one, clause, place, is_alone=len(wanted) == 1):
            return None
        places.append(place)
        place += 1
    return places


def _next_place(place: int, one: SayingWord, clause: Clause) -> int:
    """Where the next word of a saying may stand: after an article with up to two words of its own."""
    described = 0
    while place < len(clause.words):
        word = clause.words[place]
        if _is_skipped(one.word, word):
            described = DESCRIBING
        elif described and not _is_same(one, clause, place) and word not in STOP_WORDS | {BREAK}:
            described -= 1
        else:
            break
        place += 1
    return place


def _is_skipped(wanted: str, word: str) -> bool:
    return (word in LEFT_OUT or word.isdigit()) and not (wanted in ANYONE and word in ANYONE)


def _is_same(wanted: SayingWord, clause: Clause, place: int, is_alone: bool = False) -> bool:
    """True when the word at this place is the one wanted, in a form that means the same.

    A name is never a word; one word alone must be the same form: "volunteered" is not "volunteer".
    """
    one = clause.tokens[place]
    if one.is_name and not wanted.is_name:
        return False
    both = {wanted.word, one.word}
    if wanted.word == one.word or both <= ANYONE or both <= PLACES:
        return True
    if wanted.word in SOMEONE and one.word in SOMEBODY_TOLD:
        return True
    if one.word in STOP_WORDS and wanted.word not in STOP_WORDS:
        return False
    endings = {wanted.ending, one.ending}
    if wanted.stem != one.stem or (is_alone and endings not in ({""}, {"", "s"}, {"ed", "ing"})):
        return False
    bases = {without_ending(wanted.word), without_ending(one.word)} - {""}
    return is_same_doing(wanted.ending, one.ending) and len(bases) < 2
