"""Erasing leaves nothing: a canary in every column of a person's rows is in no byte of the database or of any log.

The columns are read from the schema, so that what is added later is covered on the day it is.
"""

import hashlib
import logging
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from dreamtree.db import database
from tests.databases import ask, columns, contents, database_path, run
from tests.page import Page
from tests.rules.test_canary import _forms_in
from tests.rules.test_schema import tables_of_people
from tests.visitor import Visitor

SONG = "qz" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(20))
KEYS = ("user_id", "id", "module_id")
"""What a row is found by."""


def erase(visitor: Visitor, word: str = "erase") -> Page:
    return visitor.press(visitor.get("/data/erase"), "Erase everything now", {"word": word})


def of(block: str) -> str:
    found = ask("SELECT user_id FROM exercise_responses WHERE block_key = ?", (block,))
    assert len(found) == 1
    return str(found[0][0])


def plant(user_id: str) -> set[tuple[str, str]]:
    """A canary in every text column of every row of this person, too long for one page of the file.

    Where there was no row there is one now; the session that is here stays, and another gets the words. Answers the
    columns.
    """
    planted = set()
    with _by_hand() as connection:
        for table in (model._meta.table_name for model in tables_of_people()):
            declared = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            is_empty = not connection.execute(f'SELECT 1 FROM "{table}" WHERE user_id = ?', (user_id,)).fetchone()
            if is_empty or table == "sessions":
                _add_row(connection, table, declared, user_id)
            keys = [row[1] for row in declared if row[1] in ("id", "module_id")] or ["user_id"]
            for name in (row[1] for row in declared if row[1] not in KEYS and "TEXT" in row[2].upper()):
                words = f"{SONG}-{table}-{name}-" + "x" * 6000
                which = f"user_id = ? AND id = '{SONG}'" if table == "sessions" else "user_id = ?"
                connection.execute(f'UPDATE "{table}" SET "{name}" = ? || "{keys[0]}" WHERE {which}', (words, user_id))
                planted.add((table, name))
        for name in OF_THE_PERSON:
            connection.execute(f'UPDATE users SET "{name}" = ? WHERE id = ?', (f"{SONG}-{name}", user_id))
    return planted


OF_THE_PERSON = ("display_name", "role", "created_at", "updated_at")
"""Their clock is read to date the receipt."""


def _add_row(connection: sqlite3.Connection, table: str, declared: list[tuple[object, ...]], user_id: str) -> None:
    values = {str(row[1]): SONG if "TEXT" in str(row[2]).upper() else 0 for row in declared} | {"user_id": user_id}
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join("?" * len(values))
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(values.values()))


@contextmanager
def _by_hand() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(database_path(), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@pytest.fixture
def planted_in(filled: Visitor) -> tuple[Visitor, str]:
    """Somebody whose whole tree is canaries, and their id."""
    user_id = of("1.1.1.thanks")
    found = plant(user_id)
    assert len(found) > 200
    assert any(SONG.encode() in raw for raw in contents().values()), "nothing was planted"
    return filled, user_id


@pytest.mark.a_file
def test_a_canary_in_every_column_is_in_no_byte_afterwards(
    planted_in: tuple[Visitor, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = erase(planted_in[0])
    assert "Erased" in page.words, page.words[:300]
    assert SONG not in page.html
    nothing_left(planted_in[1])
    assert not _forms_in(caplog.text.encode(), SONG)


def nothing_left(user_id: str) -> None:
    for name, raw in contents().items():
        assert not _forms_in(raw, SONG), name
        assert user_id.encode() not in raw, name


@pytest.mark.a_file
def test_a_reader_in_the_way_is_told_and_the_daily_clearing_finishes(
    planted_in: tuple[Visitor, str], app: Flask
) -> None:
    with _by_hand() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM users").fetchone()
        page = erase(planted_in[0])
        assert "the last traces will leave the server’s disk in the next daily cleanup" in page.words
        assert ask("SELECT COUNT(*) FROM users")[0] == (0,)
    assert "The log is empty." in app.test_cli_runner().invoke(args=["maintain"]).output
    nothing_left(planted_in[1])


def test_other_peoples_rows_are_untouched(filled: Visitor, stranger: Visitor) -> None:
    stranger.save("/workbook/1.1.1", fields={"1.1.1.line:value": "Still here"})
    others = of_others(of("1.1.1.thanks"))
    erase(filled)
    assert of_others("nobody") == others
    assert "Still here" in stranger.get("/workbook/1.1.1").html


def of_others(user_id: str) -> str:
    """A hash of everything that is not this person's."""
    told = hashlib.sha256()
    for table in sorted(database.get_tables()):
        own = columns(table)
        key = "user_id" if "user_id" in own else "id" if table == "users" else None
        which = f' WHERE "{key}" <> ?' if key else ""
        rows = ask(f'SELECT * FROM "{table}"{which}', (user_id,) if key else ())
        told.update(repr(sorted(rows, key=repr)).encode())
    return told.hexdigest()


def test_an_approved_word_stays_and_leads_to_nobody(person: Visitor) -> None:
    user_id = str(ask("SELECT id FROM users")[0][0])
    for word, status in (("Welding", "approved"), ("Whistling", "pending"), ("Waiting", "rejected")):
        row = (f"{user_id}:{word}", user_id, word, "transferable", status, "2027-03-01")
        run("INSERT INTO skill_offers VALUES (?, ?, ?, ?, ?, ?)", row)
    erase(person)
    kept = ask("SELECT id, user_id, word FROM skill_offers")
    assert [(owner, word) for _, owner, word in kept] == [(None, "Welding")]
    assert user_id not in kept[0][0]
