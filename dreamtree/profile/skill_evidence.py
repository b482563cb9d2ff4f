"""Skills that were named before, each as a tag at the thing that is tagged again.

What was named for the thing the person began with stands at each story that tells it in full; what is of one kind,
wherever it was named, stands at no thing in particular. Special: it joins what was named to where it belongs now.
"""

from collections.abc import Mapping
from typing import Any

from peewee import JOIN, fn

from dreamtree.db import Statement
from dreamtree.profile.noun import SpecialNoun
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import open_column
from dreamtree.profile.skill_lists import SkillQuery, skill_words, skills_named
from dreamtree.profile.skills import GENERAL, ExerciseSkill, OwnSkill, UserSkill
from dreamtree.profile.stories import COPIED, SEED, SoaredStory
from dreamtree.text import folded
from dreamtree.values import Item
from dreamtree.vault import Keyholder

Seed = SoaredStory.alias()
_COLUMNS = (
    *("story", "story_id", "began", *COPIED, "seed_id", *(f"seed_{part}" for part in COPIED)),
    *("skill", "category", "own_name", "block_key", "written_at"),
)


def skill_evidence(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """One item a skill and thing, in the skill's words; `subject` is the thing, `tag` the skill. One query.

    `category` asks for the skills of one kind; else the things are stories that tell the one that it all began with.
    """
    if category := filters.get("category"):
        return [_in_general(user, row) for row in skills_named(user, SkillQuery(category))]
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _OF_THE_SEED.rows(user.id)]
    by_story = {row["story"]: row for row in rows}
    stories = {story for story, row in by_story.items() if _began_from_seed(user, row)}
    return [_item(user, row) for row in rows if row["story"] in stories]


def _in_general(user: Keyholder, row: Mapping[str, Any]) -> Item:
    return _item(user, {**row, "story": GENERAL, "skill": row["id"], "written_at": row["at"]})


def _began_from_seed(user: Keyholder, row: Mapping[str, Any]) -> bool:
    """Whether a story began from the seed: it says so, or it begins so where it was learned before stories said it."""
    if row["began"]:
        return bool(row["began"] == row["seed_id"])
    return any(_has_words_of(user, row, part) for part in COPIED)


def _has_words_of(user: Keyholder, row: Mapping[str, Any], part: str) -> bool:
    words = open_column(user, SoaredStory, row["story_id"], part, row[part])
    seed = open_column(user, SoaredStory, row["seed_id"], part, row[f"seed_{part}"])
    return bool(seed) and folded(words or "").startswith(folded(seed))


def _item(user: Keyholder, row: Mapping[str, Any]) -> Item:
    words = skill_words(user, row["skill"], row["own_name"])
    is_own = row["own_name"] is not None
    tag = {"skill": row["skill"], "name": words, "category": row["category"], "own": is_own}
    fields = {"subject": row["story"], "tag": tag}
    return Item(f"{row['story']}:{row['skill']}", words, fields, provenance(row["block_key"], row["written_at"]))


def _seed_skills(user_id: Any) -> Any:
    """A seed goes by its exercise, so what was named for it is what its exercise named."""
    seed_exercise = fn.REPLACE(Seed.id, f":{SEED}", "")
    return (
        ExerciseSkill.select(
            SoaredStory.item_key,
            SoaredStory.id,
            SoaredStory.began,
            *(getattr(SoaredStory, part) for part in COPIED),
            Seed.id,
            *(getattr(Seed, part) for part in COPIED),
            ExerciseSkill.skill_id,
            UserSkill.category,
            OwnSkill.name,
            ExerciseSkill.block_key,
            ExerciseSkill.written_at,
        )
        .join(
            Seed,
            on=(
                (Seed.user_id == ExerciseSkill.user_id)
                & (Seed.kind == SEED)
                & (ExerciseSkill.block_key ** seed_exercise.concat(".%"))
            ),
        )
        .join(SoaredStory, on=((SoaredStory.user_id == ExerciseSkill.user_id) & (SoaredStory.kind != SEED)))
        .join(
            UserSkill,
            on=((UserSkill.user_id == ExerciseSkill.user_id) & (UserSkill.id == ExerciseSkill.skill_id)),
        )
        .join(
            OwnSkill,
            JOIN.LEFT_OUTER,
            on=((OwnSkill.user_id == ExerciseSkill.user_id) & (OwnSkill.id == ExerciseSkill.skill_id)),
        )
        .where(ExerciseSkill.user_id == user_id)
        .order_by(SoaredStory.item_key, ExerciseSkill.position, ExerciseSkill.skill_id)
    )


_OF_THE_SEED = Statement(_seed_skills)
SKILL_EVIDENCE = SpecialNoun(source="skill_evidence", reads=skill_evidence)
