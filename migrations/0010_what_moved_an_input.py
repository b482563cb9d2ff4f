"""Which block changed what an answer was built on, so that its page can name the exercise that did."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "answer_inputs" ADD COLUMN "moved_by" TEXT')


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("answer_inputs", "moved_by"))
