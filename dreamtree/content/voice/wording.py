"""The table of words: what the book says, and what it does not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dreamtree.content.book import Book
from dreamtree.content.voice.texts import texts_of

EXAMPLE = "example"


@dataclass(frozen=True)
class Unless:
    """Where a word is right: inside the words `phrase`, or in what is named `at`; `why` says the reason."""

    why: str
    phrase: str = ""
    at: str = ""


@dataclass(frozen=True)
class Word:
    """What is not said (`find`, a pattern of whole words) and what is said instead; `most` times it may stand.

    `is_exact` looks at capitals too. `with_examples`: sample people do not say it either.
    """

    find: str
    say: str
    most: int = 0
    is_exact: bool = False
    with_examples: bool = True
    unless: tuple[Unless, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern as it is searched."""
        return re.compile(rf"(?<![\w'-])(?:{self.find})(?![\w-])", 0 if self.is_exact else re.IGNORECASE)

    def found_in(self, placed: "PlacedText") -> list[str]:
        """Each time that a text says it without an exception."""
        if (placed.is_example and not self.with_examples) or any(
            one.at and placed.at.startswith(one.at) for one in self.unless
        ):
            return []
        text = placed.text
        for one in self.unless:
            text = re.sub(rf"\b{re.escape(one.phrase)}\b", " ", text, flags=re.IGNORECASE) if one.phrase else text
        return [match[0] for match in self.pattern.finditer(text)]


@dataclass(frozen=True)
class PlacedText:
    """A text and where it stands: a block's key, a connection's name, a file and its line."""

    at: str
    text: str
    is_example: bool = False


def all_texts(book: Book) -> Iterator[PlacedText]:
    """All that is said in the book and in its reference data, each text once."""
    for exercise in book.exercises:
        yield PlacedText(exercise.id, exercise.title)
        for block in exercise.blocks:
            yield from (PlacedText(block.key, text, block.type == EXAMPLE) for text in texts_of(block))
    yield from (PlacedText(module.id, module.title) for module in book.modules)
    yield from (PlacedText(part.id, f"{part.title}. {part.subtitle}") for part in book.parts)
    yield from (PlacedText(name, "\n".join(texts)) for name, texts in _reference_texts(book))


def _reference_texts(book: Book) -> Iterator[tuple[str, Iterable[str]]]:
    for kind in book.personality_types:
        yield kind.code, (kind.name, kind.summary, *kind.ways)
    for scale in book.scales:
        yield scale.id, (scale.title, scale.left, scale.left_more, scale.right, scale.right_more)
    for card in book.value_cards:
        yield card.slug, (card.name, card.meaning)
    for mindset in book.mindsets:
        yield mindset.slug, (mindset.name, mindset.meaning, mindset.ask, mindset.try_it)
    for one in book.competencies:
        levels = (text for level in one.levels for text in (level.description, level.job_context))
        yield one.slug, (one.plain_name, one.definition, *levels)
    for job in book.occupations:
        yield f"occupation {job.slug}", (job.title, job.day, job.way_in)
    for tool in book.tool_types:
        yield tool.id, (tool.singular_name, tool.plural_name, tool.reminder_prompt)


def misworded(texts: Iterable[PlacedText], words: Sequence[Word]) -> Iterator[str]:
    """Each text that says what is not said; a word that may stand a few times is told once, with its places."""
    texts = tuple(texts)
    for word in words:
        found = [(one.at, match) for one in texts for match in word.found_in(one)]
        if not word.most:
            yield from (f"voice words: {place} says “{match}”; say {word.say}" for place, match in found)
        elif len(found) > word.most:
            places = ", ".join(dict.fromkeys(place for place, _ in found))
            counted = f"“{found[0][1].lower()}” stands {len(found)} times, {word.most} at most"
            yield f"voice words: {counted}; say {word.say}: {places}"
