"""Answers to questions that the book no longer asks: shown at the end of their module, to read."""

from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.content import book
from dreamtree.content.book import Module
from dreamtree.saving.typed import typed_words
from dreamtree.workbook.dates import written_words


@dataclass(frozen=True)
class EarlierAnswer:
    """What was typed, line by line, and the day it was written, in words."""

    words: str
    written_on: str


def earlier_answers(user: User, module: Module, complete: frozenset[str]) -> tuple[EarlierAnswer, ...]:
    """The answers of a module whose questions are gone; `complete` are the keys of all complete answers.

    Asks the database only where there are any.
    """
    keys = sorted(key for key in complete if key.startswith(f"{module.id}.") and book().block(key) is None)
    stored = responses.answers_of(user, keys) if keys else {}
    told = ((one, "\n".join(typed_words(one.answer)).strip()) for one in stored.values())
    return tuple(EarlierAnswer(words, written_words(user, one.saved_at)) for one, words in told if words)
