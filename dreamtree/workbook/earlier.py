"""Answers to questions that the book no longer asks: shown at the end of their module, to read."""

from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Module
from dreamtree.saving.typed import typed_words
from dreamtree.tools.fields import first_line
from dreamtree.workbook.dates import written_words

NAME = 60


@dataclass(frozen=True)
class EarlierAnswer:
    """What was typed, line by line, its beginning as a name, and the day it was written, in words."""

    words: str
    name: str
    written_on: str
    forget_url: str


def earlier_answers(user: User, module: Module, complete: frozenset[str]) -> tuple[EarlierAnswer, ...]:
    """The answers of a module whose questions are gone; `complete` are the keys of all complete answers.

    Asks the database only where there are any.
    """
    keys = sorted(key for key in complete if key.startswith(f"{module.id}.") and book().block(key) is None)
    stored = responses.answers_of(user, keys) if keys else {}
    told = ((one, "\n".join(typed_words(one.answer)).strip()) for one in stored.values())
    return tuple(_earlier(user, module, one, words) for one, words in told if words)


def _earlier(user: User, module: Module, one: StoredAnswer, words: str) -> EarlierAnswer:
    url = f"/workbook/modules/{module.id}/earlier/{one.block_key}/forget"
    return EarlierAnswer(words, first_line(words, NAME), written_words(user, one.saved_at), url)
