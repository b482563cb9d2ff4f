"""The numbers of one day, the sets of earlier days, and what moved between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dreamtree.text import as_line
from dreamtree.tools.rows.kinds import kept, line, number
from dreamtree.tools.rows.shape import Row, Rows, RowsAnswer

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


@dataclass(frozen=True)
class DaySet:
    """Where one stood on a day, ISO."""

    on: str
    rows: tuple[Area, ...]

    @property
    def scores(self) -> dict[str, int]:
        """The numbers, by the key of their area."""
        return {row.key: row.score for row in self.rows if row.score is not None}


def sets_in(stored: Any) -> tuple[DaySet, ...]:
    """Earlier sets as any version has stored them, the oldest first; those without a day or a word are left out."""
    found = [one for one in stored if isinstance(one, Mapping)] if isinstance(stored, list) else []
    sets = (DaySet(day_in(one.get("on")), AREAS.load(one.get("rows"))) for one in found)
    return tuple(one for one in sets if one.on and is_said(one.rows))


def stored_sets(sets: Sequence[DaySet]) -> list[dict[str, Any]]:
    """Earlier sets as JSON holds them."""
    return [{"on": one.on, "rows": AREAS.store(one.rows)} for one in sets]


def day_in(stored: Any) -> str:
    """A stored or posted day as ISO; "" for anything else."""
    words = as_line(stored)
    try:
        return date.fromisoformat(words).isoformat() if len(words) == len("2027-03-14") else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Dashboard(RowsAnswer[Area]):
    """The numbers of the day `on`, and the sets `earlier`. `today` and `first` (where one stood at the very beginning)
    are the page's, and are never stored.
    """

    on: str = kept(day_in)
    earlier: tuple[DaySet, ...] = kept(sets_in, (), store=stored_sets)
    today: str = kept(day_in)
    first: tuple[DaySet, ...] = kept(sets_in, (), store=stored_sets)

    @property
    def before(self) -> tuple[DaySet, ...]:
        """What the numbers of today are compared with, the oldest first."""
        return (*self.first, *self.earlier)


def is_said(rows: Sequence[Area]) -> bool:
    """Whether anything is said in a set."""
    return any(row.is_said for row in rows)


def has_number(rows: Sequence[Area]) -> bool:
    """Whether a set has a number."""
    return any(row.score is not None for row in rows)
