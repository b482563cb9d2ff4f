"""What answers were built on, and which connections the person switched off."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from peewee import SQL, Case

from dreamtree.answers.models import AnswerInput, ConnectionChoice
from dreamtree.db import Statement, new_id
from dreamtree.vault import Keyholder, Sealed, open_, seal

LABEL = "input"
BlockConnection = tuple[str, int]
"""A connection at a block: the key of the block, and the number of the connection."""


@dataclass(frozen=True)
class Seen:
    """The items of one connection as the person last agreed to them: item key → words.

    `moved_by` is the block whose answer moved them last, where that is known.
    """

    id: str
    block_key: str
    connection_id: int
    words: dict[str, str]
    seen_digest: str
    now_digest: str
    is_stale: bool
    moved_by: str | None = None

    @property
    def has_changed(self) -> bool:
        """Whether the source says something else than when the answer was last agreed to."""
        return self.seen_digest != self.now_digest

    def moved(self, now_digest: str, is_stale: bool, by: str | None = None) -> "Seen | None":
        """With what the source gives now, moved `by` the answer to a block; None when that is known already."""
        if (self.now_digest, self.is_stale) == (now_digest, is_stale):
            return None
        moved_by = self.moved_by if now_digest == self.now_digest else by
        return replace(self, now_digest=now_digest, is_stale=is_stale, moved_by=moved_by)


def seen_at(user: Keyholder, block_keys: Iterable[str]) -> dict[BlockConnection, Seen]:
    """What the answers of these blocks were built on, by block and connection. One query."""
    return by_connection(_seen(user, row) for row in _SEEN_AT.rows(user.id, list(block_keys)))


def seen_and_off(
    user: Keyholder, block_keys: Iterable[str]
) -> tuple[dict[BlockConnection, Seen], frozenset[BlockConnection]]:
    """The same, and the connections not to be used at these blocks. One query."""
    keys = list(block_keys)
    rows = _SEEN_AND_OFF.rows(user.id, keys, keys)
    seen = by_connection(_seen(user, row) for row in rows if row[_WORDS_INDEX] is not None)
    return seen, frozenset((row[1], row[2]) for row in rows if row[_WORDS_INDEX] is None)


def by_connection(seen: Iterable[Seen]) -> dict[BlockConnection, Seen]:
    """What was seen, by block and connection; what comes later stands for what came before."""
    return {(one.block_key, one.connection_id): one for one in seen}


def stale_and_off(user: Keyholder) -> tuple[frozenset[str], frozenset[BlockConnection]]:
    """The blocks that need another look, and every connection not to be used, as in `seen_and_off`. One query."""
    rows = _STALE_AND_OFF.rows(user.id)
    stale = frozenset(key for key, number in rows if number is None)
    return stale, frozenset((key, number) for key, number in rows if number is not None)


def with_stale_and_off(answers: Any, user_id: Any, columns: int) -> Any:
    """The UNION of a query for answers, that has so many `columns`, with the one of `stale_and_off`.

    Each further row has no id, its block's key where answers have it, a 1 for complete, and its connection for a
    revision. One after the other: a server finds out what kind a column is from the rows before.
    """
    nothing, marked = SQL("NULL"), SQL("1")
    rest = [nothing] * (columns - 5)
    off = nothing, ConnectionChoice.block_key, nothing, marked, ConnectionChoice.connection_id, *rest
    stale = nothing, AnswerInput.block_key, nothing, marked, nothing, *rest
    return answers.union_all(_off(user_id).select(*off)).union_all(_stale(user_id).select(*stale))


def seen_through(user: Keyholder, connection_ids: Iterable[int]) -> list[Seen]:
    """Every answer of this person that was built on one of these connections."""
    return [_seen(user, row) for row in _SEEN_THROUGH.rows(user.id, list(connection_ids))]


def at_or_through(user_id: Any, block_key: Any, connection_ids: list[Any], columns: int) -> Any:
    """The query for what an answer was built on, and for the answers that these connections reached.

    It stands second in a UNION with a query for answers that has so many `columns`. `seen_in` opens its rows.
    """
    mine = (AnswerInput.block_key == block_key) | AnswerInput.connection_id.in_(connection_ids)
    nothing = [SQL("NULL")] * (columns - len(_AMONG_ANSWERS))
    return _inputs(user_id, mine).select(*(_column(name) for name in _AMONG_ANSWERS), *nothing)


def seen_in(user: Keyholder, rows: Iterable[tuple[Any, ...]]) -> dict[BlockConnection, Seen]:
    """What was seen, from rows of `at_or_through`, by block and connection."""
    named = (dict(zip(_AMONG_ANSWERS, row, strict=False)) for row in rows)
    return by_connection(_seen(user, tuple(row[name] for name in _NAMES)) for row in named)


def all_seen(user: Keyholder) -> list[Seen]:
    """What every answer of this person was built on."""
    return [_seen(user, row) for row in _EVERY.rows(user.id)]


def rewrite_words(user: Keyholder, seen: Seen) -> None:
    """Writes other words for what was seen, "" for what is forgotten; what was agreed to stays agreed to."""
    _update(user, seen.id, seen=_sealed_words(user, seen.id, seen.words))


def stale_keys(user: Keyholder) -> frozenset[str]:
    """Blocks that need another look."""
    return frozenset(key for (key,) in _stale(user.id).tuples())


def record(
    user: Keyholder, block_key: str, connection_id: int, words: dict[str, str], digests: tuple[str, str], at: str
) -> Seen:
    """The items an answer was first built on, with the digest of what was shown and of what there is now.

    Once recorded, they move only by `agree`.
    """
    seen = Seen(new_id(), block_key, connection_id, words, *digests, is_stale=False)
    AnswerInput.insert(
        user_id=user.id,
        id=seen.id,
        block_key=block_key,
        connection_id=connection_id,
        seen=_sealed_words(user, seen.id, words),
        seen_digest=seen.seen_digest,
        now_digest=seen.now_digest,
        is_stale=0,
        updated_at=at,
    ).execute()
    return seen


def agree(user: Keyholder, seen: Seen, at: str) -> None:
    """Moves what was seen: to all items now (*Keep all of mine*, *Got it*), or item by item (*Keep mine*)."""
    _see(user, seen, at, kept_digest=seen.now_digest)


def notice(user: Keyholder, moved: Iterable[Seen | None], at: str) -> list[Seen]:
    """Writes down what has `moved`, None what has not; answers those written. One statement, or none."""
    found = [one for one in moved if one is not None]
    if found:
        digests, stale = [one.now_digest for one in found], [int(one.is_stale) for one in found]
        _NOTICE.run(user.id, at, [one.id for one in found], digests, stale, [one.moved_by for one in found])
    return found


def follow(user: Keyholder, seen: Seen, at: str) -> None:
    """Moves what was seen with a change that the person made everywhere: it asks for no other look."""
    _see(user, seen, at)


def _see(user: Keyholder, seen: Seen, at: str, **columns: str) -> None:
    _update(
        user,
        seen.id,
        seen=_sealed_words(user, seen.id, seen.words),
        seen_digest=seen.seen_digest,
        now_digest=seen.now_digest,
        is_stale=int(seen.is_stale),
        updated_at=at,
        **columns,
    )


def _update(user: Keyholder, input_id: str, **columns: Any) -> None:
    AnswerInput.update(**columns).where(AnswerInput.user_id == user.id, AnswerInput.id == input_id).execute()


def switch(user: Keyholder, block_key: str, connection_id: int, is_off: bool, at: str) -> None:
    """*Don’t show this here*, or *Show it again*."""
    ConnectionChoice.insert(
        user_id=user.id,
        id=new_id(),
        block_key=block_key,
        connection_id=connection_id,
        is_off=int(is_off),
        chosen_at=at,
    ).on_conflict(
        conflict_target=[ConnectionChoice.user_id, ConnectionChoice.block_key, ConnectionChoice.connection_id],
        update={ConnectionChoice.is_off: int(is_off), ConnectionChoice.chosen_at: at},
    ).execute()


def _sealed_words(user: Keyholder, input_id: str, words: dict[str, str]) -> Any:
    return seal(user, LABEL, input_id, json.dumps(words, ensure_ascii=False))


def _seen(user: Keyholder, row: tuple[Any, ...]) -> Seen:
    """A row of `_COLUMNS`."""
    input_id, block_key, connection_id, envelope, seen_digest, now_digest, is_stale, moved_by = row
    words = json.loads(open_(user, LABEL, input_id, Sealed(envelope)))
    return Seen(input_id, block_key, connection_id, words, seen_digest, now_digest, bool(is_stale), moved_by)


def _column(name: str) -> Any:
    """The column that a field of `Seen` is kept in; nothing for ""."""
    return getattr(AnswerInput, "seen" if name == "words" else name) if name else SQL("NULL")


_NAMES = [one.name for one in fields(Seen)]
_COLUMNS = [_column(name) for name in _NAMES]
_WORDS_INDEX = _NAMES.index("words")
_AMONG_ANSWERS = (
    "id", "block_key", "words", "is_stale", "connection_id", "seen_digest", "", "now_digest", "moved_by",
)  # fmt: skip
"""The fields of `Seen` in the order of an answer's columns, text under text and number under number, as a UNION wants.

Where an answer has its hash stands nothing: so the two are told apart.
"""
_NOTHING_SEEN = [SQL("NULL")] * (len(_COLUMNS) - _WORDS_INDEX)


def _inputs(user_id: Any, *which: Any) -> Any:
    return AnswerInput.select(*_COLUMNS).where(AnswerInput.user_id == user_id, *which)


def _noticed(user_id: Any, at: Any, ids: list[Any], digests: list[Any], stale: list[Any], moved_by: list[Any]) -> Any:
    def each(values: list[Any], column: Any) -> Any:
        return Case(AnswerInput.id, list(zip(ids, values, strict=True)), column)

    return AnswerInput.update(
        {
            AnswerInput.now_digest: each(digests, AnswerInput.now_digest),
            AnswerInput.is_stale: each(stale, AnswerInput.is_stale),
            AnswerInput.moved_by: each(moved_by, AnswerInput.moved_by),
            AnswerInput.updated_at: at,
        }
    ).where(AnswerInput.user_id == user_id, AnswerInput.id.in_(ids))


_NOTICE = Statement(_noticed)
_SEEN_AT = Statement(lambda user_id, keys: _inputs(user_id, AnswerInput.block_key.in_(keys)))
_SEEN_THROUGH = Statement(lambda user_id, numbers: _inputs(user_id, AnswerInput.connection_id.in_(numbers)))
_EVERY = Statement(_inputs)


def _off(user_id: Any, *which: Any) -> Any:
    return ConnectionChoice.select(ConnectionChoice.block_key, ConnectionChoice.connection_id).where(
        ConnectionChoice.user_id == user_id, ConnectionChoice.is_off == 1, *which
    )


def _stale(user_id: Any) -> Any:
    return AnswerInput.select(AnswerInput.block_key).where(AnswerInput.user_id == user_id, AnswerInput.is_stale == 1)


_SEEN_AND_OFF = Statement(
    lambda user_id, keys, off_keys: _inputs(user_id, AnswerInput.block_key.in_(keys)).union_all(
        _off(user_id, ConnectionChoice.block_key.in_(off_keys)).select(
            ConnectionChoice.id, ConnectionChoice.block_key, ConnectionChoice.connection_id, *_NOTHING_SEEN
        )
    )
)
_STALE_AND_OFF = Statement(
    lambda user_id: _off(user_id).union_all(_stale(user_id).select(AnswerInput.block_key, SQL("NULL")))
)
