"""*What I bring*: what Roots has gathered, on one page to keep, show or print."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import name_of
from dreamtree.answers.responses import complete_keys
from dreamtree.home.gathered import GatheredLine, Query, Section, gather, to_come
from dreamtree.tools.wording import times
from dreamtree.values import Item
from dreamtree.workbook.shapes import Link


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


def _skill(item: Item) -> GatheredLine:
    places = item.fields.get("places") or 0
    return GatheredLine(item.text, f"named {times(places)}" if places > 1 else "")


def _value(item: Item) -> GatheredLine:
    return GatheredLine(item.text, item.fields.get("meaning") or "")


def _wanted(item: Item) -> GatheredLine:
    described = {"boss": "in a boss", "colleague": "in coworkers"}
    return GatheredLine(item.text, described.get(item.fields.get("who") or "", ""))


def _term(item: Item) -> GatheredLine:
    firmness = "would need help" if item.fields.get("firmness") == "help" else ""
    return GatheredLine(item.text, " · ".join(part for part in (firmness, item.fields.get("until")) if part))


SENTENCE = Query(
    "What I do, in one sentence",
    "profile_texts.superpower_sentence",
    "profile_text",
    {"kinds": ["superpower_sentence"]},
    layout="sentence",
)
SKILLS: Mapping[str, Any] = {"order": "best"}
DOES = (
    Query(
        "What I do well",
        "user_skills.rank",
        "user_skills",
        SKILLS,
        _skill,
        take=10,
        layout="ranked",
        kind="transferable",
    ),
    Query(
        "My superpowers",
        "user_skills.superpower",
        "user_skills",
        {"superpower": True, "order": "best"},
        layout="strong",
    ),
    Query("How I am", "", "user_skills", SKILLS, take=6, layout="line", kind="self_management"),
    Query("What I know", "", "user_skills", SKILLS, take=4, layout="line", kind="knowledge"),
)
MUSTS: Mapping[str, Any] = {"kinds": ["workplace", "people"], "levels": ["must"]}
NEEDS = (
    Query("What I value", "user_values.life", "user_values", {"kind": "life", "take": 5}, _value, layout="ranked"),
    Query("Where I'd like to start", "locations", "locations", take=3, layout="ranked"),
    Query(
        "What a workplace needs",
        "work_preferences.workplace",
        "work_preferences",
        MUSTS,
        kind="workplace",
    ),
    Query(
        "People I work well with",
        "work_preferences.people",
        "work_preferences",
        MUSTS,
        _wanted,
        kind="people",
    ),
)
PRIVATE = (
    Query("The lowest pay I need", "budgets", "budget", take=1, is_private=True),
    Query("My terms", "constraints", "constraints", {"firmness": ["fixed", "help"]}, _term, is_private=True),
)


def what_i_bring(user: User, *, shows_private: bool) -> WhatIBring:
    """Everything for the page; one query a source and filter. Pay and terms only when the person asks for them."""
    needs = (*NEEDS, *(PRIVATE if shows_private else ()))
    with db.reading():
        complete = complete_keys(user)
        sentence, *parts = gather(user, (SENTENCE, *DOES, *needs), complete)
    does, needed = parts[: len(DOES)], parts[len(DOES) :]
    return WhatIBring(
        name=name_of(user),
        sentence=sentence if sentence.lines else None,
        does=tuple(part for part in does if part.lines),
        needs=tuple(part for part in needed if part.lines),
        to_come=to_come((*parts, sentence)),
        shows_private=shows_private,
    )
