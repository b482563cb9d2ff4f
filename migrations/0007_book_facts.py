"""Facts of the book that code went by: which answers a part brings together, where it ends, what sets others aside."""

from typing import Any

COLUMNS = (
    ("exercise_sequence", "closes_part", "INTEGER NOT NULL DEFAULT 0"),
    ("stem", "is_brought", "INTEGER NOT NULL DEFAULT 0"),
    ("stem", "sets_aside_others", "TEXT NOT NULL DEFAULT ''"),
)


def up(migrator: Any, db: Any) -> None:
    for table, column, kind in COLUMNS:
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(*(migrator.drop_column(table, column) for table, column, _ in reversed(COLUMNS)))
