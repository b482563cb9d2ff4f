"""Every text of one person, wherever it is kept: for a search of all of them."""

from dataclasses import dataclass

from dreamtree.answers import history, records, responses
from dreamtree.answers.texts import Text, TextTable
from dreamtree.db import Statement
from dreamtree.values import Answer
from dreamtree.vault import Keyholder


@dataclass(frozen=True)
class KeptText:
    """A text of a block: `place` is answer, history or trash."""

    block_key: str
    place: str
    answer: Answer


def all_texts(user: Keyholder) -> list[KeptText]:
    """Answers, entries, what is in the trash, and every earlier text. Three queries, all opened."""
    current = [
        KeptText(text.block_key, "trash" if text.deleted_at else "answer", text.answer)
        for text in (*_every(user, responses.TABLE, _ANSWERS), *_every(user, records.TABLE, _RECORDS))
    ]
    return [*current, *(KeptText(one.block_key, "history", one.answer) for one in history.whole_history(user))]


def _every(user: Keyholder, table: TextTable[Text], every: Statement) -> list[Text]:
    return [table.open(user, row) for row in every.rows(user.id)]


_ANSWERS, _RECORDS = Statement(responses.TABLE.select), Statement(records.TABLE.select)
