"""Where one's strongest skills were seen: the places and the stories that they were named for.

Special: it joins what was named to where it was named, in the order of the ranking.
"""

from collections.abc import Mapping
from typing import Any

from peewee import JOIN, Value

from dreamtree.db import Statement
from dreamtree.profile.experiences import Experience
from dreamtree.profile.noun import SpecialNoun
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import TAKEN_OUT, open_column
from dreamtree.profile.skill_lists import skill_words
from dreamtree.profile.skills import ExerciseSkill, ExperienceSkill, OwnSkill, UserSkill
from dreamtree.profile.stories import SoaredStory
from dreamtree.values import Item
from dreamtree.vault import Keyholder

FIRST = 10
_THINGS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "place": (Experience, ("title", "place")),
    "story": (SoaredStory, ("title", "action")),
}
"""What a skill can be seen in, and which of its columns says what it is: the first that has words."""
_COLUMNS = ("skill", "rank", "own_name", "kind", "thing", "name", "other_name", "block_key", "written_at")


def seen_skills(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The first ten skills in their order, each with `subject_words`, what it was seen in; no other ones. One query."""
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _SEEN.rows(user.id)]
    found: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}
    for row in sorted(rows, key=lambda row: (row["rank"], row["skill"], row["kind"], row["thing"])):
        _, words = found.setdefault(row["skill"], (row, {}))
        words[row["thing"]] = _words_of(user, row)
    return [_item(user, row, tuple(filter(None, words.values()))) for row, words in found.values()]


def _words_of(user: Keyholder, row: Mapping[str, Any]) -> str:
    model, columns = _THINGS[row["kind"]]
    closed = zip(columns, (row["name"], row["other_name"]), strict=True)
    opened = (open_column(user, model, row["thing"], column, value) for column, value in closed)
    return next(filter(None, opened), "")


def _item(user: Keyholder, row: Mapping[str, Any], words: tuple[str, ...]) -> Item:
    where = provenance(row["block_key"], row["written_at"])
    return Item(row["skill"], skill_words(user, row["skill"], row["own_name"]), {"subject_words": words}, where)


def _seen_in(kind: str, evidence: Any, user_id: Any) -> Any:
    """The query for skills that are ranked, once for each thing of a kind that they were named for."""
    thing, (name, other) = _THINGS[kind]
    columns = (evidence.block_key, evidence.written_at)
    named = (Value(kind), thing.id, getattr(thing, name), getattr(thing, other))
    is_of = (evidence.user_id == UserSkill.user_id) & (evidence.skill_id == UserSkill.id)
    is_thing = (thing.user_id == evidence.user_id) & (thing.item_key == evidence.subject_key)
    is_own = (OwnSkill.user_id == UserSkill.user_id) & (OwnSkill.id == UserSkill.id)
    return (
        UserSkill.select(UserSkill.id, UserSkill.rank, OwnSkill.name, *named, *columns)
        .join(evidence, on=is_of)
        .join(thing, on=is_thing)
        .join(OwnSkill, JOIN.LEFT_OUTER, on=is_own, src=UserSkill)
        .where(UserSkill.user_id == user_id, UserSkill.removed_at.is_null())
        .where(UserSkill.rank <= FIRST, thing.position != TAKEN_OUT)
    )


_SEEN = Statement(
    lambda user_id: _seen_in("place", ExperienceSkill, user_id).union_all(_seen_in("story", ExerciseSkill, user_id))
)
SEEN_SKILLS = SpecialNoun(source="seen_skills", reads=seen_skills)
