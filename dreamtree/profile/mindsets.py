"""Ways of thinking that have worked before, each with a time it did."""

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import SealedField


class ProfileMindset(DerivedRow):
    """A way of thinking; `evidence` is a time it worked, `next` a small way to try it again."""

    text = SealedField()
    evidence = SealedField()
    next = SealedField()

    class Meta:
        table_name = "mindsets"


MINDSETS = Noun(ProfileMindset, says=("evidence", "next"), source="mindsets")
