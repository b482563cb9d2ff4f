"""A person's tree read from the database."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from peewee import fn

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.answers.models import AnswerInput, AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.archive.batches import BatchedRows, as_row, in_batches, size_column
from dreamtree.archive.pieces import lazy_list
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    ChoiceSnapshot,
    EarlierText,
    ExerciseState,
    InputSnapshot,
    InstanceSnapshot,
    ModuleState,
    SettingsSnapshot,
    Snapshot,
)
from dreamtree.archive.tables import ANSWERS, CHOICES, EARLIER, EXERCISES, INSTANCES, MODULES, SEEN, SETTINGS
from dreamtree.db import Statement

TreeVersion = tuple[tuple[int, int], tuple[int, int]]
"""By what a change is noticed: how many answers there are, with how many revisions in all, and the same of records."""
Histories = Mapping[str, tuple[EarlierText, ...]]
"""The earlier texts of every answer and instance, by its id, oldest first."""
BY_CONNECTION = ("block_key", "connection_id")
OLDEST_FIRST = ("recorded_at", "revision", "id")


def read_snapshot(user: User) -> Snapshot:
    """The person's whole tree, what lies in the trash included, in eight queries. Raises `Locked` without the key."""
    with db.reading():
        return _snapshot(user, _histories(user))


def _snapshot(user: User, histories: Histories) -> Snapshot:
    return Snapshot(
        settings=settings_of(user),
        answers={row.block_key: _answer(user, row, histories) for row in ANSWERS.rows_of(user, "block_key")},
        instances={row.id: _instance(user, row, histories) for row in INSTANCES.rows_of(user, "id")},
        seen=tuple(_seen(user, row) for row in SEEN.rows_of(user, *BY_CONNECTION)),
        choices=tuple(connection_choices_of(user)),
        exercises={one.id: one for one in exercises_of(user)},
        modules={one.id: one for one in begun_modules(user)},
    )


# A part of the tree after another


def settings_of(user: User) -> SettingsSnapshot:
    """The person's settings. Raises `Locked` without the key."""
    row = next(iter(SETTINGS.rows_of(user)))
    return SETTINGS.read(user, row, display_name=name_of(user) or None, time_zone=user.time_zone)


def begun_modules(user: User) -> list[ModuleState]:
    """The modules that were begun."""
    return [MODULES.read(user, row) for row in MODULES.rows_of(user, "module_id")]


def exercises_of(user: User) -> list[ExerciseState]:
    """The exercises that were begun."""
    return [EXERCISES.read(user, row) for row in EXERCISES.rows_of(user, "id")]


def connection_choices_of(user: User) -> list[ChoiceSnapshot]:
    """What was chosen of connections."""
    return [CHOICES.read(user, row) for row in CHOICES.rows_of(user, *BY_CONNECTION)]


def seen_of(user: User) -> Iterator[InputSnapshot]:
    """What answers were built on, a few rows at a time."""
    return (_seen(user, row) for rows in in_batches(user, AnswerInput, *BY_CONNECTION) for row in rows)


def answered_exercises(user: User) -> list[str]:
    """The exercises, with their versions, that have an answer."""
    mine: Any = ExerciseResponse.select(ExerciseResponse.full_exercise_id).where(ExerciseResponse.user_id == user.id)
    return [exercise for (exercise,) in mine.distinct().tuples()]


def answers_in(user: User, full_exercise_id: str, left_out: Container[str] = ()) -> list[AnswerSnapshot]:
    """The answers in one exercise, by block. Their histories, but for the texts with the ids in `left_out`, are read
    when somebody goes through them.
    """
    rows = [as_row(ExerciseResponse, values) for values in _ANSWERS_IN.rows(user.id, full_exercise_id)]
    histories = _unread_histories(user, [row.id for row in rows], left_out)
    return [_answer(user, row, histories) for row in rows]


def instances_of(user: User, left_out: Container[str] = ()) -> Iterator[InstanceSnapshot]:
    """The records and standalone uses of tools, a few rows at a time, and their histories as in `answers_in`."""
    for rows in in_batches(user, ToolInstance, "id"):
        histories = _unread_histories(user, [row.id for row in rows], left_out)
        yield from (_instance(user, row, histories) for row in rows)


def tree_version(user: User) -> TreeVersion:
    """Another one once any answer or record of this person was written. Two queries, no text opened."""
    return _rows_and_revisions(_ANSWERS, user), _rows_and_revisions(_RECORDS, user)


def with_new_records(version: TreeVersion, new: Collection[InstanceSnapshot]) -> TreeVersion:
    """The version once these records were written too."""
    count, revisions = version[1]
    return version[0], (count + len(new), revisions + sum(one.revision for one in new))


def _rows_and_revisions(counts: Statement, user: User) -> tuple[int, int]:
    [(count, revisions)] = counts.rows(user.id)
    return int(count), int(revisions or 0)


def _histories(user: User) -> Histories:
    texts = defaultdict(list)
    for row in EARLIER.rows_of(user, *OLDEST_FIRST):
        texts[row.answer_id].append(EARLIER.read(user, row))
    return {key: tuple(one) for key, one in texts.items()}


def _unread_histories(user: User, ids: Sequence[str], left_out: Container[str]) -> Histories:
    """The earlier texts of the answers or instances with these ids, each read when somebody goes through them."""
    place = {one: place for place, one in enumerate(ids)}
    theirs = _EARLIER_OF.rows(user.id, [*ids])
    found = sorted((one for one in theirs if one[1] not in left_out), key=lambda one: place[one[0]])
    rows = BatchedRows(user, AnswerRevision, [(text_id, size) for _, text_id, size in found])
    texts = defaultdict(list)
    for answer_id, text_id, _ in found:
        texts[answer_id].append(text_id)
    return {key: lazy_list(partial(_read, user, rows, one)) for key, one in texts.items()}


def _read(user: User, rows: BatchedRows, ids: Iterable[str]) -> Iterator[EarlierText]:
    return (EARLIER.read(user, rows[one]) for one in ids)


def _answer(user: User, row: Any, histories: Histories) -> AnswerSnapshot:
    return ANSWERS.read(user, row, history=histories.get(row.id, ()))


def _instance(user: User, row: Any, histories: Histories) -> InstanceSnapshot:
    return INSTANCES.read(user, row, history=histories.get(row.id, ()))


def _seen(user: User, row: Any) -> InputSnapshot:
    has_changed, is_kept = row.seen_digest != row.now_digest, row.kept_digest is not None
    return SEEN.read(user, row, has_changed=has_changed, is_kept=is_kept)


def _answers_in(user_id: Any, full_exercise_id: Any) -> Any:
    mine = ExerciseResponse.user_id == user_id, ExerciseResponse.full_exercise_id == full_exercise_id
    return ExerciseResponse.select().where(*mine).order_by(ExerciseResponse.block_key)


def _earlier_of(user_id: Any, ids: Any) -> Any:
    """The earlier texts of these answers or instances: whose each is, its id, and how much text it has."""
    answer_id = AnswerRevision.answer_id
    columns = (getattr(AnswerRevision, name) for name in ("answer_id", *OLDEST_FIRST))
    mine: Any = AnswerRevision.select(answer_id, AnswerRevision.id, size_column(AnswerRevision))
    return mine.where(AnswerRevision.user_id == user_id, answer_id.in_(ids)).order_by(*columns)


def _counts(model: Any, user_id: Any) -> Any:
    """How many rows of a table somebody has, and their revisions added up."""
    return model.select(fn.COUNT(model.id), fn.SUM(model.revision)).where(model.user_id == user_id)


_ANSWERS, _RECORDS = (Statement(partial(_counts, model)) for model in (ExerciseResponse, ToolInstance))
_ANSWERS_IN = Statement(_answers_in)
_EARLIER_OF = Statement(_earlier_of)
