"""A block says under which heading its answer stands large at the end of its module."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "stem" ADD COLUMN "at_end" TEXT NOT NULL DEFAULT \'\'')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("stem", "at_end"))
