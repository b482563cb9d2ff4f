"""Everything one person said, opened: what a copy holds, what a merge weaves and a restore writes back.

The profile is not part of it: it is derived from the answers. Nor is what only the wire needs, which editor
saved last, nor any fingerprint: those are made anew under the key of whoever the tree is written for.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dreamtree import db
from dreamtree.accounts.models import User, UserModule, UserSettings
from dreamtree.answers import history, inputs, records, responses
from dreamtree.answers.models import (
    AnswerInput,
    AnswerRevision,
    ConnectionChoice,
    ExerciseResponse,
    ToolInstance,
    UserExercise,
)
from dreamtree.values import Answer
from dreamtree.vault import Sealed, open_

NAME = "users.display_name"
INSTANCE_NAME = "record.name"
CHOSEN = ("background_color", "text_color", "font", "personality_type", "hides_private")


@dataclass(frozen=True)
class EarlierText:
    """A row of `answer_revisions`. `recorded_at` is when it was kept, `written_at` when it was said."""

    id: str
    revision: int
    kind: str
    editor: str
    is_complete: bool
    answer: Answer
    written_at: str
    recorded_at: str


@dataclass(frozen=True)
class AnswerSnapshot:
    """The answer to one block, as its own row has it: that of a record tool names its `records`, and holds none.

    `exercise` is the exercise with its version ("1.1.4.v1"); `history` is oldest first.
    """

    id: str
    block_key: str
    exercise: str
    version: int
    answer: Answer
    is_complete: bool
    revision: int
    kind: str
    saved_at: str
    begun_at: str
    deleted_at: str | None
    history: tuple[EarlierText, ...] = ()


@dataclass(frozen=True)
class InstanceSnapshot:
    """One use of a tool: a record that a block keeps (`origin` exercise), or a standalone one without a block."""

    id: str
    tool_type: str
    origin: str
    block_key: str | None
    name: str | None
    version: int
    answer: Answer
    is_complete: bool
    revision: int
    kind: str
    saved_at: str
    begun_at: str
    updated_at: str
    deleted_at: str | None
    history: tuple[EarlierText, ...] = ()


@dataclass(frozen=True)
class InputSnapshot:
    """What an answer was built on: item key → words. `is_kept`: the person looked at what had changed and agreed."""

    block_key: str
    connection_id: int
    words: dict[str, str]
    has_changed: bool
    is_kept: bool
    is_stale: bool
    updated_at: str


@dataclass(frozen=True)
class Choice:
    """*Don't use this here*, or *use it again*."""

    block_key: str
    connection_id: int
    is_off: bool
    chosen_at: str


@dataclass(frozen=True)
class ExerciseState:
    """How far the person is with the exercise `id`."""

    id: str
    version: int
    first_passed_at: str | None
    set_aside_at: str | None
    last_modified_at: str


@dataclass(frozen=True)
class ModuleState:
    """When the module `id` was first whole, and when something in it last changed."""

    id: str
    first_completed_at: str | None
    last_modified_at: str


@dataclass(frozen=True)
class Snapshot:
    """All of it. `settings` are those of `CHOSEN`, with `display_name` (None for none) and `time_zone` ("" unknown).

    `answers` by block key, `instances`, `exercises` and `modules` by id; `seen` and `choices` by block and connection.
    """

    settings: dict[str, Any]
    answers: dict[str, AnswerSnapshot]
    instances: dict[str, InstanceSnapshot]
    seen: tuple[InputSnapshot, ...]
    choices: tuple[Choice, ...]
    exercises: dict[str, ExerciseState]
    modules: dict[str, ModuleState]


def read_snapshot(user: User) -> Snapshot:
    """The person's whole tree, what lies in the trash included, in eight queries. Raises `Locked` without the key."""
    with db.reading():
        earlier = _earlier(user)
        return Snapshot(
            settings=_settings(user),
            answers=_answers(user, earlier),
            instances=_instances(user, earlier),
            seen=_seen(user),
            choices=_choices(user),
            exercises={row.id: _exercise(row) for row in _of(user, UserExercise, UserExercise.id)},
            modules={row.module_id: _module(row) for row in _of(user, UserModule, UserModule.module_id)},
        )


def _of(user: User, model: Any, *order: Any) -> Iterable[Any]:
    found: Iterable[Any] = model.select().where(model.user_id == user.id).order_by(*order)
    return found


def _settings(user: User) -> dict[str, Any]:
    chosen = UserSettings.get(UserSettings.user_id == user.id)
    name = open_(user, NAME, user.id, user.display_name) if user.display_name else None
    settings = {name: getattr(chosen, name) for name in CHOSEN}
    return {**settings, "hides_private": bool(chosen.hides_private), "display_name": name, "time_zone": user.time_zone}


def _earlier(user: User) -> dict[str, tuple[EarlierText, ...]]:
    """Every earlier text, by the answer or instance it is a text of."""
    found: dict[str, list[EarlierText]] = defaultdict(list)
    order = (AnswerRevision.recorded_at, AnswerRevision.revision, AnswerRevision.id)
    for row in _of(user, AnswerRevision, *order):
        answer = _opened(user, history.LABEL, row.id, row.content_json)
        rest = (row.written_at, row.recorded_at)
        one = EarlierText(row.id, row.revision, row.kind, row.editor, bool(row.is_complete), answer, *rest)
        found[row.answer_id].append(one)
    return {key: tuple(texts) for key, texts in found.items()}


def _answers(user: User, earlier: dict[str, tuple[EarlierText, ...]]) -> dict[str, AnswerSnapshot]:
    return {
        row.block_key: AnswerSnapshot(
            id=row.id,
            block_key=row.block_key,
            exercise=row.full_exercise_id,
            answer=_opened(user, responses.LABEL, row.id, row.response_json),
            begun_at=row.responded_at,
            history=earlier.get(row.id, ()),
            **_state(row),
        )
        for row in _of(user, ExerciseResponse, ExerciseResponse.block_key)
    }


def _instances(user: User, earlier: dict[str, tuple[EarlierText, ...]]) -> dict[str, InstanceSnapshot]:
    return {
        row.id: InstanceSnapshot(
            id=row.id,
            tool_type=row.tool_type,
            origin=row.origin,
            block_key=row.block_key,
            name=open_(user, INSTANCE_NAME, row.id, row.name) if row.name else None,
            answer=_opened(user, records.LABEL, row.id, row.content_json),
            begun_at=row.created_at,
            updated_at=row.updated_at,
            history=earlier.get(row.id, ()),
            **_state(row),
        )
        for row in _of(user, ToolInstance, ToolInstance.id)
    }


def _state(row: Any) -> dict[str, Any]:
    """What answers and instances have in common."""
    return {
        "version": row.version,
        "is_complete": bool(row.is_complete),
        "revision": row.revision,
        "kind": row.last_kind,
        "saved_at": row.saved_at,
        "deleted_at": row.deleted_at,
    }


def _seen(user: User) -> tuple[InputSnapshot, ...]:
    return tuple(
        InputSnapshot(
            block_key=row.block_key,
            connection_id=row.connection_id,
            words=_opened(user, inputs.LABEL, row.id, row.seen),
            has_changed=row.seen_digest != row.now_digest,
            is_kept=row.kept_digest is not None,
            is_stale=bool(row.is_stale),
            updated_at=row.updated_at,
        )
        for row in _of(user, AnswerInput, AnswerInput.block_key, AnswerInput.connection_id)
    )


def _choices(user: User) -> tuple[Choice, ...]:
    rows = _of(user, ConnectionChoice, ConnectionChoice.block_key, ConnectionChoice.connection_id)
    return tuple(Choice(row.block_key, row.connection_id, bool(row.is_off), row.chosen_at) for row in rows)


def _exercise(row: UserExercise) -> ExerciseState:
    return ExerciseState(row.id, row.version, row.first_passed_at, row.set_aside_at, row.last_modified_at)


def _module(row: UserModule) -> ModuleState:
    return ModuleState(row.module_id, row.first_completed_at, row.last_modified_at)


def _opened(user: User, label: str, row_id: str, sealed: Sealed) -> Any:
    return json.loads(open_(user, label, row_id, sealed))
