"""The jobs of the reference data."""

from typing import Any

from peewee import IntegerField, Model, TextField


class OccupationRow(Model):
    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    title = TextField()
    family = TextField()
    day = TextField()
    interests = TextField()
    skills = TextField()
    way_in = TextField()
    needs_degree = IntegerField()
    neighbors = TextField()
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "occupations"
        legacy_table_names = False


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([OccupationRow]):
        db.create_tables([OccupationRow], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([OccupationRow]):
        db.drop_tables([OccupationRow])
