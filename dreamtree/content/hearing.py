"""Skills heard in what somebody wrote. Silent unless sure.

A name or an everyday phrase of the library is heard when all its words stand close together in one sentence, or,
when fewer than two of them tell anything, when it stands there whole; one word is enough only where it is a phrase.
Synonyms are for searching: most are nouns, and a noun does not tell who did it. What did not happen, what others do
and figures of speech are passed over.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from secrets import token_bytes

from dreamtree.content.clauses import NEGATING, Clause, clauses
from dreamtree.content.phrasing import PHRASE, SYNONYM, Phrasing, Saying
from dreamtree.content.saying_matching import SayingPattern, SayingWord, word_places
from dreamtree.content.word_forms import GLUE, LEFT_OUT, LONGEST_TEXT, STOP_WORDS, ending, stem

COMMON, COMMON_SHARE = 10, 0.007
"""A word in more sayings than these, and than this share of all, tells too little to count among the telling ones."""

MOST_KEPT = 4_096
"""Of how many texts it is kept what was heard in them."""


@dataclass(frozen=True)
class SayingMatch:
    """A saying found in a clause: its skill, how much it tells, and the places of its words."""

    skill: int
    weight: float
    places: frozenset[int]


class Hearing:
    """The sayings of a library, by their stems."""

    def __init__(self, phrasing: Phrasing) -> None:
        self._secret = token_bytes(16)
        self._heard: dict[bytes, dict[int, float]] = {}
        self._phrasing = phrasing
        self._most = max(COMMON, round(COMMON_SHARE * len(phrasing.sayings)))
        self._patterns: dict[int, SayingPattern | None] = {}
        self._by_rarest: dict[str, list[int]] = defaultdict(list)
        for place, saying in enumerate(phrasing.sayings):
            if saying.worth != SYNONYM and saying.stems:
                self._by_rarest[min(saying.stems, key=lambda one: len(phrasing.by_stem[one]))].append(place)

    def skills_in(self, text: str) -> dict[int, float]:
        """The places of the skills heard in a text, and how much was heard of each.

        What was heard is kept by a digest, as pages are drawn again and again; the words themselves are not.
        """
        key = blake2b(text.encode(errors="surrogatepass"), key=self._secret, digest_size=16).digest()
        heard = self._heard.get(key)
        if heard is None:
            heard = self._scores(text)
            if len(self._heard) >= MOST_KEPT:
                self._heard = {}
            self._heard[key] = heard
        return heard

    def _scores(self, text: str) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for clause in clauses(text[:LONGEST_TEXT]):
            for match in _longest(list(self._matches(clause))):
                scores[match.skill] = max(scores[match.skill], match.weight)
        return scores

    def _matches(self, clause: Clause) -> Iterator[SayingMatch]:
        places_of: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(clause.tokens):
            places_of[one.stem].append(place)
        for place in self._candidates(frozenset(places_of)):
            saying = self._pattern(place)
            places = word_places(saying, clause, places_of) if saying else None
            if saying and places and _is_about_the_writer(saying, clause, places):
                yield SayingMatch(saying.skill, saying.weight, frozenset(places))

    def _candidates(self, stems: Collection[str]) -> Iterator[int]:
        """The places of the sayings of which every stem is there."""
        for one in stems:
            for place in self._by_rarest.get(one, ()):
                if all(other in stems for other in self._phrasing.sayings[place].stems):
                    yield place

    def _pattern(self, place: int) -> SayingPattern | None:
        """What the saying at this place is looked for by; None where it is never sure."""
        if place not in self._patterns:
            self._patterns[place] = self._pattern_of(self._phrasing.sayings[place])
        return self._patterns[place]

    def _tells(self, one: SayingWord) -> bool:
        is_small = one.word in STOP_WORDS or one.word in GLUE or len(one.word) < 2
        return not is_small and len(self._phrasing.by_stem[one.stem]) <= self._most

    def _pattern_of(self, saying: Saying) -> SayingPattern | None:
        in_order = tuple(
            SayingWord(word, stem(word), ending(word), word in saying.names)
            for place, word in enumerate(saying.words, 1)
            if word not in LEFT_OUT or place == len(saying.words)
        )
        telling = tuple(one for one in in_order if self._tells(one))
        is_sure = len(in_order) > 1 or (saying.worth == PHRASE and len(saying.words) == 1)
        if not is_sure:
            return None
        rarity = sum(self._phrasing.rarity(len(self._phrasing.by_stem[one])) for one in saying.stems)
        is_negative = any(word in NEGATING for word in saying.words)
        return SayingPattern(saying.skill, rarity * (1 + len(in_order) / 10), in_order, telling, is_negative)


def _is_about_the_writer(saying: SayingPattern, clause: Clause, places: Sequence[int]) -> bool:
    """True when the writer says it of themselves, and says "not" where the saying does."""
    start, end = min(places), max(places) + 1
    if not saying.is_title and clause.is_suffered(start):
        return False
    if saying.is_negative:
        return clause.has_negation(start, end) and clause.is_mine(start)
    return not clause.is_negated(start, end) and not clause.has_negation(start + 2, end) and clause.is_mine(start)


def _longest(matches: Iterable[SayingMatch]) -> list[SayingMatch]:
    """What was heard, without sayings that are only a piece of a longer one."""
    heard = list(matches)
    return [one for one in heard if not any(one.places < other.places for other in heard)]
