"""Skills as other pages read them: best first, by place, by what would grow; and one's own words for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, SQL, Select, fn

from dreamtree.content import book, library
from dreamtree.db import READ, Statement
from dreamtree.profile.noun import NO_RANK, SpecialNoun
from dreamtree.profile.provenance import maker, provenance
from dreamtree.profile.skills import Evidence, ExerciseSkill, ExperienceSkill, OwnSkill, UserSkill, own_words
from dreamtree.values import Item
from dreamtree.vault import Keyholder, Sealed, open_

MOST_RANKED = 20
RATINGS = "user_skills.ratings"


@dataclass(frozen=True)
class SkillQuery:
    """Which skills, in which order: strength, rank, places, best or grow. `take` is how many, None for all."""

    category: str | None = None
    is_ranked: bool = False
    is_superpower: bool = False
    order: str = "places"
    take: int | None = None


def skills_named(user: Keyholder, query: SkillQuery) -> list[Mapping[str, Any]]:
    """Skills with evidence: id, category, ratings, own word (sealed or None), places, block and time first named.

    Unrated ones come last. One query, the same for every question.
    """
    order = _ORDERS[query.order]
    found = [row for row in _every_skill(user) if _is_asked(row, query)]
    found.sort(key=lambda row: (*order(row), row["id"]))
    return found if query.order in _CHOSEN else found[: query.take]


def _every_skill(user: Keyholder) -> list[Mapping[str, Any]]:
    def read() -> list[Mapping[str, Any]]:
        return [dict(zip(_NAMED, row, strict=True)) for row in _EVERY_SKILL.rows(user.id)]

    return READ.once((_every_skill, user.id), read)


def _is_asked(row: Mapping[str, Any], query: SkillQuery) -> bool:
    return (
        query.category in (None, row["category"])
        and (row["rank"] is not None or not query.is_ranked)
        and (row["is_superpower"] == 1 or not query.is_superpower)
    )


def named_skills(user_id: Any) -> Any:
    """The query for skills with evidence, the columns as in `_NAMED`."""
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


_FIELDS = ("category", "mastery", "frequency", "rank", "energy", "lift", "is_superpower")
_OF_SKILL = ("id", *_FIELDS, "rated_at", "named_at")
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


def _most(row: Mapping[str, Any], *names: str) -> tuple[int, ...]:
    """Sorts the highest steps first; what has none comes last."""
    return tuple(-(row[name] or 0) for name in names)


def _by_rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["rank"] or NO_RANK,)


def _by_strength(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return _most(row, "mastery", "frequency", "places")


_ORDERS: Mapping[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]] = {
    "strength": _by_strength,
    "rank": _by_rank,
    "places": lambda row: (-row["places"], row["named_at"]),
    "best": lambda row: (*_by_rank(row), *_by_strength(row)),
    "grow": lambda row: _most(row, "lift", "frequency", "places"),
}
"""What puts skills in order."""
_EVERY_SKILL = Statement(named_skills)


def user_skills(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """Skills as items. Filters: category, ranked, superpower, order, take, top.

    `order` is strength, rank, places, best (those ranked, then the strongest) or grow (those that would pay one back).
    `top` is a number that a tie may exceed: those level with the last one come too, for the person to choose.
    """
    is_ranked = bool(filters.get("ranked"))
    order = filters.get("order", "rank" if is_ranked else "places")
    query = SkillQuery(filters.get("category"), is_ranked, bool(filters.get("superpower")), order, filters.get("take"))
    rows = _with_ties(skills_named(user, query), filters.get("top"))
    chosen = _CHOSEN.get(order, list)(rows)
    items = [_item(user, row, _judge_of(row, query)) for row in (chosen if order == "best" else chosen[: query.take])]
    return _named_in_order(items)[: query.take] if order == "best" else items


def _that_would_grow(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What gives or lifts and is not yet taught to others; else what is done every week and not yet done well."""
    lifting = [row for row in rows if (row["lift"] or 0) >= 1 and (row["mastery"] or 0) <= 4]
    used = [row for row in rows if (row["frequency"] or 0) >= 4 and row["mastery"] is not None and row["mastery"] <= 3]
    return lifting or used


_CHOSEN: Mapping[str, Callable[[list[Mapping[str, Any]]], list[Mapping[str, Any]]]] = {
    "best": list,
    "grow": _that_would_grow,
}
"""Orders of which the rows are chosen, or put in order by name, before they are cut."""


def _named_in_order(items: list[Item]) -> list[Item]:
    """Level ones by name; the others as they stand."""

    return sorted(items, key=lambda item: (*_by_rank(item.fields), *_by_strength(item.fields), item.text.casefold()))


def _with_ties(rows: list[Mapping[str, Any]], top: int | None) -> list[Mapping[str, Any]]:
    if top is None or len(rows) <= top:
        return rows
    last = _strength(rows[top - 1])
    return rows[:top] + [row for row in rows[top:MOST_RANKED] if _strength(row) == last]


def _strength(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["mastery"], row["frequency"], row["places"]


def _item(user: Keyholder, row: Mapping[str, Any], judged_in: str | None) -> Item:
    return READ.once((_item, user.id, row["id"], judged_in), lambda: _as_item(user, row, judged_in))


def _as_item(user: Keyholder, row: Mapping[str, Any], judged_in: str | None) -> Item:
    words, fields = READ.once((_as_item, user.id, row["id"]), lambda: _words_and_fields(user, row))
    where = (row["block_key"], row["at"]) if judged_in is None else (judged_in, row["rated_at"] or row["at"])
    return Item(row["id"], words, fields, READ.once((provenance, *where), lambda: provenance(*where)))


def _words_and_fields(user: Keyholder, row: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return skill_words(user, row["id"], row["own_name"]), {name: row[name] for name in (*_FIELDS, "places")}


def skill_words(user: Keyholder, skill: str, own_name: str | None) -> str:
    """A skill in words; `own_name` is the person's own, sealed, where the library has none."""
    if own_name is not None:
        return open_(user, "own_skills.name", skill, Sealed(own_name))
    known = library().skill(skill)
    return known.name if known else ""


def _judge_of(row: Mapping[str, Any], query: SkillQuery) -> str | None:
    """The block in which this skill got what the order goes by; None where it was only named."""
    if query.is_superpower or query.order == "grow":
        return maker("user_skills.superpower")
    if query.order == "rank" or (query.order == "best" and row["rank"] is not None):
        return maker("user_skills.rank")
    if query.order == "strength" or (query.order == "best" and row["mastery"] is not None):
        return _rater(row["category"])
    return None


def _rater(category: str) -> str | None:
    raters = book().making(RATINGS)
    return next((block.key for block in raters if block.options.get("category", "transferable") == category), None)


def own_skills(user: Keyholder) -> tuple[Item, ...]:
    """The person's own words for skills, with their category. One query."""
    return tuple(Item(key, name, {"category": kind}) for key, (name, kind) in own_words(user).items())


def subjects_of(user: Keyholder, skill: str) -> frozenset[str]:
    """The keys of all things that a skill was named for in exercises, lines of lists too. One query."""
    return frozenset(key for (key,) in _SUBJECTS.rows(user.id, skill))


_SUBJECTS = Statement(
    lambda user_id, skill: ExerciseSkill.select(ExerciseSkill.subject_key).where(
        ExerciseSkill.user_id == user_id, ExerciseSkill.skill_id == skill
    )
)

USER_SKILLS = SpecialNoun(source="user_skills", reads=user_skills)
"""Special: one row a skill, whose columns come from five kinds of blocks, put in order and chosen in many ways."""
