"""What a tree holds so far, counted."""

from collections.abc import Mapping
from typing import Any

from peewee import SQL, Model, Select, fn

from dreamtree.db import database
from dreamtree.profile.experiences import Experience
from dreamtree.profile.flow import FlowEntry
from dreamtree.profile.people import Testimonial
from dreamtree.profile.places import Location
from dreamtree.profile.practices import Practice
from dreamtree.profile.preferences import WorkPreference
from dreamtree.profile.reflections import Note
from dreamtree.profile.skills import UserSkill
from dreamtree.profile.stories import SoaredStory
from dreamtree.profile.values import UserValue
from dreamtree.vault import Keyholder

NAMES: Mapping[str, tuple[str, str]] = {
    "experiences": ("thing you have done", "things you have done"),
    "stories": ("story told", "stories told"),
    "skills": ("skill named", "skills named"),
    "ranked": ("skill put in order", "skills put in order"),
    "superpowers": ("superpower", "superpowers"),
    "people": ("person who has seen you work", "people who have seen you work"),
    "places": ("place in view", "places in view"),
    "musts": ("must for work", "musts for work"),
    "moments": ("moment of flow", "moments of flow"),
    "topics": ("problem worth your time", "problems worth your time"),
    "values": ("value put in order", "values put in order"),
    "practices": ("practice begun", "practices begun"),
}


def things_made(user: Keyholder) -> dict[str, int]:
    """How many of each kind, in one query."""
    living = UserSkill.removed_at.is_null()
    mine = {
        "experiences": _count(user, Experience),
        "stories": _count(user, SoaredStory, SoaredStory.kind == "told"),
        "skills": _count(user, UserSkill, living),
        "ranked": _count(user, UserSkill, UserSkill.rank.is_null(False)),
        "superpowers": _count(user, UserSkill, living, UserSkill.is_superpower == 1),
        "people": _count(user, Testimonial),
        "places": _count(user, Location, Location.position >= 0),
        "musts": _count(user, WorkPreference, WorkPreference.level == "must"),
        "moments": _count(user, FlowEntry),
        "topics": _count(user, Note, Note.kind == "topic"),
        "values": _count(user, UserValue, UserValue.kind == "life"),
        "practices": _count(user, Practice),
    }
    row = Select(columns=[count.alias(name) for name, count in mine.items()]).tuples().execute(database)[0]
    return dict(zip(mine, row, strict=True))


def made_lines(made: Mapping[str, int]) -> tuple[str, ...]:
    """ "12 skills named", one line a kind that there is any of."""
    return tuple(f"{number} {NAMES[kind][number != 1]}" for kind, number in made.items() if number)


def _count(user: Keyholder, model: type[Model], *which: Any) -> Any:
    return model.select(fn.COUNT(SQL("*"))).where(model.user_id == user.id, *which)  # type: ignore[attr-defined]
