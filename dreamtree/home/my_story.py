"""*My story so far*: what Trunk has gathered, on one page to keep, show or print. Nothing private is on it."""

from dataclasses import dataclass

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.answers.responses import complete_keys
from dreamtree.home.gathered import GatheredLine, Query, Section, gather, to_come
from dreamtree.values import Item
from dreamtree.workbook.shapes import Link

FIRST = "first"
"""The standing of the path that is tried first."""


@dataclass(frozen=True)
class MyStory:
    """The page; `to_come` are the exercises that would add to it."""

    name: str
    compass: Section | None
    parts: tuple[Section, ...]
    story: Section | None
    to_come: tuple[Link, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was gathered yet."""
        return not (self.compass or self.parts or self.story)


def _must(item: Item) -> GatheredLine:
    return GatheredLine(item.text, item.fields.get("look") or "")


def _path(item: Item) -> GatheredLine:
    return GatheredLine(item.text, item.fields.get("why") or "")


def _is_first(item: Item) -> bool:
    return item.fields.get("standing") == FIRST


COMPASS = Query("My compass", "profile_texts.compass", "profile_text", {"kinds": ["compass"]})
MUSTS = Query("My musts", "non_negotiables", "non_negotiables", {"levels": ["must"]}, _must)
PATH = Query(
    "The path I’ll try first",
    "career_options.standing",
    "career_options",
    {},
    _path,
    take=1,
    only=_is_first,
    layout="strong",
)
STORY = Query("My identity story", "profile_texts.identity_story", "profile_text", {"kinds": ["identity_story"]})


def my_story(user: User) -> MyStory:
    """Everything for the page; one query a source and filter."""
    with db.reading():
        sections = gather(user, (COMPASS, MUSTS, PATH, STORY), complete_keys(user))
    compass, musts, path, story = (one if one.lines else None for one in sections)
    return MyStory(
        name=name_of(user),
        compass=compass,
        parts=tuple(one for one in (musts, path) if one),
        story=story,
        to_come=to_come(sections),
    )
