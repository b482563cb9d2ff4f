"""What was said: answers, their history, what they were built on, how far one is."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, SqliteDatabase, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class AnswerInput(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    connection_id = IntegerField()
    seen = TextField()
    seen_digest = TextField()
    now_digest = TextField()
    kept_digest = TextField(null=True)
    is_stale = IntegerField()
    updated_at = TextField()

    class Meta:
        table_name = "answer_inputs"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key", "connection_id"), True), (("user_id", "is_stale"), False))


class AnswerRevision(Model):
    user_id = TextField()
    id = TextField()
    answer_id = TextField()
    block_key = TextField()
    revision = IntegerField()
    kind = TextField()
    editor = TextField()
    is_complete = IntegerField()
    content_json = TextField()
    written_at = TextField()
    recorded_at = TextField()

    class Meta:
        table_name = "answer_revisions"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "answer_id", "recorded_at"), False), (("user_id", "block_key"), False))


class ConnectionChoice(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    connection_id = IntegerField()
    is_off = IntegerField()
    chosen_at = TextField()

    class Meta:
        table_name = "connection_choices"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key", "connection_id"), True),)


class ExerciseResponse(Model):
    user_id = TextField()
    id = TextField()
    version = IntegerField()
    content_hash = TextField()
    is_complete = IntegerField()
    revision = IntegerField()
    last_editor = TextField()
    last_n = IntegerField()
    last_kind = TextField()
    saved_at = TextField()
    deleted_at = TextField(null=True)
    block_key = TextField()
    part_id = TextField()
    module_id = TextField()
    exercise_id = TextField()
    full_exercise_id = TextField()
    response_json = TextField()
    responded_at = TextField()

    class Meta:
        table_name = "exercise_responses"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = (
            (("user_id", "block_key"), True),
            (("user_id", "full_exercise_id"), False),
            (("user_id", "part_id", "module_id"), False),
            (("user_id", "block_key", "is_complete", "revision"), False),
        )


class ToolInstance(Model):
    user_id = TextField()
    id = TextField()
    version = IntegerField()
    content_hash = TextField()
    is_complete = IntegerField()
    revision = IntegerField()
    last_editor = TextField()
    last_n = IntegerField()
    last_kind = TextField()
    saved_at = TextField()
    deleted_at = TextField(null=True)
    tool_type = TextField()
    origin = TextField()
    block_key = TextField(null=True)
    name = TextField(null=True)
    content_json = TextField()
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "tool_instances"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = (
            (("user_id", "tool_type"), False),
            (("user_id", "block_key"), False),
            (("user_id", "content_hash"), False),
        )


class UserExercise(Model):
    user_id = TextField()
    id = TextField()
    version = IntegerField()
    first_passed_at = TextField(null=True)
    set_aside_at = TextField(null=True)
    last_modified_at = TextField()

    class Meta:
        table_name = "user_exercises"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


TABLES = [AnswerInput, AnswerRevision, ConnectionChoice, ExerciseResponse, ToolInstance, UserExercise]


def up(migrator: Any, db: Any) -> None:
    """A person's rows lie together; only SQLite has a word for it."""
    for table in TABLES:
        keyed_by_person = isinstance(table._meta.primary_key, CompositeKey)
        table._meta.without_rowid = keyed_by_person and isinstance(db, SqliteDatabase)
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in TABLES:
            db.create_tables([table], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in reversed(TABLES):
            db.drop_tables([table])
