"""Which questions say themselves when they may be left blank."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "stem" ADD COLUMN "says_optional" INTEGER NOT NULL DEFAULT 0')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("stem", "says_optional"))
