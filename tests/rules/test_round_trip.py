"""A copy brings everything back: saved, the person erased, restored on another DreamTree, and saved again.

For all three sample people, whose answers were changed once, so that there is history.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.archive.file_format import CHANGED_BY_RESTORE
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merging import bring_in, would_join
from dreamtree.archive.snapshot import AnswerSnapshot
from dreamtree.home import samples
from dreamtree.values import Answer
from tests.copies import copied, file_of
from tests.databases import open_copy, shut
from tests.people import new_person
from tests.rules.hostile import snapshot_from
from tests.rules.seeded import BLOCKS
from tests.rules.test_rebuild import change
from tests.rules.test_schema import tables_of_people

Opens = Callable[[str], None]


@pytest.fixture(scope="module")
def new_database(
    _opened: tuple[Flask, Path], seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opens]:
    """Opens a database that holds the book and nobody."""

    def open_new(name: str) -> None:
        path = tmp_path_factory.mktemp("elsewhere") / name
        open_copy(seeded, path)

    yield open_new
    shut()


@pytest.fixture(scope="module")
def copies(new_database: Opens) -> dict[str, bytes]:
    """The copy of each sample person, who is erased by then."""
    found = {}
    new_database("a.db")
    for name in samples.PEOPLE:
        user = with_history(name)
        found[name] = copied(user)
        User.delete().where(User.id == user.id).execute()
    assert _rows() == 0
    return found


def somebody() -> User:
    return new_person()


def with_history(name: str) -> User:
    """The sample person, many answers changed twice."""
    user = samples.write_sample(people.new_tree(is_shared=False, device="a test", is_sample=True), name)
    for n, key in list(enumerate(BLOCKS))[::3]:
        for edit in ((n, n + 1, 7), (n + 3, n, 11)):
            change(user, key, edit)
    return user


def bare(file: dict[str, Any]) -> dict[str, Any]:
    """The file without what the page about the format says a restore changes."""
    found = json.loads(json.dumps(file))
    for place in CHANGED_BY_RESTORE:
        _without(found, place.split("."))
    return found


def _without(part: Any, way: list[str]) -> None:
    name, *rest = way
    for one in part if isinstance(part, list) else [part]:
        if not rest:
            one.pop(name, None)
            continue
        for inner in one.values() if name == "*" else [one[name]] if name in one else []:
            _without(inner, rest)


@pytest.mark.parametrize("name", samples.PEOPLE)
def test_saved_erased_restored_elsewhere_and_saved_again(
    new_database: Opens, copies: dict[str, bytes], name: str
) -> None:
    new_database("b.db")
    user, first = somebody(), json.loads(copies[name])
    report = bring_in(user, snapshot_from(copies[name], ""))
    assert (report.has_changed, report.earlier_questions) == (True, ())
    assert report.earlier > 20
    second = file_of(user)
    assert differences(bare(first), bare(second)) == []
    assert differences(learned(first), learned(second)) == []
    assert differences(own_words(first), own_words(second)) == []


def learned(file: dict[str, Any]) -> dict[str, Any]:
    """The profile but for dates, ids that only this tree can make, and what waits for an undo."""
    return {
        table: [
            {name: one for name, one in row.items() if not name.endswith(("_at", "id", "key")) and name != "position"}
            for row in rows
            if not row.get("removed_at") and row.get("position", 0) >= 0
        ]
        for table, rows in file["profile"].items()
    }


def own_words(file: dict[str, Any]) -> dict[str, str]:
    """The own words that an answer names."""
    named = {row["id"] for row in file["profile"]["user_skills"] if not row["removed_at"]}
    return {one["id"]: one["name"] for one in file["custom_skills"] if one["id"] in named}


@pytest.mark.parametrize("name", samples.PEOPLE)
def test_restoring_twice_adds_nothing(new_database: Opens, copies: dict[str, bytes], name: str) -> None:
    new_database("b.db")
    user, theirs = somebody(), snapshot_from(copies[name], "")
    bring_in(user, theirs)
    before, rows = read_snapshot(user), _rows()
    must_ask, _ = would_join(user, theirs)
    assert not must_ask
    assert not bring_in(user, theirs).has_changed
    assert (read_snapshot(user), _rows()) == (before, rows)


def test_into_a_tree_with_answers_and_twice(new_database: Opens, copies: dict[str, bytes]) -> None:
    """Two people's trees in one: every text of both is there, and the second time adds nothing."""
    new_database("b.db")
    user, theirs = with_history("tom"), snapshot_from(copies["lin"], "")
    before = read_snapshot(user)
    bring_in(user, theirs)
    once, rows = read_snapshot(user), _rows()
    for snapshot in (before, theirs):
        for key, one in snapshot.answers.items():
            texts = [_said(text) for text in _texts(once.answers[key])]
            assert all(_said(text) in texts for text in _texts(one)), key
    assert not bring_in(user, theirs).has_changed
    assert (read_snapshot(user), _rows()) == (once, rows)


def _texts(one: AnswerSnapshot) -> list[Answer]:
    return [one.answer, *(text.answer for text in one.history)]


def _said(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in ("records", "removed")}


def differences(one: Any, other: Any, place: str = "") -> list[str]:
    """Where two files do not say the same; rows of the profile in any order."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = sorted({*one, *other})
        return [line for name in names for line in differences(one.get(name), other.get(name), f"{place} {name}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = zip(sorted(one, key=_order), sorted(other, key=_order), strict=True)
        return [line for n, pair in enumerate(pairs) for line in differences(*pair, f"{place} {n}")]
    return [] if one == other else [f"{place}: {str(one)[:90]} | {str(other)[:90]}"]


def _order(one: Any) -> str:
    return json.dumps(one, sort_keys=True)


def _rows() -> int:
    with db.reading():
        return sum(model.select().count() for model in tables_of_people() if model._meta.table_name != "sessions")
