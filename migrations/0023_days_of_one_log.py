"""The first and the last day of one log of moments are found without looking at its other days, however it is planned.

A server plans for somebody with few moments, and then reads all of whoever has many, unless an index has this order.
"""

from typing import Any

TABLE = "flow_entries"
BEFORE = ("user_id", "block_key", "written_at")
AFTER = ("user_id", "block_key", "happened_on", "written_at")


def up(migrator: Any, db: Any) -> None:
    _exchange(db, BEFORE, AFTER)


def down(migrator: Any, db: Any) -> None:
    _exchange(db, AFTER, BEFORE)


def _exchange(db: Any, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    columns = ", ".join(f'"{name}"' for name in new)
    db.execute_sql(f'CREATE INDEX "{_name(new)}" ON "{TABLE}" ({columns})')
    db.execute_sql(f'DROP INDEX "{_name(old)}"')


def _name(columns: tuple[str, ...]) -> str:
    return "_".join((TABLE, *columns))
