"""The trash: answers and records with a `deleted_at`, kept with their history until that is old enough."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from peewee import ModelDelete

from dreamtree.answers import records, responses
from dreamtree.answers.models import AnswerInput, AnswerRevision, ConnectionChoice, ExerciseResponse, ToolInstance
from dreamtree.answers.records import Record, records_of
from dreamtree.answers.stored import SaveInfo, StoredAnswer
from dreamtree.answers.texts import Text, TextTable
from dreamtree.db import Statement
from dreamtree.vault import Keyholder

KEPT_FOR = timedelta(days=30)


def trashed_answers(user: Keyholder) -> list[StoredAnswer]:
    """Every answer in the trash: its own row; records that went with it have the same `deleted_at`. One query."""
    return [responses.TABLE.open(user, row) for row in _TRASHED.rows(user.id)]


def trashed_answer(user: Keyholder, block_key: str) -> StoredAnswer | None:
    """The answer to one block that lies in the trash, or None. One query."""
    return next((responses.TABLE.open(user, row) for row in _TRASHED_AT.rows(user.id, block_key)), None)


def records_with(user: Keyholder, trashed: StoredAnswer) -> list[Record]:
    """The records that went into the trash with an answer. One query."""
    found = records_of(user, trashed.block_key).values()
    return [record for record in found if record.deleted_at == trashed.deleted_at]


def put_away(user: Keyholder, stored: StoredAnswer, info: SaveInfo) -> None:
    """Moves an answer and all its records that live into the trash. Raises `Conflict` when it moved on meanwhile."""
    _mark(user, responses.TABLE, stored, info, info.at)
    for record in records_of(user, stored.block_key).values():
        if not record.deleted_at:
            _mark(user, records.TABLE, record, info, info.at)


def bring_back(user: Keyholder, trashed: StoredAnswer, info: SaveInfo, *, alone: bool = False) -> None:
    """An answer out of the trash, with the records that went there with it unless it comes `alone`."""
    for record in () if alone else records_with(user, trashed):
        _mark(user, records.TABLE, record, info, None)
    _mark(user, responses.TABLE, trashed, info, None)


def _mark(user: Keyholder, table: TextTable[Text], text: Text, info: SaveInfo, deleted_at: str | None) -> None:
    """Into the trash or out of it: another revision of the same words."""
    after = replace(text, revision=text.revision + 1, last_editor=info.editor, last_n=info.n, deleted_at=deleted_at)
    table.update(user, text, after)


def erase_block(user: Keyholder, block_key: str) -> None:
    """Every text of a block for good: answer, records, trash, history, and what it was built on."""
    for model in (ExerciseResponse, ToolInstance, AnswerRevision, AnswerInput, ConnectionChoice):
        _erase(user.id, model, model.block_key == block_key)


def erase_answer(user: Keyholder, trashed: StoredAnswer) -> None:
    """An answer in the trash for good, with its history and the records that went there with it."""
    for record in records_with(user, trashed):
        erase_record(user, record)
    _erase(user.id, AnswerRevision, AnswerRevision.answer_id == trashed.id)
    _erase(user.id, AnswerInput, AnswerInput.block_key == trashed.block_key)
    _erase(user.id, ExerciseResponse, ExerciseResponse.id == trashed.id)


def erase_record(user: Keyholder, record: Record) -> None:
    """A record for good, with its history."""
    _erase(user.id, AnswerRevision, AnswerRevision.answer_id == record.id)
    _erase(user.id, ToolInstance, ToolInstance.id == record.id)


def clear_old_answers(before: str, limit: int, skipped: int) -> int:
    """Deletes up to `limit` answers that went into the trash before this time, with their history; answers how many.

    The first `skipped` ones stay where they are. It opens nothing, and so needs nobody's key. Call it inside a
    transaction, again until it answers 0.
    """
    for user_id, _, block_key in _old(ExerciseResponse, before, limit, skipped):
        _erase(user_id, AnswerInput, AnswerInput.block_key == block_key)
    return _clear_old(ExerciseResponse, before, limit, skipped)


def clear_old_records(before: str, limit: int, skipped: int) -> int:
    """Deletes up to `limit` records that went into the trash before this time, as `clear_old_answers` does answers."""
    return _clear_old(ToolInstance, before, limit, skipped)


def _clear_old(model: Any, before: str, limit: int, skipped: int) -> int:
    cleared = 0
    for user_id, identity, _ in _old(model, before, limit, skipped):
        _erase(user_id, AnswerRevision, AnswerRevision.answer_id == identity)
        cleared += _erase(user_id, model, model.id == identity)
    return cleared


def _old(model: Any, before: str, limit: int, skipped: int) -> list[tuple[str, str, str]]:
    old = model.select(model.user_id, model.id, model.block_key).where(model.deleted_at < before)
    return list(old.order_by(model.user_id, model.id).limit(limit).offset(skipped).tuples())


def forget_inputs(user: Keyholder, block_key: str) -> None:
    """What an answer was built on: the next one begins anew."""
    _erase(user.id, AnswerInput, AnswerInput.block_key == block_key)


def settle_inputs(user: Keyholder, block_key: str) -> None:
    """A block without an answer needs no other look."""
    AnswerInput.update(is_stale=0).where(AnswerInput.user_id == user.id, AnswerInput.block_key == block_key).execute()


def _erase(user_id: str, model: Any, which: Any) -> int:
    return int(ModelDelete(model).where(model.user_id == user_id, which).execute())


def _in_the_trash(user_id: Any, *which: Any) -> Any:
    return responses.TABLE.select(user_id, ExerciseResponse.deleted_at.is_null(False), *which)


_TRASHED = Statement(_in_the_trash)
_TRASHED_AT = Statement(lambda user_id, block_key: _in_the_trash(user_id, ExerciseResponse.block_key == block_key))
