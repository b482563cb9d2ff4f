"""What only a database server shows: saves that meet, connections that break, pages that only read."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import peewee
import psycopg
import pytest
from flask import Flask

from dreamtree import db
from dreamtree.engines import Server, Unknown
from dreamtree.metrics import POOL, RETRIES
from tests.counting import count
from tests.databases import SERVER, ask, open_at, run, shut
from tests.visitor import Visitor

WRITERS, SAVES = 4, 15
pytestmark = pytest.mark.a_server


@pytest.fixture
def tally(tmp_path: Path) -> Any:
    """A table with one row that counts."""
    engine = open_at(tmp_path / "tally.db")
    run("CREATE TABLE tally (id TEXT PRIMARY KEY, total INTEGER NOT NULL)")
    run("INSERT INTO tally VALUES ('all', 0)")
    yield engine
    shut()


def total() -> int:
    return int(ask("SELECT total FROM tally")[0][0])


def count_up() -> None:
    """Reads and then writes, so that two at once can't both be right."""
    run("UPDATE tally SET total = ?", (total() + 1,))


def end_connection(number: int) -> None:
    """Ends the connection of this backend from outside, as a restart or a firewall would."""
    with psycopg.connect(SERVER, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 2000)", (number,))


def backend() -> int:
    return int(ask("SELECT pg_backend_pid()")[0][0])


def test_saves_that_meet_run_again_and_none_is_lost(tally: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    met = []
    judge = Server.may_run_again

    def note(self: Server, error: Exception) -> bool:
        met.append(getattr(getattr(error, "orig", None), "sqlstate", ""))
        return judge(self, error)

    monkeypatch.setattr(Server, "may_run_again", note)
    retries = count(monkeypatch, RETRIES)
    start = threading.Barrier(WRITERS)

    def write() -> None:
        start.wait(10)
        for _ in range(SAVES):
            db.saving(count_up)
        db.database.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        for one in [pool.submit(write) for _ in range(WRITERS)]:
            one.result(60)
    assert total() == WRITERS * SAVES
    assert "40001" in met, "no two saves met, so nothing was shown"
    assert retries.told == {(): len(met)}, "each that met another is told to whoever watches"


def test_a_connection_that_breaks_in_mid_save_is_another_one_and_the_save_counts_once(tally: Server) -> None:
    broken: list[int] = []

    def save() -> None:
        count_up()
        if not broken:
            broken.append(backend())
            end_connection(broken[0])
        count_up()

    db.saving(save)
    assert total() == 2
    assert backend() not in broken


def test_a_connection_that_breaks_at_the_commit_leaves_it_unknown_and_nothing_runs_twice(tally: Server) -> None:
    run(
        "CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
    )
    run(
        "CREATE CONSTRAINT TRIGGER at_commit AFTER UPDATE ON tally "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vanish()"
    )
    tried = []

    def save() -> None:
        tried.append(1)
        count_up()

    with pytest.raises(Unknown) as unknown:
        db.saving(save)
    assert tally.is_passing(unknown.value)
    assert len(tried) == 1
    assert total() == 0


def test_a_connection_that_broke_in_the_pool_is_not_lent_again(person: Visitor) -> None:
    assert person.get("/home").status == 200
    for (number,) in ask("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"):
        end_connection(number)
    db.engine().release()
    assert person.get("/home").status == 200
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "Still here"})
    assert "Still here" in person.get("/workbook/1.1.1").html


def test_a_page_reads_and_never_writes(tally: Server) -> None:
    with pytest.raises(peewee.InternalError, match="read-only"), db.reading():
        count_up()
    assert total() == 0


def test_a_page_sees_one_moment(tally: Server) -> None:
    def elsewhere() -> None:
        db.saving(count_up)
        db.database.close()

    with db.reading():
        before = total()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(elsewhere).result(10)
        assert total() == before
    assert total() == before + 1


def test_a_request_gives_its_connection_back_and_says_how_many_are_in_use(
    app: Flask, person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = count(monkeypatch, POOL)
    person.get("/home")
    assert db.database.is_closed()
    assert pool.told[("in use",)] == 0
    assert pool.told[("idle",)] >= 1


def test_more_at_once_than_there_are_connections_are_told_to_try_again(
    person: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine: Any = db.engine()
    monkeypatch.setattr(engine, "_max_connections", 1)
    monkeypatch.setattr(engine, "_wait_timeout", 0.01)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with db.reading():
            held.set()
            free.wait(20)
        db.database.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert held.wait(10)
        page = person.get("/home")
        free.set()
        holding.result(10)
    assert page.status == 503
    assert page.response.headers["Retry-After"]
    assert person.get("/home").status == 200


def test_text_is_ordered_by_its_bytes_whatever_language_the_server_sorts_by(app: Flask) -> None:
    run("CREATE TABLE words (word TEXT PRIMARY KEY)")
    run("INSERT INTO words VALUES ('b'), ('B'), ('a'), ('1.1.10'), ('1.1.2'), ('-')")
    sort = "SELECT word FROM words ORDER BY word"
    assert [word for (word,) in ask(sort)] != ["-", "1.1.10", "1.1.2", "B", "a", "b"]
    db.engine().order_by_bytes()
    assert [word for (word,) in ask(sort)] == ["-", "1.1.10", "1.1.2", "B", "a", "b"]
    assert ask("SELECT 1 FROM information_schema.columns WHERE data_type = 'text' AND collation_name IS NULL "
               "AND table_schema = current_schema()") == []  # fmt: skip
