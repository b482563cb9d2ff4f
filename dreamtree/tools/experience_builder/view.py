"""What the page draws of places and their tasks."""

from dataclasses import dataclass

from dreamtree.db import now
from dreamtree.drawing import Chart, Stretch, timeline
from dreamtree.tools.base import LINE_LIMIT
from dreamtree.tools.experience_builder.rows import (
    NEW_PLACE,
    SORT_KEY,
    Row,
    bare_row,
    lines_shown,
    most_tasks,
    task_texts,
    whole_row,
)
from dreamtree.tools.fields import Choice, near_limit
from dreamtree.tools.rows import buttons
from dreamtree.values import Answer

KINDS = (
    Choice("job", "Job"),
    Choice("project", "Project"),
    Choice("course", "Course"),
    Choice("volunteering", "Volunteering"),
    Choice("care", "Looking after somebody"),
    Choice("other", "Something else"),
)


@dataclass(frozen=True)
class TaskView:
    key: str
    text: str
    named: str
    room: str


@dataclass(frozen=True)
class PlaceView:
    key: str
    named: str
    kind: str
    title: str
    where: str
    begins: str
    ends: str
    is_paid: bool
    tasks: tuple[TaskView, ...]
    targets: tuple[tuple[str, str], ...]
    can_add: bool


@dataclass(frozen=True)
class ExperiencesView:
    rows: tuple[PlaceView, ...]
    kinds: tuple[tuple[str, str], ...]
    years: Chart | None
    removed: str
    can_add: bool


def experiences_view(rows: list[Row], removed: str, anchor: str, can_add: bool) -> ExperiencesView:
    """The page of these rows; `anchor` is the id of the picture of their years."""
    stretches = [Stretch(named(row), row["from"], row["to"], bool(row["paid"])) for row in rows]
    return ExperiencesView(
        rows=tuple(place_view(n, row, rows) for n, row in enumerate(rows)),
        kinds=tuple((kind.value, kind.label) for kind in KINDS),
        years=timeline(stretches, int(now()[:4]), anchor),
        removed=removed,
        can_add=can_add,
    )


def named(row: Row) -> str:
    return row["title"] or row["where"] or next(iter(task_texts(bare_row(row))), "")


def in_words(row: Row) -> str:
    years = f"{row['from'] or 'not sure'} to {row['to'] or 'not sure'}" if row["from"] or row["to"] else ""
    label = next((kind.label for kind in KINDS if kind.value == row["kind"]), "")
    head = " · ".join(
        part for part in (row["title"], row["where"], label, years, "paid" if row["paid"] else "") if part
    )
    return "\n".join([head, *(f"– {text}" for text in task_texts(row))])


def removed_words(answer: Answer) -> str:
    removed = (answer.get("removed") or {}).get("row")
    if not removed:
        return ""
    return removed.get("text") or (named(whole_row(removed)) if "text" not in removed else "") or "The line"


def place_view(n: int, row: Row, rows: list[Row]) -> PlaceView:
    tasks = row["tasks"]
    shown = [*tasks, *({"key": buttons.new_key(), "text": ""} for _ in range(lines_shown(tasks) - len(tasks)))]
    return PlaceView(
        key=row["key"],
        named=named(row) or f"place {n + 1}",
        kind=row["kind"],
        title=row["title"],
        where=row["where"],
        begins=row["from"],
        ends=row["to"],
        is_paid=bool(row["paid"]),
        tasks=tuple(_task_view(number, task) for number, task in enumerate(shown, 1)),
        targets=_places_for(row, rows) if row["key"] == SORT_KEY else (),
        can_add=len(shown) < most_tasks(row),
    )


def _task_view(number: int, task: Row) -> TaskView:
    text = task.get("text") or ""
    return TaskView(task["key"], text, text or f"line {number}", near_limit(text, LINE_LIMIT))


def _places_for(row: Row, rows: list[Row]) -> tuple[tuple[str, str], ...]:
    others = [(one["key"], named(one)) for one in rows if one["key"] != row["key"] and named(one)]
    return (("", "Leave it here"), *others, (NEW_PLACE, "A new place, with this as its title"))
