"""The numbers of one day, the sets of earlier days, and what moved between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreamtree.tools.rows.dated import DatedAnswer, DaySet, earlier_sets
from dreamtree.tools.rows.kinds import line, number
from dreamtree.tools.rows.shape import Row, Rows

LOW, HIGH = 0, 10


@dataclass(frozen=True)
class Area(Row):
    """An area of life: its number, why it's that, and what would bring it up by one."""

    text: str = line()
    typed: int | str | None = number(LOW, HIGH, name="score")
    reason: str = line()
    step_up: str = line(name="raise")

    @property
    def score(self) -> int | None:
        """The number, once it is one."""
        return self.typed if isinstance(self.typed, int) else None


AREAS = Rows(Area, unmarked="live")


def scores_of(one: DaySet[Area]) -> dict[str, int]:
    """The numbers of a set, by the key of their area."""
    return {row.key: row.score for row in one.rows if row.score is not None}


@dataclass(frozen=True)
class Dashboard(DatedAnswer[Area]):
    """The numbers of a day. `first` (where one stood at the very beginning) is the page's, and is never stored."""

    earlier: tuple[DaySet[Area], ...] = earlier_sets(AREAS)
    first: tuple[DaySet[Area], ...] = earlier_sets(AREAS)

    @property
    def before(self) -> tuple[DaySet[Area], ...]:
        """What the numbers of today are compared with, the oldest first."""
        return (*self.first, *self.earlier)


def has_number(rows: Sequence[Area]) -> bool:
    """Whether a set has a number."""
    return any(row.score is not None for row in rows)
