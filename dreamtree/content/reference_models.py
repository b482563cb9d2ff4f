"""The reference and attribution tables. Nothing a person wrote stands in them."""

from peewee import CompositeKey, ForeignKeyField, IntegerField, TextField

from dreamtree.db import BaseModel


class PersonalityTypeRow(BaseModel):
    """One of sixteen; `ways` is a JSON list of skill ids."""

    code = TextField(primary_key=True)
    name = TextField()
    summary = TextField()
    ways = TextField()
    position = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "personality_types"


class PersonalityScaleRow(BaseModel):
    """One of the four either/or scales."""

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


class CompetencyRow(BaseModel):
    """One of fifteen; `relevant_modules` is a JSON list."""

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
        indexes = ((("category", "sort_order"), False),)


class CompetencyLevelRow(BaseModel):
    """Level 1–5 of a competency."""

    id = TextField(primary_key=True)
    competency = ForeignKeyField(CompetencyRow)
    level = IntegerField()
    description = TextField()
    job_context = TextField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "competency_levels"
        indexes = ((("competency", "level"), True),)


class SkillRow(BaseModel):
    """A skill of the library. `is_custom` 1 came from a person's offered word, once approved."""

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
        indexes = ((("category", "position"), False),)


class SkillWord(BaseModel):
    """Another way to say a skill: `kind` is "synonym" or "phrase"."""

    skill = ForeignKeyField(SkillRow, on_delete="CASCADE")
    kind = TextField()
    words = TextField()
    position = IntegerField()

    class Meta:
        table_name = "skill_words"
        primary_key = CompositeKey("skill", "kind", "words")


class ToolTypeRow(BaseModel):
    """A tool that also stands alone."""

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


class ReferenceRow(BaseModel):
    """A published source. The table's name is a reserved word and is always quoted."""

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


class ValueCardRow(BaseModel):
    """A value to choose: `kind` is "life" or "work"."""

    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    kind = TextField()
    name = TextField()
    meaning = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "value_cards"


class InterestKindRow(BaseModel):
    """One of the six kinds of interest, known by its letter."""

    letter = TextField(primary_key=True)
    slug = TextField(unique=True)
    name = TextField()
    meaning = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "interest_kinds"


class ActivityRow(BaseModel):
    """An hour of something; `interest` is the letter of the kind that it tells of."""

    id = TextField(primary_key=True)
    slug = TextField(unique=True)
    text = TextField()
    interest = TextField()
    sort_order = IntegerField()
    is_active = IntegerField(default=1)

    class Meta:
        table_name = "activities"


class MindsetRow(BaseModel):
    """A way of thinking: `ask` is what is asked about it, `try_it` a small next try."""

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


class OccupationRow(BaseModel):
    """A job that people do; `skills` and `neighbors` are JSON lists of ids, `interests` one to three letters."""

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
