"""A person's tree read from the database."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from peewee import fn

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.answers.models import ExerciseResponse, ToolInstance
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    EarlierText,
    InputSnapshot,
    InstanceSnapshot,
    SettingsSnapshot,
    Snapshot,
)
from dreamtree.archive.tables import ANSWERS, CHOICES, EARLIER, EXERCISES, INSTANCES, MODULES, SEEN, SETTINGS

State = tuple[tuple[int, int], tuple[int, int]]
"""How many answers there are, with how many revisions in all, and the same of records."""
Histories = dict[str, tuple[EarlierText, ...]]
"""The earlier texts of every answer and instance, by its id, oldest first."""


def read_snapshot(user: User) -> Snapshot:
    """The person's whole tree, what lies in the trash included, in eight queries. Raises `Locked` without the key."""
    with db.reading():
        histories = _histories(user)
        return Snapshot(
            settings=_settings(user),
            answers=_answers(user, histories),
            instances=_instances(user, histories),
            seen=tuple(_seen(user, row) for row in SEEN.rows_of(user, "block_key", "connection_id")),
            choices=tuple(CHOICES.read(user, row) for row in CHOICES.rows_of(user, "block_key", "connection_id")),
            exercises={row.id: EXERCISES.read(user, row) for row in EXERCISES.rows_of(user, "id")},
            modules={row.module_id: MODULES.read(user, row) for row in MODULES.rows_of(user, "module_id")},
        )


def state_of(user: User) -> State:
    """Another one once any answer or record of this person was written. Two queries, no text opened."""
    return _state(user, ExerciseResponse), _state(user, ToolInstance)


def with_records(state: State, new: Collection[InstanceSnapshot]) -> State:
    """The state once these records were written too."""
    count, revisions = state[1]
    return state[0], (count + len(new), revisions + sum(one.revision for one in new))


def _state(user: User, model: Any) -> tuple[int, int]:
    counts = model.select(fn.COUNT(model.id), fn.SUM(model.revision)).where(model.user_id == user.id)
    count, revisions = counts.tuples().get()
    return int(count), int(revisions or 0)


def _settings(user: User) -> SettingsSnapshot:
    row = next(iter(SETTINGS.rows_of(user)))
    return SETTINGS.read(user, row, display_name=name_of(user) or None, time_zone=user.time_zone)


def _histories(user: User) -> Histories:
    texts = defaultdict(list)
    for row in EARLIER.rows_of(user, "recorded_at", "revision", "id"):
        texts[row.answer_id].append(EARLIER.read(user, row))
    return {key: tuple(one) for key, one in texts.items()}


def _answers(user: User, histories: Histories) -> dict[str, AnswerSnapshot]:
    rows = ANSWERS.rows_of(user, "block_key")
    return {row.block_key: ANSWERS.read(user, row, history=histories.get(row.id, ())) for row in rows}


def _instances(user: User, histories: Histories) -> dict[str, InstanceSnapshot]:
    rows = INSTANCES.rows_of(user, "id")
    return {row.id: INSTANCES.read(user, row, history=histories.get(row.id, ())) for row in rows}


def _seen(user: User, row: Any) -> InputSnapshot:
    has_changed, is_kept = row.seen_digest != row.now_digest, row.kept_digest is not None
    return SEEN.read(user, row, has_changed=has_changed, is_kept=is_kept)
