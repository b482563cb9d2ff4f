"""What is asked: the book, the reference data, and where each idea comes from."""

from typing import Any

from peewee import CompositeKey, ForeignKeyField, IntegerField, Model, TextField


class CompetencyRow(Model):
    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    plain_name = TextField()
    name = TextField()
    definition = TextField()
    category = TextField()
    sort_order = IntegerField()
    relevant_modules = TextField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "competencies"
        legacy_table_names = False
        indexes = ((("category", "sort_order"), False),)


class CompetencyLevelRow(Model):
    id = TextField(primary_key=True)
    competency = ForeignKeyField(CompetencyRow)
    level = IntegerField()
    description = TextField()
    job_context = TextField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "competency_levels"
        legacy_table_names = False
        indexes = ((("competency", "level"), True),)


class ConnectionRow(Model):
    id = IntegerField(primary_key=True)
    from_exercise = TextField()
    to_exercise = TextField()
    connection_type = TextField()
    data_object = TextField()
    sentence = TextField()
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "connections"
        legacy_table_names = False


class ContentRevision(Model):
    revision = IntegerField(primary_key=True)
    summary = TextField()
    created_at = TextField()

    class Meta:
        table_name = "content_revisions"
        legacy_table_names = False


class ToolTypeRow(Model):
    id = TextField(primary_key=True)
    singular_name = TextField()
    plural_name = TextField()
    icon_name = TextField()
    has_reminder = IntegerField(default=0)
    reminder_frequency = TextField(null=True)
    reminder_prompt = TextField(null=True)
    unlocks_at_exercise = TextField(null=True)
    position = IntegerField()
    version = IntegerField(default=1)
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "tool_types"
        legacy_table_names = False


class ExerciseSequence(Model):
    full_exercise_id = TextField(primary_key=True)
    part_id = TextField()
    module_id = TextField()
    exercise_id = TextField()
    version = IntegerField()
    sequence_order = IntegerField(unique=True, null=True)
    title = TextField()
    minutes = IntegerField()
    unlocks_tool = ForeignKeyField(ToolTypeRow, column_name="unlocks_tool", null=True)
    is_required = IntegerField(default=1)
    is_short_way = IntegerField(default=0)
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "exercise_sequence"
        legacy_table_names = False
        indexes = ((("part_id", "module_id"), False),)


class ReferenceRow(Model):
    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    citation_number = IntegerField(unique=True)
    author_surname = TextField(index=True)
    full_citation = TextField()
    short_citation = TextField()
    category = TextField()
    note = TextField()
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "references"
        legacy_table_names = False


class ContentSource(Model):
    id = TextField(primary_key=True)
    exercise_id = ForeignKeyField(ExerciseSequence, column_name="exercise_id")
    reference = ForeignKeyField(ReferenceRow)
    usage_type = TextField()
    notes = TextField()
    position = IntegerField()

    class Meta:
        table_name = "content_sources"
        legacy_table_names = False


class ExerciseContent(Model):
    id = TextField(primary_key=True)
    part_id = TextField()
    module_id = TextField()
    exercise_id = TextField()
    version = IntegerField()
    full_exercise_id = ForeignKeyField(ExerciseSequence, column_name="full_exercise_id")
    content_type = TextField()
    content_text = TextField()
    display_order = IntegerField()
    is_active = IntegerField(default=1)
    variant_group = TextField(default="")
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "exercise_content"
        legacy_table_names = False
        indexes = ((("full_exercise_id", "variant_group"), False),)


class PartRow(Model):
    id = TextField(primary_key=True)
    title = TextField()
    subtitle = TextField()
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "parts"
        legacy_table_names = False


class ModuleRow(Model):
    id = TextField(primary_key=True)
    part = ForeignKeyField(PartRow)
    title = TextField()
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "modules"
        legacy_table_names = False


class PersonalityScaleRow(Model):
    id = TextField(primary_key=True)
    left_letter = TextField()
    right_letter = TextField()
    title = TextField()
    left_end = TextField()
    left_more = TextField()
    right_end = TextField()
    right_more = TextField()
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "personality_scales"
        legacy_table_names = False


class PersonalityTypeRow(Model):
    code = TextField(primary_key=True)
    name = TextField()
    summary = TextField()
    ways = TextField()
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "personality_types"
        legacy_table_names = False


class PromptRow(Model):
    id = TextField(primary_key=True)
    content = ForeignKeyField(ExerciseContent)
    prompt_type = TextField()
    help = TextField()
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "prompts"
        legacy_table_names = False


class SkillRow(Model):
    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    name = TextField(index=True)
    category = TextField()
    family = TextField()
    position = IntegerField()
    is_custom = IntegerField(default=0)
    review_status = TextField(default="approved")
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "skills"
        legacy_table_names = False
        indexes = ((("category", "position"), False),)


class SkillWord(Model):
    skill = ForeignKeyField(SkillRow, on_delete="CASCADE")
    kind = TextField()
    words = TextField()
    position = IntegerField()

    class Meta:
        table_name = "skill_words"
        legacy_table_names = False
        primary_key = CompositeKey("skill", "kind", "words")


class StemRow(Model):
    id = TextField(primary_key=True)
    full_exercise_id = ForeignKeyField(ExerciseSequence, column_name="full_exercise_id")
    block_key = TextField()
    variant_group = TextField(default="")
    display_order = IntegerField()
    kind = TextField()
    content = ForeignKeyField(ExerciseContent, null=True)
    prompt = ForeignKeyField(PromptRow, null=True)
    tool = TextField()
    label = TextField()
    help = TextField()
    who = TextField()
    size = TextField()
    about = TextField()
    makes = TextField()
    final = TextField()
    options = TextField()
    is_required = IntegerField()
    is_private = IntegerField()
    is_public = IntegerField()
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "stem"
        legacy_table_names = False
        indexes = ((("full_exercise_id", "variant_group", "block_key"), True),)


class StemConnection(Model):
    stem = ForeignKeyField(StemRow, on_delete="CASCADE")
    connection = ForeignKeyField(ConnectionRow)
    position = IntegerField()

    class Meta:
        table_name = "stem_connections"
        legacy_table_names = False
        primary_key = CompositeKey("stem", "connection")


class ValueCardRow(Model):
    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    kind = TextField()
    name = TextField()
    meaning = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "value_cards"
        legacy_table_names = False


TABLES = [
    CompetencyRow,
    CompetencyLevelRow,
    ConnectionRow,
    ContentRevision,
    ToolTypeRow,
    ExerciseSequence,
    ReferenceRow,
    ContentSource,
    ExerciseContent,
    PartRow,
    ModuleRow,
    PersonalityScaleRow,
    PersonalityTypeRow,
    PromptRow,
    SkillRow,
    SkillWord,
    StemRow,
    StemConnection,
    ValueCardRow,
]


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in TABLES:
            db.create_tables([table], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in reversed(TABLES):
            db.drop_tables([table])
