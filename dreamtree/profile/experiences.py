"""Experiences: what one has done, and the tasks of each."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from peewee import JOIN, IntegerField, TextField

from dreamtree.content.blocks import Block
from dreamtree.db import OWNED_BY_PERSON, READ, Statement, owned_by
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import TAKEN_OUT, DerivedRow, open_column, row_id
from dreamtree.values import Item
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


class ExperienceTask(DerivedRow):
    """One thing that one did there; it goes when its experience goes."""

    experience_id = TextField()
    text = SealedField()

    class Meta:
        table_name = "experience_tasks"
        constraints = [OWNED_BY_PERSON, owned_by("experiences", "experience_id")]
        indexes = ((("user_id", "experience_id"), False),)


def _tasks(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The tasks of every experience, each with the row it belongs to."""
    for item in items:
        experience = row_id(block.key, item.key)
        for position, (key, text) in enumerate(item.fields["tasks"].items()):
            yield Item(f"{item.key}:{key}", text, {"experience": experience, "position": position})


def experiences(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Every experience in the person's order; fields: kind, where, from, to, paid, tasks. `kinds` and `paid` filter.

    The words are the title, or else the first task. One query.
    """
    rows, tasks = READ.once((experiences, user.id), lambda: _rows_and_tasks(user))
    return [_with_tasks(item, tasks) for item in EXPERIENCES.items_in(user, rows.values(), filters)]


def _rows_and_tasks(user: Keyholder) -> tuple[dict[str, dict[str, Any]], dict[str, list[str]]]:
    """The rows of experiences and the words of their tasks, both by the id of the row. One query."""
    rows: dict[str, dict[str, Any]] = {}
    tasks: dict[str, list[str]] = {}
    for *columns, task_id, words in _WITH_TASKS.rows(user.id):
        row = dict(zip(EXPERIENCES.columns, columns, strict=True))
        task_words = tasks.setdefault(rows.setdefault(row["id"], row)["id"], [])
        task_words += [open_column(user, ExperienceTask, task_id, "text", words) or ""] if task_id else []
    return rows, tasks


def _with_every_task(user_id: Any) -> Any:
    """The rows of experiences in their order, one for each of their tasks, with its id and its words."""
    rows = EXPERIENCES.query(user_id)
    task = (ExperienceTask.user_id == Experience.user_id) & (ExperienceTask.experience_id == Experience.id)
    return (
        rows.select(*rows.selected_columns, ExperienceTask.id, ExperienceTask.text)
        .join(ExperienceTask, JOIN.LEFT_OUTER, on=(task & (ExperienceTask.position != TAKEN_OUT)))
        .order_by(Experience.position, Experience.id, ExperienceTask.position, ExperienceTask.id)
    )


_WITH_TASKS = Statement(_with_every_task)


def _with_tasks(item: Item, tasks: Mapping[str, list[str]]) -> Item:
    block_key = item.provenance.block_key if item.provenance else ""
    mine = tuple(tasks.get(row_id(block_key, item.key), ()))
    return replace(item, text=item.text or next(iter(mine), ""), fields={**item.fields, "tasks": mine})


EXPERIENCES = Noun(
    Experience,
    text="title",
    says=("kind", ("place", "where"), ("began", "from"), ("ended", "to"), ("is_paid", "paid")),
    filters={"kinds": "kind", "paid": "is_paid"},
    source="experiences",
    changes=("experiences", "seen_skills"),
    reads=experiences,
)
TASKS = Noun(
    ExperienceTask,
    says=(("experience_id", "experience"),),
    makes=("experiences",),
    changes=("experiences",),
    on_learn=_tasks,
)
