"""A tree as a file, and a file's bytes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dreamtree import db
from dreamtree.accounts.models import Snooze, User
from dreamtree.archive.file_format import (
    CompetencyScore,
    CustomSkill,
    File,
    FileExercise,
    FileModule,
    OfferedWord,
    SnoozedLine,
    sum_of,
)
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.shapes import as_json
from dreamtree.archive.snapshot import AnswerSnapshot, ExerciseState, ModuleState, Snapshot, module_of
from dreamtree.archive.tables import TABLES, Row
from dreamtree.db import BaseModel, PersonModel
from dreamtree.profile import nouns
from dreamtree.profile.competencies import SCORES
from dreamtree.profile.rows import opened
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer

EXPORTED_ELSEWHERE = (*(table.model for table in TABLES), OwnSkill, SkillOffer, Snooze)
"""Tables that have a key of their own in the file."""
NEVER_EXPORTED = ("auth", "emails", "sessions")
"""Tables that no copy holds: how somebody gets in is no part of what they said."""


@dataclass(frozen=True)
class Learned:
    """What is beside the tree: the profile by table, as rows of plain values, own and offered words, and snoozes.

    `skills` are the ids of the skills named, by block key, and by the id of the instance they were named in.
    """

    profile: Mapping[str, list[Row]] = field(default_factory=dict)
    own_words: tuple[CustomSkill, ...] = ()
    offered: tuple[OfferedWord, ...] = ()
    snoozes: tuple[SnoozedLine, ...] = ()
    skills: Mapping[str, list[str]] = field(default_factory=dict)

    def skills_of(self, *keys: str) -> tuple[str, ...]:
        """The skills named in these blocks or instances, each once, in the order of the keys."""
        return tuple(dict.fromkeys(skill for key in keys for skill in self.skills.get(key, ())))


def file_of(user: User) -> dict[str, Any]:
    """Everything of this person, as `file_format` says. Raises `Locked` without the key."""
    return as_file(*everything(user), db.now())


def everything(user: User) -> tuple[Snapshot, Learned]:
    """The tree and what is beside it, as they were at one moment."""
    with db.reading():
        return read_snapshot(user), _learned(user)


def as_file(snapshot: Snapshot, learned: Learned, at: str) -> dict[str, Any]:
    """The file that says all this, made at the moment `at`."""
    instances = snapshot.instances.values()
    file = File(
        exported_at=at,
        settings=snapshot.settings,
        modules=_modules(snapshot, learned),
        tool_instances=tuple(replace(one, skills=learned.skills_of(one.id)) for one in instances),
        competency_scores=tuple(_score(row) for row in learned.profile.get(SCORES.table, ())),
        custom_skills=learned.own_words,
        choices=snapshot.choices,
        seen=snapshot.seen,
        profile={table: tuple(rows) for table, rows in learned.profile.items()},
        offered_words=learned.offered,
        snoozes=learned.snoozes,
    )
    written = as_json(file)
    return {**written, "sha256": sum_of(written)}


def written(file: Mapping[str, Any]) -> bytes:
    """The file as bytes, with line breaks so that it can be read."""
    return json.dumps(file, ensure_ascii=False, indent=1, allow_nan=False).encode()


# The tree


def _modules(snapshot: Snapshot, learned: Learned) -> dict[str, FileModule]:
    exercises = _exercises(snapshot, learned)
    modules = {}
    for number in sorted({*snapshot.modules, *map(module_of, exercises)}):
        here = {key: one for key, one in exercises.items() if module_of(key) == number}
        modules[number] = _module(snapshot.modules.get(number), here)
    return modules


def _module(state: ModuleState | None, exercises: dict[str, FileExercise]) -> FileModule:
    return FileModule(
        first_completed_at=state.first_completed_at if state else None,
        last_modified_at=state.last_modified_at if state else None,
        exercises=exercises,
    )


def _exercises(snapshot: Snapshot, learned: Learned) -> dict[str, FileExercise]:
    """By exercise with its version."""
    answers: dict[str, list[AnswerSnapshot]] = defaultdict(list)
    for one in snapshot.answers.values():
        answers[one.exercise].append(one)
    states = {f"{one.id}.v{one.version}": one for one in snapshot.exercises.values()}
    return {key: _exercise(answers[key], states.get(key), learned) for key in sorted({*answers, *states})}


def _exercise(answers: list[AnswerSnapshot], state: ExerciseState | None, learned: Learned) -> FileExercise:
    return FileExercise(
        first_passed_at=state.first_passed_at if state else None,
        set_aside_at=state.set_aside_at if state else None,
        last_modified_at=state.last_modified_at if state else None,
        responded_at=min((one.begun_at for one in answers), default=None),
        skills=learned.skills_of(*(one.block_key for one in answers)),
        response_json={one.block_key: one.answer for one in answers},
        blocks={one.block_key: one for one in answers},
    )


# What is beside it


def _learned(user: User) -> Learned:
    return Learned(
        profile={model._meta.table_name: _rows(user, model) for model in learned_models()},
        own_words=tuple(CustomSkill(**row) for row in _rows(user, OwnSkill)),
        offered=tuple(OfferedWord(**row) for row in _rows(user, SkillOffer)),
        snoozes=tuple(SnoozedLine(**row) for row in _rows(user, Snooze)),
        skills=_named(user),
    )


def _score(row: Row) -> CompetencyScore:
    return CompetencyScore(row["competency"], row["level"], row["assessed_on"])


def learned_models() -> list[type[BaseModel]]:
    """Every table of the profile, those that are added later too."""
    nouns()
    models = [one for one in db.tables_below(PersonModel) if one not in EXPORTED_ELSEWHERE]
    return [one for one in models if one._meta.table_name not in NEVER_EXPORTED]


def _rows(user: User, model: type[BaseModel]) -> list[Row]:
    """The rows as the person wrote them, without whose they are."""
    columns = model._meta.fields
    names = [name for name in columns if name != "user_id"]
    mine: Iterable[Any] = model.select().where(columns["user_id"] == user.id).order_by(columns["id"])
    return [{name: opened(user, row, name) for name in names} for row in mine]


def _named(user: User) -> dict[str, list[str]]:
    """The skills named in a block, and in each of its records."""
    named: dict[str, list[str]] = defaultdict(list)
    for model in (ExerciseSkill, ExperienceSkill):
        for row in model.select().where(model.user_id == user.id).order_by(model.block_key, model.position, model.id):
            named[row.block_key].append(row.skill_id)
            named[f"{row.block_key}:{row.subject_key}"].append(row.skill_id)
    return named
