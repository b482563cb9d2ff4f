"""The years of a path: what happens, in which year, and whether it's work or life."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dreamtree.content.book import Block
from dreamtree.text import as_line
from dreamtree.tools.base import LINE_LIMIT, Posted
from dreamtree.tools.fields import Choice, OneOfField, near_limit
from dreamtree.tools.rows.kinds import Kind, StepField, declared, known_step, line, unposted
from dreamtree.tools.rows.made_keys import new_row_key
from dreamtree.tools.rows.paths import PathRow
from dreamtree.tools.rows.posted import posted_rows, with_rows
from dreamtree.tools.rows.shape import Row, Rows, RowsAnswer, nested

MOST_YEARS = 10
MOST = 20


def lanes_of(block: Block) -> tuple[Choice, ...]:
    """The lanes of a block."""
    return tuple(Choice(one["value"], one["label"]) for one in block.options.get("lanes", ()))


def years_of(block: Block) -> int:
    """How many years a block asks about."""
    return min(int(block.options.get("years", 5)), MOST_YEARS)


def year_words(number: int, begins: int | None) -> str:
    """ "Year 1 (2027)"."""
    return f"Year {number} ({begins + number - 1})" if begins else f"Year {number}"


def _year(stored: Any) -> int | None:
    return known_step(stored, 1, MOST_YEARS)


def _calendar_year(stored: Any) -> int | None:
    return known_step(stored, date.min.year, date.max.year - MOST_YEARS)


def _of_block(make: Callable[[Block], Any], load: Callable[[Any], Any], nothing: Any) -> Any:
    return declared(Kind(make, load, nothing))


@dataclass(frozen=True)
class YearEntry(Row):
    """Something that happens in a year of a path."""

    text: str = line(LINE_LIMIT)
    year: int | None = _of_block(lambda block: StepField(1, years_of(block)), _year, None)
    lane: str = _of_block(lambda block: OneOfField(lanes_of(block)), as_line, "")

    @property
    def is_whole(self) -> bool:
        """Whether it has words, a year, and a lane."""
        return bool(self.text and self.year and self.lane)

    @property
    def limit_words(self) -> str:
        """How much room is left in it, when that is little."""
        return near_limit(self.text, LINE_LIMIT)


@dataclass(frozen=True)
class Path(PathRow):
    """A path with what happens on it."""

    entries: tuple[YearEntry, ...] = nested(Rows(YearEntry))

    @property
    def is_described(self) -> bool:
        return bool(self.filled_entries)

    @property
    def filled_entries(self) -> tuple[YearEntry, ...]:
        """The entries that have words."""
        return tuple(one for one in self.entries if one.text)

    @property
    def whole(self) -> tuple[YearEntry, ...]:
        """The entries that have all, year by year."""
        return tuple(sorted((one for one in self.entries if one.is_whole), key=lambda one: one.year or 0))


@dataclass(frozen=True)
class Paths(RowsAnswer[Path]):
    """Paths, and the calendar year `begins` that is their first."""

    begins: int | None = unposted(_calendar_year, None, name="from")


def without_blank(row: Posted) -> Posted:
    """A posted path without the lines in which no words are."""
    return with_rows(row, "entries", [one for one in posted_rows(row, "", "entries") if one.get("text", "").strip()])


def in_order(path: Path) -> Path:
    """A path with what was said on it, year by year; what has no year yet comes last."""
    return replace(path, entries=tuple(sorted(path.filled_entries, key=lambda one: one.year or MOST_YEARS + 1)))


def with_lines(path: Path, wanted: int) -> Path:
    """A path with empty lines up to so many."""
    fresh = (YearEntry(new_row_key()) for _ in range(min(wanted, MOST) - len(path.entries)))
    return replace(path, entries=(*path.entries, *fresh))
