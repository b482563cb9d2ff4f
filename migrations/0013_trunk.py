"""What the tree learns of what one wants, and which answer stands at the edge of later pages."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')
AREAS = ("work", "play", "love", "health")
OF_DASHBOARDS = (*(f"{area}_{words}" for words in ("reason", "raise") for area in AREAS), "taken_on")


class Alignment(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    text = TextField()
    link = TextField(default="")
    wins = TextField()

    class Meta:
        table_name = "alignments"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


def up(migrator: Any, db: Any) -> None:
    for column in OF_DASHBOARDS:
        db.execute_sql(f'ALTER TABLE "life_dashboards" ADD COLUMN "{column}" TEXT')
    db.execute_sql('ALTER TABLE "user_values" ADD COLUMN "level" TEXT')
    db.execute_sql('ALTER TABLE "stem" ADD COLUMN "is_ambient" INTEGER NOT NULL DEFAULT 0')
    with db.bind_ctx([Alignment]):
        db.create_tables([Alignment], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Alignment]):
        db.drop_tables([Alignment])
    migrator.migrate(migrator.drop_column("stem", "is_ambient"))
    migrator.migrate(migrator.drop_column("user_values", "level"))
    migrator.migrate(*(migrator.drop_column("life_dashboards", column) for column in OF_DASHBOARDS))
