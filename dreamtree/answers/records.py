"""Records: rows of an answer that are kept by themselves, each with a revision and a history of its own.

The answer's own row then holds the other fields and, under `records`, the keys of its rows in their order.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from dreamtree.answers.models import ToolInstance
from dreamtree.answers.stored import StoredAnswer, hash_of
from dreamtree.answers.texts import TextTable
from dreamtree.db import Statement
from dreamtree.once import worked_once
from dreamtree.values import Answer, FrozenAnswer
from dreamtree.vault import Keyholder

LABEL = "record"
KEYS = "records"
FORCE = "*"
"""As the seen hash of a row: it is meant to stand over whatever stands there now."""
ABOUT_THE_PAGE = ("rows", "resting", "was", "dropped", "removed", "unread", KEYS)
"""What an answer carries beside its own fields."""
RecordRow = dict[str, Any]


@dataclass(frozen=True)
class Record(StoredAnswer):
    """One row as it is stored: `answer` is what it says, without its key. Once taken out it has a `deleted_at`."""

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.id.removeprefix(f"{self.block_key}:")

    @cached_property
    def row(self) -> RecordRow:
        """The row of a whole answer; `was` is how a page says what it was shown."""
        return {"key": self.key, "was": self.content_hash, **self.answer}


@dataclass(frozen=True)
class Span:
    """The keys of an answer's rows that were looked for: the last ones before the row `end`, "" for the last ones."""

    keys: frozenset[str]
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class LogAnswer(StoredAnswer):
    """An answer put together: of its `own` row, and of its records by their keys.

    Where only a part of it was read, `span` says which.
    """

    own: StoredAnswer
    records: Mapping[str, Record]
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Excerpt:
    """What a page reads of answers that keep records: of each the last ones, and those with these `keys`.

    `most` says how many that are, by block. Where `until` has a key for a block, they are the last ones before it.
    """

    keys: frozenset[str] = frozenset()
    until: Mapping[str, str] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)

    def span(self, block_key: str, keys: Sequence[str]) -> Span:
        """Those of all the `keys` of a block that are read."""
        until = self.until.get(block_key, "")
        end = keys.index(until) if until in keys else len(keys)
        read = frozenset(keys[max(0, end - self.most[block_key]) : end]) | self.keys.intersection(keys)
        return Span(read, until if end < len(keys) else "")


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


def keys_in_order(first: Iterable[str], others: Iterable[str]) -> list[str]:
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


def with_records(
    user: Keyholder, stored: dict[str, StoredAnswer], excerpt: Excerpt | None = None
) -> dict[str, StoredAnswer]:
    """The answers of record tools with their rows, all or in part; one query, and none without such an answer."""
    keeping = {key: one.answer for key, one in stored.items() if KEYS in one.answer}
    removed = {record_id(key, removed_key(answer)) for key, answer in keeping.items()}
    if excerpt is None:
        spans, rows = dict[str, Span](), _LIVING.rows(user.id, list(keeping), list(removed)) if keeping else []
    else:
        spans = {key: excerpt.span(key, answer[KEYS]) for key, answer in keeping.items()}
        ids = removed.union(record_id(key, one) for key, mine in spans.items() for one in mine.keys)
        rows = [row for row in _rows_at(user, ids) if row[_DELETED_AT] is None or row[0] in removed]
    found = groupby(_opened(user, rows), key=lambda one: one.block_key)
    by_block = {key: {one.key: one for one in mine} for key, mine in found}
    return stored | {key: log_answer(user, stored[key], by_block.get(key, {}), spans.get(key)) for key in keeping}


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


def records_to_save(user: Keyholder, block_key: str, keys: Collection[str]) -> dict[str, Record]:
    """The records of a block that live, and of those that were taken out these. One query."""
    ids, rows = {record_id(block_key, key) for key in keys}, _ALL.rows(user.id, block_key)
    found = _opened(user, (row for row in rows if row[_DELETED_AT] is None or row[0] in ids))
    return {record.key: record for record in found}


def records_at(user: Keyholder, block_key: str, keys: Iterable[str]) -> dict[str, Record]:
    """The records of a block with these keys, those that were taken out too. One query, and none without a key."""
    return {one.key: one for one in _opened(user, _rows_at(user, {record_id(block_key, key) for key in keys}))}


def records_in_the_trash(user: Keyholder) -> list[Record]:
    """Every record that was taken out. One query."""
    return _opened(user, _TRASHED.rows(user.id))


def log_answer(
    user: Keyholder, own: StoredAnswer, records: Mapping[str, Record], span: Span | None = None
) -> LogAnswer:
    """The answer of a record tool, put together of its own row and its records.

    `records` are the entries that are not in the trash, and the one removed last if it is there. `span` says which part
    was read, None for all.
    """
    saved_at = max([own.saved_at, *(one.saved_at for one in records.values() if not one.deleted_at)])
    answer = put_together(user, own.answer, records, span)
    return LogAnswer(**{**vars(own), "answer": answer, "saved_at": saved_at}, own=own, records=records, span=span)


@worked_once
def put_together(user: Keyholder, own: Answer, records: Mapping[str, Record], span: Span | None) -> Answer:
    """What an answer says: its own fields, and its rows in order. A key without a record is a row not yet filled.

    Of one that was read in part `unread` says how many rows more it has, `after` the last that was read and `before`,
    and `until` which row a page asks for those before; `end` as in `Span`.
    """
    shown, living = own_fields(own), {key: record for key, record in records.items() if not record.deleted_at}
    left = unread_keys(own, records, span)
    stored = [key for key in own.get(KEYS, []) if key in living or (key not in records and key not in left)]
    keys = dict.fromkeys([*stored, *living])
    rows = [living[key].row if key in living else {"key": key, "was": ""} for key in keys]
    more = {"unread": _counted_unread(own[KEYS], left, span.end)} if span and (left or span.end) else {}
    return FrozenAnswer({**shown, "rows": rows, "was": row_hash(user, shown), **_removed(own, records, keys), **more})


def unread_keys(own: Answer, records: Mapping[str, Record], span: Span | None) -> frozenset[str]:
    """The keys of an answer's rows that were not looked for."""
    return frozenset() if span is None else frozenset(own.get(KEYS, ())).difference(span.keys, records)


def _counted_unread(keys: Sequence[str], unread: frozenset[str], end: str) -> Answer:
    """How many of `keys`, in their order, are `unread` before and after those that were read, which stand together.

    `until` is the first of these, "" for none.
    """
    came_since = next((n for n, key in enumerate(reversed(keys)) if key not in unread), 0)
    past = keys.index(end) if end in keys else len(keys) - came_since
    first = next((n for n in range(past, 0, -1) if keys[n - 1] in unread), 0)
    after = sum(key in unread for key in keys[past:])
    until = keys[first] if first < len(keys) else ""
    return {"before": len(unread) - after, "after": after, "until": until, "end": end}


def _removed(own: Answer, known: Mapping[str, Record], read: Container[str]) -> Answer:
    """The row that was removed last, from the trash, with its place among those that were `read`.

    Not when it stands again, and not when it is gone for good.
    """
    record = known.get(removed_key(own))
    if record is None or not record.deleted_at:
        return {}
    before = own.get(KEYS, [])[: own["removed"]["at"]]
    return {"removed": {"row": record.row, "at": sum(key in read for key in before)}}


def with_removed(user: Keyholder, block_key: str, answer: Answer, key: str) -> Answer:
    """`answer` so that *undo* brings back the row `key`, whatever was removed since. One query."""
    last = answer.get("removed") if removed_key(answer) == key else None
    record = records_at(user, block_key, [key]).get(key)
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


def _rows_at(user: Keyholder, ids: Collection[str]) -> list[tuple[Any, ...]]:
    """The rows with these ids, by block. Put in order here: SQLite would look at all of them to do it."""
    return sorted(_AT.rows(user.id, list(ids)), key=itemgetter(1)) if ids else []


def _opened(user: Keyholder, rows: Iterable[tuple[Any, ...]]) -> list[Record]:
    return [TABLE.open(user, row) for row in rows]


def _entry_rows(user_id: Any, *which: Any) -> Any:
    return TABLE.select(user_id, ToolInstance.origin == "exercise", *which)


def _records(user_id: Any, *which: Any) -> Any:
    return _entry_rows(user_id, *which).order_by(ToolInstance.block_key, ToolInstance.created_at)


_ALL = Statement(lambda user_id, block_key: _records(user_id, ToolInstance.block_key == block_key))
_LIVING = Statement(
    lambda user_id, keys, removed: _records(
        user_id, ToolInstance.block_key.in_(keys), ToolInstance.deleted_at.is_null() | ToolInstance.id.in_(removed)
    )
)
_AT = Statement(lambda user_id, ids: _entry_rows(user_id, ToolInstance.id.in_(ids)))
_TRASHED = Statement(lambda user_id: _records(user_id, ToolInstance.deleted_at.is_null(False)))
