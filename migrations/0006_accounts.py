"""What accounts need: when the recovery words were checked, and what is not said again for a while.

A word that was offered for everybody and approved belongs to nobody once its person is gone.
"""

from typing import Any

from peewee import SQL, CompositeKey, Model, SqliteDatabase, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class Snooze(Model):
    user_id = TextField()
    id = TextField()
    until = TextField()
    snoozed_at = TextField()

    class Meta:
        table_name = "snoozes"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


TABLES = [Snooze]


def up(migrator: Any, db: Any) -> None:
    """A person's rows lie together; only SQLite has a word for it."""
    for table in TABLES:
        table._meta.without_rowid = isinstance(db, SqliteDatabase)
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in TABLES:
            db.create_tables([table], safe=False)
    migrator.migrate(
        migrator.add_column("auth", "checked_at", TextField(null=True)),
        migrator.add_column("auth", "asked_at", TextField(null=True)),
        migrator.drop_not_null("skill_offers", "user_id"),
    )


def down(migrator: Any, db: Any) -> None:
    db.execute_sql('DELETE FROM "skill_offers" WHERE "user_id" IS NULL')
    migrator.migrate(
        migrator.add_not_null("skill_offers", "user_id"),
        migrator.drop_column("auth", "asked_at"),
        migrator.drop_column("auth", "checked_at"),
    )
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in reversed(TABLES):
            db.drop_tables([table])
