"""Instruments that one plays, in the order that a ranking gave them."""

from peewee import IntegerField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class Instrument(DerivedRow):
    """An instrument, for how many years, and what it is for. `rank` is written by the ranking: 1 is the first."""

    text = SealedField()
    use = SealedField()
    years = IntegerField(null=True)
    rank = IntegerField(null=True)

    class Meta:
        table_name = "instruments"


INSTRUMENTS = Noun(
    Instrument, says=("use", "years"), filled_by={"rank": "instruments.rank"}, order=("rank", "position"), source="play"
)
