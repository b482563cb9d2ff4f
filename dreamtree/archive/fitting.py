"""Which earlier texts a copy has room for, so that whatever is saved can be restored: the newest of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dreamtree.accounts.models import User
from dreamtree.answers.models import AnswerRevision
from dreamtree.archive.batches import size_column
from dreamtree.archive.bounds import MOST

NEWEST_FIRST = ("recorded_at", "revision", "id")


@dataclass(frozen=True)
class HistoryText:
    """An earlier text by its id, whose it is, and how many characters it has as it is sealed."""

    id: str
    answer_id: str
    size: int


def every_earlier_text(user: User) -> list[HistoryText]:
    """Every earlier text of this person, the newest first. One query, no text opened."""
    order = (getattr(AnswerRevision, name).desc() for name in NEWEST_FIRST)
    columns = AnswerRevision.id, AnswerRevision.answer_id, size_column(AnswerRevision)
    mine: Any = AnswerRevision.select(*columns).where(AnswerRevision.user_id == user.id).order_by(*order)
    return [HistoryText(*row) for row in mine.tuples()]


def as_many_as_fit(texts: Sequence[HistoryText]) -> list[HistoryText]:
    """The newest of each answer, and of all of them, of which a copy may not have more."""
    counts: Counter[str] = Counter()
    found = []
    for text in texts:
        counts[text.answer_id] += 1
        if counts[text.answer_id] <= MOST["earlier texts of one answer"]:
            found.append(text)
    return found[: MOST["earlier texts"]]


def newest(texts: Sequence[HistoryText], share: float) -> list[HistoryText]:
    """The newest, as far as they are together no more than this share of all: at least one fewer than there are."""
    left = share * sum(text.size for text in texts)
    count = 0
    for text in islice(texts, len(texts) - 1):
        left -= text.size
        if left < 0:
            break
        count += 1
    return list(texts[:count])
