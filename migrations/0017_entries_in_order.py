"""The entries of one block are found without looking at those of a person's longest log."""

from typing import Any

TABLE = "tool_instances"
BEFORE = ("user_id", "block_key")
AFTER = (*BEFORE, "created_at")


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
