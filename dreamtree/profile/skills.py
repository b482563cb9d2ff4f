"""Skills: what was named, where, how well, how often, in what order, and how it leaves one.

A skill's id is the library's, or the id of an own word. `user_skills` has one row a skill, there while any
evidence is; each of its columns is written by exactly one kind of block.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import IntegerField, TextField

from dreamtree.db import OWNED_BY_PERSON, BaseModel, PersonModel, Statement
from dreamtree.profile.rows import (
    DerivedRow,
    forget_rows,
    known_rows,
    learn_rows,
    open_column,
    sealed_columns,
    write_rows,
)
from dreamtree.vault import Keyholder, SealedField

GENERAL = "general"
"""The key of the thing that a skill is named for, where that is none in particular."""


class UserSkill(PersonModel):
    """A skill of one person. mastery 1–5, frequency 1–5, rank 1 = first, energy lifted/same/drained.

    `lift` is the finer answer of *Superpowers*, −2 (drains) to +2 (lifts); `is_superpower` 0 or 1.
    """

    category = TextField()
    mastery = IntegerField(null=True)
    frequency = IntegerField(null=True)
    rank = IntegerField(null=True)
    energy = TextField(null=True)
    lift = IntegerField(null=True)
    is_superpower = IntegerField(null=True)
    rated_at = TextField(null=True)
    named_at = TextField()
    removed_at = TextField(null=True)

    class Meta:
        table_name = "user_skills"
        indexes = ((("user_id", "category", "removed_at"), False),)


class OwnSkill(PersonModel):
    """A word of one's own for a skill, sealed; `library_skill_id` once the library has the same."""

    name = SealedField()
    category = TextField()
    library_skill_id = TextField(null=True)

    class Meta:
        table_name = "own_skills"


class SkillOffer(BaseModel):
    """A word offered for everybody, in plain, for a reviewer; goes with the person; approved, it is nobody's."""

    id = TextField(primary_key=True)
    user_id = TextField(null=True)
    word = TextField()
    category = TextField()
    status = TextField(default="pending")
    offered_at = TextField()

    class Meta:
        table_name = "skill_offers"
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id",), False), (("status",), False))


class Evidence(DerivedRow):
    """A skill seen in one thing: `subject_key` is the experience, story or list item it was named for."""

    subject_key = TextField()
    skill_id = TextField()


class ExperienceSkill(Evidence):
    """A skill named for a place or a task (`item_key`) of the person's own."""

    class Meta:
        table_name = "experience_skills"
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


class ExerciseSkill(Evidence):
    """A skill named in an exercise for anything else: a story, somebody's words, a text."""

    class Meta:
        table_name = "exercise_skills"
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


@dataclass(frozen=True)
class Tag:
    """One skill named for one thing. `category` is transferable, self_management or knowledge.

    `given`: another answer named it first, and says what kind of skill it is.
    """

    skill: str
    name: str
    category: str
    own: bool = False
    offered: bool = False
    given: bool = False


def learn_tags(
    user: Keyholder, model: type[Evidence], block_key: str, tags: Mapping[str, Iterable[Tag]], at: str
) -> bool:
    """Makes the evidence of one block that of `tags` (subject key → skills named for it); True when it changed."""
    wanted = {
        f"{subject}:{tag.skill}": {"subject_key": subject, "skill_id": tag.skill}
        for subject, named in tags.items()
        for tag in named
    }
    every = {tag.skill: tag for named in tags.values() for tag in named}
    is_renamed = _keep_own_words(user, [tag for tag in every.values() if tag.own], at)
    changed = learn_rows(user, model, block_key, wanted, at)
    return _settle(user, every, at) or changed or is_renamed


def renamed(user: Keyholder, block_key: str, now: Mapping[str, str]) -> dict[str, str]:
    """Skill → the one that its line names instead, where nothing named that one before. `now` is line key → skill."""
    evident, mine = _evident(user), known_rows(user, ExerciseSkill, block_key).values()
    named = ((row["skill_id"], now.get(row["subject_key"])) for row in mine)
    return {skill: other for skill, other in named if other is not None and other not in evident}


def carry_ratings(user: Keyholder, names: Mapping[str, str], at: str) -> None:
    """Writes how well and how often of each skill to the one that it is called now."""
    rated = {skill: steps for skill, steps in ratings_of(user, names).items() if any(steps)}
    for before, (mastery, frequency) in rated.items():
        UserSkill.update(mastery=mastery, frequency=frequency, rated_at=at).where(
            UserSkill.user_id == user.id, UserSkill.id == names[before]
        ).execute()


def _keep_own_words(user: Keyholder, tags: list[Tag], at: str) -> bool:
    """Writes words of one's own as they are called now; whether one that was there is called otherwise."""
    is_renamed = False
    known = own_words(user) if tags else {}
    for tag in tags:
        name, category = known.get(tag.skill, (None, tag.category))
        words = sealed_columns(user, OwnSkill, tag.skill, {"name": tag.name})
        if name is None:
            OwnSkill.insert(user_id=user.id, id=tag.skill, category=tag.category, **words).execute()
        elif name != tag.name or not (tag.given or category == tag.category):
            kind = category if tag.given else tag.category
            OwnSkill.update(category=kind, **words).where(
                OwnSkill.user_id == user.id, OwnSkill.id == tag.skill
            ).execute()
            UserSkill.update(category=kind).where(UserSkill.user_id == user.id, UserSkill.id == tag.skill).execute()
            is_renamed = True
        if tag.offered:
            _offer(user, tag, at)
    return is_renamed


def own_words(user: Keyholder) -> dict[str, tuple[str, str]]:
    """The person's own words for skills, each with its category, by id. One query."""
    rows = _OWN_WORDS.rows(user.id)
    return {skill: (open_column(user, OwnSkill, skill, "name", name), category) for skill, name, category in rows}


def _offer(user: Keyholder, tag: Tag, at: str) -> None:
    identity = _offer_id(user, tag.skill)
    SkillOffer.insert(id=identity, user_id=user.id, word=tag.name, category=tag.category, offered_at=at).on_conflict(
        conflict_target=[SkillOffer.id], preserve=[SkillOffer.word, SkillOffer.category]
    ).execute()


def _offer_id(user: Keyholder, skill: str) -> str:
    """One that no other person's offer has, whatever id a skill comes with."""
    return f"{user.id}:{skill}"


def _take_back_offers(user: Keyholder, skills: list[str]) -> None:
    """Words that nobody looked at yet and their person no longer uses."""
    ids = [_offer_id(user, skill) for skill in skills]
    forget_rows(SkillOffer, SkillOffer.id.in_(ids), SkillOffer.status == "pending")


def _settle(user: Keyholder, named: Mapping[str, Tag], at: str) -> bool:
    """One row in `user_skills` for every skill with evidence; the others marked removed, ratings kept."""
    evident, known = _evident(user), {row["id"]: row["removed_at"] for row in every_skill(user)}
    fresh = [skill for skill in named if skill in evident and skill not in known]
    for skill in fresh:
        UserSkill.insert(user_id=user.id, id=skill, category=named[skill].category, named_at=at).execute()
    back = [skill for skill, removed_at in known.items() if removed_at and skill in evident]
    gone = [skill for skill, removed_at in known.items() if not removed_at and skill not in evident]
    _mark_removed(user, back, None)
    _mark_removed(user, gone, at)
    if gone:
        _take_back_offers(user, gone)
    return bool(fresh or back or gone)


def _mark_removed(user: Keyholder, skills: list[str], at: str | None) -> None:
    if skills:
        UserSkill.update(removed_at=at).where(UserSkill.user_id == user.id, UserSkill.id.in_(skills)).execute()


def _evident(user: Keyholder) -> frozenset[str]:
    """The ids of skills with evidence. One query."""
    return frozenset(skill for (skill,) in _EVIDENT.rows(user.id, user.id))


@dataclass(frozen=True)
class RatedSkills:
    """Which skills a block rates: those of its `category`, or of all where that is "", and those `typed` in it.

    Those that were `typed_elsewhere`, in another block of its kind, are rated there. `behind` are the skills that
    lines were named as, with the keys of those, and `rows` all skills of the person.
    """

    category: str
    typed: frozenset[str]
    typed_elsewhere: frozenset[str]
    behind: Sequence[tuple[str, str]]
    rows: Sequence[Mapping[str, Any]]

    def includes(self, skill: str, category: str) -> bool:
        """Whether this block rates a skill of this category."""
        return skill in self.typed or (self.category in ("", category) and skill not in self.typed_elsewhere)

    def mastery(self, skill: str) -> int | None:
        """How well this skill is done, as the profile has it."""
        found: int | None = next((row["mastery"] for row in self.rows if row["id"] == skill), None)
        return found


def rate(user: Keyholder, columns: Mapping[str, Mapping[str, Any]], rated: RatedSkills, at: str) -> bool:
    """Writes columns of the skills that have a value, and empties them on the others that are rated.

    Keys of the values are skill ids, or keys of list items that were named as skills. True when any changed.
    """
    meant = {column: _skills_behind(values, rated) for column, values in columns.items()}
    mine = [row for row in rated.rows if rated.includes(row["id"], row["category"])]
    changed = {row["id"]: _judged_otherwise(row, meant) for row in mine}
    return bool(write_rows(user, UserSkill, {one: {**row, "rated_at": at} for one, row in changed.items() if row}))


def _judged_otherwise(row: Mapping[str, Any], meant: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is to be written of a skill: what is judged otherwise, and what follows from that."""
    values = {column: of_skills.get(row["id"]) for column, of_skills in meant.items()}
    changed = {column: value for column, value in values.items() if row[column] != value}
    return changed | (_computed_anew(row, changed["mastery"]) if "mastery" in changed else {})


def named_at(user: Keyholder, block_keys: Iterable[str], keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """(block, thing, skill) of what these blocks named, and what was named for these things anywhere. One query."""
    rows: list[Any] = _NAMED_AT.rows(user.id, list(block_keys), list(keys))
    return rows


def every_skill(user: Keyholder) -> list[dict[str, Any]]:
    """All skills of a person, also those removed: column → value. One query."""
    return [dict(zip(_OF_SKILL, row, strict=True)) for row in _EVERY.rows(user.id)]


_NAMED_AT = Statement(
    lambda user_id, block_keys, keys: ExerciseSkill.select(
        ExerciseSkill.block_key, ExerciseSkill.subject_key, ExerciseSkill.skill_id
    ).where(
        ExerciseSkill.user_id == user_id,
        ExerciseSkill.block_key.in_(block_keys) | ExerciseSkill.subject_key.in_(keys),
    )
)
_OWN_WORDS = Statement(
    lambda user_id: OwnSkill.select(OwnSkill.id, OwnSkill.name, OwnSkill.category).where(OwnSkill.user_id == user_id)
)
_EVIDENT = Statement(
    lambda user_id, named_user_id: (
        ExperienceSkill.select(ExperienceSkill.skill_id).where(ExperienceSkill.user_id == user_id)
        | ExerciseSkill.select(ExerciseSkill.skill_id).where(ExerciseSkill.user_id == named_user_id)
    )
)
_OF_SKILL = tuple(name for name in UserSkill._meta.fields if name != "user_id")
_EVERY = Statement(
    lambda user_id: UserSkill.select(*(getattr(UserSkill, name) for name in _OF_SKILL)).where(
        UserSkill.user_id == user_id
    )
)


def is_strong_and_lifting(mastery: int | None, lift: int | None) -> bool:
    """The rule of *Superpowers*: done well (4) or taught to others (5), and giving (+1) or lifting (+2)."""
    return (mastery or 0) >= 4 and (lift or 0) >= 1


def _computed_anew(row: Mapping[str, Any], mastery: int | None) -> dict[str, int]:
    """A superpower follows a new mastery, unless the person had overruled what was computed."""
    if row["is_superpower"] is None:
        return {}
    is_overruled = bool(row["is_superpower"]) != is_strong_and_lifting(row["mastery"], row["lift"])
    return {} if is_overruled else {"is_superpower": int(is_strong_and_lifting(mastery, row["lift"]))}


def ratings_of(user: Keyholder, keys: Iterable[str]) -> dict[str, tuple[int | None, int | None]]:
    """Mastery and frequency of the skills among `keys`."""
    ids = list(keys)
    if not ids:
        return {}
    rows = UserSkill.select(UserSkill.id, UserSkill.mastery, UserSkill.frequency).where(
        UserSkill.user_id == user.id, UserSkill.id.in_(ids)
    )
    return {row.id: (row.mastery, row.frequency) for row in rows}


def _skills_behind(values: Mapping[str, Any], rated: RatedSkills) -> dict[str, Any]:
    return {**values, **{skill: values[key] for key, skill in rated.behind if key in values}}
