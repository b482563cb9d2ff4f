"""How often a page asks the database, and that reading writes nothing. No query runs while a template renders: the
`queries` fixture fails every test in which one does."""

import pytest
from flask.testing import FlaskClient

from dreamtree.db import database
from dreamtree.web import Application
from tests.claimed import give_account
from tests.conftest import Queries
from tests.rules.seeded import BLOCKS, EXERCISES, MODULES, exercise_of
from tests.visitor import Visitor

MOST = 8
"""Queries of one page (decisions 42). One that ends a module shows what was made in it: records are one more."""
LAST = {one.rsplit(".", 1)[0]: f"/workbook/{one}" for one in EXERCISES}.values()
OWN = ("/home", "/workbook", "/settings", "/account", "/what-i-bring", *(f"/workbook/modules/{one}" for one in MODULES))
OF_AN_ACCOUNT = (
    "/account",
    *(f"/account/{one}" for one in ("addresses", "devices", "password", "second-step", "words")),
)
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def asked(visitor: Visitor, queries: Queries, path: str) -> list[str]:
    """The queries of one page, as somebody comes back to it."""
    visitor.client.get(path)
    queries.clear()
    assert visitor.client.get(path).status_code == 200
    return list(queries)


@pytest.mark.parametrize("path", [*OWN, *(f"/workbook/{one}" for one in EXERCISES)])
def test_a_page_of_a_full_tree_stays_within_its_queries(sample: Visitor, queries: Queries, path: str) -> None:
    ran = asked(sample, queries, path)
    assert 0 < len(ran) <= MOST + (path in LAST), "\n".join(ran)


def test_what_i_bring_asks_once_more_for_pay_and_once_for_terms(sample: Visitor, queries: Queries) -> None:
    plain = asked(sample, queries, "/what-i-bring")
    assert len(asked(sample, queries, "/what-i-bring?private=yes")) == len(plain) + 2


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_with_every_draft_still_open_stays_within_its_queries(
    sample: Visitor, queries: Queries, exercise: str
) -> None:
    """Nothing of this exercise saved, so that each of its connections is asked."""
    database.execute_sql("DELETE FROM exercise_responses WHERE exercise_id = ?", (exercise.rsplit(".", 1)[-1],))
    database.execute_sql("DELETE FROM answer_inputs WHERE block_key LIKE ?", (f"{exercise}.%",))
    ran = asked(sample, queries, path := f"/workbook/{exercise}")
    assert len(ran) <= MOST + (path in LAST), "\n".join(ran)


@pytest.mark.parametrize("path", ["/", "/credits", "/reference/skills", "/reference/personality-types"])
def test_a_public_page_asks_nothing(client: FlaskClient, queries: Queries, path: str) -> None:
    assert asked(Visitor(client), queries, path) == []


@pytest.mark.parametrize("path", ["/", *OWN, *(f"/workbook/{one}" for one in EXERCISES)])
def test_reading_writes_nothing(filled: Visitor, queries: Queries, path: str) -> None:
    filled.client.get(path)
    before = _everything()
    assert not [sql for sql in asked(filled, queries, path) if sql.lstrip().upper().startswith(WRITES)]
    assert _everything() == before


@pytest.mark.parametrize("path", OF_AN_ACCOUNT)
def test_a_page_of_an_account_stays_within_its_queries_and_writes_nothing(
    app: Application, person: Visitor, queries: Queries, path: str
) -> None:
    give_account(app, person)
    ran = asked(person, queries, path)
    assert 0 < len(ran) <= MOST, "\n".join(ran)
    assert not [sql for sql in ran if sql.lstrip().upper().startswith(WRITES)]


@pytest.mark.parametrize("block", [next(key for key in BLOCKS if exercise_of(key) == one) for one in EXERCISES])
def test_reading_a_history_writes_nothing(filled: Visitor, queries: Queries, block: str) -> None:
    path = f"/workbook/{exercise_of(block)}/{block}/history"
    ran = asked(filled, queries, path)
    assert len(ran) <= MOST
    assert not [sql for sql in ran if sql.lstrip().upper().startswith(WRITES)]


def _everything() -> dict[str, list[tuple[object, ...]]]:
    return {name: database.execute_sql(f'SELECT * FROM "{name}"').fetchall() for name in _tables()}


def _tables() -> list[str]:
    content = {"skills", "skill_synonyms", "stems", "stem_connections"}
    return [name for name in database.get_tables() if name not in content]
