"""Two people who say different things leave the same plain columns: words, money, moods, and whatever is private.

Decisions 31: ids, dates, ranks, flags, ratings are plain. What depends on anything else would tell it to whoever has
a copy of the file, be it the key of a row.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from dreamtree.accounts.sessions import TREE
from dreamtree.db import database, engine
from tests.databases import ask, run
from tests.rules.canaried import everything_written, sealed_choices, write
from tests.rules.conftest import Story
from tests.rules.filling import Canaries
from tests.rules.seeded import EXERCISES
from tests.rules.test_schema import tables_of_people
from tests.visitor import Visitor

OF_THE_PAGE = {"last_editor", "editor"}
"""Random words of a rendered page."""
MEANINGLESS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,}")
"""Random ids and keyed digests."""


def test_no_plain_column_depends_on_what_is_sealed(app: Flask, frozen: object, story: Story) -> None:
    one, written = everything_written(story)
    other = Visitor(app.test_client())
    other.client.set_cookie(TREE, written[1].cookie)
    chosen = written[0].chosen | written[1].chosen
    for exercise in EXERCISES:
        page, others = one.open(f"/workbook/{exercise}"), other.open(f"/workbook/{exercise}").form()
        ones = page.form()
        assert _in_any_row(sealed_choices(page, 0)) <= _in_any_row(chosen), "whatever is offered is chosen"
        same = {name for name in chosen if name in ones and ones[name] == others.get(name)}
        assert not same, "the two have to differ"
    assert differences() == {}


def _in_any_row(names: Iterable[str]) -> set[str]:
    return {re.sub(r"rows-\d+", "rows", name) for name in names}


def test_a_choice_in_the_key_of_a_row_would_be_seen(frozen: object, start: Callable[[], Visitor]) -> None:
    for which in range(2):
        write(start(), "/workbook/1.2.5", Canaries(which))
    assert differences() == {}
    with database.atomic(engine().SAVING):
        (row,) = ask("SELECT user_id FROM constraints LIMIT 1")
        run("UPDATE constraints SET item_key = 'pick-pain' WHERE user_id = ?", row)
    assert set(differences()) == {"constraints"}


def differences() -> dict[str, Any]:
    """Table → the plain rows that one person has and the other has not."""
    people = [row[0] for row in ask("SELECT id FROM users ORDER BY id")]
    found = {}
    for table in (model._meta.table_name for model in tables_of_people()):
        one, other = (_plain_rows(table, person) for person in people)
        if one != other:
            found[table] = (one - other, other - one)
    return found


def _plain_rows(table: str, person: str) -> Counter[tuple[str, ...]]:
    columns = [one.name for one in database.get_columns(table) if one.name not in OF_THE_PAGE]
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = ask(f'SELECT {listed} FROM "{table}" WHERE user_id = ?', (person,))
    return Counter(tuple(_plainly(value) for value in row) for row in rows)


def _plainly(value: Any) -> str:
    text = str(value)
    return "sealed" if text.startswith('{"v":') else MEANINGLESS.sub("…", text)
