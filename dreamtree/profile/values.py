"""What one values, in one's own order."""

from peewee import IntegerField, TextField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class UserValue(DerivedRow):
    """A value that stayed. `kind` is life or work, `card_id` the card it came from (None for one's own).

    `meaning` is what it means in one's own words; `rank` 1 is the first; `level` is how much one of work matters.
    """

    kind = TextField()
    card_id = TextField(null=True)
    name = SealedField()
    meaning = SealedField()
    rank = IntegerField(null=True)
    level = TextField(null=True)

    class Meta:
        table_name = "user_values"
        indexes = ((("user_id", "kind", "rank"), False), (("user_id", "block_key"), False))


VALUES = Noun(
    UserValue,
    text="name",
    says=("kind", "card_id", "meaning", "rank", "level"),
    order=("rank", "position"),
    filters={"kind": "kind", "levels": "level"},
    source="user_values",
)
