"""Records: rows of an answer that are kept by themselves, each with a revision and a history of its own.

The answer's own row then holds the other fields and, under `records`, the keys of its rows in their order.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

from dreamtree.answers.models import ToolInstance
from dreamtree.answers.stored import StoredAnswer, hash_of
from dreamtree.answers.texts import TextTable
from dreamtree.db import Statement
from dreamtree.once import worked_once
from dreamtree.values import Answer, AnswerJson
from dreamtree.vault import Keyholder

LABEL = "record"
KEYS = "records"
FORCE = "*"
"""As the seen hash of a row: it is meant to stand over whatever stands there now."""
ABOUT_THE_PAGE = ("rows", "resting", "was", "dropped", "removed", KEYS)
"""What an answer carries beside its own fields."""
RecordRow = dict[str, Any]


@dataclass(frozen=True)
class Record(StoredAnswer):
    """One row as it is stored: `answer` is what it says, without its key. Once taken out it has a `deleted_at`."""

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.id.removeprefix(f"{self.block_key}:")

    @property
    def row(self) -> RecordRow:
        """The row of a whole answer; `was` is how a page says what it was shown."""
        return {"key": self.key, "was": self.content_hash, **self.answer}


@dataclass(frozen=True, kw_only=True)
class LogAnswer(StoredAnswer):
    """An answer put together: of its `own` row, and of its records by their keys."""

    own: StoredAnswer
    records: Mapping[str, Record]


def record_id(block_key: str, key: str) -> str:
    """The id of the record that a block keeps under this key."""
    return f"{block_key}:{key}"


def row_hash(user: Keyholder, content: Mapping[str, Any]) -> str:
    """A keyed fingerprint of what a row or the own fields say; what is empty counts as absent."""
    return hash_of(
        user, {name: value for name, value in content.items() if value not in ("", None, [], {}) and value is not False}
    )


def own_fields(answer: Mapping[str, Any]) -> Answer:
    """The fields of an answer that are no rows."""
    return {name: value for name, value in answer.items() if name not in ABOUT_THE_PAGE}


def content_of(row: Mapping[str, Any]) -> Answer:
    """What a row says, without its key."""
    return {name: value for name, value in row.items() if name not in ("key", "was")}


def forced(answer: Answer) -> Answer:
    """An answer, or a part of one, that is to stand over whatever stands there."""
    rows = [{**row, "was": FORCE} for row in answer.get("rows", [])]
    dropped = dict.fromkeys(answer.get("dropped") or (), FORCE)
    return {**answer, "was": FORCE, "rows": rows, **({"dropped": dropped} if dropped else {})}


def removed_key(answer: Mapping[str, Any]) -> str:
    """The key of the row that *undo* brings back, "" when there is none."""
    removed = answer.get("removed")
    return str(removed["row"]["key"]) if removed else ""


def in_order(first: Iterable[str], others: Iterable[str]) -> list[str]:
    """Keys as `first` has them; each further one of `others` after the one it stood behind there."""
    keys, before = dict.fromkeys(first), ""
    behind: dict[str, list[str]] = {}
    for key in dict.fromkeys(others):
        if key in keys:
            before = key
        else:
            behind.setdefault(before, []).append(key)
    return [*behind.get("", ()), *(one for key in keys for one in (key, *behind.get(key, ())))]


# Reading them


def with_records(user: Keyholder, stored: dict[str, StoredAnswer]) -> dict[str, StoredAnswer]:
    """The answers of record tools with their rows; one query, and none where there is no such answer."""
    keeping = [key for key, one in stored.items() if KEYS in one.answer]
    removed = [record_id(key, removed_key(stored[key].answer)) for key in keeping]
    found = _opened(user, _LIVING.rows(user.id, keeping, removed)) if keeping else []
    by_block = {key: {one.key: one for one in mine} for key, mine in groupby(found, key=lambda one: one.block_key)}
    return stored | {key: whole(user, stored[key], by_block.get(key, {})) for key in keeping}


def blocks_naming(user: Keyholder, block_keys: Collection[str], keys: Collection[str]) -> set[str]:
    """Those of these blocks of which a living record holds one of `keys`. One query, and none without a block."""
    rows = _LIVING.rows(user.id, list(block_keys), []) if block_keys else []
    return {row[1] for row in rows if names_any(TABLE.text(user, row), keys)}


def names_any(text: str, keys: Iterable[str]) -> bool:
    """Whether one of `keys` stands in the text of an answer or record."""
    return any(key in text for key in keys)


def records_of(user: Keyholder, block_key: str) -> dict[str, Record]:
    """All records of a block by their keys, those that were taken out too. One query."""
    return {record.key: record for record in _opened(user, _ALL.rows(user.id, block_key))}


def records_to_save(user: Keyholder, block_key: str, keys: Collection[str]) -> tuple[dict[str, Record], int]:
    """The records of a block that live, and of those that were taken out these; and how many there are of both.

    One query.
    """
    asked, rows = {record_id(block_key, key) for key in keys}, _ALL.rows(user.id, block_key)
    found = _opened(user, (row for row in rows if row[_DELETED_AT] is None or row[0] in asked))
    return {record.key: record for record in found}, len(rows)


def records_in_the_trash(user: Keyholder) -> list[Record]:
    """Every record that was taken out. One query."""
    return _opened(user, _TRASHED.rows(user.id))


def whole(user: Keyholder, own: StoredAnswer, records: Mapping[str, Record]) -> LogAnswer:
    """An answer put together.

    `records` are those that live, and the one that was removed last, if it is still in the trash.
    """
    saved_at = max([own.saved_at, *(one.saved_at for one in records.values() if not one.deleted_at)])
    answer = put_together(user, own.answer, records)
    return LogAnswer(**{**vars(own), "answer": answer, "saved_at": saved_at}, own=own, records=records)


@worked_once
def put_together(user: Keyholder, own: Answer, records: Mapping[str, Record]) -> Answer:
    """What an answer says: its own fields, and its rows in order. A key without a record is a row not yet filled."""
    shown, living = own_fields(own), {key: record for key, record in records.items() if not record.deleted_at}
    keys = dict.fromkeys([*(key for key in own.get(KEYS, []) if key not in records or key in living), *living])
    rows = [living[key].row if key in living else {"key": key, "was": ""} for key in keys]
    return AnswerJson({**shown, "rows": rows, "was": row_hash(user, shown), **_removed(own, records)})


def _removed(own: Answer, known: Mapping[str, Record]) -> Answer:
    """The row that was removed last, from the trash: not when it stands again, and not when it is gone for good."""
    record = known.get(removed_key(own))
    if record is None or not record.deleted_at:
        return {}
    return {"removed": {"row": record.row, "at": own["removed"]["at"]}}


def with_removed(user: Keyholder, block_key: str, answer: Answer, key: str) -> Answer:
    """`answer` so that *undo* brings back the row `key`, whatever was removed since. One query."""
    last = answer.get("removed") if removed_key(answer) == key else None
    record = records_of(user, block_key).get(key)
    unremoved = {name: value for name, value in answer.items() if name != "removed"}
    if record is None or not record.deleted_at:
        return unremoved
    return {**unremoved, "removed": {"row": record.row, "at": last["at"] if last else len(answer.get("rows", []))}}


_DELETED_AT = [one.name for one in fields(Record)].index("deleted_at")
TABLE = TextTable(
    ToolInstance,
    Record,
    LABEL,
    row_hash,
    columns={"answer": ToolInstance.content_json, "begun_at": ToolInstance.created_at},
    saved=(ToolInstance.updated_at,),
    beside=(ToolInstance.tool_type, ToolInstance.origin, ToolInstance.version),
)


def _opened(user: Keyholder, rows: Iterable[tuple[Any, ...]]) -> list[Record]:
    return [TABLE.open(user, row) for row in rows]


def _records(user_id: Any, *which: Any) -> Any:
    mine = TABLE.select(user_id, ToolInstance.origin == "exercise", *which)
    return mine.order_by(ToolInstance.block_key, ToolInstance.created_at)


_ALL = Statement(lambda user_id, block_key: _records(user_id, ToolInstance.block_key == block_key))
_LIVING = Statement(
    lambda user_id, keys, removed: _records(
        user_id, ToolInstance.block_key.in_(keys), ToolInstance.deleted_at.is_null() | ToolInstance.id.in_(removed)
    )
)
_TRASHED = Statement(lambda user_id: _records(user_id, ToolInstance.deleted_at.is_null(False)))
