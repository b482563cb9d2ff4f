"""A database of every earlier state, filled, becomes the newest and loses no row."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playhouse.migrations import Runner

from dreamtree.cli.moving import MIGRATIONS_TABLE
from dreamtree.engines import Engine
from tests.databases import SERVER, open_at, shut, without_foreign_keys
from tests.rules.test_schema import MIGRATIONS, _schema

ON_A_SERVER = """SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = current_schema()"""
IN_A_FILE = """SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"""
STATES = [path.stem for path in sorted(MIGRATIONS.glob("[0-9]*.py"))]


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


def test_what_was_written_in_any_earlier_state_is_kept(old: Engine, newest: set[tuple[str, str]]) -> None:
    runner, rows = Runner(old, str(MIGRATIONS)), {}
    for number, state in enumerate(STATES[:-1], start=1):
        runner.up(state)
        with without_foreign_keys():
            rows |= {(table, state): fill(old, table, names, state, number) for table, names in tables(old).items()}
    runner.up()
    assert len({table for table, _ in rows}) > 15
    assert {(table, state): kept(old, table, row) for (table, state), row in rows.items()} == rows
    assert columns_of(_schema(old)) == columns_of(newest)


def test_days_of_practice_are_for_the_skill_of_their_practice(old: Engine) -> None:
    runner, state = Runner(old, str(MIGRATIONS)), "0021_pages_of_parts"
    runner.up(state)
    with without_foreign_keys():
        for table in ("practices", "practice_logs"):
            fill(old, table, tables(old)[table], state, 1)
    runner.up()
    assert old.execute_sql("SELECT skill_id FROM practice_logs").fetchall() == [(state,)]


def tables(engine: Any) -> dict[str, list[tuple[str, str]]]:
    """The columns of every table of ours, each with its type."""
    asked = ON_A_SERVER if SERVER else IN_A_FILE
    found = defaultdict(list)
    for table, name, kind in engine.execute_sql(asked).fetchall():
        found[table].append((name, kind))
    return {table: columns for table, columns in found.items() if table != MIGRATIONS_TABLE}


def fill(engine: Any, table: str, columns: list[tuple[str, str]], text: str, number: int) -> dict[str, Any]:
    """Puts a row into the table; answers it by columns. Keys say the same, so whatever it points at is there."""
    row = {name: number if kind.upper().startswith("INT") else text for name, kind in columns}
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join([engine.param] * len(row))
    engine.execute_sql(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(row.values()))
    return row


def kept(engine: Any, table: str, row: dict[str, Any]) -> dict[str, Any]:
    """The same columns of the row that is there now, found by the first of them."""
    names, (first, value) = ", ".join(f'"{name}"' for name in row), next(iter(row.items()))
    found = engine.execute_sql(f'SELECT {names} FROM "{table}" WHERE "{first}" = {engine.param}', [value]).fetchone()
    return dict(zip(row, found, strict=True)) if found else {}


def columns_of(schema: set[tuple[str, str]]) -> list[str]:
    """The names in a schema: what a new column was added after is another thing in another history."""
    return sorted(name for name, _ in schema)
