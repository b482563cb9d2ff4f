"""The page *All your skills*, and the one on which an own word is renamed or deleted everywhere."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dreamtree.accounts.models import User
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.profile.skill_lists import SkillQuery, own_skills, skill_words, skills_named
from dreamtree.saving.own_skills import DELETED, changed_by, uses_of
from dreamtree.text import clean_line, folded, without_bullet
from dreamtree.tools import NAME_LIMIT
from dreamtree.tools.fields import too_long
from dreamtree.tools.wording import times
from dreamtree.values import Item
from dreamtree.workbook.shapes import Link

PATH = "/my-skills"
KINDS = {
    "transferable": "What you can do",
    "self_management": "What you're like",
    "knowledge": "What you know",
}


@dataclass(frozen=True)
class SkillLine:
    """One skill: in how many places it was named, 0 where nothing names it now; `url` is there for an own word."""

    name: str
    places: int
    url: str

    @property
    def count_words(self) -> str:
        """How often it was named, in words."""
        return f"named {times(self.places)}" if self.places else "not used right now"


@dataclass(frozen=True)
class SkillKind:
    """The skills of one kind."""

    title: str
    skills: tuple[SkillLine, ...]


@dataclass(frozen=True)
class MySkills:
    """Every skill of a person by kind. `done` says what was changed a moment ago, `undo` is what takes it back."""

    kinds: tuple[SkillKind, ...]
    done: str
    undo: str


@dataclass(frozen=True)
class MySkill:
    """One own word, with the places that hold it. `url` takes its new name; `typed` is what stands in the field."""

    name: str
    url: str
    uses: tuple[Link, ...]
    typed: str
    error: str


def my_skills(user: User, changed: str = "") -> MySkills:
    """Every skill of every kind; `changed` is the change that was made a moment ago."""
    texts = changed_by(user, changed) if changed else ()
    lines = _lines(user)
    kinds = tuple(SkillKind(title, _of_kind(lines, kind)) for kind, title in KINDS.items())
    return MySkills(
        kinds=tuple(kind for kind in kinds if kind.skills),
        done=_done(texts),
        undo=changed if texts else "",
    )


def my_skill(user: User, skill: Item, typed: str | None = None, error: str = "") -> MySkill:
    """One own word, where it is used, and what was typed for it."""
    words = skill.text if typed is None else typed
    return MySkill(skill.text, f"{PATH}/{skill.key}", _links(uses_of(user, skill)), words, error)


def as_name(typed: str) -> str:
    """A typed name as it is kept."""
    return without_bullet(clean_line(typed))


def problem_with(name: str) -> str:
    """What forbids this name; "" when it can be kept."""
    if not name:
        return "Type the new name, then save."
    return too_long(name, NAME_LIMIT)


def _lines(user: User) -> list[tuple[str, SkillLine]]:
    """Every skill with its kind; own words too that the search offers and no answer holds now."""
    rows = skills_named(user, SkillQuery())
    named = {row["id"] for row in rows}
    unused = [one for one in own_skills(user) if one.key not in named]
    return [
        *((row["category"], _line(skill_words(user, row["id"], row["own_name"]), row["places"], row)) for row in rows),
        *((one.fields["category"], SkillLine(one.text, 0, _url(one.key))) for one in unused),
    ]


def _line(name: str, places: int, row: Mapping[str, Any]) -> SkillLine:
    return SkillLine(name, places, _url(row["id"]) if row["own_name"] else "")


def _of_kind(lines: Iterable[tuple[str, SkillLine]], kind: str) -> tuple[SkillLine, ...]:
    return tuple(sorted((one for kind_of_line, one in lines if kind_of_line == kind), key=lambda one: folded(one.name)))


def _links(blocks: Iterable[Block]) -> tuple[Link, ...]:
    return tuple(Link(f"{_title(one)}: {one.label}", f"/workbook/{one.exercise_id}#{one.anchor}") for one in blocks)


def _title(block: Block) -> str:
    exercise = book().exercise(block.exercise_id)
    return exercise.title if exercise else block.exercise_id


def _url(skill: str) -> str:
    return f"{PATH}?{urlencode({'skill': skill})}"


def _done(texts: Collection[StoredAnswer]) -> str:
    """What a change did, by the answers that it wrote; "" when it wrote none."""
    is_deleted = any(one.last_kind == DELETED for one in texts)
    return ("Deleted everywhere." if is_deleted else "Renamed everywhere.") if texts else ""
