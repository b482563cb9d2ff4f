"""Answers to questions that the book no longer asks: shown at the end of their module, to read."""

from collections.abc import Collection
from dataclasses import dataclass

from dreamtree.accounts.models import User
from dreamtree.answers import responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Module
from dreamtree.saving.typed import typed_words
from dreamtree.tools.fields import first_line
from dreamtree.workbook.dates import written_words
from dreamtree.workbook.shapes import Link, link_to

NAME_LENGTH = 60


@dataclass(frozen=True)
class EarlierAnswer:
    """What was typed, line by line, its beginning as a name, and the day it was written, in words.

    `source` is the exercise that asked, where the book still has it; `is_finished`: it was all that was asked for.
    """

    words: str
    name: str
    written_on: str
    is_finished: bool
    source: Link | None
    forget_url: str


def earlier_answers(user: User, module: Module, answered: Collection[str]) -> tuple[EarlierAnswer, ...]:
    """The answers of a module whose questions are gone, unfinished ones too; `answered` are the keys of all answers.

    Asks the database only where there are any.
    """
    keys = sorted(key for key in gone_keys(answered) if key.startswith(f"{module.id}."))
    stored = responses.answers_of(user, keys) if keys else {}
    with_words = ((one, "\n".join(typed_words(one.answer)).strip()) for one in stored.values())
    return tuple(_earlier(user, module, one, words) for one, words in with_words if words)


def gone_keys(answered: Collection[str]) -> frozenset[str]:
    """Those of the blocks that the book no longer asks."""
    return frozenset(key for key in answered if book().block(key) is None)


def _earlier(user: User, module: Module, one: StoredAnswer, words: str) -> EarlierAnswer:
    url = f"/workbook/modules/{module.id}/earlier/{one.block_key}/forget"
    asked_in = next((each for each in module.exercises if one.block_key.startswith(f"{each.id}.")), None)
    exercise, written_on = link_to(asked_in) if asked_in else None, written_words(user, one.saved_at)
    return EarlierAnswer(words, first_line(words, NAME_LENGTH), written_on, one.is_complete, exercise, url)
