"""A copy in which values have other types than any tool writes is refused, or every page opens all the same."""

import copy
import random
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merging import bring_in
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import AnswerSnapshot, Snapshot
from dreamtree.archive.validate import validated
from dreamtree.home import samples
from tests.rules.seeded import BLOCKS, EXERCISES, MODULES
from tests.visitor import Visitor

STRANGE: tuple[Any, ...] = (None, 17, 1.5, True, "x", "", [], {}, [1], {"a": 1}, -5, 10**12)
PAGES = ("/home", "/workbook", "/what-i-bring?private=yes", "/resume?private=yes", "/data", "/data/trash")


@pytest.mark.parametrize("name", samples.PEOPLE)
def test_it_is_refused_or_every_page_opens(app: Flask, pytestconfig: pytest.Config, name: str) -> None:
    """Each strange answer is restored by itself, then all that were taken together; each person tries some kinds."""
    user = samples.write_sample(people.new_tree(is_shared=False, device="a test", is_sample=True), name)
    snapshot, chance = read_snapshot(user), random.Random(name)
    User.delete().where(User.id == user.id).execute()
    made = {key: made_strange(chance, snapshot, one) for key, one in snapshot.answers.items()}
    strange = {key: one for key, one in made.items() if one}
    assert len(strange) > len(snapshot.answers) / 4
    if not pytestconfig.getoption("--everything"):
        strange = {key: strange[key] for key in one_a_kind(chance, strange)[samples.PEOPLE.index(name) :: 3]}
    refused = [key for key in strange if not is_taken(snapshot, strange[key])]
    left = {key: one for key, one in strange.items() if key not in refused}
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie("tree", receive(replace(snapshot, answers={**snapshot.answers, **left})).cookie)
    summaries = [f"/workbook/modules/{one}?private=yes" for one in MODULES]
    for path in (*PAGES, *summaries, *(f"/workbook/{one}" for one in EXERCISES), *histories(left)):
        assert visitor.client.get(path).status_code == 200, path


def one_a_kind(chance: random.Random, keys: Collection[str]) -> list[str]:
    """One of these blocks of each kind, in the order of the kinds."""
    chosen = {BLOCKS[key]: key for key in chance.sample(sorted(keys), len(keys))}
    return [key for _, key in sorted(chosen.items())]


def made_strange(chance: random.Random, snapshot: Snapshot, one: AnswerSnapshot) -> AnswerSnapshot | None:
    """The answer with a value of another type somewhere; None when that is refused at the door."""
    answer = copy.deepcopy(one.answer)
    places = list(_places(answer))
    if not places:
        return None
    part, name = chance.choice(places)
    part[name] = chance.choice(STRANGE)
    found = replace(one, answer=answer)
    try:
        validated(replace(snapshot, answers={one.block_key: found}))
    except BadFile:
        return None
    return found


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    names = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in names:
        yield value, name
        yield from _places(one)


def is_taken(snapshot: Snapshot, one: AnswerSnapshot) -> bool:
    """Whether the tree with this answer can be restored; when it is refused, nobody was begun for it."""
    before = User.select().count()
    try:
        arrival = receive(replace(snapshot, answers={**snapshot.answers, one.block_key: one}))
    except BadFile:
        assert User.select().count() == before
        return False
    User.delete().where(User.id == arrival.current.user.id).execute()
    return True


def receive(snapshot: Snapshot) -> people.NewTree:
    """Somebody new, whose tree is this one."""
    arrival = people.new_tree(is_shared=False, device="a test")
    bring_in(arrival.current.user, snapshot, lambda: people.insert_tree(arrival))
    return arrival


def histories(answers: dict[str, AnswerSnapshot]) -> list[str]:
    return [f"/workbook/{'.'.join(key.split('.')[:3])}/{key}/history" for key in answers]
