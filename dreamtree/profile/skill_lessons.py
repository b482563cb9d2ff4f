"""What blocks teach about skills: which there are, how well and how often, in what order, and how they leave one.

Special: a skill is named in many blocks and rated in others, and its row stays while any names it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from dreamtree.content import library
from dreamtree.content.blocks import Block
from dreamtree.profile.noun import Items, SpecialNoun
from dreamtree.profile.skill_lists import RATINGS
from dreamtree.profile.skills import (
    ExerciseSkill,
    ExperienceSkill,
    Tag,
    carry_ratings,
    is_strong_and_lifting,
    learn_tags,
    rate,
    ratings_of,
    renamed,
)
from dreamtree.values import Item
from dreamtree.vault import Keyholder

OWN_SKILLS = uuid.uuid5(uuid.NAMESPACE_URL, "dreamtree:own-skills")
"""Under this namespace the key of a line names the skill that the library does not have."""
SKILLS = ("user_skills", "work_factors")


def category_of(block: Block) -> str:
    """The kind of skill that a block is about: transferable, unless its options say otherwise."""
    return str(block.options.get("category") or "transferable")


# Naming


def _tags(items: Items) -> dict[str, list[Tag]]:
    """What each thing was tagged with."""
    return {item.key: [Tag(**tag) for tag in item.fields["tags"]] for item in items}


def _name_in_experiences(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    return learn_tags(user, ExperienceSkill, block.key, _tags(items), at)


def _name(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    return learn_tags(user, ExerciseSkill, block.key, _tags(items), at)


def _know(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """A line in other words may name another skill, which is done as well as the line said."""
    tags = {item.key: knowledge(item) for item in items}
    reworded = renamed(user, block.key, {key: tag.skill for key, tag in tags.items()})
    changed = learn_tags(user, ExerciseSkill, block.key, {key: [tag] for key, tag in tags.items()}, at)
    carry_ratings(user, reworded, at)
    return changed


def knowledge(line: Item) -> Tag:
    """The skill a line names: one of the library's things to know, or a word of one's own."""
    words = line.text.casefold()
    for skill in library().skills:
        if skill.category == "knowledge" and words in {name.casefold() for name in (skill.name, *skill.synonyms)}:
            return Tag(skill.id, skill.name, "knowledge")
    return own_skill(line, "knowledge")


def own_skill(line: Item, category: str) -> Tag:
    """A line as a skill in one's own words."""
    return Tag(str(uuid.uuid5(OWN_SKILLS, line.key)), line.text, category, own=True)


NAMED = SpecialNoun(makes=("user_skills.named",), teach=_name, changes=SKILLS)
NAMED_IN_EXPERIENCES = SpecialNoun(makes=("user_skills.experiences",), teach=_name_in_experiences, changes=SKILLS)
NAMED_BY_OTHERS = SpecialNoun(makes=("user_skills.testimonials",), teach=_name, changes=(*SKILLS, "testimonials"))
KNOWN = SpecialNoun(makes=("user_skills.knowledge",), teach=_know, changes=SKILLS)


# Judging


def _rate(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    changed = [_write(user, block, scale, items, at) for scale in ("mastery", "frequency")]
    return any(changed)


def _rank(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    return _write(user, block, "rank", items, at)


def _feel(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    return _write(user, block, "energy", items, at)


def _write(user: Keyholder, block: Block, column: str, items: Iterable[Item], at: str) -> bool:
    """Writes one column of the skills of the block's category: the field of that name, and nothing on the others."""
    said = {item.key: item.fields.get(column) for item in items}
    return rate(user, column, {key: value for key, value in said.items() if value is not None}, category_of(block), at)


def _judge(user: Keyholder, block: Block, items: Items, at: str) -> bool:
    """The lift of each sorted skill, and whether it is a superpower.

    Skills added by hand become skills in one's own words. A rating of the profile counts before one typed here.
    """
    own = {item.key: [own_skill(item, category_of(block))] for item in items if item.fields.get("own")}
    is_named = learn_tags(user, ExerciseSkill, block.key, own, at)
    ratings = ratings_of(user, [item.key for item in items])
    judged = [
        _judged(item, ratings.get(item.key, (None, None))[0]) for item in items if item.fields["lift"] is not None
    ]
    changed = [_write(user, block, column, judged, at) for column in ("lift", "is_superpower")]
    return is_named or any(changed)


def _judged(item: Item, mastery: int | None) -> Item:
    """A sorted skill with `is_superpower`: what the person says, else what the rule says."""
    said, known = item.fields, item.fields.get("mastery") if mastery is None else mastery
    is_superpower = is_strong_and_lifting(known, said["lift"]) if said["said"] is None else said["said"]
    return replace(item, fields={**said, "is_superpower": int(is_superpower)})


RATED = SpecialNoun(makes=(RATINGS,), teach=_rate, changes=("user_skills",))
RANKED = SpecialNoun(makes=("user_skills.rank",), teach=_rank, changes=SKILLS)
FELT = SpecialNoun(makes=("user_skills.energy",), teach=_feel, changes=("user_skills",))
JUDGED = SpecialNoun(makes=("user_skills.superpower",), teach=_judge, changes=SKILLS)
