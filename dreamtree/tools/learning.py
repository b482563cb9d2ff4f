"""What the lines of a list, and an order, teach: what a block makes → who writes it, and the sources it may change."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamtree.content import library
from dreamtree.content.book import Block
from dreamtree.profile.constraints import learn_constraints
from dreamtree.profile.people import learn_testimonials
from dreamtree.profile.places import learn_places, rank_places
from dreamtree.profile.preferences import learn_factors, learn_past, learn_preferences
from dreamtree.profile.reflections import learn_reflections, learn_topics
from dreamtree.profile.skills import ExerciseSkill, Tag, carry_ratings, learn_tags, rate, renamed
from dreamtree.tools.base import Learner
from dreamtree.tools.fields import line

OWN_SKILLS = uuid.uuid5(uuid.NAMESPACE_URL, "dreamtree:own-skills")
"""Under this namespace the key of a line names the skill that the library does not have."""
SKILLS = frozenset({"user_skills", "work_factors"})
PLACES = frozenset({"locations", "work_factors"})
PREFERENCES = frozenset({"work_preferences", "work_factors"})
REFLECTIONS = frozenset({"reflections"})
NOTHING: frozenset[str] = frozenset()

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True)
class Lesson:
    """How rows are written into the profile, and the sources that may then answer otherwise."""

    teach: Callable[[Learner, str, Rows, str], bool]
    sources: frozenset[str]


def learn_list(user: Learner, block: Block, rows: Rows, at: str) -> frozenset[str]:
    """Teaches the lines of a list that have words; answers the sources it changed."""
    lesson = LISTS.get(block.makes)
    if lesson is None:
        return NOTHING
    return lesson.sources if lesson.teach(user, block.key, [row for row in rows if row["text"]], at) else NOTHING


def knowledge(row: Row) -> Tag:
    """The skill a line names: one of the library's things to know, or a word of one's own."""
    words = row["text"].casefold()
    for skill in library().skills:
        if skill.category == "knowledge" and words in {name.casefold() for name in (skill.name, *skill.synonyms)}:
            return Tag(skill.id, skill.name, "knowledge")
    return own_skill(row, "knowledge")


def own_skill(row: Row, category: str) -> Tag:
    """The line as a skill in one's own words."""
    return Tag(str(uuid.uuid5(OWN_SKILLS, row["key"])), line(row["text"]), category, own=True)


def _knowledge(user: Learner, block_key: str, rows: Rows, at: str) -> bool:
    """A line in other words may name another skill, which is done as well as the line said."""
    tags = {row["key"]: knowledge(row) for row in rows}
    reworded = renamed(user, block_key, {key: tag.skill for key, tag in tags.items()})
    changed = learn_tags(user, ExerciseSkill, block_key, {key: [tag] for key, tag in tags.items()}, at)
    carry_ratings(user, reworded, at)
    return changed


def _testimonials(user: Learner, block_key: str, rows: Rows, at: str) -> bool:
    return learn_testimonials(user, block_key, {"rows": rows}, at)


def _wanted(kind: str) -> Callable[[Learner, str, Rows, str], bool]:
    return lambda user, block_key, rows, at: learn_preferences(user, block_key, kind, rows, at)


def _thoughts(kind: str) -> Callable[[Learner, str, Rows, str], bool]:
    return lambda user, block_key, rows, at: learn_reflections(user, block_key, kind, rows, at)


LISTS: Mapping[str, Lesson] = {
    "user_skills.knowledge": Lesson(_knowledge, SKILLS),
    "testimonials": Lesson(_testimonials, frozenset({"testimonials", "contacts"})),
    "locations": Lesson(learn_places, PLACES),
    "work_preferences.past": Lesson(learn_past, PREFERENCES),
    "work_preferences.workplace": Lesson(_wanted("workplace"), PREFERENCES),
    "work_preferences.people": Lesson(_wanted("people"), PREFERENCES),
    "work_preferences.benefit": Lesson(_wanted("benefit"), PREFERENCES),
    "constraints": Lesson(learn_constraints, frozenset({"constraints"})),
    "reflections.group": Lesson(_thoughts("group"), REFLECTIONS),
    "reflections.event": Lesson(_thoughts("event"), REFLECTIONS),
    "topics": Lesson(learn_topics, REFLECTIONS | {"topics"}),
}


@dataclass(frozen=True)
class Order:
    """What a ranking has decided: key → words, key → place."""

    words: Mapping[str, str]
    ranks: Mapping[str, int]
    category: str


def learn_order(user: Learner, block: Block, order: Order, at: str) -> frozenset[str]:
    """Teaches the places of a ranking; answers the sources it changed."""
    if block.makes not in ORDERS:
        return NOTHING
    teach, sources = ORDERS[block.makes]
    return sources if teach(user, block.key, order, at) else NOTHING


def _rank_skills(user: Learner, _: str, order: Order, at: str) -> bool:
    return rate(user, "rank", order.ranks, order.category, at)


def _rank_places(user: Learner, _: str, order: Order, __: str) -> bool:
    return rank_places(user, order.ranks)


def _rank_factors(user: Learner, block_key: str, order: Order, at: str) -> bool:
    return learn_factors(user, block_key, order.words, order.ranks, at)


ORDERS: Mapping[str, tuple[Callable[[Learner, str, Order, str], bool], frozenset[str]]] = {
    "user_skills.rank": (_rank_skills, SKILLS),
    "locations.rank": (_rank_places, PLACES),
    "work_preferences.factor": (_rank_factors, PREFERENCES),
}
