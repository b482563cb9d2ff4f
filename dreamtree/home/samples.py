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
from dreamtree.accounts.people import NewTree
from dreamtree.answers.stored import SaveInfo
from dreamtree.content import book, library
from dreamtree.saving import SaveRequest, save_within
from dreamtree.tools import tool
from dreamtree.vault import seal

PEOPLE = ("mara", "tom", "lin")
"""Whose trees can be looked at, the one offered first at the front."""
PERSONAS = Path(__file__).parents[2] / "seed" / "personas"
OWN = "own:"


def plant(arrival: NewTree, name: str) -> User:
    """Writes the person and all the answers of the sample person `name`, in one transaction."""
    attempts = [_attempt(one) for one in persona(name)["answer"]]

    def write() -> User:
        user = people.insert_tree(arrival)
        display_name = seal(user, "users.display_name", user.id, persona(name)["display_name"])
        User.update(display_name=display_name).where(User.id == user.id).execute()
        for attempt in attempts:
            save_within(user, attempt)
        return user

    return db.saving(write)


def choices() -> tuple[tuple[str, str, str], ...]:
    """Value, name and a line about each sample person, as the field macros take them."""
    return tuple((one, persona(one)["display_name"], persona(one)["facts"]) for one in PEOPLE)


@cache
def persona(name: str) -> Mapping[str, Any]:
    """The sample person's file: display_name, and `answer` tables with block, at and answer."""
    return tomllib.loads((PERSONAS / f"{name}.toml").read_text())


def _attempt(said: Mapping[str, Any]) -> SaveRequest:
    block = book().block(said["block"])
    exercise = book().exercise(block.exercise_id) if block else None
    assert block is not None and exercise is not None, said["block"]
    answer = tool(block.type).empty(block) | _with_ids(said["answer"])
    stamp = SaveInfo(0, db.new_id(), 1, "save", said["at"])
    return SaveRequest(exercise, block, answer, stamp, db.new_id(), db.new_id(), {})


def _with_ids(value: Any) -> Any:
    """The answer with slugs of library skills and value cards turned into their ids, and own words given one."""
    if isinstance(value, dict):
        return {name: _with_ids(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_ids(one) for one in value]
    return _id_of(value) if isinstance(value, str) else value


def _id_of(word: str) -> str:
    if word.startswith(OWN):
        return str(uuid.uuid5(uuid.NAMESPACE_URL, word))
    known = library().by_slug(word) or next((card for card in book().value_cards if card.slug == word), None)
    return known.id if known else word
