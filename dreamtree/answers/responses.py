"""The current answer to each block: reading it, and writing it on the revision it was based on."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from peewee import Case

from dreamtree.answers.models import ExerciseResponse
from dreamtree.answers.records import with_records
from dreamtree.answers.stored import AnswerBody, SaveInfo, StoredAnswer, hash_of
from dreamtree.db import Statement
from dreamtree.values import Answer
from dreamtree.vault import Keyholder, Sealed, open_, seal

__all__ = ["AnswerBody", "SaveInfo", "StoredAnswer", "hash_of"]

LABEL = "answer"


def answers_of(user: Keyholder, block_keys: Iterable[str]) -> dict[str, StoredAnswer]:
    """The answers to these blocks, by key; a block without one is left out. One query, and one for records."""
    return with_records(user, _stored(user, block_keys))


def answers_and_complete(user: Keyholder, block_keys: Iterable[str]) -> tuple[dict[str, StoredAnswer], frozenset[str]]:
    """The answers to these blocks, and the keys of all complete answers in the book. As `answers_of`."""
    rows = _ANSWERS_AMONG_ALL.rows(user.id, list(block_keys))
    said = {row[1]: _said(user, row) for row in rows if row[2] is not None}
    return with_records(user, said), frozenset(row[1] for row in rows if row[3])


def answer_to(user: Keyholder, block_key: str) -> StoredAnswer | None:
    """The answer to one block, or None."""
    return answers_of(user, [block_key]).get(block_key)


def stored_answer(user: Keyholder, block_key: str) -> StoredAnswer | None:
    """The answer to one block as its own row has it, without the records it may keep beside."""
    return _stored(user, [block_key]).get(block_key)


def complete_keys(user: Keyholder) -> frozenset[str]:
    """Keys of all blocks with a complete answer."""
    return frozenset(key for (key,) in _COMPLETE.rows(user.id))


def insert(
    user: Keyholder, answer_id: str, block_key: str, full_exercise_id: str, text: AnswerBody, stamp: SaveInfo
) -> StoredAnswer:
    """The first answer to a block. A second first answer is a unique violation, and the save begins again."""
    part, module, rest = full_exercise_id.split(".", 2)
    exercise, version = rest.split(".v")
    said = _written(user, answer_id, block_key, 1, text, stamp, stamp.at)
    ExerciseResponse.insert(
        user_id=user.id,
        block_key=block_key,
        part_id=part,
        module_id=module,
        exercise_id=exercise,
        version=int(version),
        full_exercise_id=full_exercise_id,
        responded_at=stamp.at,
        id=answer_id,
        revision=1,
        content_hash=said.content_hash,
        response_json=seal(user, LABEL, answer_id, text.json),
        is_complete=int(text.is_complete),
        last_editor=stamp.editor,
        last_n=stamp.n,
        last_kind=stamp.kind,
        saved_at=stamp.at,
    ).execute()
    return said


def in_the_trash(user: Keyholder, block_key: str | None = None) -> list[tuple[StoredAnswer, str]]:
    """The answers in the trash, all or that of one block, each with when it went there. One query."""
    rows = _TRASHED.rows(user.id) if block_key is None else _TRASHED_AT.rows(user.id, block_key)
    return [(_said(user, row[:-1]), row[-1]) for row in rows]


def update(user: Keyholder, said: StoredAnswer, text: AnswerBody, stamp: SaveInfo) -> StoredAnswer | None:
    """The next revision, if the row is still the one the save was based on; None when somebody else was first.

    An answer that lies in the trash comes out of it by this.
    """
    after = _written(user, said.id, said.block_key, said.revision + 1, text, stamp, said.begun_at)
    envelope = seal(user, LABEL, said.id, text.json).envelope
    new = (envelope, after.content_hash, int(text.is_complete), stamp.editor, stamp.n, stamp.kind, stamp.at)
    changed = _UPDATE.run(*new, user.id, said.block_key, stamp.base, stamp.editor, stamp.n)
    return after if changed else None


def next_text(user: Keyholder, said: StoredAnswer, text: AnswerBody, stamp: SaveInfo) -> StoredAnswer | None:
    """As `update`, with a new first day."""
    written = update(user, said, text, stamp)
    if written is None:
        return None
    mine = (ExerciseResponse.user_id == user.id, ExerciseResponse.id == said.id)
    ExerciseResponse.update(responded_at=stamp.at).where(*mine).execute()
    return replace(written, begun_at=stamp.at)


def _written(
    user: Keyholder, answer_id: str, block_key: str, revision: int, text: AnswerBody, stamp: SaveInfo, begun_at: str
) -> StoredAnswer:
    """The answer as it stands once this text is written."""
    return StoredAnswer(
        answer_id,
        block_key,
        json.loads(text.json),
        text.is_complete,
        revision,
        stamp.editor,
        stamp.n,
        stamp.kind,
        stamp.at,
        hash_of(user, text),
        begun_at,
    )


def adopt(user: Keyholder, said: StoredAnswer, stamp: SaveInfo) -> None:
    """Marks an unchanged answer as this editor's, so that its next save passes."""
    ExerciseResponse.update(last_editor=stamp.editor, last_n=stamp.n).where(
        ExerciseResponse.user_id == user.id,
        ExerciseResponse.block_key == said.block_key,
        ExerciseResponse.revision == said.revision,
    ).execute()


def _stored(user: Keyholder, block_keys: Iterable[str]) -> dict[str, StoredAnswer]:
    return {row[1]: _said(user, row) for row in _ANSWERS.rows(user.id, list(block_keys))}


def _said(user: Keyholder, row: tuple[Any, ...]) -> StoredAnswer:
    """A row of `_COLUMNS`."""
    answer_id, block_key, envelope, is_complete, *rest = row
    answer: Answer = json.loads(open_(user, LABEL, answer_id, Sealed(envelope)))
    return StoredAnswer(answer_id, block_key, answer, bool(is_complete), *rest)


def _living(user_id: Any, columns: tuple[Any, ...]) -> Any:
    return ExerciseResponse.select(*columns).where(
        ExerciseResponse.user_id == user_id, ExerciseResponse.deleted_at.is_null()
    )


_BEFORE_TEXT = (ExerciseResponse.id, ExerciseResponse.block_key)
_AFTER_TEXT = (
    ExerciseResponse.is_complete,
    ExerciseResponse.revision,
    ExerciseResponse.last_editor,
    ExerciseResponse.last_n,
    ExerciseResponse.last_kind,
    ExerciseResponse.saved_at,
    ExerciseResponse.content_hash,
    ExerciseResponse.responded_at,
)
_COLUMNS = (*_BEFORE_TEXT, ExerciseResponse.response_json, *_AFTER_TEXT)
"""In the order of `StoredAnswer`."""


def _with_text_of(block_keys: list[Any]) -> tuple[Any, ...]:
    """`_COLUMNS`, with a text only in the rows of these blocks."""
    text = Case(None, [(ExerciseResponse.block_key.in_(block_keys), ExerciseResponse.response_json)], None)
    return (*_BEFORE_TEXT, text, *_AFTER_TEXT)


_ANSWERS = Statement(lambda user_id, keys: _living(user_id, _COLUMNS).where(ExerciseResponse.block_key.in_(keys)))
_ANSWERS_AMONG_ALL = Statement(lambda user_id, keys: _living(user_id, _with_text_of(keys)))


def _in_the_trash(user_id: Any, *which: Any) -> Any:
    gone = (ExerciseResponse.user_id == user_id, ExerciseResponse.deleted_at.is_null(False), *which)
    return ExerciseResponse.select(*_COLUMNS, ExerciseResponse.deleted_at).where(*gone)


_TRASHED = Statement(_in_the_trash)
_TRASHED_AT = Statement(lambda user_id, block_key: _in_the_trash(user_id, ExerciseResponse.block_key == block_key))
_COMPLETE = Statement(
    lambda user_id: _living(user_id, (ExerciseResponse.block_key,)).where(ExerciseResponse.is_complete == 1)
)


def _update(*values: Any) -> Any:
    """`values` are the new columns of `_NEW`, then the person, the block, and what the save was based on."""
    *new, user_id, block_key, base, editor, n = values
    passes = (ExerciseResponse.revision == base) | (
        (ExerciseResponse.last_editor == editor) & (ExerciseResponse.last_n <= n)
    )
    columns = dict(zip(_NEW, new, strict=True)) | {
        ExerciseResponse.revision: ExerciseResponse.revision + 1,
        ExerciseResponse.deleted_at: None,
    }
    mine = (ExerciseResponse.user_id == user_id) & (ExerciseResponse.block_key == block_key)
    return ExerciseResponse.update(columns).where(mine, passes)


_NEW = (
    ExerciseResponse.response_json,
    ExerciseResponse.content_hash,
    ExerciseResponse.is_complete,
    ExerciseResponse.last_editor,
    ExerciseResponse.last_n,
    ExerciseResponse.last_kind,
    ExerciseResponse.saved_at,
)
_UPDATE = Statement(_update)
