"""The content tables: the sequence of exercises, their blocks, and the connections between them."""

from peewee import CompositeKey, ForeignKeyField, IntegerField, TextField

from dreamtree.content.reference_models import ReferenceRow, ToolTypeRow
from dreamtree.db import BaseModel


class PartRow(BaseModel):
    """A part of the book."""

    id = TextField(primary_key=True)
    title = TextField()
    subtitle = TextField()
    grows = TextField(default="")
    page_title = TextField(default="")
    page_address = TextField(default="")
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "parts"


class ModuleRow(BaseModel):
    """A module; it may hold no exercise yet."""

    id = TextField(primary_key=True)
    part = ForeignKeyField(PartRow)
    title = TextField()
    position = IntegerField()
    needs_care = IntegerField(default=0)
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "modules"


class ExerciseSequence(BaseModel):
    """One version of an exercise. Only the active version has a place in the order."""

    full_exercise_id = TextField(primary_key=True)
    part_id = TextField()
    module_id = TextField()
    exercise_id = TextField()
    version = IntegerField()
    sequence_order = IntegerField(null=True, unique=True)
    title = TextField()
    minutes = IntegerField()
    unlocks_tool = ForeignKeyField(ToolTypeRow, null=True, column_name="unlocks_tool")
    is_required = IntegerField(default=1)
    is_short_way = IntegerField(default=0)
    enough = IntegerField(default=0)
    closes_part = IntegerField(default=0)
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "exercise_sequence"
        indexes = ((("part_id", "module_id"), False),)


class ExerciseContent(BaseModel):
    """The words of a text block (Markdown) or of a prompt's question."""

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
        indexes = ((("full_exercise_id", "variant_group"), False),)


class PromptRow(BaseModel):
    """How a question is answered; its words are an `exercise_content` row."""

    id = TextField(primary_key=True)
    content = ForeignKeyField(ExerciseContent)
    prompt_type = TextField()
    help = TextField()
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "prompts"


class StemRow(BaseModel):
    """A block in its place: a text (`content`), a prompt (`prompt`) or a tool (`tool`, `label`, `help`)."""

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
    is_brought = IntegerField(default=0)
    at_end = TextField(default="")
    is_ambient = IntegerField(default=0)
    says_optional = IntegerField(default=0)
    sets_aside_others = TextField(default="")
    asked_if = TextField(default="{}")
    is_active = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "stem"
        indexes = ((("full_exercise_id", "variant_group", "block_key"), True),)


class ConnectionRow(BaseModel):
    """How an earlier answer reaches an exercise; `from_exercise` and `data_object` are JSON."""

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


class StemConnection(BaseModel):
    """A block carries a connection, in this place among its others."""

    stem = ForeignKeyField(StemRow, on_delete="CASCADE")
    connection = ForeignKeyField(ConnectionRow)
    position = IntegerField()

    class Meta:
        table_name = "stem_connections"
        primary_key = CompositeKey("stem", "connection")


class ContentSource(BaseModel):
    """An exercise uses a reference. `exercise_id` is the full id, with its version."""

    id = TextField(primary_key=True)
    exercise_id = ForeignKeyField(ExerciseSequence, column_name="exercise_id")
    reference = ForeignKeyField(ReferenceRow)
    usage_type = TextField()
    notes = TextField()
    position = IntegerField()

    class Meta:
        table_name = "content_sources"


class ContentRevision(BaseModel):
    """One change of the content; the greatest is that of the Book. `summary` is the report."""

    revision = IntegerField(primary_key=True)
    summary = TextField()
    created_at = TextField()

    class Meta:
        table_name = "content_revisions"
