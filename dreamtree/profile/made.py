"""What a tree holds so far, counted."""

from collections.abc import Mapping
from typing import Any

from peewee import SQL, Model, Select, fn

from dreamtree.db import database
from dreamtree.profile.experiences import Experience
from dreamtree.profile.people import Testimonial
from dreamtree.profile.skills import UserSkill
from dreamtree.profile.stories import SoaredStory
from dreamtree.vault import Keyholder

NAMES: Mapping[str, tuple[str, str]] = {
    "experiences": ("thing you have done", "things you have done"),
    "stories": ("story told", "stories told"),
    "skills": ("skill named", "skills named"),
    "ranked": ("skill put in order", "skills put in order"),
    "people": ("person who has seen you work", "people who have seen you work"),
}


def things_made(user: Keyholder) -> dict[str, int]:
    """How many of each kind, in one query."""
    mine = {
        "experiences": _count(Experience, Experience.user_id == user.id),
        "stories": _count(SoaredStory, (SoaredStory.user_id == user.id) & (SoaredStory.kind == "told")),
        "skills": _count(UserSkill, (UserSkill.user_id == user.id) & UserSkill.removed_at.is_null()),
        "ranked": _count(UserSkill, (UserSkill.user_id == user.id) & UserSkill.rank.is_null(False)),
        "people": _count(Testimonial, Testimonial.user_id == user.id),
    }
    row = Select(columns=[count.alias(name) for name, count in mine.items()]).tuples().execute(database)[0]
    return dict(zip(mine, row, strict=True))


def made_lines(made: Mapping[str, int]) -> tuple[str, ...]:
    """ "12 skills named", one line a kind that there is any of."""
    return tuple(f"{number} {NAMES[kind][number != 1]}" for kind, number in made.items() if number)


def _count(model: type[Model], which: Any) -> Any:
    return model.select(fn.COUNT(SQL("*"))).where(which)
