"""The strongest moments, and the last one written in a block, are found without looking at all the others."""

from typing import Any

TABLE = "flow_entries"
BEFORE = ("user_id", "block_key")
AFTER = (*BEFORE, "written_at")
STRENGTH = ("user_id", "energy", "focus", "happened_on")


def up(migrator: Any, db: Any) -> None:
    _make(db, AFTER)
    _make(db, STRENGTH)
    _drop(db, BEFORE)


def down(migrator: Any, db: Any) -> None:
    _make(db, BEFORE)
    _drop(db, STRENGTH)
    _drop(db, AFTER)


def _make(db: Any, columns: tuple[str, ...]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    db.execute_sql(f'CREATE INDEX "{_name(columns)}" ON "{TABLE}" ({names})')


def _drop(db: Any, columns: tuple[str, ...]) -> None:
    db.execute_sql(f'DROP INDEX "{_name(columns)}"')


def _name(columns: tuple[str, ...]) -> str:
    return "_".join((TABLE, *columns))
