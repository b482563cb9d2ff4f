"""Two people who say different things leave the same plain columns: words, money, moods, and whatever is private.

Decisions 31: ids, dates, ranks, flags, ratings are plain. What depends on anything else would tell it to whoever has
a copy of the file, be it the key of a row.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from dreamtree.db import database
from tests.page import Page
from tests.rules.filling import Canaries, begin_practices, open_every_line, type_everywhere
from tests.rules.seeded import BLOCKS, EXERCISE_FILES, EXERCISES
from tests.rules.test_schema import tables_of_people
from tests.visitor import Visitor

PRIVATE = {
    f"{exercise['id']}.{block['key']}"
    for exercise in EXERCISE_FILES
    for block in exercise["block"]
    if block.get("private")
}
SEALED_KINDS = {"budget-calculator", "slider"}
PLAIN = (":currency", "-skills")
"""The currency is typed; the ids of library skills are plain."""
MOODS = re.compile(r"-(before|after)$")
OF_THE_PAGE = {"last_editor", "editor"}
"""Random words of a rendered page."""
MEANINGLESS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,}")
"""Random ids and keyed digests."""


class Told(Canaries):
    """What one of two people types: for each field the other one types something else, days excepted."""

    def __init__(self, which: int) -> None:
        super().__init__()
        self.which = which

    def for_(self, field: str, kind: str = "words") -> str:
        number = len(self.typed)
        typed = {
            "words": f"{('one', 'another')[self.which]} thing {number}",
            "amount": f"{self.which + 7}3491{number:04d}",
            "figure": ("73.491", "37.5")[self.which],
            "currency": ("QZX", "ZXQ")[self.which],
            "day": "2027-12-31",
        }[kind]
        self.typed[typed] = field
        return typed


@pytest.fixture
def two(app: Flask, frozen: object, start: Callable[[], Visitor]) -> tuple[Visitor, Visitor]:
    """Two people at the same moment."""
    return start(), start()


def test_no_plain_column_depends_on_what_is_sealed(two: tuple[Visitor, Visitor]) -> None:
    chosen: set[str] = set()
    for which, visitor in enumerate(two):
        told = Told(which)
        for exercise in EXERCISES:
            chosen |= _say(visitor, f"/workbook/{exercise}", told, which)
    assert {name.split(":")[0] for name in chosen} >= {
        *(key for key in PRIVATE if BLOCKS[key] in SEALED_KINDS),
        "1.2.5.terms",
        "1.5.3.rest",
    }
    for exercise in EXERCISES:
        one, other = (visitor.get(f"/workbook/{exercise}").form() for visitor in two)
        same = {name for name in chosen if name in one and one[name] == other.get(name)}
        assert not same, "the two have to differ"
    assert differences() == {}


def test_a_choice_in_the_key_of_a_row_would_be_seen(two: tuple[Visitor, Visitor]) -> None:
    for which, visitor in enumerate(two):
        _say(visitor, "/workbook/1.2.5", Told(which), which)
    assert differences() == {}
    with database.atomic("IMMEDIATE"):
        (row,) = database.execute_sql("SELECT user_id FROM constraints LIMIT 1").fetchall()
        database.execute_sql("UPDATE constraints SET item_key = 'pick-pain' WHERE user_id = ?", row)
    assert set(differences()) == {"constraints"}


def _say(visitor: Visitor, path: str, told: Told, which: int) -> set[str]:
    """Answers every text field and every sealed choice of a page; the names of those choices."""
    open_every_line(visitor, path)
    begin_practices(visitor, path)
    chosen = _sealed_choices(visitor.get(path), which)
    visitor.save(path, "save", chosen)
    type_everywhere(visitor, path, told)
    again = _sealed_choices(visitor.get(path), which)
    visitor.save(path, "save", {name: value for name, value in again.items() if not name.endswith(":pick")})
    return set(chosen) | set(again)


def _sealed_choices(page: Page, which: int) -> dict[str, str]:
    """Field → the first or the second thing that it offers."""
    offered: dict[str, list[str]] = {}
    for field in page.by_id("exercise").iter():
        name = field.get("name", "")
        if not _is_sealed(name):
            continue
        if field.get("type") in ("radio", "checkbox"):
            offered.setdefault(name, []).append(field.get("value", "on"))
        elif field.tag == "select":
            values = [one.get("value", "") for one in field.iter("option")]
            offered[name] = [value for value in values if value and value != "other"]
        elif field.get("type") in ("number", "range"):
            offered[name] = ["3", "7"]
    return {name: values[which] for name, values in offered.items() if len([v for v in values if v]) > 1}


def _is_sealed(name: str) -> bool:
    key = name.split(":", maxsplit=1)[0]
    return not name.endswith(PLAIN) and (key in PRIVATE or BLOCKS.get(key) in SEALED_KINDS or bool(MOODS.search(name)))


def differences() -> dict[str, Any]:
    """Table → the plain rows that one person has and the other has not."""
    people = [row[0] for row in database.execute_sql("SELECT id FROM users ORDER BY id").fetchall()]
    found = {}
    for table in (model._meta.table_name for model in tables_of_people()):
        one, other = (_plain_rows(table, person) for person in people)
        if one != other:
            found[table] = (one - other, other - one)
    return found


def _plain_rows(table: str, person: str) -> Counter[tuple[str, ...]]:
    columns = [one.name for one in database.get_columns(table) if one.name not in OF_THE_PAGE]
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = database.execute_sql(f'SELECT {listed} FROM "{table}" WHERE user_id = ?', (person,)).fetchall()
    return Counter(tuple(_plainly(value) for value in row) for row in rows)


def _plainly(value: Any) -> str:
    text = str(value)
    return "sealed" if text.startswith('{"v":') else MEANINGLESS.sub("…", text)
