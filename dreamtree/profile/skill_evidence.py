"""The skills that were named for the thing the person began with, at each story that tells it in full.

Special: it joins what was named to the story told from it.
"""

from collections.abc import Mapping
from typing import Any

from peewee import JOIN, fn

from dreamtree.db import Statement
from dreamtree.profile.noun import SpecialNoun
from dreamtree.profile.provenance import provenance
from dreamtree.profile.skill_lists import name_of
from dreamtree.profile.skills import ExerciseSkill, OwnSkill, UserSkill
from dreamtree.profile.stories import SEED, SoaredStory
from dreamtree.values import Item
from dreamtree.vault import Keyholder


def skill_evidence(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """One item a skill and story, in the skill's words; `subject` is the story, `tag` the skill. One query."""
    return [_item(user, *row) for row in _OF_THE_SEED.rows(user.id)]


def _item(
    user: Keyholder, story: str, skill: str, category: str, own_name: str | None, block_key: str, at: str
) -> Item:
    words = name_of(user, skill, own_name)
    tag = {"skill": skill, "name": words, "category": category, "own": own_name is not None}
    return Item(f"{story}:{skill}", words, {"subject": story, "tag": tag}, provenance(block_key, at))


def _seed_skills(user_id: Any) -> Any:
    """A seed goes by its exercise, so what was named for it is what its exercise named."""
    seed_exercise = fn.REPLACE(SoaredStory.began, f":{SEED}", "")
    return (
        ExerciseSkill.select(
            SoaredStory.item_key,
            ExerciseSkill.skill_id,
            UserSkill.category,
            OwnSkill.name,
            ExerciseSkill.block_key,
            ExerciseSkill.written_at,
        )
        .join(
            SoaredStory,
            on=(
                (SoaredStory.user_id == ExerciseSkill.user_id)
                & SoaredStory.began.is_null(False)
                & (ExerciseSkill.block_key ** seed_exercise.concat(".%"))
            ),
        )
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
