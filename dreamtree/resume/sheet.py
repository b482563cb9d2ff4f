"""The page of a first resume: one query a source, as much as one sheet of paper holds, what would make it stronger."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.profile import sources
from dreamtree.resume.hints import Hint, hints_for
from dreamtree.resume.lines import (
    GAP,
    ResumeEntry,
    Space,
    latest_first,
    line_entry,
    place_entry,
    story_entry,
    voice_entry,
)
from dreamtree.values import NOTHING, Item

LINES = 50
"""How many printed lines the sheet has under its name."""
HEADING = 2.0
"""How many of them a heading takes, with the room above it."""
LEARNED = "course"
FIRST_LINES = ("resume_line", "superpower_sentence")
"""What the sheet begins with: the line that was written for it, else what one does in a sentence."""


@dataclass(frozen=True)
class ResumePart:
    """A part of the sheet; `left_out` of its entries had no room."""

    title: str
    entries: tuple[ResumeEntry, ...]
    left_out: int
    is_private: bool = False


@dataclass(frozen=True)
class Resume:
    """The sheet: who it is about, its first line, the job that is looked for, its parts, the strongest skills."""

    name: str
    line: ResumeEntry | None
    job: ResumeEntry | None
    parts: tuple[ResumePart, ...]
    skills: tuple[ResumeEntry, ...]
    hints: tuple[Hint, ...]
    shows_private: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print yet."""
        return not (self.line or self.parts or self.skills)


@dataclass(frozen=True)
class _Query:
    """What the sheet asks for: a source, and what of it. `is_private`: only when the person asks for that."""

    source: str
    filters: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    is_private: bool = False


_QUERIES: Mapping[str, _Query] = {
    "lines": _Query("profile_text", {"kinds": FIRST_LINES}),
    "jobs": _Query("career_options", {"paths": False}),
    "places": _Query("experiences"),
    "stories": _Query("soared_stories", {"kind": "told"}),
    "skills": _Query("user_skills", {"order": "best", "take": 10}),
    "voices": _Query("testimonials", is_private=True),
}
Found = Mapping[str, list[Item]]


@dataclass(frozen=True)
class _Section:
    """A part of the sheet: which things stand in it, at most how many, and how one becomes an entry."""

    title: str
    of: Callable[[Found], list[Item]]
    most: int
    entry: Callable[[Item, Space], ResumeEntry | None]
    is_private: bool = False


def _is_wanted(job: Item) -> bool:
    """Whether it is a job that is looked for, and no path with its place among others."""
    return not job.fields.get("standing")


def _worked(found: Found) -> list[Item]:
    return [one for one in latest_first(found["places"]) if one.fields.get("kind") != LEARNED]


def _learned(found: Found) -> list[Item]:
    return [one for one in latest_first(found["places"]) if one.fields.get("kind") == LEARNED]


_SECTIONS = (
    _Section("Experience", _worked, 6, place_entry),
    _Section("Stories", lambda found: found["stories"], 3, story_entry),
    _Section("Learning", _learned, 3, place_entry),
    _Section("What others say", lambda found: found["voices"], 2, voice_entry, is_private=True),
)


def resume_of(user: User, *, shows_private: bool) -> Resume:
    """The resume of this person; with private answers only when they are asked for."""
    with db.reading():
        found = {name: _items(user, query, shows_private) for name, query in _QUERIES.items()}
    found["lines"].sort(key=lambda one: FIRST_LINES.index(one.key))
    space = Space(LINES)
    line, job = _first(found["lines"], space), _first(filter(_is_wanted, found["jobs"]), space)
    skills = tuple(line_entry(one) for one in found["skills"])
    space.takes(", ".join(one.text for one in skills), above=HEADING)
    return Resume(
        name=name_of(user),
        line=line,
        job=job,
        parts=_parts(found, space),
        skills=skills,
        hints=hints_for(found),
        shows_private=shows_private,
    )


def _items(user: User, query: _Query, shows_private: bool) -> list[Item]:
    if query.is_private and not shows_private:
        return []
    items = sources()[query.source](user, query.filters)
    return [one for one in items if one.text and (shows_private or not one.is_private)]


def _first(items: Iterable[Item], space: Space) -> ResumeEntry | None:
    """The first of these that fits."""
    return next((line_entry(one) for one in items if space.takes(one.text, above=GAP)), None)


def _parts(found: Found, space: Space) -> tuple[ResumePart, ...]:
    """The parts that have something, in their order; the first, which is the longest, takes the room that is left."""
    fitted = {section.title: _part(section, found, space) for section in reversed(_SECTIONS)}
    return tuple(part for section in _SECTIONS if (part := fitted[section.title]).entries)


def _part(section: _Section, found: Found, space: Space) -> ResumePart:
    items = section.of(found)
    if not items or not space.takes(above=HEADING):
        return ResumePart(section.title, (), len(items), section.is_private)
    entries = tuple(islice(_fitting(section, items, space), section.most))
    return ResumePart(section.title, entries, len(items) - len(entries), section.is_private)


def _fitting(section: _Section, items: list[Item], space: Space) -> Iterator[ResumeEntry]:
    return (entry for one in items if (entry := section.entry(one, space)) is not None)
