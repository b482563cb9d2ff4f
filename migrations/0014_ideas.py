"""What the tree learns of ideas and paths, and the interests of the reference data."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')
OF_PATHS = {"why": "TEXT", "uses": "TEXT", "is_path": "INTEGER NOT NULL DEFAULT 0"}


class Derived(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class IdeaTree(Derived):
    root = TextField()

    class Meta:
        table_name = "idea_trees"


class IdeaNode(Derived):
    word = TextField()
    parent = TextField(default="")
    is_leaf = IntegerField(default=0)

    class Meta:
        table_name = "idea_nodes"


class Interest(Derived):
    letter = TextField()
    score = IntegerField(default=0)
    is_top = IntegerField(default=0)

    class Meta:
        table_name = "interests"


class CareerIdea(Derived):
    text = TextField()
    why = TextField()
    words = TextField()
    occupation = TextField(null=True)

    class Meta:
        table_name = "career_ideas"


class InterestKindRow(Model):
    letter = TextField(primary_key=True)
    slug = TextField(unique=True)
    name = TextField()
    meaning = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "interest_kinds"
        legacy_table_names = False


class ActivityRow(Model):
    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    text = TextField()
    interest = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "activities"
        legacy_table_names = False


TABLES = (IdeaTree, IdeaNode, Interest, CareerIdea, InterestKindRow, ActivityRow)


def up(migrator: Any, db: Any) -> None:
    for column, kind in OF_PATHS.items():
        db.execute_sql(f'ALTER TABLE "career_options" ADD COLUMN "{column}" {kind}')
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
    migrator.migrate(*(migrator.drop_column("career_options", column) for column in OF_PATHS))
