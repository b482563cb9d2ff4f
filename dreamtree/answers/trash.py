"""The trash: answers and records with a `deleted_at`, kept with their history until that is old enough."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from peewee import ModelDelete

from dreamtree.answers.models import AnswerInput, AnswerRevision, ConnectionChoice, ExerciseResponse, ToolInstance
from dreamtree.answers.records import Record, records_of
from dreamtree.answers.responses import in_the_trash, next_text
from dreamtree.answers.stored import AnswerBody, SaveInfo, StoredAnswer
from dreamtree.db import Conflict
from dreamtree.vault import Keyholder

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Trashed:
    """An answer in the trash. Of a record tool it is the own row; its records lie there with the same `deleted_at`."""

    said: StoredAnswer
    deleted_at: str


def trashed_answers(user: Keyholder) -> list[Trashed]:
    """Every answer in the trash. One query."""
    return [Trashed(said, at) for said, at in in_the_trash(user)]


def trashed_answer(user: Keyholder, block_key: str) -> Trashed | None:
    """What lies in the trash of one block. One query."""
    return next((Trashed(said, at) for said, at in in_the_trash(user, block_key)), None)


def records_with(user: Keyholder, trashed: Trashed) -> list[Record]:
    """The records that went into the trash with an answer. One query."""
    found = records_of(user, trashed.said.block_key).values()
    return [record for record in found if record.deleted_at == trashed.deleted_at]


def put_away(user: Keyholder, said: StoredAnswer, stamp: SaveInfo) -> None:
    """Moves an answer and all its records that live into the trash. Raises `Conflict` when it moved on meanwhile."""
    _mark(user, ExerciseResponse, stamp, said.revision, ExerciseResponse.id == said.id)
    for record in records_of(user, said.block_key).values():
        if not record.deleted_at:
            _mark(user, ToolInstance, stamp, record.revision, ToolInstance.id == record.id)


def bring_back(user: Keyholder, trashed: Trashed, stamp: SaveInfo) -> None:
    """An answer out of the trash, with the records that went there with it."""
    said, living = trashed.said, replace(stamp, at="")
    for record in records_with(user, trashed):
        _mark(user, ToolInstance, living, record.revision, ToolInstance.id == record.id)
    _mark(user, ExerciseResponse, living, said.revision, ExerciseResponse.id == said.id)


def answer_anew(user: Keyholder, trashed: Trashed, text: AnswerBody, stamp: SaveInfo) -> StoredAnswer:
    """A new first text in the place of one that lies in the trash."""
    written = next_text(user, trashed.said, text, replace(stamp, base=trashed.said.revision))
    if written is None:
        raise Conflict
    return written


def erase_block(user: Keyholder, block_key: str) -> None:
    """Every text of a block for good: answer, records, trash, history, and what it was built on."""
    for model in (ExerciseResponse, ToolInstance, AnswerRevision, AnswerInput, ConnectionChoice):
        _erase(user, model, model.block_key == block_key)


def erase_answer(user: Keyholder, trashed: Trashed) -> None:
    """An answer in the trash for good, with its history and the records that went there with it."""
    said = trashed.said
    for record in records_with(user, trashed):
        erase_record(user, record)
    _erase(user, AnswerRevision, AnswerRevision.answer_id == said.id)
    _erase(user, AnswerInput, AnswerInput.block_key == said.block_key)
    _erase(user, ExerciseResponse, ExerciseResponse.id == said.id)


def erase_record(user: Keyholder, record: Record) -> None:
    """A record for good, with its history."""
    _erase(user, AnswerRevision, AnswerRevision.answer_id == record.id)
    _erase(user, ToolInstance, ToolInstance.id == record.id)


def clear_old(before: str, most: int) -> int:
    """Deletes up to `most` texts that went into the trash before this time, with their history; answers how many.

    It opens nothing, and so needs nobody's key. Call it inside a transaction, again until it answers 0.
    """
    cleared = 0
    for model in (ExerciseResponse, ToolInstance):
        old: Any = model.select(model.user_id, model.id, model.block_key).where(model.deleted_at < before)
        for user_id, identity, block_key in list(old.limit(most).tuples()):
            _clear(user_id, AnswerRevision, AnswerRevision.answer_id == identity)
            if model is ExerciseResponse:
                _clear(user_id, AnswerInput, AnswerInput.block_key == block_key)
            cleared += _clear(user_id, model, model.id == identity)
    return cleared


def forget_inputs(user: Keyholder, block_key: str) -> None:
    """What an answer was built on: the next one begins anew."""
    _erase(user, AnswerInput, AnswerInput.block_key == block_key)


def settle_inputs(user: Keyholder, block_key: str) -> None:
    """A block without an answer needs no other look."""
    AnswerInput.update(is_stale=0).where(AnswerInput.user_id == user.id, AnswerInput.block_key == block_key).execute()


def _mark(user: Keyholder, model: Any, stamp: SaveInfo, revision: int, which: Any) -> None:
    """Into the trash at `stamp.at`, or out of it when that is ""; nothing but this text in this revision."""
    changed = model.update(
        deleted_at=stamp.at or None, revision=revision + 1, last_editor=stamp.editor, last_n=stamp.n
    ).where(model.user_id == user.id, model.revision == revision, which)
    if not changed.execute():
        raise Conflict


def _erase(user: Keyholder, model: Any, which: Any) -> None:
    _clear(user.id, model, which)


def _clear(user_id: str, model: Any, which: Any) -> int:
    return int(ModelDelete(model).where(model.user_id == user_id, which).execute())
