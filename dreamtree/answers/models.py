"""What was said: one current answer a block, its history, and what it was built on."""

from peewee import IntegerField, TextField

from dreamtree.db import PersonModel
from dreamtree.vault import SealedField


class StoredModel(PersonModel):
    """The columns that an answer and a tool instance share: text, revision and who wrote it last."""

    version = IntegerField()
    content_hash = TextField()
    is_complete = IntegerField()
    revision = IntegerField()
    last_editor = TextField()
    last_n = IntegerField()
    last_kind = TextField()
    saved_at = TextField()
    deleted_at = TextField(null=True)


class ExerciseResponse(StoredModel):
    """The answer of one person to one block. `response_json` is sealed; all else is plain."""

    block_key = TextField()
    part_id = TextField()
    module_id = TextField()
    exercise_id = TextField()
    full_exercise_id = TextField()
    response_json = SealedField()
    responded_at = TextField()

    class Meta:
        table_name = "exercise_responses"
        indexes = (
            (("user_id", "block_key"), True),
            (("user_id", "full_exercise_id"), False),
            (("user_id", "part_id", "module_id"), False),
            (("user_id", "block_key", "is_complete", "revision"), False),
        )


class ToolInstance(StoredModel):
    """One saved use of a tool: a standalone one, or one record of a record tool."""

    tool_type = TextField()
    origin = TextField()
    block_key = TextField(null=True)
    name = SealedField(null=True)
    content_json = SealedField()
    created_at = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "tool_instances"
        indexes = (
            (("user_id", "tool_type"), False),
            (("user_id", "block_key", "created_at"), False),
            (("user_id", "content_hash"), False),
        )


class AnswerRevision(PersonModel):
    """An earlier or refused text of an answer or instance. Rows are added, never changed.

    `kind` is autosave, save, row, renamed, deleted, restored, refused, merged or trashed: how that text came to be.
    """

    answer_id = TextField()
    block_key = TextField()
    revision = IntegerField()
    kind = TextField()
    editor = TextField()
    is_complete = IntegerField()
    content_json = SealedField()
    written_at = TextField()
    recorded_at = TextField()

    class Meta:
        table_name = "answer_revisions"
        indexes = ((("user_id", "answer_id", "recorded_at"), False), (("user_id", "block_key"), False))


class AnswerInput(PersonModel):
    """What an answer was built on: the items of one connection as they were when it was first saved.

    `seen` is the sealed list of keys and words; the digests are of all items shown, then, now and when last kept.
    `moved_by` is the block whose answer changed them last.
    """

    block_key = TextField()
    connection_id = IntegerField()
    seen = SealedField()
    seen_digest = TextField()
    now_digest = TextField()
    kept_digest = TextField(null=True)
    is_stale = IntegerField()
    updated_at = TextField()
    moved_by = TextField(null=True)

    class Meta:
        table_name = "answer_inputs"
        indexes = ((("user_id", "block_key", "connection_id"), True), (("user_id", "is_stale"), False))


class ConnectionChoice(PersonModel):
    """*Don’t show this here*: a connection switched off at one block."""

    block_key = TextField()
    connection_id = IntegerField()
    is_off = IntegerField()
    chosen_at = TextField()

    class Meta:
        table_name = "connection_choices"
        indexes = ((("user_id", "block_key", "connection_id"), True),)


class UserExercise(PersonModel):
    """How far one person is with one exercise; `id` is the exercise. Once passed (done or set aside), always passed."""

    version = IntegerField()
    first_passed_at = TextField(null=True)
    set_aside_at = TextField(null=True)
    last_modified_at = TextField()

    class Meta:
        table_name = "user_exercises"
