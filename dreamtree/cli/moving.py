"""From SQLite to a database server: every row, in batches, each table counted and compared."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

from dreamtree.cli.starting import bring_up_to_date

BATCH = 500
MODULUS = 2**256
UNFINISHED = "unfinished_move"
"""A table that is there as long as a move hasn't ended: which tables are done, and what they hold."""
MIGRATIONS_TABLE = "schema_migration"
NOT_EMPTY = (
    "There are already rows in the table {table} of that database. Nothing was changed. "
    "Make an empty database, and move to that one."
)
NOT_EQUAL = (
    "The table {table} isn’t the same on both sides: {old} rows here, {new} there. "
    "The old database is as it was. Run the command again."
)


class CannotMove(Exception):
    """Why not, and what to do about it."""


def move(source: Any, target: Any, say: Callable[[str], None]) -> int:
    """Copies all rows of one engine into another, which is migrated first; answers how many rows that are.

    Broken off at any point, it may begin again: tables that are done and still the same are passed over. Nobody may
    write into `source` meanwhile. `say` is told about each table. Raises `CannotMove`.
    """
    bring_up_to_date(target)
    tables = tables_in_order(source)
    done = _begin(target, tables)
    total, is_whole = 0, True
    for table in tables:
        checksum = table_digest(rows_of(source, table))
        is_whole = is_whole and done.get(table) == _written(checksum)
        if not is_whole:
            _copy(source, target, table)
            _compare(table, checksum, table_digest(rows_of(target, table)))
            target.execute_sql(f'INSERT INTO "{UNFINISHED}" VALUES (%s, %s)', (table, _written(checksum)))
        total += checksum[0]
        say(f"{table}: {checksum[0]} rows" + (", already there" if is_whole else ""))
    target.execute_sql(f'DROP TABLE "{UNFINISHED}"')
    return total


def tables_in_order(source: Any) -> list[str]:
    """Every table with rows of ours; what others point at comes first."""
    waiting = {
        table: {key.dest_table for key in source.get_foreign_keys(table)} - {table}
        for table in source.get_tables()
        if table not in (MIGRATIONS_TABLE, UNFINISHED) and not table.startswith("sqlite_")
    }
    found: list[str] = []
    while waiting:
        free = sorted(table for table, others in waiting.items() if others <= set(found))
        found += free
        waiting = {table: others for table, others in waiting.items() if table not in free}
    return found


def rows_of(engine: Any, table: str) -> Iterator[tuple[Any, ...]]:
    """All rows of a table, its columns by name; a batch at a time is in memory."""
    listed = ", ".join(f'"{name}"' for name in _columns(engine, table))
    with engine.atomic(engine.READING), closing(engine.many_rows(f'SELECT {listed} FROM "{table}"')) as cursor:
        while batch := cursor.fetchmany(BATCH):
            yield from batch


def table_digest(rows: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    """How many rows there are, and a digest of what they hold, in whatever order they come."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).digest(), "big")
    return count, f"{total % MODULUS:064x}"


def _begin(target: Any, tables: list[str]) -> dict[str, str]:
    """What an earlier move has finished: table → count and digest. Raises `CannotMove` where it finds rows."""
    if UNFINISHED in target.get_tables():
        return dict(target.execute_sql(f'SELECT "name", "held" FROM "{UNFINISHED}"').fetchall())
    for table in tables:
        if target.execute_sql(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():
            raise CannotMove(NOT_EMPTY.format(table=table))
    target.execute_sql(f'CREATE TABLE "{UNFINISHED}" ("name" TEXT NOT NULL, "held" TEXT NOT NULL)')
    return {}


def _copy(source: Any, target: Any, table: str) -> None:
    """Fills the table anew. What points at its rows goes with them, so what comes after it is filled anew too."""
    with target.atomic():
        target.execute_sql(f'DELETE FROM "{UNFINISHED}" WHERE "name" = %s', (table,))
        target.execute_sql(f'TRUNCATE "{table}" CASCADE')
    names = _columns(source, table)
    listed, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    for batch in _batches(rows_of(source, table)):
        several = ", ".join([f"({places})"] * len(batch))
        values = [value for row in batch for value in row]
        with target.atomic():
            target.execute_sql(f'INSERT INTO "{table}" ({listed}) VALUES {several}', values)


def _columns(engine: Any, table: str) -> list[str]:
    return sorted(one.name for one in engine.get_columns(table))


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _compare(table: str, old: tuple[int, str], new: tuple[int, str]) -> None:
    if old != new:
        raise CannotMove(NOT_EQUAL.format(table=table, old=old[0], new=new[0]))


def _written(checksum: tuple[int, str]) -> str:
    return f"{checksum[0]} {checksum[1]}"
