"""Places and their tasks: what they hold, how tasks are added, taken out and put under other places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.tools.base import LINE_LIMIT, NAME_LIMIT, Posted
from dreamtree.tools.fields import Choice, first_line, near_limit
from dreamtree.tools.rows.kinds import choice, line, tick, unposted, when
from dreamtree.tools.rows.made_keys import new_row_key, pasted_rows
from dreamtree.tools.rows.posted import ROW_NUMBER, posted_rows, says, with_rows
from dreamtree.tools.rows.shape import Row, Rows, RowsAnswer, index_of, nested
from dreamtree.values import Item

TASK_LIMIT = 20
SORT_KEY = "to-sort"
SORT_LIMIT = 300
NEW_PLACE = "new"
PAGE_FIELDS = (ROW_NUMBER, "key", "kind", "paid")
KINDS = (
    Choice("job", "Job"),
    Choice("project", "Project"),
    Choice("course", "Course"),
    Choice("volunteering", "Volunteering"),
    Choice("care", "Taking care of someone"),
    Choice("other", "Something else"),
)


@dataclass(frozen=True)
class Task(Row):
    """One thing that was done at a place."""

    text: str = line(LINE_LIMIT)

    @property
    def limit_words(self) -> str:
        """How much room is left in it, when that is little."""
        return near_limit(self.text, LINE_LIMIT)


TASKS = Rows(Task)


@dataclass(frozen=True)
class Place(Row):
    """A job, project, course or the like. `began` and `ended` are ISO dates, a year alone too, "now", or ""."""

    words = "title"

    kind: str = choice(KINDS, usual="other")
    title: str = line(NAME_LIMIT)
    where: str = line(NAME_LIMIT)
    began: str = when(name="from")
    ended: str = when(("now",), name="to")
    paid: bool = tick()
    tasks: tuple[Task, ...] = nested(TASKS)

    @property
    def is_filled(self) -> bool:
        return bool(self.title or self.where or self.began or self.ended or self.filled_tasks)

    @property
    def filled_tasks(self) -> tuple[Task, ...]:
        """The tasks that have words."""
        return tuple(task for task in self.tasks if task.text)

    @property
    def is_finished(self) -> bool:
        """Whether it has a title and a task, its dates are in order, and no empty line waits to be filled in."""
        is_told = bool(self.title and self.tasks) and not self.is_backward
        return is_told and len(self.filled_tasks) == len(self.tasks) and self.key != SORT_KEY

    @property
    def called(self) -> str:
        """What it is called: its title, where it was, or the first task."""
        return self.title or self.where or next((task.text for task in self.filled_tasks), "")

    @property
    def years(self) -> str:
        """From when to when, in years; "" where neither is known."""
        return "–".join(dict.fromkeys(date[:4] for date in (self.began, self.ended) if date))

    @property
    def is_backward(self) -> bool:
        """Whether it ends before it starts, as far as both dates are known."""
        known = min(len(self.began), len(self.ended))
        return self.ended[:known] < self.began[:known]

    @property
    def most(self) -> int:
        """How many tasks fit here."""
        return SORT_LIMIT if self.key == SORT_KEY else TASK_LIMIT

    @property
    def lines_shown(self) -> int:
        """How many lines for tasks its page shows."""
        return max(len(self.tasks), 2)


PLACES = Rows(Place)


@dataclass(frozen=True)
class RemovedTask:
    """The task that was removed last, the place it stood in, and where in it."""

    task: Task
    index: int
    place: Place


def _removed_task(stored: Any) -> RemovedTask | None:
    """A removed task, whatever version stored it; None where a place was removed last."""
    if not isinstance(stored, Mapping) or "in" not in stored:
        return None
    row, of_place = (one if isinstance(one := stored.get(name), Mapping) else {} for name in ("row", "place"))
    task, place = TASKS.load_row(row), PLACES.load_row(of_place)
    return RemovedTask(task, index_of(stored), place) if task and place else None


def _store_removed_task(removed: RemovedTask) -> dict[str, Any]:
    row, place = TASKS.store_row(removed.task), PLACES.store_row(removed.place)
    return {"row": row, "at": removed.index, "in": removed.place.key, "place": place}


@dataclass(frozen=True)
class Places(RowsAnswer[Place]):
    """Places; what *undo* brings back is the place (`removed`) or the task that was removed last."""

    task: RemovedTask | None = unposted(_removed_task, None, store=_store_removed_task, name="removed")

    @property
    def gone(self) -> str:
        """What *undo* brings back, in words; "" when there is nothing."""
        if self.task:
            return self.task.task.text or "The line"
        return self.removed.row.called or "The line" if self.removed else ""


# What is posted


def posted_places(posted: Posted, prefix: str) -> list[Posted]:
    """The posted places in which something is said, their blank tasks left out, with the pasted lines to sort."""
    rows = [_without_blank(row) for row in posted_rows(posted, prefix)]
    return _with_pasted([row for row in rows if says(row, PAGE_FIELDS)], posted.get(f"{prefix}paste", ""))


def targets_in(posted: Posted, prefix: str) -> dict[str, str]:
    """Task key → the place chosen for it."""
    tasks = [task for row in posted_rows(posted, prefix) for task in posted_rows(row, "", "tasks")]
    return {task["key"]: task["move"] for task in tasks if task.get("key") and task.get("move")}


def _without_blank(row: Posted) -> Posted:
    return with_rows(row, "tasks", [task for task in posted_rows(row, "", "tasks") if task.get("text", "").strip()])


def _with_pasted(rows: list[Posted], text: str) -> list[Posted]:
    """The lines of `text` as tasks of the row "To sort". The same line gives the same key, and comes once."""
    tasks = [task for row in rows for task in posted_rows(row, "", "tasks")]
    fresh = pasted_rows(text, tasks)
    if not fresh:
        return rows
    to_sort = next((row for row in rows if row.get("key") == SORT_KEY), None)
    if to_sort is None:
        blank = Posted({"key": SORT_KEY, "kind": "other", "title": "To sort"})
        return [*rows, with_rows(blank, "tasks", fresh)]
    more = with_rows(to_sort, "tasks", [*posted_rows(to_sort, "", "tasks"), *fresh])
    return [more if row is to_sort else row for row in rows]


# Changing


def begun_with(item: Item) -> Place:
    """A first place, from the thing the person began with."""
    return Place(item.key, tasks=(Task(item.key, text=first_line(item.text)),))


def with_changed_place(answer: Places, key: str, change: Callable[[Place], Place]) -> Places:
    """`answer` with the place `key` changed."""
    return replace(answer, rows=tuple(change(row) if row.key == key else row for row in answer.rows))


def with_task_words(place: Place, key: str, words: str) -> Place:
    """`place` with other words for the task `key`."""
    return replace(place, tasks=tuple(replace(one, text=words) if one.key == key else one for one in place.tasks))


def one_task_more(place: Place) -> Place:
    """One empty line more than the page showed."""
    wanted = min(place.lines_shown + 1, max(place.most, len(place.tasks)))
    return replace(place, tasks=(*place.tasks, *(Task(new_row_key()) for _ in range(wanted - len(place.tasks)))))


def place_of_task(answer: Places, argument: str) -> tuple[str, str]:
    """Place key and task key of "<place>:<task>"; keys may hold colons themselves."""
    pairs = ((row.key, task.key) for row in answer.rows for task in row.tasks)
    return next((pair for pair in pairs if ":".join(pair) == argument), ("", ""))


def without_task(answer: Places, place_key: str, task_key: str) -> Places:
    """`answer` without one task, which is kept with the place it was in, for *undo*."""
    place = next((row for row in answer.rows if row.key == place_key), None)
    index = next((n for n, task in enumerate(place.tasks) if task.key == task_key), None) if place else None
    if place is None or index is None:
        return answer
    left = replace(place, tasks=place.tasks[:index] + place.tasks[index + 1 :])
    removed = RemovedTask(place.tasks[index], index, replace(place, tasks=()))
    return replace(with_changed_place(answer, place_key, lambda _: left), removed=None, task=removed)


def task_put_back(answer: Places, removed: RemovedTask) -> Places:
    """`answer` with the task that was removed last; its place comes back with it."""
    if all(row.key != removed.place.key for row in answer.rows):
        answer = replace(answer, rows=(*answer.rows, removed.place))

    def whole(place: Place) -> Place:
        return replace(place, tasks=(*place.tasks[: removed.index], removed.task, *place.tasks[removed.index :]))

    return replace(with_changed_place(answer, removed.place.key, whole), task=None)


def moved_to(answer: Places, argument: str, targets: Mapping[str, str]) -> Places:
    """The chosen lines under their places: all of the place `argument`, or the one task "<place>:<task>"."""
    place_key, task_key = place_of_task(answer, argument)
    meant = [(row, task) for row in answer.rows for task in row.tasks if targets.get(task.key)]
    for row, task in meant:
        if (row.key, task.key) == (place_key, task_key) or (not task_key and row.key == argument):
            answer = _moved_one(answer, row.key, task, targets[task.key])
    return replace(answer, rows=tuple(row for row in answer.rows if row.key != SORT_KEY or row.tasks))


def _moved_one(answer: Places, source: str, task: Task, target: str) -> Places:
    to = next((row for row in answer.rows if row.key == target), None)
    if to is None and target != NEW_PLACE:
        return answer
    if to is not None and (len(to.tasks) >= to.most or target == source):
        return answer
    left = with_changed_place(
        answer, source, lambda row: replace(row, tasks=tuple(one for one in row.tasks if one != task))
    )
    if to is None:
        title = first_line(task.text, NAME_LIMIT)
        return replace(left, rows=(*left.rows, Place(new_row_key(), kind="job", title=title)))
    return with_changed_place(left, target, lambda row: replace(row, tasks=(*row.tasks, task)))


def fields_of(row: Place) -> dict[str, Any]:
    """What is said of a place, with the words of each task by its key."""
    tasks = {task.key: task.text for task in row.tasks}
    return {"kind": row.kind, "where": row.where, "from": row.began, "to": row.ended, "paid": row.paid, "tasks": tasks}
