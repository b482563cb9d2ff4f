"""The rules of the book's voice that can be counted. Each check gives its findings as sentences."""

from collections.abc import Iterator, Mapping

from dreamtree.content.book import Book
from dreamtree.content.voice.contractions import check_contractions
from dreamtree.content.voice.effort import TimedKind, check_effort
from dreamtree.content.voice.enough import check_enough
from dreamtree.content.voice.examples import check_all_examples, check_examples
from dreamtree.content.voice.manner import PLAIN, Manner, read_manner
from dreamtree.content.voice.openings import check_openings
from dreamtree.content.voice.questions import check_question
from dreamtree.content.voice.reading import check_grade, check_paragraphs, check_rhythm, words_before_field
from dreamtree.content.voice.returns import check_returns
from dreamtree.content.voice.sources import check_claims, check_sources
from dreamtree.content.voice.speakers import check_speakers
from dreamtree.content.voice.wording import all_texts, misworded

__all__ = ["PLAIN", "Manner", "TimedKind", "check_voice", "read_manner"]


def check_voice(book: Book, tools: Mapping[str, TimedKind], manner: Manner = PLAIN) -> Iterator[str]:
    """All findings in the book; `tools` by their kind, `manner` is what its authors say of the voice."""
    for exercise in book.exercises:
        yield from words_before_field(exercise)
        yield from check_contractions(exercise)
        yield from check_rhythm(exercise)
        yield from check_enough(exercise, tools)
        yield from check_examples(exercise)
        yield from check_sources(exercise)
        yield from check_effort(exercise, tools)
        for block in exercise.blocks:
            yield from check_question(block)
            yield from check_grade(block)
            yield from check_paragraphs(block)
            yield from check_claims(block)
    yield from check_all_examples(book)
    yield from check_openings(book.exercises)
    yield from check_returns(book, manner.pages)
    yield from check_speakers(book, manner.speakers)
    yield from misworded(all_texts(book), manner.words)
