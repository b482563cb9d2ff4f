"""Places and their tasks: how rows are cleaned, changed, and pasted lines sorted."""

from collections.abc import Iterable, Mapping
from typing import Any

from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.experience_builder.keys import pasted_key
from dreamtree.tools.fields import FormFields, first_line, flat, line, rows_of
from dreamtree.tools.rows import buttons
from dreamtree.values import Answer, Item

TASK_LIMIT = 20
SORT_KEY = "to-sort"
SORT_LIMIT = 300
NEW_PLACE = "new"
Row = dict[str, Any]
EMPTY: Row = {"title": "", "where": "", "from": "", "to": "", "paid": False}


# Posted rows


def posted_rows(fields: FormFields) -> list[tuple[FormFields, list[FormFields]]]:
    """Each posted row with its tasks; blank ones are left out."""
    pairs = [(row, [task for task in rows_of(row, "tasks") if task.get("text", "").strip()]) for row in rows_of(fields)]
    return [(row, tasks) for row, tasks in pairs if tasks or _is_said(row)]


def _is_said(row: FormFields) -> bool:
    return any(row.get(name, "").strip() for name in ("title", "where", "from", "to"))


def flat_rows(rows: Iterable[tuple[FormFields, list[FormFields]]]) -> FormFields:
    own = ("key", "kind", "title", "where", "from", "to", "paid")
    return flat({name: row[name] for name in own if name in row} | flat(tasks, "tasks") for row, tasks in rows)


def with_pasted(
    rows: list[tuple[FormFields, list[FormFields]]], text: str
) -> list[tuple[FormFields, list[FormFields]]]:
    """The lines of `text` as tasks of the row "To sort". The same line gives the same key, and comes once."""
    known = {task.get("key") for _, tasks in rows for task in tasks}
    lines = dict.fromkeys(said for part in text.splitlines() if (said := line(part).lstrip("•·–—-*◦▪ ")))
    fresh = [{"key": pasted_key(said), "text": said} for said in lines]
    fresh = [task for task in fresh if task["key"] not in known]
    if not fresh:
        return rows
    if any(row.get("key") == SORT_KEY for row, _ in rows):
        return [(row, [*tasks, *fresh] if row.get("key") == SORT_KEY else tasks) for row, tasks in rows]
    return [*rows, ({"key": SORT_KEY, "kind": "other", "title": "To sort"}, fresh)]


# Rows and tasks


def whole_row(row: Mapping[str, Any]) -> Row:
    """A stored row with everything a row has."""
    said = {name: row.get(name) or EMPTY[name] for name in EMPTY}
    return {"key": row["key"], "kind": row.get("kind") or "other", **said, "tasks": tasks_of(row)}


def bare_row(row: Mapping[str, Any]) -> Row:
    tasks = [{"key": task["key"], "text": task["text"]} for task in said_tasks(row)]
    return {**whole_row(row), "tasks": tasks}


def tasks_of(row: Mapping[str, Any]) -> list[Row]:
    return list(row.get("tasks") or ())


def said_tasks(row: Mapping[str, Any]) -> list[Row]:
    return [task for task in tasks_of(row) if task.get("text")]


def task_texts(row: Row) -> tuple[str, ...]:
    return tuple(task["text"] for task in row["tasks"])


def begun_with(item: Item) -> Row:
    """A first place, from the thing the person began with."""
    task = {"key": item.key, "text": first_line(item.text)}
    return {"key": item.key, "kind": "other", **EMPTY, "tasks": [task]}


def with_task(row: Row, key: str, words: str) -> Row:
    tasks = [{**task, "text": words} if task["key"] == key else task for task in tasks_of(row)]
    return {**row, "tasks": tasks}


def changed(answer: Answer, key: str, change: Any) -> Answer:
    return {**answer, "rows": [change(row) if row["key"] == key else row for row in answer.get("rows", [])]}


def one_task_more(row: Row) -> Row:
    """One empty line more than the page showed."""
    tasks = tasks_of(row)
    wanted = min(lines_shown(tasks) + 1, max(most_tasks(row), len(tasks)))
    return {**row, "tasks": [*tasks, *({"key": buttons.new_key(), "text": ""} for _ in range(wanted - len(tasks)))]}


def lines_shown(tasks: list[Row]) -> int:
    return max(len(tasks), 2)


def place_of_task(answer: Answer, argument: str) -> tuple[str, str]:
    """Row key and task key of "<row>:<task>"; keys may hold colons themselves."""
    pairs = ((row["key"], task["key"]) for row in answer.get("rows", []) for task in tasks_of(row))
    return next((pair for pair in pairs if ":".join(pair) == argument), ("", ""))


def without_task(answer: Answer, row_key: str, task_key: str) -> Answer:
    """`answer` without one task, which is kept under `removed` with the row it was in, for *undo*."""
    row = next((row for row in answer.get("rows", []) if row["key"] == row_key), None)
    at = buttons.place_of(tasks_of(row), task_key) if row else None
    if row is None or at is None:
        return answer
    tasks = tasks_of(row)
    removed = {"row": tasks[at], "at": at, "in": row_key, "place": whole_row({**row, "tasks": []})}
    return {**changed(answer, row_key, lambda one: {**one, "tasks": tasks[:at] + tasks[at + 1 :]}), "removed": removed}


def task_put_back(answer: Answer) -> Answer:
    removed = answer["removed"]
    rows = answer.get("rows", [])
    if buttons.place_of(rows, removed["in"]) is None:
        rows = [*rows, removed["place"]]
    back = changed(
        {**answer, "rows": rows}, removed["in"], lambda row: _with_line_at(row, removed["at"], removed["row"])
    )
    return {name: value for name, value in back.items() if name != "removed"}


def _with_line_at(row: Row, at: int, task: Row) -> Row:
    tasks = tasks_of(row)
    return {**row, "tasks": [*tasks[:at], task, *tasks[at:]]}


# Sorting pasted lines


def targets_in(fields: FormFields) -> dict[str, str]:
    """Task key → the place chosen for it."""
    tasks = [task for row in rows_of(fields) for task in rows_of(row, "tasks")]
    return {task["key"]: task["move"] for task in tasks if task.get("key") and task.get("move")}


def moved_to(answer: Answer, argument: str, targets: Mapping[str, str]) -> Answer:
    """The chosen lines under their places: all of the row `argument`, or the one task "<row>:<task>"."""
    row_key, task_key = place_of_task(answer, argument)
    for row in answer.get("rows", []):
        for task in tasks_of(row):
            is_meant = task["key"] == task_key if task_key else row["key"] == argument
            if is_meant and row["key"] in (row_key, argument) and (target := targets.get(task["key"])):
                answer = _moved_one(answer, row["key"], task, target)
    return {**answer, "rows": [row for row in answer.get("rows", []) if row["key"] != SORT_KEY or tasks_of(row)]}


def _moved_one(answer: Answer, source: str, task: Row, target: str) -> Answer:
    rows: list[Row] = answer["rows"]
    to = next((row for row in rows if row["key"] == target), None)
    if (to is None and target != NEW_PLACE) or (to and (len(tasks_of(to)) >= most_tasks(to) or target == source)):
        return answer
    left = [
        {**row, "tasks": [one for one in tasks_of(row) if one is not task]} if row["key"] == source else row
        for row in rows
    ]
    if to is None:
        place = {"key": buttons.new_key(), "kind": "job", **EMPTY, "title": first_line(task["text"], NAME_LIMIT)}
        return {**answer, "rows": [*left, {**place, "tasks": []}]}
    return changed({**answer, "rows": left}, target, lambda row: {**row, "tasks": [*tasks_of(row), task]})


def most_tasks(row: Row) -> int:
    return SORT_LIMIT if row["key"] == SORT_KEY else TASK_LIMIT


def tasks_over(row: Row) -> int:
    return max(len(row["tasks"]) - most_tasks(row), 0)
