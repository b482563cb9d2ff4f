"""What one decides and how far it reaches, in fifteen things one can be good at: levels from 1 to 5, each time one
looked, and what stands out of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from peewee import IntegerField, TextField, fn

from dreamtree.profile.noun import Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField

TENTHS = 10
MARGIN = 3
"""How far from one's own average a level stands out, in tenths."""
FEWEST = 9
"""How many levels an average needs."""


class AssessedLevel(DerivedRow):
    """A level in tenths (between 2 and 3 is 25), as it was on the day of its assessment, ISO."""

    competency = TextField()
    name = SealedField()
    level = IntegerField()
    assessed_on = TextField()

    class Meta:
        table_name = "user_competency_scores"
        indexes = ((("user_id", "assessed_on"), False), (("user_id", "block_key"), False))


@dataclass(frozen=True)
class Apart:
    """The keys of the levels that stand out above one's own average, and of those below it."""

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def standing_apart(levels: Mapping[str, int]) -> Apart:
    """Which levels, in tenths, are at least three tenths of a level above or below the mean of all.

    It is reckoned in whole numbers, so nothing is rounded: no level is ever in both, and none is where all are alike.
    Of fewer than nine levels, nothing stands out.
    """
    count, total = len(levels), sum(levels.values())
    if count < FEWEST:
        return Apart()
    above = [key for key, level in levels.items() if level * count >= total + MARGIN * count]
    below = [key for key, level in levels.items() if level * count <= total - MARGIN * count]
    return Apart(tuple(sorted(above, key=lambda key: -levels[key])), tuple(sorted(below, key=lambda key: levels[key])))


def level_words(tenths: int) -> str:
    """ "3", "between 3 and 4"."""
    low, rest = divmod(tenths, TENTHS)
    return f"between {low} and {low + 1}" if rest else str(low)


def competency_scores(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The levels of the last assessment, each by its competency; `strengths` only what stands out, the highest first.

    The words are the plain name and the level.
    """
    scores = SCORES.items(user, {})
    last = max((item.fields["on"] for item in scores), default="")
    newest = {item.fields["competency"]: item for item in scores if item.fields["on"] == last}
    keys = standing_apart(levels_of(newest)).above if filters.get("strengths") else tuple(newest)
    return [_in_words(newest[key]) for key in keys]


def levels_of(scores: Mapping[str, Item]) -> dict[str, int]:
    """The levels of scores, by their competency."""
    return {key: item.fields["level"] for key, item in scores.items()}


def _in_words(score: Item) -> Item:
    words = f"{score.text}, {level_words(score.fields['level'])}"
    return replace(score, key=score.fields["competency"], text=words)


def last_assessed(user_id: Any) -> Any:
    """The query for the day of the last assessment."""
    return AssessedLevel.select(fn.MAX(AssessedLevel.assessed_on)).where(AssessedLevel.user_id == user_id)


SCORES = Noun(
    AssessedLevel,
    text="name",
    says=("competency", "level", ("assessed_on", "on")),
    makes=("competency_scores",),
    source="competency_scores",
    reads=competency_scores,
)
