"""Which jobs have something in common with a person: skills, words they like, and interests.

A job shares a skill that it uses, an interest whose letter it has, and a leaf (a word that the person likes) whose
words stand close together in its title, in its ordinary day, or in the name of a skill that it uses. What few jobs have
tells more than what many have: each thing shared counts log2(jobs / jobs that have it). The job for which that comes to
most is first; of two that come to the same, the one that shares more, then the one whose title is earlier in the
alphabet. Each match names what it shares, and a job that shares nothing is none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import fsum, log2

from dreamtree.content.jobs import Jobs
from dreamtree.content.library import Library
from dreamtree.content.reference import Occupation
from dreamtree.content.word_forms import GLUE, LEFT_OUT, STOP_WORDS, stem, words

LEAST_LETTERS = 3
DOING = ("er", "or")
"""How a word ends that is made of what somebody does."""
SILENT = STOP_WORDS | LEFT_OUT
"""Words that are not looked for."""
VAGUE = GLUE
"""Words that are looked for only beside one that tells more: "night" of "night shift"."""
MOST_BETWEEN = 1
"""How many other words may stand between those of a leaf."""
Stems = tuple[str, ...]
"""What the words of a text are found by, in their order, without the silent ones."""


@dataclass(frozen=True)
class JobSearch:
    """What jobs are looked for by: ids of skills and words, those that matter most first, and letters of interests.

    `taken` are the slugs of jobs that the person has already chosen.
    """

    skills: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to look by."""
        return not (self.skills or self.leaves or self.interests)


@dataclass(frozen=True)
class JobTexts:
    """What is written about a job, and all the words in it: most leaves have one that is in none of the texts."""

    texts: tuple[Stems, ...]
    words: frozenset[str]

    def hold(self, leaf: frozenset[str]) -> bool:
        """Whether all words of a leaf stand close together in one of the texts."""
        if len(leaf) < 2 or not leaf <= self.words:
            return leaf <= self.words
        near = len(leaf) + MOST_BETWEEN
        return any(leaf.issubset(text[start : start + near]) for text in self.texts for start in range(len(text)))


@dataclass(frozen=True)
class JobFit:
    """A job, and which of the person's skills, leaves and interests it shares, in the person's order."""

    job: Occupation
    skills: tuple[str, ...]
    leaves: tuple[str, ...]
    interests: tuple[str, ...]

    @property
    def shared(self) -> int:
        """How many things it shares."""
        return len(self.skills) + len(self.leaves) + len(self.interests)


def fitting_jobs(jobs: Jobs, library: Library, search: JobSearch) -> list[JobFit]:
    """The jobs that share anything, the best first, without those that are taken."""
    texts = _texts_of(jobs, library)
    telling = {leaf: forms for leaf in dict.fromkeys(search.leaves) if (forms := telling_in(leaf))}
    distinct = replace(
        search, skills=tuple(dict.fromkeys(search.skills)), interests=tuple(dict.fromkeys(search.interests))
    )
    every = (_fit(job, texts[job.id], telling, distinct) for job in jobs.occupations)
    fits = [fit for fit in every if fit.shared]
    users: Counter[tuple[str, str]] = Counter(one for fit in fits for one in _things(fit))
    worth = {thing: log2(len(jobs.occupations) / count) for thing, count in users.items()}
    return sorted((fit for fit in fits if fit.job.slug not in search.taken), key=lambda fit: _order(fit, worth))


def telling_in(leaf: str) -> frozenset[str]:
    """What the words of a leaf are found by; nothing where none of them tells enough."""
    looked_for = [word for word in words(leaf) if word not in SILENT and len(word) >= LEAST_LETTERS]
    return frozenset() if VAGUE.issuperset(looked_for) else frozenset(map(_form, looked_for))


def _form(word: str) -> str:
    """The stem of a word; of a thing or a person that does something, the word: a counter is no counting."""
    one = word.removesuffix("s")
    return one if one.endswith(DOING) else stem(word)


def _fit(job: Occupation, texts: JobTexts, telling: Mapping[str, frozenset[str]], search: JobSearch) -> JobFit:
    return JobFit(
        job,
        tuple(skill for skill in search.skills if skill in job.skills),
        tuple(leaf for leaf, forms in telling.items() if texts.hold(forms)),
        tuple(letter for letter in search.interests if letter in job.interests),
    )


def _things(fit: JobFit) -> list[tuple[str, str]]:
    shared: Mapping[str, Sequence[str]] = {"skill": fit.skills, "leaf": fit.leaves, "interest": fit.interests}
    return [(kind, one) for kind, some in shared.items() for one in some]


def _order(fit: JobFit, worth: Mapping[tuple[str, str], float]) -> tuple[object, ...]:
    in_common = fsum(worth[thing] for thing in _things(fit))
    return -in_common, -fit.shared, fit.job.title.casefold(), fit.job.id


@lru_cache(maxsize=1)
def _texts_of(jobs: Jobs, library: Library) -> Mapping[str, JobTexts]:
    """Job → its title, its ordinary day and the name of each of its skills."""
    return {job.id: _job_texts(job, library) for job in jobs.occupations}


def _job_texts(job: Occupation, library: Library) -> JobTexts:
    skills = (library.skill(one) for one in job.skills)
    texts = tuple(map(_text, [job.title, job.day, *(skill.name for skill in skills if skill)]))
    return JobTexts(texts, frozenset(chain(*texts)))


def _text(written: str) -> Stems:
    return tuple(_form(word) for word in words(written) if word not in SILENT)
