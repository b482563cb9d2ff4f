"""A tree as a file, and a file's bytes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dreamtree import db
from dreamtree.accounts.models import Snooze, User
from dreamtree.archive.file_format import FORMAT, VERSION, sum_of
from dreamtree.archive.snapshot import (
    AnswerSnapshot,
    Choice,
    EarlierText,
    ExerciseState,
    InputSnapshot,
    InstanceSnapshot,
    Snapshot,
    read_snapshot,
)
from dreamtree.db import BaseModel, PersonModel
from dreamtree.profile import nouns
from dreamtree.profile.rows import opened
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer

EXPORTED_ELSEWHERE = (
    "user_settings", "user_modules", "user_exercises", "exercise_responses", "tool_instances", "answer_revisions",
    "answer_inputs", "connection_choices", "skill_offers", "own_skills", "snoozes",
)  # fmt: skip
"""Tables that have a key of their own in the file."""
NEVER_EXPORTED = ("auth", "emails", "sessions")
"""Tables that no copy holds: how somebody gets in is no part of what they said."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Learned:
    """What is beside the tree: the profile by table, own and offered words, and snoozes; the rows as plain values.

    `skills` are the ids of the skills named, by block key, and by the id of the instance they were named in.
    """

    profile: Mapping[str, Rows] = field(default_factory=dict)
    own_words: Rows = field(default_factory=list)
    offered: Rows = field(default_factory=list)
    snoozes: Rows = field(default_factory=list)
    skills: Mapping[str, list[str]] = field(default_factory=dict)


def file_of(user: User) -> dict[str, Any]:
    """Everything of this person, as `file_format` says. Raises `Locked` without the key."""
    return as_file(*everything(user), db.now())


def everything(user: User) -> tuple[Snapshot, Learned]:
    """The tree and what is beside it, as they were at one moment."""
    with db.reading():
        return read_snapshot(user), _learned(user)


def as_file(snapshot: Snapshot, learned: Learned, at: str) -> dict[str, Any]:
    """The file that says all this, made at the moment `at`."""
    file = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": at,
        "settings": snapshot.settings,
        "competency_scores": [],
        "modules": {module_id: _module(snapshot, module_id, learned) for module_id in _module_ids(snapshot)},
        "tool_instances": [_instance(one, learned) for one in snapshot.instances.values()],
        "custom_skills": learned.own_words,
        "choices": [_choice(one) for one in snapshot.choices],
        "seen": [_seen(one) for one in snapshot.seen],
        "profile": dict(learned.profile),
        "offered_words": learned.offered,
        "snoozes": learned.snoozes,
    }
    return {**file, "sha256": sum_of(file)}


def written(file: Mapping[str, Any]) -> bytes:
    """The file as bytes, with line breaks so that it can be read."""
    first = ("format", "version", "exported_at", "sha256")
    ordered = {name: file[name] for name in (*first, *(name for name in file if name not in first)) if name in file}
    return json.dumps(ordered, ensure_ascii=False, indent=1, allow_nan=False).encode()


# The tree


def _module_ids(snapshot: Snapshot) -> list[str]:
    exercises = [*(one.exercise for one in snapshot.answers.values()), *snapshot.exercises]
    return sorted({*snapshot.modules, *(_module_of(one) for one in exercises)})


def _module_of(exercise: str) -> str:
    """ "1.1" of "1.1.4" and of "1.1.4.v1"."""
    return ".".join(exercise.split(".")[:2])


def _module(snapshot: Snapshot, module_id: str, learned: Learned) -> dict[str, Any]:
    state = snapshot.modules.get(module_id)
    answers: dict[str, list[AnswerSnapshot]] = defaultdict(list)
    for one in snapshot.answers.values():
        answers[one.exercise].append(one)
    states = {f"{one.id}.v{one.version}": one for one in snapshot.exercises.values()}
    here = sorted(one for one in {*answers, *states} if _module_of(one) == module_id)
    return {
        "first_completed_at": state.first_completed_at if state else None,
        "last_modified_at": state.last_modified_at if state else None,
        "exercises": {one: _exercise(answers.get(one, []), states.get(one), learned) for one in here},
    }


def _exercise(answers: list[AnswerSnapshot], state: ExerciseState | None, learned: Learned) -> dict[str, Any]:
    named = (skill for one in answers for skill in learned.skills.get(one.block_key, ()))
    return {
        "first_passed_at": state.first_passed_at if state else None,
        "set_aside_at": state.set_aside_at if state else None,
        "last_modified_at": state.last_modified_at if state else None,
        "responded_at": min((one.begun_at for one in answers), default=None),
        "skills": list(dict.fromkeys(named)),
        "response_json": {one.block_key: one.answer for one in answers},
        "blocks": {one.block_key: {"id": one.id, "responded_at": one.begun_at, **_state(one)} for one in answers},
    }


def _instance(one: InstanceSnapshot, learned: Learned) -> dict[str, Any]:
    return {
        "id": one.id,
        "tool_type": one.tool_type,
        "origin": one.origin,
        "block_key": one.block_key,
        "name": one.name,
        "content_json": one.answer,
        "skills": list(dict.fromkeys(learned.skills.get(one.id, ()))),
        "created_at": one.begun_at,
        "updated_at": one.updated_at,
        **_state(one),
    }


def _state(one: AnswerSnapshot | InstanceSnapshot) -> dict[str, Any]:
    return {
        "version": one.version,
        "is_complete": one.is_complete,
        "revision": one.revision,
        "last_kind": one.kind,
        "saved_at": one.saved_at,
        "deleted_at": one.deleted_at,
        "history": [_earlier(text) for text in one.history],
    }


def _earlier(one: EarlierText) -> dict[str, Any]:
    return {
        "id": one.id,
        "revision": one.revision,
        "kind": one.kind,
        "editor": one.editor,
        "is_complete": one.is_complete,
        "content_json": one.answer,
        "written_at": one.written_at,
        "recorded_at": one.recorded_at,
    }


def _seen(one: InputSnapshot) -> dict[str, Any]:
    return dict(vars(one))


def _choice(one: Choice) -> dict[str, Any]:
    return dict(vars(one))


# What is beside it


def _learned(user: User) -> Learned:
    return Learned(
        profile={model._meta.table_name: _rows(user, model) for model in learned_models()},
        own_words=_rows(user, OwnSkill),
        offered=_rows(user, SkillOffer),
        snoozes=_rows(user, Snooze),
        skills=_named(user),
    )


def learned_models() -> list[type[PersonModel]]:
    """Every table of the profile, those that are added later too."""
    nouns()
    told = (*EXPORTED_ELSEWHERE, *NEVER_EXPORTED)
    models = [one for one in _below(PersonModel) if one._meta.table_name not in told]
    return sorted(models, key=lambda one: str(one._meta.table_name))


def _below(model: type[PersonModel]) -> Iterator[type[PersonModel]]:
    for one in model.__subclasses__():
        yield from _below(one) if one.__subclasses__() else [one]


def _rows(user: User, model: type[BaseModel]) -> Rows:
    """The rows as the person wrote them, without whose they are."""
    names = [name for name in model._meta.fields if name != "user_id"]
    mine: Iterable[Any] = model.select().where(model._meta.fields["user_id"] == user.id).order_by(*_key_of(model))
    return [{name: opened(user, row, name) for name in names} for row in mine]


def _key_of(model: type[BaseModel]) -> list[Any]:
    return [model._meta.fields["id"]]


def _named(user: User) -> dict[str, list[str]]:
    """The skills named in a block, and in each of its records."""
    found: dict[str, list[str]] = defaultdict(list)
    for model in (ExerciseSkill, ExperienceSkill):
        for row in model.select().where(model.user_id == user.id).order_by(model.block_key, model.position, model.id):
            found[row.block_key].append(row.skill_id)
            found[f"{row.block_key}:{row.subject_key}"].append(row.skill_id)
    return found
