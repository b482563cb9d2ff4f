"""A tree as a file, and a file's bytes."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from dreamtree import db
from dreamtree.accounts.models import Snooze, User
from dreamtree.archive import bounds
from dreamtree.archive.batches import in_batches
from dreamtree.archive.bounds import Weight, weight_of
from dreamtree.archive.file_format import (
    CompetencyScore,
    CustomSkill,
    File,
    FileExercise,
    FileModule,
    OfferedWord,
    SnoozedLine,
)
from dreamtree.archive.fitting import HistoryText, as_many_as_fit, every_earlier_text, newest
from dreamtree.archive.loading import (
    answered_exercises,
    answers_in,
    begun_modules,
    connection_choices_of,
    exercises_of,
    instances_of,
    seen_of,
    settings_of,
)
from dreamtree.archive.pieces import CANONICAL, READABLE, Style, chunks, lazy_list, lazy_mapping
from dreamtree.archive.snapshot import AnswerSnapshot, ExerciseState, InstanceSnapshot, ModuleState, module_of
from dreamtree.archive.tables import TABLES, Row
from dreamtree.db import BaseModel, PersonModel
from dreamtree.profile import nouns
from dreamtree.profile.competencies import SCORES
from dreamtree.profile.rows import opened_column
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, SkillOffer

EXPORTED_ELSEWHERE = (*(table.model for table in TABLES), OwnSkill, SkillOffer, Snooze)
"""Tables that have a key of their own in the file."""
MARGINS = (1.0, 0.98, 0.9, 0.5, 0.0)
"""How much is kept, at one try after another, of the share that seems to fit: texts of one size may weigh more."""
ROOM_FOR_SUM = b',"sha256":"' + b"0" * 64 + b'"'
MOST_BLANKS = 20
"""So many bytes stand at most between a value and the next, where each has a line of its own."""
NEVER_EXPORTED = ("auth", "emails", "sessions")
"""Tables that no copy holds: how somebody gets in is no part of what they said."""


@dataclass(frozen=True)
class Learned:
    """What the tree has learned: tables of the profile, as rows of plain values, and the person's own words."""

    profile: Mapping[str, list[Row]]
    own_words: tuple[CustomSkill, ...]


def copy_of(user: User) -> Iterator[bytes]:
    """Everything of this person as `file_format` says, as it was at one moment. Raises `Locked` without the key.

    Where it would be too large to be restored, the oldest of the earlier texts are left out; then what no restore
    reads; then the line breaks. All of it is read twice, a few rows at a time: the first time for the checksum, which
    comes before the text it covers.
    """
    at = db.now()
    with db.reading():
        yield from chunks(*_that_fits(user, at))


def file_bytes(file: File) -> Iterator[bytes]:
    """The bytes of the file with its sum, and with line breaks so that it can be read."""
    summed, _ = _summed(file)
    yield from chunks(summed, READABLE)


def learned_by(user: User, tables: Container[str]) -> Learned:
    """What the tree has learned in these tables, read at once, and all of the person's own words."""
    with db.reading():
        models = {model._meta.table_name: model for model in learned_models()}
        profile = {table: list(_rows(user, model)) for table, model in models.items() if table in tables}
        return Learned(profile, tuple(_own_words(user)))


def learned_models() -> list[type[BaseModel]]:
    """Every table of the profile, those that are added later too."""
    nouns()
    models = [one for one in db.tables_below(PersonModel) if one not in EXPORTED_ELSEWHERE]
    return [one for one in models if one._meta.table_name not in NEVER_EXPORTED]


@dataclass(frozen=True)
class _Parts:
    """What a file holds beside what was said: what was learned from that, and what it was built on."""

    is_learned: bool = False
    is_seen: bool = False


EVERYTHING, RESTORED, SAID = _Parts(is_learned=True, is_seen=True), _Parts(is_seen=True), _Parts()


@dataclass(frozen=True)
class _Named:
    """The ids of the skills that were named, by the key of a block, and by the id of an instance."""

    skills: Mapping[str, list[str]]

    def within(self, *keys: str) -> tuple[str, ...]:
        """Those named in these blocks or instances, each once, in the order of the keys."""
        return tuple(dict.fromkeys(skill for key in keys for skill in self.skills.get(key, ())))


def _that_fits(user: User, at: str) -> tuple[File, Style]:
    """The file made at the moment `at`, with its sum, and as many of the newest earlier texts as can be restored.

    Where what stands now is too much even by itself, it's without what no restore reads; then without blanks; then
    without what answers were built on, which each remembers anew when it is saved next.
    """
    every = every_earlier_text(user)
    newest_texts = as_many_as_fit(every)
    made = {parts: partial(_file_of, user, at, every, parts=parts) for parts in (EVERYTHING, RESTORED, SAID)}
    for parts in (EVERYTHING, RESTORED):
        if file := _with_newest(made[parts], newest_texts):
            return file, READABLE
    least = (_summed(made[parts]([]), CANONICAL) for parts in (RESTORED, SAID))
    return next((file for file, weight in least if weight.is_readable), _summed(made[RESTORED]([]))[0]), CANONICAL


def _with_newest(made: Callable[[Sequence[HistoryText]], File], kept: Sequence[HistoryText]) -> File | None:
    """The file made of these texts, or of the newest of them; None where it can't be restored even without any."""
    file, weight = _summed(made(kept))
    if weight.is_readable:
        return file
    _, bare = _summed(made([]))
    if not bare.is_readable:
        return None
    for margin in MARGINS:
        kept = newest(kept, margin * weight.share_beside(bare))
        file, weight = _summed(made(kept))
        if weight.is_readable:
            break
    return file


def _summed(file: File, style: Style = READABLE) -> tuple[File, Weight]:
    """The file with its sum, and what it weighs. Blanks are measured only where they may matter."""
    digest = hashlib.sha256()
    weight = weight_of(chain(_digested(digest, chunks(file, CANONICAL, without="sha256")), [ROOM_FOR_SUM]))
    summed = replace(file, sha256=digest.hexdigest())
    if style is READABLE and weight.size + (weight.parts + 2 * weight.nests) * MOST_BLANKS > bounds.LARGEST_TEXT:
        weight = weight_of(chunks(summed, READABLE))
    return summed, weight


def _digested(digest: "hashlib._Hash", pieces: Iterable[bytes]) -> Iterator[bytes]:
    for one in pieces:
        digest.update(one)
        yield one


def _file_of(user: User, at: str, every: Sequence[HistoryText], kept: Sequence[HistoryText], *, parts: _Parts) -> File:
    """The file made at the moment `at`, with those of all its earlier texts that are `kept`.

    Whatever may be long is read when somebody goes through it. What is left out stands in it as empty.
    """
    skills = _named_by(user) if parts.is_learned else _Named({})
    left_out = {text.id for text in every} - {text.id for text in kept}
    learned = learned_models() if parts.is_learned else []
    return File(
        exported_at=at,
        left_out=len(left_out),
        settings=settings_of(user),
        competency_scores=lazy_list(lambda: map(_score, _rows(user, SCORES.model))),
        modules=_modules(user, skills, left_out),
        tool_instances=lazy_list(lambda: _instances(user, skills, left_out)),
        custom_skills=lazy_list(lambda: _own_words(user)) if parts.is_learned else (),
        choices=lazy_list(lambda: connection_choices_of(user)),
        seen=lazy_list(lambda: seen_of(user)) if parts.is_seen else (),
        profile={model._meta.table_name: lazy_list(partial(_rows, user, model)) for model in learned},
        offered_words=lazy_list(lambda: (OfferedWord(**row) for row in _rows(user, SkillOffer)))
        if parts.is_learned
        else (),
        snoozes=lazy_list(lambda: (SnoozedLine(**row) for row in _rows(user, Snooze))),
    )


# The tree


def _modules(user: User, skills: _Named, left_out: Container[str]) -> dict[str, FileModule]:
    states = {f"{one.id}.v{one.version}": one for one in exercises_of(user)}
    begun = {one.id: one for one in begun_modules(user)}
    exercises = sorted({*answered_exercises(user), *states})
    modules = {}
    for number in sorted({*begun, *map(module_of, exercises)}):
        of_module = [one for one in exercises if module_of(one) == number]
        read = partial(_exercises, user, of_module, states, skills, left_out)
        modules[number] = _module(begun.get(number), lazy_mapping(read))
    return modules


def _module(state: ModuleState | None, exercises: dict[str, FileExercise]) -> FileModule:
    return FileModule(
        first_completed_at=state.first_completed_at if state else None,
        last_modified_at=state.last_modified_at if state else None,
        exercises=exercises,
    )


def _exercises(
    user: User,
    exercise_ids: Iterable[str],
    states: Mapping[str, ExerciseState],
    skills: _Named,
    left_out: Container[str],
) -> Iterator[tuple[str, FileExercise]]:
    """By exercise with its version, one after another."""
    for full_id in exercise_ids:
        answers = {one.block_key: one for one in answers_in(user, full_id, left_out)}
        yield full_id, _exercise(answers, states.get(full_id), skills)


def _exercise(answers: Mapping[str, AnswerSnapshot], state: ExerciseState | None, skills: _Named) -> FileExercise:
    return FileExercise(
        first_passed_at=state.first_passed_at if state else None,
        set_aside_at=state.set_aside_at if state else None,
        last_modified_at=state.last_modified_at if state else None,
        responded_at=min((one.begun_at for one in answers.values()), default=None),
        skills=skills.within(*answers),
        response_json={key: one.answer for key, one in answers.items()},
        blocks={**answers},
    )


def _instances(user: User, skills: _Named, left_out: Container[str]) -> Iterator[InstanceSnapshot]:
    for one in instances_of(user, left_out):
        yield replace(one, skills=skills.within(one.id))


# What is beside it


def _score(row: Row) -> CompetencyScore:
    return CompetencyScore(row["competency"], row["level"], row["assessed_on"])


def _own_words(user: User) -> Iterator[CustomSkill]:
    return (CustomSkill(**row) for row in _rows(user, OwnSkill))


def _rows(user: User, model: type[BaseModel]) -> Iterator[Row]:
    """The rows as the person wrote them, without whose they are."""
    names = [name for name in model._meta.fields if name != "user_id"]
    for rows in in_batches(user, model, "id"):
        for row in rows:
            yield {name: opened_column(user, row, name) for name in names}


def _named_by(user: User) -> _Named:
    """The skills named in a block, and in each of its records."""
    skills: dict[str, list[str]] = defaultdict(list)
    for model in (ExerciseSkill, ExperienceSkill):
        for row in model.select().where(model.user_id == user.id).order_by(model.block_key, model.position, model.id):
            skills[row.block_key].append(row.skill_id)
            skills[f"{row.block_key}:{row.subject_key}"].append(row.skill_id)
    return _Named(skills)
