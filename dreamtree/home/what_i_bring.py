"""*What I bring*: what Roots has gathered, on one page to keep, show or print."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.answers.responses import complete_keys
from dreamtree.content import book
from dreamtree.profile import sources
from dreamtree.tools.wording import times
from dreamtree.values import NOTHING, Item
from dreamtree.workbook.shapes import Link

NO_TERM = "nothing"
"""The pick that says there is nothing of the kind."""


@dataclass(frozen=True)
class BroughtLine:
    """One thing brought, and what belongs to it in small."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A section of the page. `source` is where its words were written; `fill` what would fill it while it is empty."""

    title: str
    lines: tuple[BroughtLine, ...]
    source: Link | None
    fill: Link | None
    layout: str
    is_private: bool


@dataclass(frozen=True)
class WhatIBring:
    """The page: `does` stands on the left, `needs` on the right; `to_come` are the exercises that would add to it."""

    name: str
    sentence: Section | None
    does: tuple[Section, ...]
    needs: tuple[Section, ...]
    to_come: tuple[Link, ...]
    shows_private: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was gathered yet."""
        return not (self.sentence or self.does or self.needs)


def _plainly(item: Item) -> BroughtLine:
    return BroughtLine(item.text)


def _skill(item: Item) -> BroughtLine:
    places = item.fields.get("places") or 0
    return BroughtLine(item.text, f"shown {times(places)}".replace(" ", "\u00a0") if places > 1 else "")


def _value(item: Item) -> BroughtLine:
    return BroughtLine(item.text, item.fields.get("meaning") or "")


def _wanted(item: Item) -> BroughtLine:
    who = {"boss": "in a boss", "colleague": "in coworkers"}
    return BroughtLine(item.text, who.get(item.fields.get("who") or "", ""))


def _term(item: Item) -> BroughtLine:
    firmness = "would need help" if item.fields.get("firmness") == "help" else ""
    return BroughtLine(item.text, " · ".join(part for part in (firmness, item.fields.get("until")) if part))


@dataclass(frozen=True)
class _Query:
    """What a section asks for: what its answers make, the source that reads them, how an item becomes a line.

    `kind`: only the items of this kind. Where many exercises add to it, it `makes` "": none is named while it is empty.
    """

    title: str
    makes: str
    source: str
    filters: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    line: Callable[[Item], BroughtLine] = _plainly
    take: int | None = None
    layout: str = "list"
    is_private: bool = False
    kind: str = ""


SENTENCE = _Query(
    "What I do, in one sentence",
    "profile_texts.superpower_sentence",
    "profile_text",
    {"kinds": ["superpower_sentence"]},
    layout="sentence",
)
SKILLS: Mapping[str, Any] = {"order": "best"}
DOES = (
    _Query(
        "What I do well",
        "user_skills.rank",
        "user_skills",
        SKILLS,
        _skill,
        take=10,
        layout="ranked",
        kind="transferable",
    ),
    _Query(
        "My superpowers",
        "user_skills.superpower",
        "user_skills",
        {"superpower": True, "order": "best"},
        layout="strong",
    ),
    _Query("How I am", "", "user_skills", SKILLS, take=6, layout="line", kind="self_management"),
    _Query("What I know", "", "user_skills", SKILLS, take=4, layout="line", kind="knowledge"),
)
MUSTS: Mapping[str, Any] = {"kinds": ["workplace", "people"], "levels": ["must"]}
NEEDS = (
    _Query("What I value", "user_values.life", "user_values", {"kind": "life", "take": 5}, _value, layout="ranked"),
    _Query("Where I'd like to start", "locations", "locations", take=3, layout="ranked"),
    _Query(
        "What a workplace needs",
        "work_preferences.workplace",
        "work_preferences",
        MUSTS,
        kind="workplace",
    ),
    _Query(
        "People I work well with",
        "work_preferences.people",
        "work_preferences",
        MUSTS,
        _wanted,
        kind="people",
    ),
)
PRIVATE = (
    _Query("The lowest pay I need", "budgets", "budget", take=1, is_private=True),
    _Query("My terms", "constraints", "constraints", {"firmness": ["fixed", "help"]}, _term, is_private=True),
)


def what_i_bring(user: User, *, shows_private: bool) -> WhatIBring:
    """Everything for the page; one query a source and filter. Pay and terms only when the person asks for them."""
    needs = (*NEEDS, *(PRIVATE if shows_private else ()))
    with db.reading():
        complete = complete_keys(user)
        asked = _asked(user, (SENTENCE, *DOES, *needs))
    sentence, *parts = [_shown(section, items, complete) for section, items in asked]
    does, needed = parts[: len(DOES)], parts[len(DOES) :]
    return WhatIBring(
        name=name_of(user),
        sentence=sentence if sentence.lines else None,
        does=tuple(part for part in does if part.lines),
        needs=tuple(part for part in needed if part.lines),
        to_come=tuple(dict.fromkeys(part.fill for part in (*parts, sentence) if part.fill)),
        shows_private=shows_private,
    )


def _asked(user: User, sections: tuple[_Query, ...]) -> list[tuple[_Query, list[Item]]]:
    """Each section with the items of its source; what several ask alike is asked once."""
    found: dict[str, list[Item]] = {}
    for one in sections:
        question = f"{one.source} {dict(one.filters)}"
        if question not in found:
            found[question] = sources()[one.source](user, one.filters)
    return [(one, found[f"{one.source} {dict(one.filters)}"]) for one in sections]


def _shown(section: _Query, items: Iterable[Item], complete: frozenset[str]) -> Section:
    told = (one for one in items if one.text and one.fields.get("kind") != NO_TERM)
    items = [one for one in told if section.kind in ("", one.fields.get("kind"), one.fields.get("category"))]
    shown = [one for one in items if section.is_private or not _is_private(one)][: section.take]
    return Section(
        title=section.title,
        lines=tuple(section.line(one) for one in shown),
        source=_source(shown),
        fill=None if shown else _filled_by(section.makes, complete),
        layout=section.layout,
        is_private=section.is_private,
    )


def _is_private(item: Item) -> bool:
    return bool(item.provenance and item.provenance.is_private)


def _source(items: list[Item]) -> Link | None:
    """The exercise in which these things were said last."""
    where = [item.provenance for item in items if item.provenance]
    last = max(where, key=lambda one: one.written_at, default=None)
    return Link(last.exercise_title, f"/workbook/{last.exercise_id}") if last else None


def _filled_by(makes: str, complete: frozenset[str]) -> Link | None:
    """The exercise that asks for it, unless it is done and has given nothing."""
    block = next((one for one in book().blocks if makes and one.makes == makes), None)
    exercise = book().exercise(block.exercise_id) if block else None
    return Link(exercise.title, f"/workbook/{exercise.id}") if exercise and not exercise.is_done(complete) else None
