"""What the page *Your data* shows: how much is here."""

from dataclasses import dataclass
from typing import Any

from peewee import fn

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers.models import AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.archive.batches import size_of
from dreamtree.archive.bounds import MEGABYTE, MOST


@dataclass(frozen=True)
class DataPage:
    """A further page about the person's data: the words of its link, and what it is for."""

    title: str
    url: str
    words: str


PLACES = (
    DataPage("Restore a copy", "/data/restore", "From a file you saved here or on another DreamTree."),
    DataPage("Trash", "/data/trash", "What you removed in the last 30 days."),
    DataPage("Erase everything", "/data/erase", "This deletes your tree and everything in it, for good."),
)


LONG_HISTORY = 2 * MEGABYTE
"""From so many sealed characters on, or from as many texts as one answer may have in a copy, not all may fit."""


@dataclass(frozen=True)
class Contents:
    """How much a tree holds: answers, records and standalone uses of tools, earlier texts, and what is in the trash.

    `may_leave_out`: there are so many earlier texts that a copy may have no room for the oldest.
    """

    answers: int
    instances: int
    earlier: int
    trash: int
    may_leave_out: bool


def of(user: User) -> Contents:
    """How much this person's tree holds. Three queries, no text opened."""
    with db.reading():
        answers, gone = _counted(user, ExerciseResponse)
        instances, taken_out = _counted(user, ToolInstance)
        earlier, size = _history_of(user)
    may_leave_out = earlier > MOST["earlier texts of one answer"] or size > LONG_HISTORY
    return Contents(answers, instances, earlier, gone + taken_out, may_leave_out)


def _history_of(user: User) -> tuple[int, int]:
    """How many earlier texts there are, and how many characters they have as they are sealed."""
    counts: Any = AnswerRevision.select(fn.COUNT(AnswerRevision.id), fn.SUM(size_of(AnswerRevision)))
    earlier, size = counts.where(AnswerRevision.user_id == user.id).tuples().get()
    return int(earlier), int(size or 0)


def _counted(user: User, model: type[ExerciseResponse] | type[ToolInstance]) -> tuple[int, int]:
    """How many rows live, and how many are in the trash."""
    counts: Any = model.select(fn.COUNT(model.id), fn.COUNT(model.deleted_at)).where(model.user_id == user.id)
    every, gone = counts.tuples().get()
    return every - gone, gone
