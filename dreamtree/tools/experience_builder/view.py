"""What the page draws of places and their tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.db import now
from dreamtree.drawing import Chart, Stretch, timeline
from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.experience_builder.places import KINDS, NEW_PLACE, SORT_KEY, Place, Task
from dreamtree.tools.fields import near_limit
from dreamtree.tools.rows.made_keys import new_key


@dataclass(frozen=True)
class TaskView:
    """A line for a task. `named` is what its buttons call it."""

    key: str
    text: str
    named: str
    room: str


@dataclass(frozen=True)
class PlaceView:
    """A place with its fields; `targets` are the places that the lines to sort can be put under."""

    row: Place
    named: str
    tasks: tuple[TaskView, ...]
    targets: tuple[tuple[str, str], ...]
    can_add: bool


@dataclass(frozen=True)
class ExperiencesView:
    """All places; `years` is when each was, None when nothing has a year."""

    rows: tuple[PlaceView, ...]
    kinds: tuple[tuple[str, str], ...]
    years: Chart | None
    removed: str
    can_add: bool


def experiences_view(rows: Sequence[Place], removed: str, anchor: str, can_add: bool) -> ExperiencesView:
    """The page of these rows; `anchor` is the id of the picture of their years."""
    stretches = [Stretch(named(row), row.began, row.ended, row.paid) for row in rows]
    return ExperiencesView(
        rows=tuple(place_view(n, row, rows) for n, row in enumerate(rows)),
        kinds=tuple((kind.value, kind.label) for kind in KINDS),
        years=timeline(stretches, int(now()[:4]), anchor),
        removed=removed,
        can_add=can_add,
    )


def named(row: Place) -> str:
    """What a place is called: its title, where it was, or the first task."""
    return row.title or row.where or next((task.text for task in row.told), "")


def in_words(row: Place) -> str:
    """A place as text, a task a line."""
    years = f"{row.began or 'not sure'} to {row.ended or 'not sure'}" if row.began or row.ended else ""
    label = next((kind.label for kind in KINDS if kind.value == row.kind), "")
    head = " · ".join(filter(None, (row.title, row.where, label, years, "paid" if row.paid else "")))
    return "\n".join([head, *(f"– {task.text}" for task in row.tasks)])


def place_view(n: int, row: Place, rows: Sequence[Place]) -> PlaceView:
    """The place n of `rows`, with empty lines for tasks."""
    tasks = [*row.tasks, *(Task(new_key()) for _ in range(row.lines_shown - len(row.tasks)))]
    return PlaceView(
        row=row,
        named=named(row) or f"place {n + 1}",
        tasks=tuple(_task_view(number, task) for number, task in enumerate(tasks, 1)),
        targets=_places_for(row, rows) if row.key == SORT_KEY else (),
        can_add=len(tasks) < row.most,
    )


def _task_view(number: int, task: Task) -> TaskView:
    return TaskView(task.key, task.text, task.text or f"line {number}", near_limit(task.text, LINE_LIMIT))


def _places_for(row: Place, rows: Sequence[Place]) -> tuple[tuple[str, str], ...]:
    others = [(one.key, named(one)) for one in rows if one.key != row.key and named(one)]
    return (("", "Leave it here"), *others, (NEW_PLACE, "A new place, with this as its title"))
