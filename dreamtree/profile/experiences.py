"""Experiences: what one has done, and the tasks of each."""

from collections.abc import Mapping
from typing import Any

from peewee import IntegerField, TextField

from dreamtree.db import OWNED_BY_PERSON, owned_by
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened, row_id
from dreamtree.values import Answer, Item
from dreamtree.vault import Keyholder, SealedField


class Experience(DerivedRow):
    """A job, project, course, time of volunteering or care. Dates are ISO, a year alone is a date, "now", or ""."""

    kind = TextField()
    title = SealedField()
    place = SealedField()
    began = TextField()
    ended = TextField()
    is_paid = IntegerField()

    class Meta:
        table_name = "experiences"
        indexes = ((("user_id", "block_key"), False),)


class ExperienceTask(DerivedRow):
    experience_id = TextField()
    text = SealedField()

    class Meta:
        table_name = "experience_tasks"
        constraints = [OWNED_BY_PERSON, owned_by("experiences", "experience_id")]
        indexes = ((("user_id", "experience_id"), False),)


def learn_experiences(user: Keyholder, block_key: str, answer: Answer, at: str) -> bool:
    """Experiences and tasks of one experience-builder answer; True when anything changed."""
    rows = [row for row in answer["rows"] if row["title"] or row["tasks"]]
    changed = learn_rows(user, Experience, block_key, {row["key"]: _columns(n, row) for n, row in enumerate(rows)}, at)
    tasks = {
        f"{row['key']}:{task['key']}": {
            "experience_id": row_id(block_key, row["key"]),
            "text": task["text"],
            "position": n,
        }
        for row in rows
        for n, task in enumerate(row["tasks"])
    }
    return learn_rows(user, ExperienceTask, block_key, tasks, at) or changed


def _columns(position: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "title": row["title"],
        "place": row["where"],
        "began": row["from"],
        "ended": row["to"],
        "is_paid": int(row["paid"]),
        "position": position,
    }


def experiences(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Every experience in the person's order; fields: kind, where, from, to, paid, tasks. `kinds` and `paid` filter."""
    found = Experience.select().where(Experience.user_id == user.id).order_by(Experience.position, Experience.id)
    if "kinds" in filters:
        found = found.where(Experience.kind.in_(filters["kinds"]))
    if filters.get("paid"):
        found = found.where(Experience.is_paid == 1)
    tasks = _tasks_of(user)
    return [_item(user, row, tasks.get(row.id, ())) for row in found]


def _tasks_of(user: Keyholder) -> dict[str, tuple[str, ...]]:
    rows = ExperienceTask.select().where(ExperienceTask.user_id == user.id).order_by(ExperienceTask.position)
    grouped: dict[str, list[str]] = {}
    for row in rows:
        grouped.setdefault(row.experience_id, []).append(opened(user, row, "text"))
    return {key: tuple(texts) for key, texts in grouped.items()}


def _item(user: Keyholder, row: Experience, tasks: tuple[str, ...]) -> Item:
    fields = {
        "kind": row.kind,
        "where": opened(user, row, "place"),
        "from": row.began,
        "to": row.ended,
        "paid": bool(row.is_paid),
        "tasks": tasks,
    }
    words = opened(user, row, "title") or (tasks[0] if tasks else "")
    return Item(row.item_key, words, fields, provenance(row.block_key, row.written_at))
