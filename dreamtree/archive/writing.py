"""A tree written back: only what differs, all of it sealed anew for its rows and under the key of who receives it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from dreamtree import db
from dreamtree.accounts.models import User, UserSettings
from dreamtree.accounts.naming import sealed_name
from dreamtree.answers.records import row_hash
from dreamtree.answers.stored import hash_of
from dreamtree.archive import tables
from dreamtree.archive.conflicts import free_id
from dreamtree.archive.rebuilding import OTHER, SAME, rebuild_profile
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    ChoiceSnapshot,
    InputSnapshot,
    InstanceSnapshot,
    SettingsSnapshot,
    Snapshot,
)
from dreamtree.archive.tables import Row, Table

Place = TypeVar("Place", InputSnapshot, ChoiceSnapshot)
AT_ONCE = 100
IN_USERS = ("display_name", "time_zone")
"""Settings that stand in the person's own row."""
NO_EDITOR = {"last_editor": "", "last_n": 0}
"""No page has a restored text open, so no editor wrote it."""


def write_snapshot(user: User, before: Snapshot, after: Snapshot, at: str) -> None:
    """Makes the tree of `user`, which is `before`, what `after` says, and learns from it; within a transaction.

    Rows that are the same in both are not touched, nothing is taken away, earlier texts are only added.
    """
    _write_settings(user, before.settings, after.settings, at)
    _write(tables.ANSWERS, [_answer(user, one) for one in _changed(before.answers, after.answers)])
    _write(tables.INSTANCES, [_instance(user, one) for one in _changed(before.instances, after.instances)])
    _write(tables.EARLIER, _fresh_texts(user, before, after), is_new=True)
    _write(tables.SEEN, _seen(user, before, after))
    _write(tables.CHOICES, _choices(user, before, after))
    _write(tables.EXERCISES, [tables.EXERCISES.row(user, one) for one in _differing(before.exercises, after.exercises)])
    _write(tables.MODULES, [tables.MODULES.row(user, one) for one in _differing(before.modules, after.modules)])
    rebuild_profile(user, at)


def _write(table: Table[Any], rows: Sequence[Row], is_new: bool = False) -> None:
    """Inserts rows, over those with the same key; earlier texts are new or the whole write fails."""
    primary: Any = table.model._meta.primary_key
    for start in range(0, len(rows), AT_ONCE):
        insert = table.model.insert_many(rows[start : start + AT_ONCE])
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


# Settings


def _write_settings(user: User, before: SettingsSnapshot, after: SettingsSnapshot, at: str) -> None:
    """What was chosen; the type is learned from its answer."""
    changed = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    named = {name: changed.pop(name) for name in IN_USERS if name in changed}
    changed.pop("personality_type", None)
    if changed:
        UserSettings.update(**changed, updated_at=at).where(UserSettings.user_id == user.id).execute()
    if named.get("display_name") is not None:
        named["display_name"] = sealed_name(user, named["display_name"])
    if named:
        User.update(**named, updated_at=at).where(User.id == user.id).execute()


# Texts


def _answer(user: User, one: AnswerSnapshot) -> Row:
    exercise_id = one.exercise.rpartition(".v")[0]
    part, module, number = exercise_id.split(".")
    return tables.ANSWERS.row(
        user,
        one,
        part_id=part,
        module_id=module,
        exercise_id=number,
        content_hash=hash_of(user, one.answer),
        **NO_EDITOR,
    )


def _instance(user: User, one: InstanceSnapshot) -> Row:
    return tables.INSTANCES.row(user, one, content_hash=row_hash(user, one.answer), **NO_EDITOR)


def _fresh_texts(user: User, before: Snapshot, after: Snapshot) -> list[Row]:
    """Earlier texts that were not there before, each under an id that nothing else has."""
    known = {(one.id, text.id) for one in before.texts for text in one.history}
    taken = {identity for _, identity in known}
    rows = []
    for one in after.texts:
        for text in one.history:
            if (one.id, text.id) not in known:
                fresh = replace(text, id=free_id(text.id, taken))
                taken.add(fresh.id)
                rows.append(tables.EARLIER.row(user, fresh, answer_id=one.id, block_key=one.block_key or ""))
    return rows


# What they were built on


def _seen(user: User, before: Snapshot, after: Snapshot) -> list[Row]:
    """Rows for what was seen elsewhere; its digests are made when the profile is there to compare it with."""
    return [
        tables.SEEN.row(
            user,
            one,
            id=identity,
            seen_digest=SAME,
            now_digest=OTHER if one.has_changed else SAME,
            kept_digest=SAME if one.is_kept else None,
        )
        for one, identity in _fresh(user, tables.SEEN, before.seen, after.seen)
    ]


def _choices(user: User, before: Snapshot, after: Snapshot) -> list[Row]:
    fresh = _fresh(user, tables.CHOICES, before.choices, after.choices)
    return [tables.CHOICES.row(user, one, id=identity) for one, identity in fresh]


def _fresh(user: User, table: Table[Place], before: Iterable[Place], after: Iterable[Place]) -> list[tuple[Place, str]]:
    """What was not there before, each with the id of the row that its block and connection have, or a new one."""
    ids = {(row.block_key, row.connection_id): row.id for row in table.rows_of(user)}
    known = set(map(repr, before))
    fresh = [one for one in after if repr(one) not in known]
    return [(one, ids.get((one.block_key, one.connection_id)) or db.new_id()) for one in fresh]
