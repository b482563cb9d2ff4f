"""Who is here: people, sessions, ways to sign in, settings, progress by module."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, SqliteDatabase, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class User(Model):
    id = TextField(primary_key=True)
    is_anonymous = IntegerField(default=1)
    is_sample = IntegerField(default=0)
    role = TextField(default="user")
    display_name = TextField(null=True)
    time_zone = TextField(default="UTC")
    workbook_complete = IntegerField(default=0)
    data_version = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "users"
        legacy_table_names = False


class Auth(Model):
    user_id = TextField()
    id = TextField()
    type = TextField()
    password_hash = TextField(null=True)
    wrapped_data_key = TextField(null=True)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "auth"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "type"), True),)


class Email(Model):
    user_id = TextField()
    id = TextField()
    lookup = TextField(unique=True)
    email = TextField()
    is_active = IntegerField(default=1)
    added_at = TextField()

    class Meta:
        table_name = "emails"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


class Session(Model):
    user_id = TextField()
    id = TextField()
    state = TextField(default="open")
    is_shared = IntegerField()
    wrapped_data_key = TextField()
    user_agent_label = TextField()
    created_at = TextField()
    last_seen_at = TextField()
    expires_at = TextField(index=True)

    class Meta:
        table_name = "sessions"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


class Throttle(Model):
    id = TextField(primary_key=True)
    tries = IntegerField()
    open_at = TextField()
    tried_at = TextField(index=True)

    class Meta:
        table_name = "throttles"
        legacy_table_names = False


class UserModule(Model):
    user_id = TextField()
    module_id = TextField()
    first_completed_at = TextField(null=True)
    last_modified_at = TextField()

    class Meta:
        table_name = "user_modules"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "module_id")
        constraints = [OWNED_BY_PERSON]


class UserSettings(Model):
    user_id = TextField(primary_key=True)
    background_color = TextField(default="cream")
    text_color = TextField(default="charcoal")
    font = TextField(default="system")
    personality_type = TextField(null=True)
    hides_private = IntegerField(default=0)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "user_settings"
        legacy_table_names = False
        constraints = [OWNED_BY_PERSON]


TABLES = [User, Auth, Email, Session, Throttle, UserModule, UserSettings]


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
