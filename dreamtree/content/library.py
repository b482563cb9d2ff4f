"""The skill library: every skill with the words people use for it, searched and suggested in memory."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dreamtree.content.phrasing import PHRASE, Phrasing
from dreamtree.content.vocabulary import BEGUN, Vocabulary
from dreamtree.content.word_forms import GLUE, LONGEST_TEXT, keywords, spelling, stem, words

MOST_WORDS = 8
BEGINS_SO = 2.0
"""What it adds in a search when the name begins as typed."""
TOGETHER = 0.5
"""What it adds in a search for each further word that stands in the same saying."""
ENOUGH = 0.6
"""The share of the words typed that a skill must have, when any has as many."""
SAID_SO = 1.6
"""How much more an everyday phrase weighs when skills are heard in somebody's own words."""
LEAST_SHARE_ONE, LEAST_SHARE_MORE = 0.6, 0.34
"""The least share of a saying that must be heard to suggest its skill: in one word, in several."""
SENTENCES = re.compile(r"[.!?;:\n•]+")


@dataclass(frozen=True)
class LibrarySkill:
    """A skill that everybody can choose; `category` is transferable, self_management or knowledge."""

    id: str
    slug: str
    name: str
    category: str
    family: str
    synonyms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What a search found: skills in which every word typed stands, or else some that are close to it."""

    exact: tuple[LibrarySkill, ...] = ()
    close: tuple[LibrarySkill, ...] = ()


class Library:
    """All skills. Indexes are made at the first search or suggestion, and kept."""

    def __init__(self, skills: Iterable[LibrarySkill] = ()) -> None:
        self.skills = tuple(skills)
        self._by_id = {skill.id: skill for skill in self.skills}
        self._by_slug = {skill.slug: skill for skill in self.skills}

    def skill(self, skill_id: str) -> LibrarySkill | None:
        """The skill with this id."""
        return self._by_id.get(skill_id)

    def by_slug(self, slug: str) -> LibrarySkill | None:
        """The skill with this slug."""
        return self._by_slug.get(slug)

    def named(self, name: str) -> LibrarySkill | None:
        """The skill that is called so, in whatever case and in either spelling."""
        return self._by_name.get(_folded(name))

    def search(self, query: str, category: str | None = None, limit: int = 8) -> list[LibrarySkill]:
        """The skills that `query` may mean, best first.

        Finds any word of a name, synonym or phrase, half typed or misspelled too (see `Vocabulary.like`), in
        American and British spelling. Any text is a query; one without words finds nothing.
        """
        typed = keywords(dict.fromkeys(words(query)))[:MOST_WORDS]
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, int] = defaultdict(int)
        together: dict[int, int] = defaultdict(int)
        for word in typed:
            places = self._candidates(word)
            for skill, score in self._by_skill(places).items():
                scores[skill] += score
                covered[skill] += 1
            for place in places:
                together[place] += 1
        for place, count in together.items():
            scores[self._phrasing.sayings[place].skill] += TOGETHER * (count - 1)
        whole = _folded(query)
        for skill in scores:
            scores[skill] += BEGINS_SO * self._names[skill].startswith(whole)
        enough = min(ENOUGH * len(typed), max(covered.values(), default=0))
        return self._best({one: score for one, score in scores.items() if covered[one] >= enough}, category, limit)

    def find(self, query: str, category: str | None = None, limit: int = 8, most_close: int = 3) -> Found:
        """The skills that `query` names, those of `category` first; where there are none, a few that are close.

        Named means that each word typed is one of the skill's, whole, in another form, or its beginning.
        """
        typed = keywords(dict.fromkeys(words(query)))[:MOST_WORDS]
        named = [self._named_by(word) for word in typed]
        every = set.intersection(*named) if named else set()
        ranked = self.search(query, None, len(self.skills)) if every else []
        exact = [skill for skill in ranked if skill.id in every]
        exact.sort(key=lambda skill: category not in (None, skill.category))
        if exact:
            return Found(tuple(exact[:limit]))
        close = self.search(query, category, most_close) or self.search(query, None, most_close)
        return Found(close=tuple(close))

    def _named_by(self, word: str) -> set[str]:
        """The ids of the skills in which a word stands as it is typed, in another form, or as its beginning."""
        sure = (known for known, how in self._vocabulary.like(word).items() if how >= BEGUN)
        places = (place for known in sure for place in self._phrasing.by_word[known])
        return {self.skills[self._phrasing.sayings[place].skill].id for place in places}

    def suggest(
        self, text: str, category: str | None = None, limit: int = 5, without: Collection[str] = ()
    ) -> list[LibrarySkill]:
        """Skills heard in a task or story, surest first, without the ids in `without`.

        The same text always gives the same skills, and none where none is heard.
        """
        scores: dict[int, float] = defaultdict(float)
        for sentence in SENTENCES.split(text[:LONGEST_TEXT]):
            for skill, score in self._skills_in(sentence).items():
                scores[skill] = max(scores[skill], score)
        wanted = {one: score for one, score in scores.items() if self.skills[one].id not in without}
        return self._best(wanted, category, limit)

    def common(self, category: str | None = None, limit: int = 5, without: Collection[str] = ()) -> list[LibrarySkill]:
        """Skills that many people have, each of another family: those with the most words for them."""
        first: dict[str, LibrarySkill] = {}
        for skill in self._most_said:
            if category in (None, skill.category) and skill.id not in without:
                first.setdefault(skill.family, skill)
        return list(first.values())[:limit]

    def _best(self, scores: Mapping[int, float], category: str | None, limit: int) -> list[LibrarySkill]:
        found = [
            (-score, self.skills[index].name, index)
            for index, score in scores.items()
            if category in (None, self.skills[index].category)
        ]
        return [self.skills[index] for _, _, index in sorted(found)[:limit]]

    def _candidates(self, word: str) -> dict[int, float]:
        """The sayings that may hold the word typed, and how sure that is, rare words surer than common ones."""
        best: dict[int, float] = defaultdict(float)
        for known, sure in self._vocabulary.like(word).items():
            places = self._phrasing.by_word[known]
            score = sure * (1 + self._phrasing.rarity(len(places)))
            for place in places:
                best[place] = max(best[place], score)
        return best

    def _by_skill(self, places: Mapping[int, float]) -> dict[int, float]:
        best: dict[int, float] = defaultdict(float)
        for place, score in places.items():
            saying = self._phrasing.sayings[place]
            best[saying.skill] = max(best[saying.skill], score * saying.worth / (1 + 0.05 * len(saying.stems)))
        return best

    def _skills_in(self, sentence: str) -> dict[int, float]:
        phrasing, glue = self._phrasing, self._glue
        stems = {stem(word) for word in keywords(words(sentence))}
        scores: dict[int, float] = defaultdict(float)
        for place in {place for one in stems - glue for place in phrasing.by_stem.get(one, ())}:
            saying = phrasing.sayings[place]
            weights = {one: phrasing.rarity(len(phrasing.by_stem[one])) for one in saying.stems}
            weight_found = sum(weight for one, weight in weights.items() if one in stems)
            share = weight_found / sum(weights.values())
            if share >= (LEAST_SHARE_MORE if len(stems.intersection(saying.stems)) > 1 else LEAST_SHARE_ONE):
                worth = saying.worth * (SAID_SO if saying.worth == PHRASE else 1)
                scores[saying.skill] = max(scores[saying.skill], worth * weight_found * share)
        return scores

    @cached_property
    def _glue(self) -> frozenset[str]:
        return frozenset(stem(word) for word in GLUE)

    @cached_property
    def _most_said(self) -> list[LibrarySkill]:
        return sorted(self.skills, key=lambda one: (-len(one.phrases) - len(one.synonyms), one.name))

    @cached_property
    def _phrasing(self) -> Phrasing:
        return Phrasing(self.skills)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._phrasing.by_word)

    @cached_property
    def _names(self) -> list[str]:
        return [_folded(skill.name) for skill in self.skills]

    @cached_property
    def _by_name(self) -> dict[str, LibrarySkill]:
        return dict(zip(self._names, self.skills, strict=True))


def _folded(text: str) -> str:
    return " ".join(spelling(word) for word in words(text))
