"""The skill library: every skill with the words people use for it, searched and suggested in memory."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dreamtree.content.hearing import Hearing
from dreamtree.content.phrasing import Phrasing
from dreamtree.content.vocabulary import Vocabulary
from dreamtree.content.word_forms import differ_in_number, gist, keywords, spelling, words
from dreamtree.text import folded

MOST_WORDS = 8
BEGINS_SO = 2.0
"""What it adds in a search when the name begins as typed."""
TOGETHER = 0.5
"""What it adds in a search for each further word that stands in the same saying."""
WHOLE = 1.5
"""What it adds in a search, times its worth, when a whole saying is what was typed."""
DOING_FIRST = 0.5
"""What it adds in a search for something one does, before the same thing as a field of knowledge."""
ENOUGH = 0.6
"""The share of the words typed that a skill must have, when any has as many."""


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

    def called(self, words: str, category: str) -> LibrarySkill | None:
        """The skill that these words are the name of, or else another name of one of this kind."""
        return self.named(words) or self._called[category].get(folded(words))

    def search(self, query: str, category: str | None = None, limit: int = 8) -> list[LibrarySkill]:
        """The skills that `query` may mean, best first.

        Finds any word of a name, synonym or phrase, half typed or misspelled too (see `Vocabulary.like`), in
        American and British spelling. Any text is a query; one without words finds nothing.
        """
        return self._best(self._scores(query, self._vocabulary.like), category, limit)

    def find(self, query: str, category: str | None = None, limit: int = 8, most_close: int = 3) -> Found:
        """The skills that `query` names, those of `category` first; where there are none, a few that are close.

        Named means that each word typed is one of the skill's, whole, in another form, or its beginning.
        """
        named = [self._named_by(word) for word in _typed(query)]
        every = set.intersection(*named) if named else set()
        scores = self._scores(query, self._vocabulary.sure) if every else {}
        exact = self._best({one: score for one, score in scores.items() if one in every}, None, len(every))
        exact.sort(key=lambda skill: category not in (None, skill.category))
        if exact:
            return Found(tuple(exact[:limit]))
        close = self.search(query, category, most_close) or self.search(query, None, most_close)
        return Found(close=tuple(close))

    def _named_by(self, word: str) -> set[int]:
        """The skills in which a word stands as it is typed, in another form, or as its beginning."""
        places = (place for known in self._vocabulary.sure(word) for place in self._phrasing.by_word[known])
        return {self._phrasing.sayings[place].skill for place in places}

    def suggest(
        self, text: str, category: str | None = None, limit: int = 5, without: Collection[str] = ()
    ) -> list[LibrarySkill]:
        """Skills heard in a task or story, surest first, without the ids in `without`.

        The same text always gives the same skills, and none where none is surely heard.
        """
        scores = self._hearing.skills_in(text)
        wanted = {one: score for one, score in scores.items() if self.skills[one].id not in without}
        return self._best(wanted, category, limit)

    def common(self, category: str | None = None, limit: int = 5, without: Collection[str] = ()) -> list[LibrarySkill]:
        """Skills that many people have: the first of each family, in the order of the library."""
        families = self._families[category].values()
        firsts = (next((skill for skill in family if skill.id not in without), None) for family in families)
        return [skill for skill in firsts if skill][:limit]

    def _best(self, scores: Mapping[int, float], category: str | None, limit: int) -> list[LibrarySkill]:
        found = [
            (-score, self.skills[index].name, index)
            for index, score in scores.items()
            if category in (None, self.skills[index].category)
        ]
        return [self.skills[index] for _, _, index in sorted(found)[:limit]]

    def _scores(self, query: str, like: Callable[[str], Mapping[str, float]]) -> dict[int, float]:
        """How well each skill fits what was typed; `like` says which words of the library a word may be."""
        typed = _typed(query)
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, int] = defaultdict(int)
        together: dict[int, int] = defaultdict(int)
        for word in typed:
            places = self._candidates(like(word))
            for skill, score in self._by_skill(places).items():
                scores[skill] += score
                covered[skill] += 1
            for place in places:
                together[place] += 1
        for place, count in together.items():
            scores[self._phrasing.sayings[place].skill] += TOGETHER * (count - 1)
        for skill, score in self._by_whole_saying(query).items():
            scores[skill] += score
            covered[skill] = len(typed)
        enough = min(ENOUGH * len(typed), max(covered.values(), default=0))
        whole = _folded(query)
        return {one: score + self._favor(one, whole) for one, score in scores.items() if covered[one] >= enough}

    def _favor(self, skill: int, whole: str) -> float:
        is_doing = self.skills[skill].category == "transferable"
        return BEGINS_SO * self._names[skill].startswith(whole) + DOING_FIRST * is_doing

    def _candidates(self, words_meant: Mapping[str, float]) -> dict[int, float]:
        """The sayings that may hold a word typed, and how sure that is, rare words surer than common ones.

        How rare is told by the commonest it may be: a rare form tells no more than the word.
        """
        best: dict[int, float] = defaultdict(float)
        most = max((len(self._phrasing.by_word[known]) for known in words_meant), default=1)
        for known, sure in words_meant.items():
            score = sure * (1 + self._phrasing.rarity(most))
            for place in self._phrasing.by_word[known]:
                best[place] = max(best[place], score)
        return best

    def _by_whole_saying(self, query: str) -> dict[int, float]:
        """The skills of which a whole saying was typed, in any form of its words.

        Where both are sayings, one of a thing and many are not the same: "security" and "securities".
        """
        typed = tuple(words(query))
        matches = [self._phrasing.sayings[place] for place in self._phrasing.by_gist.get(gist(typed), ())]
        is_exact = any(saying.words == typed for saying in matches)
        best: dict[int, float] = defaultdict(float)
        for saying in matches:
            if is_exact and saying.words != typed and differ_in_number(typed, saying.words):
                continue
            best[saying.skill] = max(best[saying.skill], WHOLE * saying.worth)
        return best

    def _by_skill(self, places: Mapping[int, float]) -> dict[int, float]:
        best: dict[int, float] = defaultdict(float)
        for place, score in places.items():
            saying = self._phrasing.sayings[place]
            best[saying.skill] = max(best[saying.skill], score * saying.worth / (1 + 0.05 * len(saying.stems)))
        return best

    @cached_property
    def _hearing(self) -> Hearing:
        return Hearing(self._phrasing)

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
    def _families(self) -> Mapping[str | None, Mapping[str, Sequence[LibrarySkill]]]:
        """The skills of each category, and of all, by their families."""
        found: dict[str | None, dict[str, list[LibrarySkill]]] = defaultdict(lambda: defaultdict(list))
        for skill in self.skills:
            for category in (None, skill.category):
                found[category][skill.family].append(skill)
        return found

    @cached_property
    def _called(self) -> Mapping[str, Mapping[str, LibrarySkill]]:
        found: dict[str, dict[str, LibrarySkill]] = defaultdict(dict)
        for skill in self.skills:
            for name in skill.synonyms:
                found[skill.category].setdefault(folded(name), skill)
        return found

    @cached_property
    def _by_name(self) -> dict[str, LibrarySkill]:
        return dict(zip(self._names, self.skills, strict=True))


def _typed(query: str) -> list[str]:
    """The telling words of a query, each once."""
    return keywords(dict.fromkeys(words(query)))[:MOST_WORDS]


def _folded(text: str) -> str:
    return " ".join(spelling(word) for word in words(text))
