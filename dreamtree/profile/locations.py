"""Places one could live or work in, in one's own order."""

from peewee import IntegerField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class Location(DerivedRow):
    """A place, what draws one there and what holds one back. `rank` is written by the ranking: 1 is the first.

    A place that was taken out keeps its rank for an undo.
    """

    name = SealedField()
    draws = SealedField()
    holds = SealedField()
    rank = IntegerField(null=True)

    class Meta:
        table_name = "locations"


LOCATIONS = Noun(
    Location,
    text="name",
    says=("draws", "holds"),
    filled_by={"rank": "locations.rank"},
    order=("rank", "position"),
    source="locations",
    changes=("locations", "work_factors"),
)
