"""What blocks teach about skills: which there are, how well and how often, in what order, and how they leave one.

Special: a skill is named in many blocks and rated in others, and its row stays while any names it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dreamtree.content import book, library
from dreamtree.content.blocks import Block
from dreamtree.content.library import Library
from dreamtree.profile.noun import Items, SpecialNoun, Teach
from dreamtree.profile.skill_lists import RATINGS, subjects_of
from dreamtree.profile.skills import (
    Evidence,
    ExerciseSkill,
    ExperienceSkill,
    RatedSkills,
    Tag,
    carry_ratings,
    every_skill,
    is_strong_and_lifting,
    learn_tags,
    named_at,
    rate,
    renamed,
)
from dreamtree.values import Item
from dreamtree.vault import Keyholder

OWN_SKILLS = uuid.uuid5(uuid.NAMESPACE_URL, "dreamtree:own-skills")
"""Under this namespace the key of a line names the skill that the library does not have."""
SKILLS = ("user_skills", "work_factors")
SEEN = ("skill_evidence", "seen_skills")


def category_of(block: Block) -> str:
    """The kind of skill that a block is about: transferable, unless its options say otherwise."""
    return str(block.options.get("category") or "transferable")


# Naming


def _names(model: type[Evidence]) -> Teach:
    """Learns the skills that each thing of a block was tagged with."""

    def learn(user: Keyholder, block: Block, items: Items, at: str) -> bool:
        tags = {item.key: [Tag(**tag) for tag in item.fields["tags"]] for item in items}
        return learn_tags(user, model, block.key, tags, at)

    return learn


def _know(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """Learns the skill that each line names. Other words may name another skill, which is rated as the line was."""
    tags = {item.key: typed_skill(item, "knowledge", library()) for item in items}
    reworded = renamed(user, block.key, {key: tag.skill for key, tag in tags.items()})
    changed = learn_tags(user, ExerciseSkill, block.key, {key: [tag] for key, tag in tags.items()}, at)
    carry_ratings(user, reworded, at)
    return changed


def typed_skill(line: Item, category: str, known: Library) -> Tag:
    """The skill a line names: one of the library's, those of this kind first, or a word of one's own.

    A line that a connection brought goes by the key of the skill that it was there.
    """
    if skill := known.called(line.text, category):
        return Tag(skill.id, skill.name, skill.category)
    if line.fields.get("given") and known.skill(line.key) is None:
        return Tag(line.key, line.text, category, own=True, given=True)
    return own_skill_lesson(line, category)


def lines_naming(user: Keyholder, skill: str) -> frozenset[str]:
    """The id of an own skill, and the keys of the lines that it is named by."""
    return frozenset({skill, *(key for key in subjects_of(user, skill) if named_by_line(key) == skill)})


def named_by_line(key: str) -> str:
    """The id of the skill in one's own words that the line with this key names."""
    return str(uuid.uuid5(OWN_SKILLS, key))


def own_skill_lesson(line: Item, category: str) -> Tag:
    """A line as a skill in one's own words."""
    return Tag(named_by_line(line.key), line.text, category, own=True)


NAMED = SpecialNoun(("user_skills.named",), _names(ExerciseSkill), (*SKILLS, *SEEN))
NAMED_IN_EXPERIENCES = SpecialNoun(("user_skills.experiences",), _names(ExperienceSkill), (*SKILLS, *SEEN))
NAMED_BY_OTHERS = SpecialNoun(("user_skills.testimonials",), _names(ExerciseSkill), (*SKILLS, "testimonials"))
KNOWN = SpecialNoun(("user_skills.knowledge",), _know, SKILLS)


# Judging


def _fills(*columns: str, is_shared: bool = False) -> Teach:
    """Learns columns of skills from the fields of the same names, and the skills that were typed beside them.

    `is_shared`: several blocks rate so, each the skills of its own kind.
    """

    def learn(user: Keyholder, block: Block, items: Items, at: str) -> bool:
        rated, is_named = _rated_by(user, block, items, at, is_shared=is_shared)
        return rate(user, {column: _judged_as(column, items) for column in columns}, rated, at) or is_named

    return learn


def _rated_by(
    user: Keyholder, block: Block, items: Items, at: str, *, is_shared: bool = False
) -> tuple[RatedSkills, bool]:
    """What this block rates, once the skills typed in it are learned as a tagger would have; whether any changed.

    `is_shared`: other blocks of its kind may rate too, and then this one those of its category alone.
    """
    category, others = category_of(block), _others_like(block) if is_shared else []
    where = [block.key, *others], [item.key for item in items]
    typed = {item.key: [typed_skill(item, category, library())] for item in items if _is_typed(item)}
    named, is_named = named_at(user, *where), False
    before = frozenset(skill for key, _, skill in named if key == block.key)
    if typed or before:
        is_named = learn_tags(user, ExerciseSkill, block.key, typed, at)
        named = named_at(user, *where)
    now = before | {tag.skill for tags in typed.values() for tag in tags}
    elsewhere = frozenset(skill for key, _, skill in named if key in others)
    behind = [(thing, skill) for _, thing, skill in named]
    return RatedSkills(category if others else "", now, elsewhere, behind, every_skill(user)), is_named


def _others_like(block: Block) -> list[str]:
    return [one.key for one in book().blocks if one.makes == block.makes and one.key != block.key]


def _is_typed(item: Item) -> bool:
    return bool(item.text and (item.fields.get("own") or item.fields.get("given")))


def _any_typed(items: Items) -> bool:
    return any(_is_typed(item) for item in items)


def _judged_as(column: str, items: Iterable[Item]) -> dict[str, Any]:
    """The values of one column by item: the field of that name, where it has one."""
    return {item.key: value for item in items if (value := item.fields.get(column)) is not None}


def _judge(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """The lift of each sorted skill, and whether it is a superpower.

    Skills added by hand become skills in one's own words. A rating of the profile counts before one typed here.
    """
    rated, is_named = _rated_by(user, block, items, at)
    judged = [_judged(item, rated.mastery(item.key)) for item in items if item.fields["lift"] is not None]
    columns = {column: _judged_as(column, judged) for column in ("lift", "is_superpower")}
    return rate(user, columns, rated, at) or is_named


def _judged(item: Item, mastery: int | None) -> Item:
    """A sorted skill with `is_superpower`: what the person says, else what the rule says."""
    fields = item.fields
    is_computed = is_strong_and_lifting(fields["mastery"] if mastery is None else mastery, fields["lift"])
    is_superpower = is_computed if fields["said"] is None else fields["said"]
    return replace(item, fields={**fields, "is_superpower": int(is_superpower)})


RATED = SpecialNoun((RATINGS,), _fills("mastery", "frequency", is_shared=True), SKILLS[:1], names=_any_typed)
RANKED = SpecialNoun(("user_skills.rank",), _fills("rank"), (*SKILLS, SEEN[1]), names=_any_typed)
FELT = SpecialNoun(("user_skills.energy",), _fills("energy"), SKILLS[:1], names=_any_typed)
JUDGED = SpecialNoun(("user_skills.superpower",), _judge, SKILLS, names=_any_typed)
