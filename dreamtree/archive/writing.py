"""A tree written back: only what differs, all of it sealed anew for its rows and under the key of who receives it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from dreamtree import db
from dreamtree.accounts.models import User, UserSettings
from dreamtree.accounts.naming import sealed_name
from dreamtree.answers.records import row_hash
from dreamtree.answers.stored import hash_of
from dreamtree.archive import tables
from dreamtree.archive.conflicts import free_id
from dreamtree.archive.rebuilding import OTHER, SAME
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    ChoiceSnapshot,
    InputSnapshot,
    InstanceSnapshot,
    SettingsSnapshot,
    Snapshot,
)
from dreamtree.archive.tables import Row, Table
from dreamtree.db import database

AtConnection = TypeVar("AtConnection", InputSnapshot, ChoiceSnapshot)
BATCH_ROWS = 100
IN_USERS = ("display_name", "time_zone")
"""Settings that stand in the person's own row."""
NO_EDITOR = {"last_editor": "", "last_n": 0}
"""No page has a restored text open, so no editor wrote it."""


@dataclass(frozen=True)
class SealedRows:
    """Some rows of a table, sealed, and their statement: all that is left is to send it."""

    sql: str
    values: list[Any]

    def send(self) -> None:
        """Sends the statement. Call it inside a transaction."""
        database.execute_sql(self.sql, self.values)


def earlier_changes(user: User, before: Snapshot, after: Snapshot) -> Iterator[SealedRows]:
    """What no page shows before the answers that it belongs to are there: earlier texts, and records of new answers."""
    yield from _changes(tables.EARLIER, _fresh_texts(user, before, after), is_new=True)
    yield from _changes(tables.INSTANCES, (_instance(user, one) for one in unseen_records(before, after)))


def last_changes(user: User, before: Snapshot, after: Snapshot, at: str) -> Iterator[SealedRows]:
    """Whatever else makes the tree of `user`, which is `before`, what `after` says.

    Rows that are the same in both are not touched, nothing is taken away, earlier texts are only added.
    """
    unseen = {one.id for one in unseen_records(before, after)}
    moved = [one for one in _changed(before.instances, after.instances) if one.id not in unseen]
    yield from _settings(user, before.settings, after.settings, at)
    yield from _changes(tables.ANSWERS, (_answer(user, one) for one in _changed(before.answers, after.answers)))
    yield from _changes(tables.INSTANCES, (_instance(user, one) for one in moved))
    yield from _changes(tables.SEEN, _seen(user, before, after))
    yield from _changes(tables.CHOICES, _choices(user, before, after))
    for table, name in ((tables.EXERCISES, "exercises"), (tables.MODULES, "modules")):
        differing = _differing(getattr(before, name), getattr(after, name))
        yield from _changes(table, (table.row(user, one) for one in differing))


def unseen_records(before: Snapshot, after: Snapshot) -> list[InstanceSnapshot]:
    """The records of blocks that had no answer before."""
    return [one for one in after.instances.values() if one.block_key and one.block_key not in before.answers]


def changed_blocks(before: Snapshot, after: Snapshot) -> set[str]:
    """The keys of the blocks whose answer, or a record of it, is another one."""
    changed = [*_changed(before.answers, after.answers), *_changed(before.instances, after.instances)]
    return {one.block_key for one in changed if one.block_key}


def _changes(table: Table[Any], rows: Iterable[Row], is_new: bool = False) -> Iterator[SealedRows]:
    """Inserts rows, over those with the same key; earlier texts are new or the whole write fails."""
    primary: Any = table.model._meta.primary_key
    rows = iter(rows)
    while some := list(islice(rows, BATCH_ROWS)):
        insert = table.model.insert_many(some)
        others = [name for name in some[0] if name not in primary.field_names]
        yield _change(insert if is_new else insert.on_conflict(conflict_target=primary.field_names, preserve=others))


def _change(query: Any) -> SealedRows:
    return SealedRows(*query.sql())


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


def _settings(user: User, before: SettingsSnapshot, after: SettingsSnapshot, at: str) -> Iterator[SealedRows]:
    """What was chosen; the type is learned from its answer."""
    changed = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    named = {name: changed.pop(name) for name in IN_USERS if name in changed}
    changed.pop("personality_type", None)
    if changed:
        yield _change(UserSettings.update(**changed, updated_at=at).where(UserSettings.user_id == user.id))
    if named.get("display_name") is not None:
        named["display_name"] = sealed_name(user, named["display_name"])
    if named:
        yield _change(User.update(**named, updated_at=at).where(User.id == user.id))


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


def _fresh_texts(user: User, before: Snapshot, after: Snapshot) -> Iterator[Row]:
    """Earlier texts that were not there before, each under an id that nothing else has."""
    known = {(one.id, text.id) for one in before.texts for text in one.history}
    taken = {identity for _, identity in known}
    for one in after.texts:
        for text in one.history:
            if (one.id, text.id) not in known:
                fresh = replace(text, id=free_id(text.id, taken))
                taken.add(fresh.id)
                yield tables.EARLIER.row(user, fresh, answer_id=one.id, block_key=one.block_key or "")


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


def _fresh(
    user: User, table: Table[AtConnection], before: Iterable[AtConnection], after: Iterable[AtConnection]
) -> list[tuple[AtConnection, str]]:
    """What was not there before, each with the id of the row that its block and connection have, or a new one."""
    ids = {(row.block_key, row.connection_id): row.id for row in table.rows_of(user)}
    known = set(map(repr, before))
    fresh = [one for one in after if repr(one) not in known]
    return [(one, ids.get((one.block_key, one.connection_id)) or db.new_id()) for one in fresh]
