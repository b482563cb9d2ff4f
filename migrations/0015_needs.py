"""What one needs and what stops one: ways of thinking, musts, fears and first steps, failures turned over."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class MindsetRow(Model):
    slug = TextField(primary_key=True)
    name = TextField()
    formal_name = TextField()
    meaning = TextField()
    ask = TextField()
    try_it = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "mindset_cards"
        legacy_table_names = False


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


class ProfileMindset(Derived):
    text = TextField()
    evidence = TextField()
    next = TextField()

    class Meta:
        table_name = "mindsets"


class NonNegotiable(Derived):
    text = TextField()
    look = TextField()
    level = TextField(null=True)
    is_private = IntegerField(default=0)

    class Meta:
        table_name = "non_negotiables"


class Action(Derived):
    kind = TextField()
    text = TextField()
    likely = TextField(null=True)
    do = TextField()
    note = TextField()
    is_done = IntegerField(default=0)
    due_on = TextField(default="")

    class Meta:
        table_name = "actions"


class FailureReframe(Derived):
    reframe = TextField()
    happened = TextField()
    told = TextField()
    kind = TextField(default="")
    hands = TextField()
    learned = TextField()
    next = TextField()

    class Meta:
        table_name = "failure_reframes"


TABLES = [MindsetRow, ProfileMindset, NonNegotiable, Action, FailureReframe]


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
