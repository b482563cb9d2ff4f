"""What the page draws of places and their tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.dates import day_words
from dreamtree.db import now
from dreamtree.drawing import Chart, Stretch, timeline
from dreamtree.tools.experience_builder.places import KINDS, NEW_PLACE, SORT_KEY, Place, Task
from dreamtree.tools.rows.made_keys import new_key


@dataclass(frozen=True)
class PlaceView:
    """A place, with empty lines among its `tasks`; `targets` are the places that the lines to sort can be put under."""

    row: Place
    named: str
    tasks: tuple[Task, ...]
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
    stretches = [Stretch(row.called, row.began, row.ended, row.paid) for row in rows]
    return ExperiencesView(
        rows=tuple(place_view(n, row, rows) for n, row in enumerate(rows)),
        kinds=tuple((kind.value, kind.label) for kind in KINDS),
        years=timeline(stretches, int(now()[:4]), anchor),
        removed=removed,
        can_add=can_add,
    )


def in_words(row: Place) -> str:
    """A place as text, a task a line."""
    began, ended = (day_words(one) or "not sure" for one in (row.began, row.ended))
    years = f"{began} to {ended}" if row.began or row.ended else ""
    label = next((kind.label for kind in KINDS if kind.value == row.kind), "")
    head = " · ".join(filter(None, (row.title, row.where, label, years, "paid" if row.paid else "")))
    return "\n".join([head, *(f"– {task.text}" for task in row.tasks)])


def place_view(n: int, row: Place, rows: Sequence[Place]) -> PlaceView:
    """The place n of `rows`, with empty lines for tasks."""
    tasks = [*row.tasks, *(Task(new_key()) for _ in range(row.lines_shown - len(row.tasks)))]
    return PlaceView(
        row=row,
        named=row.called or f"place {n + 1}",
        tasks=tuple(tasks),
        targets=_places_for(row, rows) if row.key == SORT_KEY else (),
        can_add=len(tasks) < row.most,
    )


def _places_for(row: Place, rows: Sequence[Place]) -> tuple[tuple[str, str], ...]:
    others = [(one.key, one.called) for one in rows if one.key != row.key and one.called]
    return (("", "Leave it here"), *others, (NEW_PLACE, "A new place, with this as its title"))
