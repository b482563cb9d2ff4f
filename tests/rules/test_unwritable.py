"""When SQLite can write nothing, a save says so calmly and hands back its text; what was saved can still be read."""

import re
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import click
import pytest
from flask import Flask
from time_machine import Traveller

from dreamtree.cli.failing import in_a_sentence
from dreamtree.db import database, saving
from tests.page import Page
from tests.rules.test_words_on_errors import assert_handed_back, typed_into
from tests.visitor import PARTIAL, Visitor

pytestmark = pytest.mark.a_file
FIRST, LINE, THANKS = "/workbook/1.1.1", "1.1.1.line", "1.1.1.thanks:value"
LONG = "tired" + ", and then some more of it" * 60
Fault = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _as_in_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash is answered with a page."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@contextmanager
def full() -> Iterator[None]:
    """The file may not grow by a page."""
    (most,) = database.execute_sql("PRAGMA max_page_count").fetchone()
    (pages,) = database.execute_sql("PRAGMA page_count").fetchone()
    database.execute_sql(f"PRAGMA max_page_count = {pages}")
    yield
    database.execute_sql(f"PRAGMA max_page_count = {most}")


@contextmanager
def read_only() -> Iterator[None]:
    """The file may be read only."""
    database.execute_sql("PRAGMA query_only = 1")
    yield
    database.execute_sql("PRAGMA query_only = 0")


@contextmanager
def interrupted() -> Iterator[None]:
    """The engine is told to stop whenever a transaction has written something, also when it is about to roll back."""
    connection = database.connection()
    before = connection.total_changes
    connection.set_progress_handler(lambda: int(connection.in_transaction and connection.total_changes > before), 1)
    yield
    database.connection().set_progress_handler(None, 1)


@contextmanager
def failing_disk() -> Iterator[None]:
    """The log takes no further byte: an I/O error."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = Path(f"{database.obj.database}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (log, usual[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.fixture(params=[full, read_only, interrupted, failing_disk], ids=lambda one: one.__name__)
def fault(request: pytest.FixtureRequest, app: Flask) -> Iterator[Fault]:
    """One way in which the engine refuses; after most of them it has rolled back by itself."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    found: Fault = request.param
    yield found
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_save_is_refused_with_its_words_and_works_a_moment_later(person: Visitor, fault: Fault) -> None:
    sent = typed_into(person.open(FIRST))
    field = next(name for name in sent if name.startswith(THANKS))
    sent[field] = LONG
    trimmed = {name: sent[name] for name in sent if ":" not in name or name.startswith(THANKS[: -len(":value")])}
    with fault():
        page = Page(person.client.post(FIRST, data=sent))
    with fault():
        part = Page(person.client.post(f"{FIRST}/1.1.1.thanks", data={**trimmed, "autosave": "1"}, headers=PARTIAL))
        shown = person.open(FIRST)
    assert (page.status, page.response.headers["Retry-After"], part.status) == (503, "5", 503)
    assert "haven’t lost anything" in page.words
    assert_handed_back(page, sent)
    assert shown.status == 200
    assert LONG not in shown.html
    assert person.press(page, "Send it again").status == 200
    assert LONG in person.open(FIRST).html


def test_what_was_saved_is_read_on_another_day_too(person: Visitor, frozen: Traveller, fault: Fault) -> None:
    person.save(FIRST, fields={f"{LINE}:value": "We kept the ward going"})
    for days in (2, 45):
        frozen.shift(timedelta(days=days))
        with fault():
            assert "We kept the ward going" in person.open(FIRST).html
    frozen.shift(timedelta(days=300))
    assert "We kept the ward going" in person.open(FIRST).html


def write_much() -> None:
    for _ in range(300):
        database.execute_sql("INSERT INTO used VALUES (?)", (LONG,))


def test_another_transaction_begins_anew_after_each_of_them(fault: Fault) -> None:
    database.execute_sql("CREATE TABLE used (word TEXT)")
    with fault(), pytest.raises(Exception, match=r"full|readonly|interrupted|disk I/O"):
        saving(write_much)
    assert not database.in_transaction()
    saving(write_much)
    assert database.execute_sql("SELECT count(*) FROM used").fetchone() == (300,)


def test_a_command_says_in_a_sentence_what_stopped_it(app: Flask, fault: Fault) -> None:
    database.execute_sql("CREATE TABLE used (word TEXT)")
    command = in_a_sentence(click.Command("write", callback=lambda: saving(write_much)))
    with fault():
        stopped = app.test_cli_runner().invoke(command)
    assert (stopped.exit_code, stopped.output.count("\n")) == (1, 1)
    assert stopped.output.endswith("What wasn't finished is undone. Put that right, then run the command again.\n")


def test_a_command_that_is_wrong_itself_shows_where(app: Flask) -> None:
    command = in_a_sentence(click.Command("ask", callback=lambda: database.execute_sql("SELECT no_such_column")))
    assert "no_such_column" in repr(app.test_cli_runner().invoke(command).exception)


def test_the_log_has_the_name_that_the_database_gives_to_what_stopped_a_save(
    person: Visitor, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    sent = typed_into(person.open(FIRST))
    sent[next(name for name in sent if name.startswith(THANKS))] = LONG
    with fault():
        assert person.client.post(FIRST, data=sent).status_code == 503
    assert re.search(r"^OperationalError SQLITE_(FULL|READONLY|INTERRUPT|IOERR_WRITE)$", caplog.text, re.MULTILINE)
    assert LONG not in caplog.text
