"""A story remembers the seed that it was told from."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "soared_stories" ADD COLUMN "began" TEXT')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("soared_stories", "began"))
