"""The figures of the voice: a line an exercise, and a line a person of the examples."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any

from dreamtree.content.book import Book, Exercise
from dreamtree.content.markdown import plain
from dreamtree.content.prose import WORD, grade, paragraphs, whole_sentences, word_count
from dreamtree.content.voice.contractions import Contractions, contractions_in, contractions_of
from dreamtree.content.voice.effort import TimedKind, minutes_counted, words_read
from dreamtree.content.voice.reading import hint, is_prose, runs_of_short, sentence_lengths

MARKERS, LEAST_MARKED = 10, 3
NOT_WRITTEN = frozenset({"tags", "items", "order", "log", "steps", "words", "name"})
"""Parts of an answer that hold names of skills and lines, which the person did not write there."""
WRITTEN = re.compile(r"[.,;:!?]")
LEAST_WRITTEN = 4


@dataclass(frozen=True)
class ExerciseFigures:
    """What is counted of one exercise; `run` is the longest of short sentences, grades are Flesch–Kincaid."""

    id: str
    words: int
    contracted: Contractions
    sentence: float
    run: int
    prose_grade: float
    hint_grade: float
    minutes_stated: int
    minutes_counted: float

    def __str__(self) -> str:
        contracted = f"contracted {self.contracted.rate:.2f} of {self.contracted.chances:>2}"
        grades = f"grade prose {self.prose_grade:>4.1f} hints {self.hint_grade:>4.1f}"
        minutes = f"minutes said {self.minutes_stated:>2} counted {self.minutes_counted:>2.0f}"
        rhythm = f"sentence {self.sentence:>4.1f}   run {self.run}"
        return f"{self.id:<7} {self.words:>5} words   {contracted}   {rhythm}   {grades}   {minutes}"


@dataclass(frozen=True)
class PersonFigures:
    """How one person speaks; `markers` are the words that tell them from the others, the surest first."""

    name: str
    words: int
    sentence: float
    spread: float
    contracted: Contractions
    markers: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.name:<7} {self.words:>5} words   sentence {self.sentence:>4.1f}, spread {self.spread:>4.1f}   "
            f"contracted {self.contracted.rate:.2f} of {self.contracted.chances:>3}   says {', '.join(self.markers)}"
        )


def figures_of_exercises(book: Book, tools: Mapping[str, TimedKind]) -> Iterator[ExerciseFigures]:
    """Those of each exercise, in order."""
    return (_of_exercise(exercise, tools) for exercise in book.exercises)


def figures_of_people(book: Book, answers: Mapping[str, Any]) -> Iterator[PersonFigures]:
    """Those of each person, over the examples and over what they answer in `answers`, by their name."""
    texts_of = {name: [*_examples_by(book, name), *written_in(answered)] for name, answered in answers.items()}
    counted = {name: _counted(texts) for name, texts in texts_of.items()}
    for name, texts in texts_of.items():
        others = sum((words for other, words in counted.items() if other != name), Counter[str]())
        yield _of_person(name, texts, _markers(counted[name], others))


def written_in(answer: Any) -> Iterator[str]:
    """The texts in an answer that a person wrote: no names of skills, no keys, no dates."""
    if isinstance(answer, Mapping):
        for name, value in answer.items():
            yield from () if name in NOT_WRITTEN else written_in(value)
    elif isinstance(answer, (list, tuple)):
        for value in answer:
            yield from written_in(value)
    elif isinstance(answer, str) and word_count(answer) >= LEAST_WRITTEN and WRITTEN.search(answer):
        yield answer


def _of_exercise(exercise: Exercise, tools: Mapping[str, TimedKind]) -> ExerciseFigures:
    lengths = sentence_lengths(exercise)
    return ExerciseFigures(
        id=exercise.id,
        words=words_read(exercise),
        contracted=contractions_of(exercise),
        sentence=fmean(lengths) if lengths else 0.0,
        run=runs_of_short(exercise),
        prose_grade=grade("\n\n".join(plain(block.text) for block in exercise.blocks if is_prose(block))),
        hint_grade=grade("\n\n".join(hint(block) for block in exercise.answered_blocks)),
        minutes_stated=exercise.minutes,
        minutes_counted=minutes_counted(exercise, tools),
    )


def _of_person(name: str, texts: Sequence[str], markers: tuple[str, ...]) -> PersonFigures:
    sentences = (one for text in texts for paragraph in paragraphs(text) for one in whole_sentences(plain(paragraph)))
    lengths = [word_count(one) for one in sentences] or [0]
    contracted = sum((contractions_in(plain(text)) for text in texts), Contractions())
    return PersonFigures(name, sum(lengths), fmean(lengths), pstdev(lengths), contracted, markers)


def _examples_by(book: Book, name: str) -> Iterator[str]:
    return (block.text for block in book.blocks if block.type == "example" and block.who == name)


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Words without names: what stands with a capital inside of a sentence is one."""
    found = [word.replace("’", "'") for text in texts for word in WORD.findall(plain(text))]
    small = {word for word in found if word[0].islower()} | {"I"}
    return Counter(word.lower() for word in found if word.lower() in small or word.split("'")[0] in small)


def _markers(own: Counter[str], others: Counter[str]) -> tuple[str, ...]:
    """The words that are surest to be this person's (log-likelihood), each said a few times."""
    own_all, other_all = max(own.total(), 1), max(others.total(), 1)

    def sureness(word: str) -> float:
        count, elsewhere = own[word], others[word]
        share = (count + elsewhere) / (own_all + other_all)
        sure = count * math.log(count / (own_all * share))
        sure += elsewhere * math.log(elsewhere / (other_all * share)) if elsewhere else 0.0
        return sure if count / own_all > elsewhere / other_all else -sure

    often = [word for word, count in own.items() if count >= LEAST_MARKED]
    return tuple(sorted(often, key=lambda word: (-sureness(word), word))[:MARKERS])
