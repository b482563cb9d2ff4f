"""A sample person's answers, written for a fresh anonymous person by the same save that people use."""

import tomllib
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.naming import sealed_name
from dreamtree.accounts.people import NewTree
from dreamtree.answers.stored import SaveInfo
from dreamtree.content import book, library
from dreamtree.content.book import Activity, ValueCard
from dreamtree.saving import SaveRequest, save_within
from dreamtree.tools import tool

PEOPLE = ("mara", "tom", "lin")
"""Whose trees can be looked at, the one offered first at the front."""
PERSONAS = Path(__file__).parents[2] / "seed" / "personas"
OWN = "own:"


def write_sample(new: NewTree, name: str) -> User:
    """Writes the person and all the answers of the sample person `name`, in one transaction."""
    requests = saves_of(name)

    def write() -> User:
        user = people.insert_tree(new)
        display_name = sealed_name(user, persona(name)["display_name"])
        User.update(display_name=display_name).where(User.id == user.id).execute()
        for request in requests:
            save_within(user, request)
        return user

    return db.saving(write)


def saves_of(name: str) -> list[SaveRequest]:
    """The saves that make the tree of a sample person, in their order."""
    return [_save_request(one) for one in persona(name)["answer"]]


def choices() -> tuple[tuple[str, str, str], ...]:
    """Value, name and a line about each sample person, as the field macros take them."""
    return tuple((one, persona(one)["display_name"], persona(one)["facts"]) for one in PEOPLE)


@cache
def persona(name: str) -> Mapping[str, Any]:
    """The sample person's file: display_name, and `answer` tables with block, at and answer."""
    return tomllib.loads((PERSONAS / f"{name}.toml").read_text())


def _save_request(entry: Mapping[str, Any]) -> SaveRequest:
    block = book().block(entry["block"])
    exercise = book().exercise(block.exercise_id) if block else None
    assert block is not None and exercise is not None, entry["block"]
    answer = tool(block.type).empty(block) | _with_ids(entry["answer"])
    save_info = SaveInfo(0, db.new_id(), 1, "save", entry["at"])
    return SaveRequest(exercise, block, answer, save_info, db.new_id(), db.new_id(), {})


def _with_ids(value: Any) -> Any:
    """The answer with slugs of skills, value cards and activities turned into their ids, and own words given one."""
    if isinstance(value, dict):
        return {name: _with_ids(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_ids(one) for one in value]
    return _id_of(value) if isinstance(value, str) else value


def _id_of(word: str) -> str:
    if word.startswith(OWN):
        return str(uuid.uuid5(uuid.NAMESPACE_URL, word))
    cards: tuple[ValueCard | Activity, ...] = (*book().value_cards, *book().activities)
    known = library().by_slug(word) or next((card for card in cards if card.slug == word), None)
    return known.id if known else word
