"""What the tree learns of paths that were tried out."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


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


class TimelineEntry(Derived):
    text = TextField()
    path = TextField(default="")
    title = TextField()
    year = IntegerField(default=0)
    lane = TextField(default="")

    class Meta:
        table_name = "career_timelines"


class PathAssessment(Derived):
    title = TextField()
    resources = TextField()
    liking = TextField()
    confidence = TextField()
    coherence = TextField()
    lowest = TextField()
    reason = TextField()
    pays = TextField()
    kept = TextField()

    class Meta:
        table_name = "career_assessments"


class Question(Derived):
    text = TextField()
    path = TextField(default="")
    title = TextField()
    who = TextField()

    class Meta:
        table_name = "questions"


class SmallTest(Derived):
    text = TextField()
    test = TextField()
    day = TextField()
    expect = TextField()
    happened = TextField()

    class Meta:
        table_name = "tests"


ALL = (TimelineEntry, PathAssessment, Question, SmallTest)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables(ALL, safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables(ALL)
