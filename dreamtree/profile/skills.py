"""Skills: what was named, where, how well, how often, in what order, and how it leaves one.

A skill's id is the library's, or the id of an own word. `user_skills` has one row a skill, there while any
evidence is; each of its columns is written by exactly one kind of block.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import JOIN, SQL, IntegerField, Select, TextField, fn

from dreamtree.content import book, library
from dreamtree.db import OWNED_BY_PERSON, BaseModel, PersonModel, Statement
from dreamtree.profile.came_from import came_from
from dreamtree.profile.rows import TaughtModel, closed, forget_rows, learn_rows, opened
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, SealedField, open_

MOST_RANKED = 20


class UserSkill(PersonModel):
    """A skill of one person. mastery 1–5, frequency 1–5, rank 1 = first, energy lifted/same/drained."""

    category = TextField()
    mastery = IntegerField(null=True)
    frequency = IntegerField(null=True)
    rank = IntegerField(null=True)
    energy = TextField(null=True)
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
    """A word offered for everybody, in plain, for a reviewer; goes with the person unless approved."""

    id = TextField(primary_key=True)
    user_id = TextField()
    word = TextField()
    category = TextField()
    status = TextField(default="pending")
    offered_at = TextField()

    class Meta:
        table_name = "skill_offers"
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id",), False), (("status",), False))


class Evidence(TaughtModel):
    """A skill seen in one thing: `subject_key` is the experience, story or list item it was named for."""

    subject_key = TextField()
    skill_id = TextField()


class ExperienceSkill(Evidence):
    class Meta:
        table_name = "experience_skills"
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


class ExerciseSkill(Evidence):
    class Meta:
        table_name = "exercise_skills"
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


@dataclass(frozen=True)
class Tag:
    """One skill named for one thing. `category` is transferable, self_management or knowledge."""

    skill: str
    name: str
    category: str
    own: bool = False
    offered: bool = False


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
    _keep_own_words(user, [tag for tag in every.values() if tag.own], at)
    changed = learn_rows(user, model, block_key, wanted, at)
    return _settle(user, every, at) or changed


def _keep_own_words(user: Keyholder, tags: list[Tag], at: str) -> None:
    known = {row.id: row for row in OwnSkill.select().where(OwnSkill.user_id == user.id)} if tags else {}
    for tag in tags:
        row = known.get(tag.skill)
        words = closed(user, OwnSkill, tag.skill, {"name": tag.name})
        if row is None:
            OwnSkill.insert(user_id=user.id, id=tag.skill, category=tag.category, **words).execute()
        elif opened(user, row, "name") != tag.name or row.category != tag.category:
            changed = words | {"category": tag.category}
            OwnSkill.update(**changed).where(OwnSkill.user_id == user.id, OwnSkill.id == tag.skill).execute()
        if tag.offered:
            _offer(user, tag, at)


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
    evident = {skill for (skill,) in _evidence(user).tuples()}
    known = {row.id: row for row in UserSkill.select().where(UserSkill.user_id == user.id)}
    fresh = [skill for skill in named if skill in evident and skill not in known]
    for skill in fresh:
        UserSkill.insert(user_id=user.id, id=skill, category=named[skill].category, named_at=at).execute()
    back = [row.id for row in known.values() if row.removed_at and row.id in evident]
    gone = [row.id for row in known.values() if not row.removed_at and row.id not in evident]
    _mark_removed(user, back, None)
    _mark_removed(user, gone, at)
    if gone:
        _take_back_offers(user, gone)
    return bool(fresh or back or gone)


def _mark_removed(user: Keyholder, skills: list[str], at: str | None) -> None:
    if skills:
        UserSkill.update(removed_at=at).where(UserSkill.user_id == user.id, UserSkill.id.in_(skills)).execute()


def _evidence(user: Keyholder) -> Any:
    """Skill ids with evidence, one row a place."""
    return ExperienceSkill.select(ExperienceSkill.skill_id).where(
        ExperienceSkill.user_id == user.id
    ) + ExerciseSkill.select(ExerciseSkill.skill_id).where(ExerciseSkill.user_id == user.id)


def rate(user: Keyholder, column: str, values: Mapping[str, Any], category: str, at: str) -> bool:
    """Writes one column of the skills in `values` and empties it on the others of `category`; True when any changed.

    Keys are skill ids, or keys of list items that were named as skills.
    """
    meant = _skills_behind(user, values)
    field = UserSkill._meta.fields[column]
    rows = UserSkill.select().where(UserSkill.user_id == user.id, UserSkill.category == category)
    changed = [row for row in rows if getattr(row, column) != meant.get(row.id)]
    for row in changed:
        UserSkill.update({field: meant.get(row.id), UserSkill.rated_at: at}).where(
            UserSkill.user_id == user.id, UserSkill.id == row.id
        ).execute()
    return bool(changed)


def _skills_behind(user: Keyholder, values: Mapping[str, Any]) -> dict[str, Any]:
    pairs: Any = ExerciseSkill.select(ExerciseSkill.subject_key, ExerciseSkill.skill_id).where(
        ExerciseSkill.user_id == user.id, ExerciseSkill.subject_key.in_(list(values))
    )
    return dict(values) | {skill: values[key] for key, skill in pairs.tuples()}


def skills_named(
    user: Keyholder, *, category: str | None, is_ranked: bool, order: str, take: int | None
) -> list[Mapping[str, Any]]:
    """Skills with evidence: id, category, ratings, own word (sealed or None), places, block and time first named.

    `order` is strength (mastery, frequency, places; unrated last) or rank or places. One query.
    """
    statement = _skills_statement(bool(category), is_ranked, order, take is not None)
    values = [one for one in (category, take) if one]
    return [dict(zip(_NAMED, row, strict=True)) for row in statement.rows(user.id, *values)]


@cache
def _skills_statement(by_category: bool, is_ranked: bool, order: str, is_cut: bool) -> Statement:
    def build(user_id: Any, *values: Any) -> Any:
        rows = _skills(user_id)
        rows = rows.where(UserSkill.category == values[0]) if by_category else rows
        rows = rows.where(UserSkill.rank.is_null(False)) if is_ranked else rows
        return rows.order_by(*_ORDERS[order], UserSkill.id).limit(values[-1] if is_cut else None)

    return Statement(build)


def _skills(user_id: Any) -> Any:
    """Skills with evidence, the columns as in `_NAMED`."""
    every = _places(user_id)
    columns = (getattr(UserSkill, name) for name in _OF_SKILL)
    return (
        UserSkill.select(*columns, OwnSkill.name, every.c.places, every.c.block_key, every.c.at)
        .join(every, on=(every.c.skill_id == UserSkill.id))
        .join(
            OwnSkill,
            JOIN.LEFT_OUTER,
            on=((OwnSkill.user_id == UserSkill.user_id) & (OwnSkill.id == UserSkill.id)),
        )
        .where(UserSkill.user_id == user_id, UserSkill.removed_at.is_null())
    )


_OF_SKILL = ("id", "category", "mastery", "frequency", "rank", "energy", "rated_at", "named_at")
_NAMED = (*_OF_SKILL, "own_name", "places", "block_key", "at")


def _places(user_id: Any) -> Any:
    named = _with_places(user_id, ExperienceSkill).union_all(_with_places(user_id, ExerciseSkill)).alias("named")
    return (
        Select(
            [named],
            [
                named.c.skill_id,
                fn.COUNT(SQL("*")).alias("places"),
                fn.MIN(named.c.block_key).alias("block_key"),
                fn.MIN(named.c.written_at).alias("at"),
            ],
        )
        .group_by(named.c.skill_id)
        .alias("every_place")
    )


def _with_places(user_id: Any, model: type[Evidence]) -> Any:
    return model.select(model.skill_id, model.block_key, model.written_at).where(model.user_id == user_id)


_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "strength": (
        fn.COALESCE(UserSkill.mastery, 0).desc(),
        fn.COALESCE(UserSkill.frequency, 0).desc(),
        SQL("places").desc(),
    ),
    "rank": (fn.COALESCE(UserSkill.rank, 999),),
    "places": (SQL("places").desc(), UserSkill.named_at),
}


def user_skills(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Skills as items, best first. Filters: category, ranked, order (strength, rank, places), take, top.

    `top` is a number that a tie may exceed: those level with the last one come too, for the person to choose.
    """
    is_ranked = bool(filters.get("ranked"))
    order = filters.get("order", "rank" if is_ranked else "places")
    rows = skills_named(
        user, category=filters.get("category"), is_ranked=is_ranked, order=order, take=filters.get("take")
    )
    return [_item(user, row, order) for row in _with_ties(rows, filters.get("top"))]


def _with_ties(rows: list[Mapping[str, Any]], top: int | None) -> list[Mapping[str, Any]]:
    if top is None or len(rows) <= top:
        return rows
    last = _strength(rows[top - 1])
    return rows[:top] + [row for row in rows[top:MOST_RANKED] if _strength(row) == last]


def _strength(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["mastery"], row["frequency"], row["places"]


def _item(user: Keyholder, row: Mapping[str, Any], order: str) -> Item:
    fields = {name: row[name] for name in ("category", "mastery", "frequency", "rank", "energy", "places")}
    block_key, at = row["block_key"], row["at"]
    if order != "places":
        block_key = _judged_in(order, row["category"]) or block_key
        at = row["rated_at"] or at
    return Item(row["id"], _name(user, row), fields, came_from(block_key, at))


def _name(user: Keyholder, row: Mapping[str, Any]) -> str:
    if row["own_name"] is not None:
        return open_(user, "own_skills.name", row["id"], Sealed(row["own_name"]))
    known = library().skill(row["id"])
    return known.name if known else ""


def _judged_in(order: str, category: str) -> str | None:
    """The block in which skills of this category are ranked, or rated."""
    if order == "rank":
        return next((block.key for block in book().blocks if block.makes == "user_skills.rank"), None)
    raters = (block for block in book().blocks if block.type == "skill-rater")
    return next((block.key for block in raters if block.options.get("category", "transferable") == category), None)


def own_skills(user: Keyholder) -> tuple[Item, ...]:
    """The person's own words for skills, with their category. One query."""
    found = ((key, open_(user, "own_skills.name", key, Sealed(name)), kind) for key, name, kind in _OWN.rows(user.id))
    return tuple(Item(key, name, {"category": kind}) for key, name, kind in found)


_OWN = Statement(
    lambda user_id: OwnSkill.select(OwnSkill.id, OwnSkill.name, OwnSkill.category).where(OwnSkill.user_id == user_id)
)
