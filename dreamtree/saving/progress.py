"""How far a person is: computed from complete answers, plus what was once passed and what was set aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dreamtree.accounts.models import User, UserModule
from dreamtree.answers.models import UserExercise
from dreamtree.answers.responses import complete_keys
from dreamtree.content import book
from dreamtree.content.book import Block, Book, Exercise
from dreamtree.values import Answer


@dataclass(frozen=True)
class Way:
    """One person's way through the book: exercise ids, and blocks that need another look."""

    done: frozenset[str]
    passed: frozenset[str]
    set_aside: frozenset[str]
    begun: frozenset[str]
    stale: frozenset[str]

    def is_locked(self, exercise: Exercise) -> bool:
        """Locked: an earlier required exercise was never passed."""
        first = self.open_exercise(book())
        return first is not None and exercise.order > first.order and exercise.id not in self.passed

    def open_exercise(self, within: Book) -> Exercise | None:
        """The first required exercise never passed; None when the whole book is."""
        return next((one for one in within.exercises if one.is_required and one.id not in self.passed), None)

    def state(self, exercise: Exercise) -> str:
        """not started, in progress, done, set aside, needs another look, or locked."""
        if any(block.key in self.stale for block in exercise.blocks):
            return "needs another look"
        if exercise.id in self.done:
            return "done"
        if exercise.id in self.set_aside:
            return "set aside"
        if self.is_locked(exercise):
            return "locked"
        return "in progress" if exercise.id in self.begun else "not started"


def way_of(user: User, complete: frozenset[str], stale: Iterable[str] = ()) -> Way:
    """The way of this person, given the keys of complete answers. One query."""
    rows = list(UserExercise.select().where(UserExercise.user_id == user.id))
    done = frozenset(one.id for one in book().exercises if one.required_keys and one.required_keys <= complete)
    return Way(
        done=done,
        passed=done | {row.id for row in rows if row.first_passed_at},
        set_aside=frozenset(row.id for row in rows if row.set_aside_at) - done,
        begun=frozenset(row.id for row in rows),
        stale=frozenset(stale),
    )


def note_save(user: User, exercise: Exercise, at: str) -> None:
    """Dates the exercise and its module, and passes the exercise the first time it is done."""
    is_done = exercise.required_keys <= complete_keys(user)
    passing: dict[str, Any] = {"set_aside_at": None} if is_done else {}
    _note_exercise(user, exercise, at, passing, is_passed=is_done)
    _note_module(user, exercise, at)


def set_aside(user: User, exercises: Iterable[Exercise], at: str) -> None:
    """*Not now*: the book goes on, and home keeps them on a short list. What is done stays done."""
    done = complete_keys(user)
    for exercise in exercises:
        if not (exercise.required_keys and exercise.required_keys <= done):
            _note_exercise(user, exercise, at, {"set_aside_at": at}, is_passed=True)


def take_up(user: User, exercises: Iterable[Exercise], at: str) -> None:
    """Takes exercises off the list of things set aside."""
    ids = [exercise.id for exercise in exercises]
    UserExercise.update(set_aside_at=None, last_modified_at=at).where(
        UserExercise.user_id == user.id, UserExercise.id.in_(ids)
    ).execute()


def follow_chosen_way(user: User, answer: Answer, block: Block, at: str) -> None:
    """The short way is *Not now* in bulk: what is not on it is set aside, as far as it is not begun or passed."""
    if block.makes != "starting_points.way" or answer.get("value") != "short":
        return
    begun = way_of(user, complete_keys(user))
    others = (one for one in book().exercises if one.id not in book().short_way)
    set_aside(user, [one for one in others if one.id not in begun.begun | begun.passed], at)


def _note_exercise(user: User, exercise: Exercise, at: str, columns: dict[str, Any], *, is_passed: bool) -> None:
    row = UserExercise.get_or_none(UserExercise.user_id == user.id, UserExercise.id == exercise.id)
    values = columns | {"last_modified_at": at, "version": exercise.version}
    if is_passed and (row is None or row.first_passed_at is None):
        values["first_passed_at"] = at
    if row is None:
        UserExercise.insert(user_id=user.id, id=exercise.id, **values).execute()
    else:
        UserExercise.update(**values).where(UserExercise.user_id == user.id, UserExercise.id == exercise.id).execute()


def _note_module(user: User, exercise: Exercise, at: str) -> None:
    mine = (UserModule.user_id == user.id) & (UserModule.module_id == exercise.module_id)
    row = UserModule.get_or_none(mine)
    completed = _completed_at(user, exercise, row, at)
    if row is None:
        UserModule.insert(
            user_id=user.id, module_id=exercise.module_id, last_modified_at=at, first_completed_at=completed
        ).execute()
    else:
        UserModule.update(last_modified_at=at, first_completed_at=completed).where(mine).execute()


def _completed_at(user: User, exercise: Exercise, row: UserModule | None, at: str) -> str | None:
    if row is not None and row.first_completed_at:
        completed: str = row.first_completed_at
        return completed
    module = book().module(exercise.module_id)
    needed = (
        frozenset[str]().union(*(one.required_keys for one in module.exercises if one.is_required)) if module else None
    )
    return at if needed is not None and needed <= complete_keys(user) else None


def set_aside_unpassed(user: User, exercises: Iterable[Exercise], at: str) -> None:
    """*Set aside everything up to here*: those never passed; the others stay as they are."""
    passed = way_of(user, complete_keys(user)).passed
    set_aside(user, [one for one in exercises if one.id not in passed], at)
