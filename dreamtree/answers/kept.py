"""Every text of one person, wherever it is kept: for a search of all of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dreamtree.answers import history, records, responses
from dreamtree.answers.models import AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.values import Answer
from dreamtree.vault import Keyholder, open_

NOT_TYPED = frozenset({"key", "was", "skill", "category", "kind", "bucket", "began", "way", "from", "to", "at"})
"""Fields that hold ids, dates and choices."""


@dataclass(frozen=True)
class KeptText:
    """A text of a block: `place` is answer, history or trash."""

    block_key: str
    place: str
    answer: Answer

    @property
    def typed(self) -> Iterator[str]:
        """Whatever in it may have been typed."""
        return _typed(self.answer)


def kept_texts(user: Keyholder) -> list[KeptText]:
    """Answers, entries, what is in the trash, and every earlier text. Three queries, all opened."""
    current = (
        (ExerciseResponse, ExerciseResponse.response_json, responses.LABEL),
        (ToolInstance, ToolInstance.content_json, records.LABEL),
    )
    found = [text for model, column, label in current for text in _current(user, model, column, label)]
    rows = AnswerRevision.select().where(AnswerRevision.user_id == user.id)
    earlier = (
        KeptText(row.block_key, "history", _opened(user, history.LABEL, row.id, row.content_json)) for row in rows
    )
    return [*found, *earlier]


def _current(user: Keyholder, model: Any, column: Any, label: str) -> Iterator[KeptText]:
    for row in model.select().where(model.user_id == user.id):
        answer = _opened(user, label, row.id, getattr(row, column.name))
        yield KeptText(row.block_key or "", "trash" if row.deleted_at else "answer", answer)


def _opened(user: Keyholder, label: str, row_id: str, sealed: Any) -> Answer:
    answer: Answer = json.loads(open_(user, label, row_id, sealed))
    return answer


def _typed(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in NOT_TYPED:
                yield from _typed(one)
    elif isinstance(value, list):
        for one in value:
            yield from _typed(one)
