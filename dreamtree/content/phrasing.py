"""Every way to say a skill, indexed by its words."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dreamtree.content.word_forms import STOP_WORDS, gist, spelling, stem, words

NAME, SYNONYM, PHRASE = 3.0, 2.5, 2.0
"""What a match is worth in a search, by where it is."""


class Sayable(Protocol):
    """What has a name, synonyms and everyday phrases: `library.LibrarySkill`."""

    @property
    def name(self) -> str:
        """What the library calls it."""

    @property
    def synonyms(self) -> tuple[str, ...]:
        """Other names for it."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """How people say in passing that they did it: "loaded trucks"."""


@dataclass(frozen=True)
class Saying:
    """One way to say a skill: its place among the skills, what a match is worth, the stems that tell, its words.

    `names` are the words written with a capital.
    """

    skill: int
    worth: float
    stems: tuple[str, ...]
    words: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


class Phrasing:
    """The sayings of some skills; `by_word`, `by_stem` and `by_gist` lead to their places in `sayings`."""

    def __init__(self, skills: Sequence[Sayable]) -> None:
        self.sayings: list[Saying] = []
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_stem: dict[str, list[int]] = defaultdict(list)
        self.by_gist: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._forms: dict[str, tuple[str, str]] = {}
        self._rarities: dict[int, float] = {}
        for index, skill in enumerate(skills):
            self._add(index, NAME, [skill.name])
            self._add(index, SYNONYM, skill.synonyms)
            self._add(index, PHRASE, skill.phrases)
        del self._forms

    def rarity(self, places: int) -> float:
        """How much a word tells that stands in so many sayings: 1 for one, less for more."""
        known = self._rarities.get(places)
        if known is None:
            known = math.log(1 + len(self.sayings) / places) / math.log(1 + len(self.sayings))
            self._rarities[places] = known
        return known

    def _add(self, skill: int, worth: float, texts: Iterable[str]) -> None:
        for text in texts:
            in_order = tuple(words(text))
            all_words, place = set(in_order), len(self.sayings)
            keywords = {word for word in all_words if word not in STOP_WORDS and len(word) > 1} or all_words
            for form in {form for word in all_words for form in (word, self._shared(word)[0])}:
                self.by_word[form].append(place)
            stems = tuple(sorted({self._shared(word)[1] for word in keywords}))
            for one in stems:
                self.by_stem[one].append(place)
            self.by_gist[gist(in_order)].append(place)
            self.sayings.append(Saying(skill, worth, stems, in_order, _names_in(text)))

    def _shared(self, word: str) -> tuple[str, str]:
        forms = self._forms.get(word)
        if forms is None:
            forms = self._forms[word] = (spelling(word), stem(word))
        return forms


def _names_in(text: str) -> frozenset[str]:
    """The words of a saying that are written with a capital: "drove for Uber"."""
    return frozenset(word for part in text.split() if part[:1].isupper() for word in words(part))
