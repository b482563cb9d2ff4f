"""What the page draws of places and their tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.dates import day_words
from dreamtree.db import now
from dreamtree.drawing import Chart, Stretch, timeline
from dreamtree.tools.experience_builder.places import KINDS, NEW_PLACE, SORT_KEY, Place, Task
from dreamtree.tools.rows.made_keys import new_row_key
from dreamtree.tools.wording import in_words as in_words_of


@dataclass(frozen=True)
class PlaceView:
    """A place, with empty lines among its `tasks`; `targets` are the places that the lines to sort can be put under.

    One that is not open stands as a line: what it is called, and the `about` of it.
    """

    row: Place
    named: str
    about: str
    is_open: bool
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


def experiences_view(
    rows: Sequence[Place], removed: str, anchor: str, can_add: bool, now_open: str = ""
) -> ExperiencesView:
    """The page of these rows; `anchor` is the id of the picture of their years, `now_open` the place to be open."""
    stretches = [Stretch(row.called, row.began, row.ended, row.paid) for row in rows]
    return ExperiencesView(
        rows=tuple(place_view(n, row, rows, is_open=row.key == now_open) for n, row in enumerate(rows)),
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


def open_place(rows: Sequence[Place], asked: str, last: str) -> str:
    """The key of the one place that is open: the one asked for, one just added, the first that is not finished.

    `last` is the place that a line was removed from last. When every place is finished, none is open.
    """
    keys = [row.key for row in rows]
    blank = (row.key for row in reversed(rows) if not row.is_filled)
    unfinished = (row.key for row in rows if not row.is_finished)
    likely = (asked, *blank, *unfinished, last)
    return next((key for key in likely if key in keys), "")


def place_view(n: int, row: Place, rows: Sequence[Place], *, is_open: bool) -> PlaceView:
    """The place n of `rows`, with empty lines for tasks."""
    tasks = [*row.tasks, *(Task(new_row_key()) for _ in range(row.lines_shown - len(row.tasks)))]
    return PlaceView(
        row=row,
        named=row.called or f"place {n + 1}",
        about=_about(row),
        is_open=is_open,
        tasks=tuple(tasks),
        targets=_places_for(row, rows) if row.key == SORT_KEY else (),
        can_add=len(tasks) < row.most,
    )


def _about(row: Place) -> str:
    """Where and when it was, and how much is written of it."""
    count = len(row.filled_tasks)
    lines = ("no task yet", "one task")[count] if count < 2 else f"{in_words_of(count)} tasks"
    where = row.where if row.title else ""
    return " · ".join(filter(None, (where, row.years, lines if row.is_finished else f"{lines}, not finished")))


def _places_for(row: Place, rows: Sequence[Place]) -> tuple[tuple[str, str], ...]:
    others = [(one.key, one.called) for one in rows if one.key != row.key and one.called]
    return (("", "Leave it here"), *others, (NEW_PLACE, "A new place, with this as its title"))
