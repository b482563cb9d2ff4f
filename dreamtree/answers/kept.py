"""Every text of one person, wherever it is kept: for a search of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dreamtree.answers import history, records, responses
from dreamtree.answers.texts import Text, TextTable
from dreamtree.db import Statement
from dreamtree.values import Answer
from dreamtree.vault import Keyholder

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
    current = [
        KeptText(text.block_key, "trash" if text.deleted_at else "answer", text.answer)
        for text in (*_every(user, responses.TABLE, _ANSWERS), *_every(user, records.TABLE, _RECORDS))
    ]
    return [*current, *(KeptText(one.block_key, "history", one.answer) for one in history.whole_history(user))]


def _every(user: Keyholder, table: TextTable[Text], every: Statement) -> list[Text]:
    return [table.open(user, row) for row in every.rows(user.id)]


def _typed(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (words for name, one in value.items() if name not in NOT_TYPED for words in _typed(one))
    elif isinstance(value, list):
        yield from (words for one in value for words in _typed(one))


_ANSWERS, _RECORDS = Statement(responses.TABLE.select), Statement(records.TABLE.select)
