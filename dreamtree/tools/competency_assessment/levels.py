"""A level of one thing, and the levels of one day."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.profile.competencies import TENTHS
from dreamtree.tools.fields import Choice
from dreamtree.tools.ordering.log import keys_of
from dreamtree.tools.rows.dated import DatedAnswer, DaySet, earlier_sets
from dreamtree.tools.rows.kinds import choice, line, unposted
from dreamtree.tools.rows.shape import Row, Rows

LEVELS = range(1, 6)
UNKNOWN = "unknown"
CANNOT_TELL = "I can’t tell"
HALF_LEVELS = {low: f"{low}-{low + 1}" for low in LEVELS[:-1]}
"""ChosenLevel → the value of the answer that is between it and the next."""
CHOICES = (
    *(Choice(str(one), str(one)) for one in LEVELS),
    *(Choice(value, f"Between {low} and {low + 1}") for low, value in HALF_LEVELS.items()),
    Choice(UNKNOWN, CANNOT_TELL),
)
_TENTHS = {
    **{str(one): one * TENTHS for one in LEVELS},
    **{value: low * TENTHS + TENTHS // 2 for low, value in HALF_LEVELS.items()},
}


@dataclass(frozen=True)
class ChosenLevel(Row):
    """One of the things, by its slug, and which level fits: "3", "2-3" between two, "unknown", or "" not said yet."""

    text: str = line()
    level: str = choice(CHOICES)

    @property
    def tenths(self) -> int | None:
        """The level in tenths; None where it cannot be told."""
        return _TENTHS.get(self.level)


ROWS = Rows(ChosenLevel, unmarked="live")


@dataclass(frozen=True)
class Assessment(DatedAnswer[ChosenLevel]):
    """The levels of a day, and the keys of those answered or passed over last."""

    earlier: tuple[DaySet[ChosenLevel], ...] = earlier_sets(ROWS)
    recent: tuple[str, ...] = unposted(keys_of, (), store=list)


def levels_in(rows: Sequence[ChosenLevel]) -> dict[str, int]:
    """The levels that are said, in tenths, by the key of their thing."""
    return {row.key: row.tenths for row in rows if row.tenths is not None}
