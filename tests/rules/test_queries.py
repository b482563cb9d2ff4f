"""How often a page or a save asks the database, and that reading writes nothing.

No query runs while a template renders: the `queries` fixture fails every test in which one does.
"""

import re

import pytest
from flask.testing import FlaskClient

from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from dreamtree.profile import may_change
from dreamtree.web import Application
from tests.claimed import give_account
from tests.conftest import Queries
from tests.databases import SERVER, ask, run
from tests.rules.crawl import BEGINNINGS, Reading
from tests.rules.seeded import ANSWERED, EXERCISES, exercise_of, one_of_each, what_it_teaches
from tests.rules.test_fragments import send
from tests.rules.touching import touched
from tests.visitor import Visitor

MOST = 8
"""Queries of one page."""
MOST_OF_AN_AUTOSAVE = 14
"""Statements of one autosave, from who it is to what is shown, where few sources are read."""
BESIDE_SOURCES = 12
"""The same where there are more, without one for each source that its page reads or that it may change for others."""
MORE_OF_AN_AUTOSAVE = {
    "1.1.1.thanks": 15,
    "1.3.2.moments": 19,
    "1.3.3.week": 18,
    **{f"1.1.8.{one}": 26 for one in ("work", "learning", "life")},
}
"""Of a first text of a page, the one before is kept; each entry of a log has a row of its own, and what moments give is
asked for each connection, so that none reads all of a long log; a skill that is called otherwise is looked for in every
answer.
"""
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


def test_every_page_stays_within_its_queries(crawled: dict[str, Reading]) -> None:
    assert {path: read.queries for path, read in crawled.items() if len(read.queries) > MOST} == {}
    assert all(crawled[path].queries for path in BEGINNINGS)


def test_reading_writes_nothing(crawled: dict[str, Reading]) -> None:
    wrote = {path: [sql for sql in read.queries if is_writing(sql)] for path, read in crawled.items()}
    assert {path: queries for path, queries in wrote.items() if queries} == {}
    assert [path for path, read in crawled.items() if read.is_written] == []


def is_writing(sql: str) -> bool:
    return sql.lstrip().upper().startswith(WRITES)


def test_what_i_bring_asks_once_more_for_pay_and_once_for_terms(sample: Visitor, queries: Queries) -> None:
    plain = asked(sample, queries, "/what-i-bring")
    assert len(asked(sample, queries, "/what-i-bring?private=yes")) == len(plain) + 2


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_with_every_draft_still_open_stays_within_its_queries(
    sample: Visitor, queries: Queries, exercise: str
) -> None:
    """Nothing of this exercise saved, so that each of its connections is asked."""
    run("DELETE FROM exercise_responses WHERE exercise_id = ?", (exercise.rsplit(".", 1)[-1],))
    run("DELETE FROM answer_inputs WHERE block_key LIKE ?", (f"{exercise}.%",))
    ran = asked(sample, queries, f"/workbook/{exercise}")
    assert len(ran) <= MOST, "\n".join(ran)


@pytest.mark.parametrize(
    "path", ["/", "/credits", "/reference/skills", "/reference/personality-types", "/reference/occupations"]
)
def test_a_public_page_asks_nothing(client: FlaskClient, queries: Queries, path: str) -> None:
    assert asked(Visitor(client), queries, path) == []


@pytest.mark.parametrize("path", OF_AN_ACCOUNT)
def test_a_page_of_an_account_stays_within_its_queries_and_writes_nothing(
    app: Application, person: Visitor, queries: Queries, path: str
) -> None:
    give_account(app, person)
    ran = asked(person, queries, path)
    assert 0 < len(ran) <= MOST, "\n".join(ran)
    assert not [sql for sql in ran if is_writing(sql)]


@pytest.mark.parametrize("block", one_of_each(ANSWERED, what_it_teaches))
def test_an_autosave_stays_within_its_statements(filled: Visitor, queries: Queries, block: str) -> None:
    page, most = filled.open(f"/workbook/{exercise_of(block)}"), most_of_an_autosave(block)
    for n, words in enumerate(("Typed", "Typed on", "Typed on and on"), 1):
        sent = {**touched(page, block, words), "autosave": ["1"], "n": [str(n)]}
        queries.clear()
        assert send(filled, block, sent).status == 200
        assert len(queries) <= most, "\n".join(queries)


def most_of_an_autosave(block_key: str) -> int:
    """How many statements one may take: each source that is read costs one."""
    exercise, block = book().exercise(exercise_of(block_key)), book().block(block_key)
    assert exercise is not None and block is not None
    read = {one.source for other in exercise.answered_blocks for one in other.connections} & SOURCES.keys()
    changed = [source for source in may_change(block) if book().reading(source)]
    by_sources = BESIDE_SOURCES + len(read) + len(changed)
    return MORE_OF_AN_AUTOSAVE.get(block_key, max(MOST_OF_AN_AUTOSAVE, by_sources))


def test_the_entries_of_one_log_are_found_without_looking_at_those_of_another(
    filled: Visitor, queries: Queries
) -> None:
    """A server knows how long each log is and plans by that; SQLite goes by the indexes alone."""
    asked_for = [sql for sql in asked(filled, queries, "/workbook/1.5.1") if 'FROM "tool_instances"' in sql]
    assert asked_for
    for sql in asked_for if not SERVER else ():
        plan = " ".join(str(row[-1]) for row in ask(f"EXPLAIN QUERY PLAN {sql}", ("",) * sql.count("?")))
        assert "PRIMARY KEY (user_id=? AND id=?)" in plan, plan


def test_home_looks_at_the_ends_of_logs_and_at_nothing_between(filled: Visitor, queries: Queries) -> None:
    """As SQLite says; a server plans by how many rows there are."""
    days = [sql for sql in asked(filled, queries, "/home") if "LENGTH" in sql or '"done_on")' in sql]
    assert len(days) == 2
    for sql in days if not SERVER else ():
        plan = " ".join(str(row[-1]) for row in ask(f"EXPLAIN QUERY PLAN {sql}", ("",) * sql.count("?")))
        assert re.search(r"COVERING INDEX \w+ \(user_id=\? AND (block|practice)_key=\?", plan), plan
        assert "TEMP B-TREE" not in plan, plan
