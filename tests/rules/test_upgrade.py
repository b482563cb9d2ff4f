"""A database of every earlier state, filled, becomes the newest and loses no row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playhouse.migrations import Runner

from dreamtree.cli.moving import tables_in_order
from dreamtree.engines import Engine
from tests.databases import open_at, shut
from tests.rules.test_schema import MIGRATIONS, _schema

STATES = [path.stem for path in sorted(MIGRATIONS.glob("[0-9]*.py"))]
KEY, NUMBER = "k", 1
"""What every text and every number of a row says, keys too: so whatever a row points at is there."""


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Engine]:
    yield open_at(tmp_path / "old.db")
    shut()


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """The schema of a database that was never older."""
    engine = open_at(tmp_path_factory.mktemp("newest") / "newest.db")
    Runner(engine, str(MIGRATIONS)).up()
    schema = _schema(engine)
    shut()
    return schema


@pytest.mark.parametrize("state", STATES[:-1])
def test_an_older_database_keeps_every_row(old: Engine, newest: set[tuple[str, str]], state: str) -> None:
    Runner(old, str(MIGRATIONS)).up(state)
    rows = {table: fill(old, table) for table in tables_in_order(old)}
    assert len(rows) > 15
    Runner(old, str(MIGRATIONS)).up()
    assert {table: kept(old, table, row) for table, row in rows.items()} == rows
    assert columns_of(_schema(old)) == columns_of(newest)


def fill(engine: Any, table: str) -> dict[str, Any]:
    """Puts a row into the table; answers it by columns."""
    columns = engine.get_columns(table)
    row = {one.name: NUMBER if one.data_type.upper().startswith("INT") else KEY for one in columns}
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join([engine.param] * len(row))
    engine.execute_sql(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(row.values()))
    return row


def kept(engine: Any, table: str, row: dict[str, Any]) -> dict[str, Any]:
    """The same columns of the row that is there now."""
    names = ", ".join(f'"{name}"' for name in row)
    (found,) = engine.execute_sql(f'SELECT {names} FROM "{table}"').fetchall()
    return dict(zip(row, found, strict=True))


def columns_of(schema: set[tuple[str, str]]) -> list[str]:
    """The names in a schema: what a new column was added after is another thing in another history."""
    return sorted(name for name, _ in schema)
