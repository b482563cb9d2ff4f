"""A part says what of the tree it grows, and on which page it gathers what it has brought together."""

from typing import Any

COLUMNS = ("grows", "page_title", "page_address")


def up(migrator: Any, db: Any) -> None:
    for name in COLUMNS:
        db.execute_sql(f'ALTER TABLE "parts" ADD COLUMN "{name}" TEXT NOT NULL DEFAULT \'\'')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(*(migrator.drop_column("parts", name) for name in COLUMNS))
