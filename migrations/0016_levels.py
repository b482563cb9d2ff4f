"""The level one works at, in fifteen things one can be good at, each time one looked."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class CompetencyScore(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    competency = TextField()
    name = TextField()
    level = IntegerField()
    assessed_on = TextField()

    class Meta:
        table_name = "user_competency_scores"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "assessed_on"), False), (("user_id", "block_key"), False))


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([CompetencyScore]):
        db.create_tables([CompetencyScore], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([CompetencyScore]):
        db.drop_tables([CompetencyScore])
