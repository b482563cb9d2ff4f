"""The history of an answer whose rows are records: its own fields, each row by itself, and what was taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from dreamtree.accounts.models import User
from dreamtree.answers import history, records
from dreamtree.answers.records import Record, forced, own_fields
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content.book import Block
from dreamtree.tools import tool
from dreamtree.values import Answer


@dataclass(frozen=True)
class EarlierPart:
    """An earlier text of one part of an answer. `current` is what that part says now; `answer` brings it back."""

    id: str
    kind: str
    answer: Answer
    current: Answer
    written_at: str

    @property
    def path(self) -> str:
        """Its id as part of an address."""
        return quote(self.id, safe=":")


def earlier_parts(user: User, block: Block, stored: StoredAnswer) -> list[EarlierPart]:
    """Every earlier text of the block, and the last one of each row that was taken out, newest first."""
    known = {record.id: record for record in records.records_of(user, block.key).values()}
    earlier = [_part(stored, known.get(one.answer_id), one) for one in history.history_of_block(user, block.key)]
    gone = [_taken_out(record) for record in known.values() if record.deleted_at]
    return sorted([*earlier, *gone], key=lambda part: part.written_at, reverse=True)


def part_to_restore(user: User, block: Block, stored: StoredAnswer, identity: str) -> Answer | None:
    """What saving brings this earlier text back, over whatever stands; None when there is no such text."""
    parts = earlier_parts(user, block, stored)
    return next((part.answer for part in parts if part.id == identity), None)


def part_words(block: Block, part: Answer) -> str:
    """A part of an answer as a person reads it."""
    return tool(block.type).long_form(block, part)


def _part(stored: StoredAnswer, record: Record | None, one: history.EarlierRevision) -> EarlierPart:
    if record is None:
        return EarlierPart(one.id, one.kind, forced(one.answer), _current_part(stored, one.answer), one.written_at)
    answer = forced({"rows": [{"key": record.key, **one.answer}]})
    return EarlierPart(one.id, one.kind, answer, _rows({} if record.deleted_at else record.row), one.written_at)


def _current_part(stored: StoredAnswer, part: Answer) -> Answer:
    """Of the answer now, what this part speaks of."""
    keys = _keys(part.get("rows", []))
    fields = own_fields(stored.answer) if own_fields(part) else {}
    return {**fields, "rows": [row for row in stored.answer["rows"] if row["key"] in keys]}


def _taken_out(record: Record) -> EarlierPart:
    return EarlierPart(record.id, "removed", forced({"rows": [record.row]}), {"rows": []}, record.saved_at)


def _rows(row: Answer) -> Answer:
    return {"rows": [row] if row else []}


def _keys(rows: Iterable[Answer]) -> set[str]:
    return {row["key"] for row in rows}
