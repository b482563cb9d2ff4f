"""A block may be asked only after a choice made above it."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "stem" ADD COLUMN "asked_if" TEXT NOT NULL DEFAULT \'{}\'')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("stem", "asked_if"))
