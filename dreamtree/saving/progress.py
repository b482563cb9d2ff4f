"""How far a person is: computed from complete answers, plus what was once passed and what was set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import EXCLUDED, fn

from dreamtree.accounts.models import User, UserModule
from dreamtree.answers.models import ExerciseResponse, UserExercise
from dreamtree.answers.responses import StoredAnswers, complete_keys
from dreamtree.content import book
from dreamtree.content.book import Book, Exercise
from dreamtree.db import Statement
from dreamtree.profile.provenance import exercise_of


@dataclass(frozen=True)
class ExerciseNote:
    """What is kept of one exercise: once passed, set aside, and whether something is answered in it."""

    is_passed: bool = False
    is_aside: bool = False
    is_begun: bool = False


@dataclass(frozen=True)
class Progress:
    """How far one person is with the book: exercise ids, and blocks that need another look.

    `begun` are those in which something was answered; `notes` are by exercise id.
    """

    done: frozenset[str]
    passed: frozenset[str]
    set_aside: frozenset[str]
    begun: frozenset[str]
    stale: frozenset[str]
    notes: Mapping[str, ExerciseNote] = field(default_factory=dict, repr=False)

    def after_save(self, exercise: Exercise, complete: frozenset[str], stale: Iterable[str]) -> "Progress":
        """How far the person is once an answer in this exercise is saved (`note_save`); else as in `progress_of`."""
        before, is_done = self.notes.get(exercise.id, ExerciseNote()), exercise.is_done(complete)
        note = ExerciseNote(before.is_passed or is_done, before.is_aside and not is_done, is_begun=True)
        return _progress({**self.notes, exercise.id: note}, complete, stale)

    def is_locked(self, exercise: Exercise) -> bool:
        """Whether it can only be read ahead: an earlier required exercise was never passed."""
        first = self.open_exercise(book())
        return first is not None and exercise.order > first.order and exercise.id not in self.passed

    def open_exercise(self, within: Book) -> Exercise | None:
        """The first required exercise never passed; None when the whole book is."""
        return next((one for one in within.exercises if one.is_required and one.id not in self.passed), None)

    def next_to_do(self, within: Book) -> Exercise | None:
        """What to go on with: the open exercise, else what is neither done nor set aside, required first. Or None."""
        left = [one for one in within.exercises if one.id not in self.done | self.set_aside]
        return self.open_exercise(within) or min(left, key=lambda one: not one.is_required, default=None)

    def for_later(self, within: Book) -> list[Exercise]:
        """What is set aside and not on the short way."""
        return [one for one in within.exercises if one.id in self.set_aside - set(within.short_way)]

    def state(self, exercise: Exercise) -> str:
        """not started, in progress, done, skipped, needs another look, or locked."""
        if any(block.key in self.stale for block in exercise.blocks):
            return "needs another look"
        if exercise.id in self.done:
            return "done"
        if exercise.id in self.set_aside:
            return "skipped"
        if self.is_locked(exercise):
            return "locked"
        return "in progress" if exercise.id in self.begun else "not started"


def progress_of(user: User, complete: frozenset[str], stale: Iterable[str] = ()) -> Progress:
    """How far this person is, given the keys of complete answers and of those that need another look. One query."""
    notes = {exercise_id: ExerciseNote(*map(bool, of_it)) for exercise_id, *of_it in _EXERCISES.rows(user.id)}
    return _progress(notes, complete, stale)


def progress_at(stored: StoredAnswers, stale: Iterable[str]) -> Progress:
    """The same from all answers, which were read with the days of exercises. No query."""
    begun = {exercise_of(key) for key in stored.rows}
    notes = {
        exercise_id: ExerciseNote(bool(passed), bool(aside), exercise_id in begun)
        for exercise_id, (passed, aside) in stored.days.items()
    }
    return _progress(notes, stored.complete, stale)


def _progress(notes: Mapping[str, ExerciseNote], complete: frozenset[str], stale: Iterable[str]) -> Progress:
    done = frozenset(one.id for one in book().exercises if one.is_done(complete))
    return Progress(
        done=done,
        passed=done | {exercise_id for exercise_id, note in notes.items() if note.is_passed},
        set_aside=frozenset(exercise_id for exercise_id, note in notes.items() if note.is_aside) - done,
        begun=frozenset(exercise_id for exercise_id, note in notes.items() if note.is_begun),
        stale=frozenset(stale),
        notes=notes,
    )


def note_save(user: User, exercise: Exercise, complete: frozenset[str], at: str) -> None:
    """Dates the exercise and its module, and passes the exercise the first time it is done.

    `complete` are the keys of all complete answers.
    """
    if exercise.is_done(complete):
        _PASS.run(user.id, exercise.id, exercise.version, at, at, None)
    else:
        _DATE.run(user.id, exercise.id, exercise.version, at)
    _DATE_MODULE.run(user.id, exercise.module_id, at, at if _is_module_done(exercise, complete) else None)


def _is_module_done(exercise: Exercise, complete: frozenset[str]) -> bool:
    module = book().module(exercise.module_id)
    return module is not None and all(one.is_done(complete) for one in module.exercises if one.is_required)


def set_aside(user: User, exercises: Iterable[Exercise], at: str) -> None:
    """*Skip for now*: the book goes on, and home keeps them on a short list. What is done stays done."""
    complete = complete_keys(user)
    for exercise in exercises:
        if not exercise.is_done(complete):
            _PASS.run(user.id, exercise.id, exercise.version, at, at, at)


def take_up(user: User, exercises: Iterable[Exercise], at: str) -> None:
    """Takes exercises off the list of things set aside."""
    ids = [exercise.id for exercise in exercises]
    UserExercise.update(set_aside_at=None, last_modified_at=at).where(
        UserExercise.user_id == user.id, UserExercise.id.in_(ids)
    ).execute()


def take_up_later(user: User, at: str) -> None:
    """Takes everything off that list which is not on the short way."""
    take_up(user, progress_of(user, complete_keys(user)).for_later(book()), at)


def follow_short_way(user: User, at: str) -> None:
    """*Skip for now* in bulk: what is not on the short way is set aside, as far as it is not begun or passed."""
    progress = progress_of(user, complete_keys(user))
    others = (one for one in book().exercises if one.id not in book().short_way)
    set_aside(user, [one for one in others if one.id not in progress.begun | progress.passed], at)


def set_aside_unpassed(user: User, exercises: Iterable[Exercise], at: str) -> None:
    """*Skip everything before this*: those never passed; the others stay as they are."""
    passed = progress_of(user, complete_keys(user)).passed
    set_aside(user, [one for one in exercises if one.id not in passed], at)


def _exercises(user_id: Any) -> Any:
    """Every exercise that has a row, with its days, and whether an answer stands in it."""
    answer = ExerciseResponse.alias()
    place = answer.part_id.concat(".").concat(answer.module_id).concat(".").concat(answer.exercise_id)
    begun = answer.select(place).where(answer.user_id == user_id, answer.deleted_at.is_null())
    return UserExercise.select(
        UserExercise.id, UserExercise.first_passed_at, UserExercise.set_aside_at, UserExercise.id.in_(begun)
    ).where(UserExercise.user_id == user_id)


_EXERCISES = Statement(_exercises)


def _dated(user_id: Any, exercise_id: Any, version: Any, at: Any, **passing: Any) -> Any:
    """A row of an exercise, or its new date; once passed, it stays passed from that day on."""
    passed, aside = UserExercise.first_passed_at, UserExercise.set_aside_at
    return UserExercise.insert(
        user_id=user_id, id=exercise_id, version=version, last_modified_at=at, **passing
    ).on_conflict(
        conflict_target=[UserExercise.user_id, UserExercise.id],
        preserve=[UserExercise.version, UserExercise.last_modified_at],
        update={passed: _first_of(passed), aside: EXCLUDED.set_aside_at} if passing else {},
    )


def _first_of(field: Any) -> Any:
    """What stands there, else what comes."""
    return fn.COALESCE(field, EXCLUDED[field.column_name])


_DATE = Statement(_dated)
_PASS = Statement(
    lambda user_id, exercise_id, version, at, passed_at, aside_at: _dated(
        user_id, exercise_id, version, at, first_passed_at=passed_at, set_aside_at=aside_at
    )
)
_DATE_MODULE = Statement(
    lambda user_id, module_id, at, completed_at: UserModule.insert(
        user_id=user_id, module_id=module_id, last_modified_at=at, first_completed_at=completed_at
    ).on_conflict(
        conflict_target=[UserModule.user_id, UserModule.module_id],
        preserve=[UserModule.last_modified_at],
        update={UserModule.first_completed_at: _first_of(UserModule.first_completed_at)},
    )
)
