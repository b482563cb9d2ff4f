"""A tree written back: only what differs, all of it sealed anew for its rows and under the key of who receives it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
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
from dreamtree.answers.records import row_hash
from dreamtree.answers.stored import hash_of
from dreamtree.archive.conflicts import free_id
from dreamtree.archive.rebuilding import OTHER, SAME, rebuild_within
from dreamtree.archive.snapshot import (
    CHOSEN,
    INSTANCE_NAME,
    NAME,
    AnswerSnapshot,
    InputSnapshot,
    InstanceSnapshot,
    Snapshot,
)
from dreamtree.db import BaseModel
from dreamtree.vault import Sealed, seal

AT_ONCE = 100
Row = dict[str, Any]


def write_snapshot(user: User, before: Snapshot, after: Snapshot) -> None:
    """Makes the tree of `user`, which is `before`, what `after` says, and learns from it, in one transaction.

    Rows that are the same in both are not touched, nothing is taken away, earlier texts are only added.
    """
    at = db.now()
    db.saving(lambda: write_within(user, before, after, at))


def write_within(user: User, before: Snapshot, after: Snapshot, at: str) -> None:
    """`write_snapshot` inside a transaction that is already open."""
    _write_settings(user, before.settings, after.settings, at)
    _write(ExerciseResponse, [_answer(user, one) for one in _changed(before.answers, after.answers)])
    _write(ToolInstance, [_instance(user, one) for one in _changed(before.instances, after.instances)])
    _write(AnswerRevision, _fresh_texts(user, before, after), is_new=True)
    _write(AnswerInput, _seen(user, before, after))
    _write(ConnectionChoice, _choices(user, before, after))
    _write(UserExercise, [{"user_id": user.id, **vars(one)} for one in _differing(before.exercises, after.exercises)])
    modules = _differing(before.modules, after.modules)
    _write(UserModule, [{"user_id": user.id, "module_id": one.id, **_dates(one)} for one in modules])
    rebuild_within(user, at)


def _write(model: type[BaseModel], rows: Sequence[Row], is_new: bool = False) -> None:
    """Inserts rows, over those with the same key; earlier texts are new or the whole write fails."""
    primary: Any = model._meta.primary_key
    for start in range(0, len(rows), AT_ONCE):
        insert = model.insert_many(rows[start : start + AT_ONCE])
        others = [name for name in rows[0] if name not in primary.field_names]
        (insert if is_new else insert.on_conflict(conflict_target=primary.field_names, preserve=others)).execute()


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    return [one for key, one in after.items() if before.get(key) != one]


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    """Answers or records whose own row differs; a longer history alone is none of its business."""
    return [
        one
        for key, one in after.items()
        if key not in before or replace(one, history=before[key].history) != before[key]
    ]


def _dates(one: Any) -> Row:
    return {"first_completed_at": one.first_completed_at, "last_modified_at": one.last_modified_at}


# Settings


def _write_settings(user: User, before: Row, after: Row, at: str) -> None:
    """What was chosen; the type is learned from its answer."""
    chosen = {name: after[name] for name in CHOSEN if name != "personality_type" and after[name] != before[name]}
    if chosen:
        UserSettings.update(**chosen, updated_at=at).where(UserSettings.user_id == user.id).execute()
    named = {name: after[name] for name in ("display_name", "time_zone") if after[name] != before[name]}
    if named.get("display_name") is not None:
        named["display_name"] = seal(user, NAME, user.id, named["display_name"])
    if named:
        User.update(**named, updated_at=at).where(User.id == user.id).execute()


# Texts


def _answer(user: User, one: AnswerSnapshot) -> Row:
    part, module, rest = one.exercise.split(".", 2)
    return {
        "block_key": one.block_key,
        "part_id": part,
        "module_id": module,
        "exercise_id": rest.split(".v")[0],
        "full_exercise_id": one.exercise,
        "response_json": _closed(user, responses.LABEL, one.id, one.answer),
        "content_hash": hash_of(user, one.answer),
        "responded_at": one.begun_at,
        **_state(user, one),
    }


def _instance(user: User, one: InstanceSnapshot) -> Row:
    return {
        "tool_type": one.tool_type,
        "origin": one.origin,
        "block_key": one.block_key,
        "name": seal(user, INSTANCE_NAME, one.id, one.name) if one.name is not None else None,
        "content_json": _closed(user, records.LABEL, one.id, one.answer),
        "content_hash": row_hash(user, one.answer),
        "created_at": one.begun_at,
        "updated_at": one.updated_at,
        **_state(user, one),
    }


def _state(user: User, one: AnswerSnapshot | InstanceSnapshot) -> Row:
    """What both have in common. No page has this text open, so no editor wrote it."""
    return {
        "user_id": user.id,
        "id": one.id,
        "version": one.version,
        "is_complete": int(one.is_complete),
        "revision": one.revision,
        "last_editor": "",
        "last_n": 0,
        "last_kind": one.kind,
        "saved_at": one.saved_at,
        "deleted_at": one.deleted_at,
    }


def _fresh_texts(user: User, before: Snapshot, after: Snapshot) -> list[Row]:
    """Earlier texts that were not there before, each under an id that nothing else has."""
    taken = {text.id for one in _texts(before) for text in one.history}
    known = {(one.id, text.id) for one in _texts(before) for text in one.history}
    rows = []
    for one in _texts(after):
        for text in one.history:
            if (one.id, text.id) not in known:
                identity = free_id(text.id, taken)
                taken.add(identity)
                rows.append(_earlier(user, one, replace(text, id=identity)))
    return rows


def _texts(snapshot: Snapshot) -> Iterable[AnswerSnapshot | InstanceSnapshot]:
    yield from snapshot.answers.values()
    yield from snapshot.instances.values()


def _earlier(user: User, one: AnswerSnapshot | InstanceSnapshot, text: Any) -> Row:
    return {
        "user_id": user.id,
        "id": text.id,
        "answer_id": one.id,
        "block_key": one.block_key or "",
        "revision": text.revision,
        "kind": text.kind,
        "editor": text.editor,
        "is_complete": int(text.is_complete),
        "content_json": _closed(user, history.LABEL, text.id, text.answer),
        "written_at": text.written_at,
        "recorded_at": text.recorded_at,
    }


# What they were built on


def _seen(user: User, before: Snapshot, after: Snapshot) -> list[Row]:
    """Rows for what was seen elsewhere; its digests are made when the profile is there to compare it with."""
    known, ids = set(map(repr, before.seen)), _ids_of(user, AnswerInput)
    fresh = [one for one in after.seen if repr(one) not in known]
    return [_input(user, one, ids.get((one.block_key, one.connection_id)) or db.new_id()) for one in fresh]


def _input(user: User, one: InputSnapshot, identity: str) -> Row:
    return {
        "user_id": user.id,
        "id": identity,
        "block_key": one.block_key,
        "connection_id": one.connection_id,
        "seen": _closed(user, inputs.LABEL, identity, one.words),
        "seen_digest": SAME,
        "now_digest": OTHER if one.has_changed else SAME,
        "kept_digest": SAME if one.is_kept else None,
        "is_stale": int(one.is_stale),
        "updated_at": one.updated_at,
    }


def _choices(user: User, before: Snapshot, after: Snapshot) -> list[Row]:
    known, ids = set(before.choices), _ids_of(user, ConnectionChoice)
    return [
        {"user_id": user.id, "id": ids.get((one.block_key, one.connection_id)) or db.new_id(), **vars(one)}
        for one in after.choices
        if one not in known
    ]


def _ids_of(user: User, model: Any) -> dict[tuple[str, int], str]:
    rows = model.select(model.block_key, model.connection_id, model.id).where(model.user_id == user.id).tuples()
    return {(block_key, number): identity for block_key, number, identity in rows}


def _closed(user: User, label: str, identity: str, said: Any) -> Sealed:
    return seal(user, label, identity, json.dumps(said, ensure_ascii=False, separators=(",", ":")))
