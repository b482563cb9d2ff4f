"""What the page *Your data* shows: how much is here."""

from dataclasses import dataclass
from typing import Any

from peewee import fn

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers.models import AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.archive import bounds
from dreamtree.archive.batches import size_column
from dreamtree.archive.bounds import MOST


@dataclass(frozen=True)
class DataPage:
    """A further page about the person's data: the words of its link, and what it is for."""

    title: str
    url: str
    words: str


DATA_PAGES = (
    DataPage("Restore a copy", "/data/restore", "From a file you saved here or on another DreamTree."),
    DataPage("Trash", "/data/trash", "What you removed in the last 30 days."),
    DataPage("Erase everything", "/data/erase", "This deletes your tree and everything in it, for good."),
)


LONGER_IN_A_COPY = 4
"""No sealed character becomes more bytes of a copy: blanks before each value are most of them."""
TIMES_IN_A_COPY = 2
"""What stands now is in a copy once as it was said and once as it was learned."""
EARLIER_ROW, ROW = 700, 2_000
"""So many bytes are at most around an earlier text, and around an answer or record and what was learned from it."""


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


def contents_of(user: User) -> Contents:
    """How much this person's tree holds. Three queries, no text opened."""
    with db.reading():
        answers, instances = _counted(user, ExerciseResponse), _counted(user, ToolInstance)
        earlier, size = _history_of(user)
    rows, standing = answers.every + instances.every, answers.size + instances.size
    bytes_at_most = LONGER_IN_A_COPY * (size + TIMES_IN_A_COPY * standing) + EARLIER_ROW * earlier + ROW * rows
    is_long = earlier > MOST["earlier texts of one answer"] or bytes_at_most > bounds.LARGEST_TEXT
    trash = answers.gone + instances.gone
    return Contents(answers.living, instances.living, earlier, trash, may_leave_out=bool(earlier) and is_long)


def _history_of(user: User) -> tuple[int, int]:
    """How many earlier texts there are, and how many characters they have as they are sealed."""
    counts: Any = AnswerRevision.select(fn.COUNT(AnswerRevision.id), fn.SUM(size_column(AnswerRevision)))
    earlier, size = counts.where(AnswerRevision.user_id == user.id).tuples().get()
    return int(earlier), int(size or 0)


@dataclass(frozen=True)
class _Counted:
    """How many rows there are, how many of them are in the trash, and how many sealed characters are in all."""

    every: int
    gone: int
    size: int

    @property
    def living(self) -> int:
        return self.every - self.gone


def _counted(user: User, model: type[ExerciseResponse] | type[ToolInstance]) -> _Counted:
    counts: Any = model.select(fn.COUNT(model.id), fn.COUNT(model.deleted_at), fn.SUM(size_column(model)))
    every, gone, size = counts.where(model.user_id == user.id).tuples().get()
    return _Counted(int(every), int(gone), int(size or 0))
