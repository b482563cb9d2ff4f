"""The databases of tests, on either engine: made once, kept, and copied for each test.

A path stands for a database. With SQLite it is the file; with a server (`make test-postgres`) the file holds the name
of a database there.
"""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from dreamtree.db import database, open_database
from dreamtree.engines import Engine, Server
from tests.postgres.cluster import VARIABLE

SERVER = os.environ.get(VARIABLE, "")
"""The address of the server to run on; "" for SQLite."""
DATABASE_NAME = "dreamtree.db"
_at: list[Path] = []


def url_of(path: Path) -> str:
    """The address of the database at `path`; it is made, empty, where it is missing."""
    if not SERVER:
        return f"sqlite:///{path}"
    if not path.exists():
        _make(path, "template0")
    return SERVER.replace("/postgres?", f"/{path.read_text()}?")


def open_at(path: Path) -> Engine:
    """Opens the database at `path`, which is made where it is missing."""
    shut()
    _at[:] = [path]
    return open_database(url_of(path))


def database_path() -> Path:
    """The path of the database that was opened last."""
    return _at[0]


def open_copy(source: Path, path: Path) -> Engine:
    """Opens a copy of `source` at `path`: a new one, since a connection that some test left open locks the old one."""
    shut()
    remove(path)
    copy(source, path)
    return open_at(path)


def copy(source: Path, path: Path) -> None:
    """Copies the database at `source`, which nobody has open, to `path`."""
    if SERVER:
        _make(path, source.read_text())
    else:
        shutil.copyfile(source, path)


def keep(path: Path) -> None:
    """Shuts what is open, and copies it to `path`."""
    shut()
    copy(database_path() if SERVER else whole_file(database_path()), path)


def remove(path: Path) -> None:
    """Takes away the database at `path`, if there is one."""
    if SERVER and path.exists():
        _server().execute(f'DROP DATABASE "{path.read_text()}" WITH (FORCE)')
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()


def shut() -> None:
    """Closes what is open, with every connection that this thread or the pool holds."""
    if isinstance(database.obj, Server):
        database.obj.close_all()  # type: ignore[no-untyped-call]
    elif database.obj is not None and not database.is_closed():
        database.close()


def ask(sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement in which each value is a question mark, on either engine."""
    rows: list[tuple[Any, ...]] = database.execute_sql(sql.replace("?", database.param), values).fetchall()
    return rows


def run(sql: str, values: Any = ()) -> None:
    """Carries out a statement in which each value is a question mark, on either engine."""
    database.execute_sql(sql.replace("?", database.param), values)


def rows_changed() -> int:
    """A number that grows with every row that is written in this database."""
    if SERVER:
        written = "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables"
        ask("SELECT pg_stat_force_next_flush()")
        return int(ask(written)[0][0])
    return int(database.connection().total_changes)


def contents() -> dict[str, bytes]:
    """Everything that is kept: the files of SQLite with their names, or the rows of each table of a server."""
    if not SERVER:
        return {one.name: one.read_bytes() for one in database_path().parent.glob(f"{database_path().name}*")}
    return {name: repr(ask(f'SELECT * FROM "{name}"')).encode() for name in database.get_tables()}


@contextmanager
def without_foreign_keys() -> Iterator[None]:
    """Meanwhile this connection takes rows that point at nothing."""
    run("SET session_replication_role = replica" if SERVER else "PRAGMA foreign_keys = 0")
    yield
    run("SET session_replication_role = origin" if SERVER else "PRAGMA foreign_keys = 1")


def columns(table: str) -> list[str]:
    """The names of a table's columns."""
    return [one.name for one in database.get_columns(table)]


def _make(path: Path, template: str) -> None:
    name = f"t_{uuid.uuid4().hex}"
    _server().execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    path.write_text(name)


@cache
def _server() -> psycopg.Connection[Any]:
    return psycopg.connect(SERVER, autocommit=True)


def whole_file(path: Path) -> Path:
    """`path`, once the write-ahead log is part of it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path
