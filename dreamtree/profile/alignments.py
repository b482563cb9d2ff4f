"""Where what work is for and what life is for agree, and where they pull apart."""

from peewee import TextField

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class Alignment(DerivedRow):
    """Two sentences side by side. `link` is agree or pull; `wins` says which of two that pull wins, and when."""

    text = SealedField()
    link = TextField(default="")
    wins = SealedField()

    class Meta:
        table_name = "alignments"


ALIGNMENTS = Noun(Alignment, says=("link", "wins"), source="alignments", filters={"links": "link"})
