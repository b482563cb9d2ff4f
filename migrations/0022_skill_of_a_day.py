"""A day of practice says which skill it was for, so that all of them tell where the skill is.

Days that were noted before take the skill of their practice.
"""

from typing import Any

TABLE = "practice_logs"
BEFORE = ("user_id", "block_key")
AFTER = (*BEFORE, "skill_id", "done_on", "result")
OF_ITS_PRACTICE = """UPDATE "practice_logs" SET "skill_id" = COALESCE((SELECT "practices"."skill_id" FROM "practices"
WHERE "practices"."user_id" = "practice_logs"."user_id" AND "practices"."id" = "practice_logs"."practice_key"), '')"""


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(f'ALTER TABLE "{TABLE}" ADD COLUMN "skill_id" TEXT NOT NULL DEFAULT \'\'')
    db.execute_sql(OF_ITS_PRACTICE)
    _exchange(db, BEFORE, AFTER)


def down(migrator: Any, db: Any) -> None:
    _exchange(db, AFTER, BEFORE)
    migrator.migrate(migrator.drop_column(TABLE, "skill_id"))


def _exchange(db: Any, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    columns = ", ".join(f'"{name}"' for name in new)
    db.execute_sql(f'CREATE INDEX "{_name(new)}" ON "{TABLE}" ({columns})')
    db.execute_sql(f'DROP INDEX "{_name(old)}"')


def _name(columns: tuple[str, ...]) -> str:
    return "_".join((TABLE, *columns))
