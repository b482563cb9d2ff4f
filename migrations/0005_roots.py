"""What the rest of Roots teaches: places, work, money, flow, values, practice."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, SqliteDatabase, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class Budget(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    currency = TextField()
    savings = TextField()
    hours = TextField()
    tax = TextField()
    lowest_hour = TextField()
    lowest_month = TextField()
    lowest_year = TextField()
    lasts_until = TextField()
    alternative = TextField()

    class Meta:
        table_name = "budgets"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class BudgetLine(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    side = TextField()
    category = TextField()
    name = TextField()
    amount = TextField()
    period = TextField()
    need = TextField()

    class Meta:
        table_name = "budget_lines"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class ChecklistItem(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    text = TextField()
    note = TextField()
    is_done = IntegerField(default=0)
    due_on = TextField(default="")

    class Meta:
        table_name = "checklists"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class Constraint(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    text = TextField()
    firmness = TextField()
    tell = TextField()
    until = TextField()

    class Meta:
        table_name = "constraints"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class FlowEntry(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    activity = TextField()
    reason = TextField()
    happened = TextField()
    happened_on = TextField(default="")
    part_of_day = TextField(default="")
    energy = IntegerField(null=True)
    focus = IntegerField(null=True)

    class Meta:
        table_name = "flow_entries"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "happened_on"), False), (("user_id", "block_key"), False))


class Location(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    name = TextField()
    draws = TextField()
    holds = TextField()
    rank = IntegerField(null=True)

    class Meta:
        table_name = "locations"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class Note(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    text = TextField()
    more = TextField()

    class Meta:
        table_name = "notes"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class Practice(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    name = TextField()
    skill_id = TextField(null=True)
    begun_on = TextField(default="")
    days = IntegerField(null=True)
    decision = TextField(default="")

    class Meta:
        table_name = "practices"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class PracticeLog(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    practice_key = TextField()
    done_on = TextField()
    result = IntegerField(null=True)
    tried = TextField()
    before = TextField()
    after = TextField()
    steps = TextField()

    class Meta:
        table_name = "practice_logs"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "practice_key", "done_on"), False), (("user_id", "block_key"), False))


class Reflection(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    text = TextField()
    gives = TextField()
    gets = TextField()
    happened = TextField()

    class Meta:
        table_name = "reflections"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class SkillState(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    skill_id = TextField()
    state = TextField()

    class Meta:
        table_name = "skill_states"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


class UserValue(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    card_id = TextField(null=True)
    name = TextField()
    meaning = TextField()
    rank = IntegerField(null=True)

    class Meta:
        table_name = "user_values"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "kind", "rank"), False), (("user_id", "block_key"), False))


class WorkPreference(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    text = TextField()
    level = TextField(null=True)
    who = TextField(null=True)
    rank = IntegerField(null=True)

    class Meta:
        table_name = "work_preferences"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


TABLES = [
    Budget,
    BudgetLine,
    ChecklistItem,
    Constraint,
    FlowEntry,
    Location,
    Note,
    Practice,
    PracticeLog,
    Reflection,
    SkillState,
    UserValue,
    WorkPreference,
]


def up(migrator: Any, db: Any) -> None:
    """A person's rows lie together; only SQLite has a word for it."""
    for table in TABLES:
        keyed_by_person = isinstance(table._meta.primary_key, CompositeKey)
        table._meta.without_rowid = keyed_by_person and isinstance(db, SqliteDatabase)
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in TABLES:
            db.create_tables([table], safe=False)
    migrator.migrate(
        migrator.add_column("user_skills", "lift", IntegerField(null=True)),
        migrator.add_column("exercise_sequence", "enough", IntegerField(default=0)),
        migrator.add_column("modules", "needs_care", IntegerField(default=0)),
    )


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(
        migrator.drop_column("modules", "needs_care"),
        migrator.drop_column("exercise_sequence", "enough"),
        migrator.drop_column("user_skills", "lift"),
    )
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in reversed(TABLES):
            db.drop_tables([table])
