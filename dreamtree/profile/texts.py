"""Single texts about oneself, and the jobs and paths in view."""

from peewee import TextField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class ProfileText(DerivedRow):
    """One text; `item_key` is its kind (`resume_line`, …)."""

    text = SealedField()

    class Meta:
        table_name = "profile_texts"
        indexes = ((("user_id", "item_key"), False),)


class CareerOption(DerivedRow):
    """A job or path in view; `item_key` is its place (`first`, …), `standing` first, second or parked."""

    title = SealedField()
    standing = TextField(null=True)

    class Meta:
        table_name = "career_options"


TEXTS = Noun(ProfileText, filters={"kinds": "item_key"}, source="profile_text")
CAREER_OPTIONS = Noun(CareerOption, text="title", says=("standing",), source="career_options")
