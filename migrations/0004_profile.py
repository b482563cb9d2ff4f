"""What the tree has learned: one table a noun."""

from typing import Any

from peewee import SQL, CompositeKey, IntegerField, Model, SqliteDatabase, TextField

OWNED_BY_PERSON = SQL('FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE')


class CareerOption(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    title = TextField()
    standing = TextField(null=True)

    class Meta:
        table_name = "career_options"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class Contact(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    name = TextField()
    known = TextField()

    class Meta:
        table_name = "contacts"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class ExerciseSkill(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    subject_key = TextField()
    skill_id = TextField()

    class Meta:
        table_name = "exercise_skills"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


class Experience(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    title = TextField()
    place = TextField()
    began = TextField()
    ended = TextField()
    is_paid = IntegerField()

    class Meta:
        table_name = "experiences"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class ExperienceSkill(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    subject_key = TextField()
    skill_id = TextField()

    class Meta:
        table_name = "experience_skills"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "skill_id"), False), (("user_id", "block_key"), False))


class LifeDashboard(Model):
    user_id = TextField()
    id = TextField()
    work = TextField(null=True)
    play = TextField(null=True)
    love = TextField(null=True)
    health = TextField(null=True)
    written_at = TextField()

    class Meta:
        table_name = "life_dashboards"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


class OwnSkill(Model):
    user_id = TextField()
    id = TextField()
    name = TextField()
    category = TextField()
    library_skill_id = TextField(null=True)

    class Meta:
        table_name = "own_skills"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


class PersonalityScore(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    score = TextField()

    class Meta:
        table_name = "personality_scores"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


class ProfileText(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    text = TextField()

    class Meta:
        table_name = "profile_texts"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "item_key"), False),)


class SkillOffer(Model):
    id = TextField(primary_key=True)
    user_id = TextField()
    word = TextField()
    category = TextField()
    status = TextField(default="pending")
    offered_at = TextField()

    class Meta:
        table_name = "skill_offers"
        legacy_table_names = False
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id",), False), (("status",), False))


class SoaredStory(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    kind = TextField()
    title = TextField(null=True)
    situation = TextField(null=True)
    obstacle = TextField(null=True)
    action = TextField(null=True)
    result = TextField(null=True)
    evaluation = TextField(null=True)
    discovery = TextField(null=True)

    class Meta:
        table_name = "soared_stories"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "kind"), False), (("user_id", "block_key"), False))


class StartingPoint(Model):
    user_id = TextField()
    id = TextField()
    reason = TextField(null=True)
    urgency = TextField(null=True)
    way = TextField(null=True)
    written_at = TextField()

    class Meta:
        table_name = "starting_points"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


class Testimonial(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    person = TextField()
    known = TextField()
    words = TextField()

    class Meta:
        table_name = "testimonials"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "block_key"), False),)


class UserSkill(Model):
    user_id = TextField()
    id = TextField()
    category = TextField()
    mastery = IntegerField(null=True)
    frequency = IntegerField(null=True)
    rank = IntegerField(null=True)
    energy = TextField(null=True)
    is_superpower = IntegerField(null=True)
    rated_at = TextField(null=True)
    named_at = TextField()
    removed_at = TextField(null=True)

    class Meta:
        table_name = "user_skills"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]
        indexes = ((("user_id", "category", "removed_at"), False),)


class ExperienceTask(Model):
    user_id = TextField()
    id = TextField()
    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()
    experience_id = TextField()
    text = TextField()

    class Meta:
        table_name = "experience_tasks"
        legacy_table_names = False
        primary_key = CompositeKey("user_id", "id")
        constraints = [
            OWNED_BY_PERSON,
            SQL(
                'FOREIGN KEY ("user_id", "experience_id") REFERENCES "experiences" ("user_id", "id") ON DELETE CASCADE'
            ),
        ]
        indexes = ((("user_id", "experience_id"), False),)


TABLES = [
    CareerOption,
    Contact,
    ExerciseSkill,
    Experience,
    ExperienceSkill,
    LifeDashboard,
    OwnSkill,
    PersonalityScore,
    ProfileText,
    SkillOffer,
    SoaredStory,
    StartingPoint,
    Testimonial,
    UserSkill,
    ExperienceTask,
]


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
