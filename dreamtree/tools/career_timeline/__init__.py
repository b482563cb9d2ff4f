"""Several paths, each drawn as years in two lanes: what happens, in which year, work or life.

An answer is `{"from": calendar year of the first, "rows": [{"key", "text", "entries": [{"key", "text", "year": 1–5,
"lane": value}]}]}`. Paths come from a connection; where none does, they are named by hand, and have `own`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.drawing import Chart
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest, RestLine, Tool
from dreamtree.tools.career_timeline.paths import (
    MOST,
    Path,
    Paths,
    in_order,
    lanes_of,
    with_lines,
    without_blank,
    year_words,
    years_of,
)
from dreamtree.tools.career_timeline.words import charts_of, in_full, in_years, open_in
from dreamtree.tools.rows.paths import PathsTool, open_path
from dreamtree.tools.rows.shape import Rows, has_twins
from dreamtree.tools.wording import capitalized, first_few, in_words
from dreamtree.values import Answer, Item


@dataclass(frozen=True)
class PathView:
    """A path on the page with its lines; `is_own`: its name is typed here. One that is whole is folded."""

    index: int
    row: Path
    named: str
    is_own: bool
    is_open: bool
    can_add: bool

    @property
    def count(self) -> str:
        """How much is on it."""
        count = len(self.row.filled_entries)
        return f"{capitalized(in_words(count))} {'entry' if count == 1 else 'entries'}"


@dataclass(frozen=True)
class TimelineView:
    """The paths, what there is to choose in each line, and their pictures."""

    paths: tuple[PathView, ...]
    years: tuple[tuple[str, str], ...]
    lanes: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]


class CareerTimeline(PathsTool[Path, Paths]):
    """Paths by years. `enough` entries let a path be; `lanes` are [{value, label}]."""

    kind = "career-timeline"
    has_results = True
    minutes = 14
    chosen = Tool.chosen | {"year", "lane"}
    rows = Rows(Path, unmarked="live")
    answer = Paths
    buttons = frozenset({"add"})
    options: ClassVar[Mapping[str, Any]] = {"years": 5, "enough": 3, "lanes": ()}

    # What is posted

    def posted(self, block: Block, posted: Posted) -> list[Posted]:
        return [row for row in map(without_blank, super().posted(block, posted)) if self.is_posted(row)]

    def form_rows(self, rows: Sequence[Path]) -> list[Path]:
        return [replace(row, entries=row.filled_entries) for row in super().form_rows(rows)]

    def unfit(self, block: Block, rows: Sequence[Path]) -> list[Problem]:
        full = [
            Problem(
                f"rows-{n}-entries-{MOST}-text", f"Each path has room for {MOST}. Take out {len(row.entries) - MOST}."
            )
            for n, row in enumerate(rows)
            if len(row.entries) > MOST
        ]
        twice = [Problem("", self.twice)] if any(has_twins(row.entries) for row in rows) else []
        return [*super().unfit(block, rows), *full, *twice]

    def settled(self, block: Block, answer: Paths, inputs: Inputs) -> Paths:
        """Year by year, from the next calendar year on when it was begun."""
        rows = tuple(in_order(row) for row in answer.rows)
        begins = (answer.begins or _next_year(inputs)) if any(row.filled_entries for row in rows) else None
        return replace(super().settled(block, answer, inputs), rows=rows, begins=begins)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        return [found for n, row in self.asked(answer) for found in open_in(n, row, self.enough(block))]

    # Buttons

    def pressed(self, block: Block, answer: Paths, button: Button) -> Paths:
        """One line more on the path that the button names than its page showed."""
        more = [
            with_lines(row, max(len(row.entries), self.enough(block)) + 1) if row.key == button.argument else row
            for row in self.shown(answer.rows)
        ]
        return replace(answer, rows=tuple(more))

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        rows = enumerate(self.load(answer).rows)
        return next(
            (f"rows-{n}-entries-{len(row.entries) - 1}-text" for n, row in rows if row.key == button.argument), ""
        )

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """Each entry that has all, with its path."""
        return tuple(
            Item(
                f"{row.key}.{one.key}",
                one.text,
                {"path": row.key, "title": row.named, "year": one.year, "lane": one.lane},
            )
            for row in self.load(answer).rows
            for one in row.whole
        )

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(
            Item(row.key, row.named, {"years": in_years(row)}) for row in self.load(answer).rows if row.filled_entries
        )

    def rest(self, block: Block, answer: Answer) -> Rest:
        whole = self.load(answer)
        lines = tuple(RestLine(row.named, in_years(row), row.key) for row in whole.rows if row.filled_entries)
        return Rest(lines, charts=self._charts(block, whole, block.rest_anchor))

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([item.text for item in self.items(answer)]) or "No years yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        whole = self.load(answer)
        return "\n\n".join(in_full(row, whole.begins, lanes_of(block)) for row in whole.rows if row.is_filled)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> TimelineView:
        whole = self.followed(block, self.load(answer), inputs)
        rows, enough = self.shown(whole.rows), self.enough(block)
        begins = whole.begins or _next_year(inputs)
        left = [row.key for n, row in enumerate(rows) if open_in(n, row, enough)]
        is_open = open_path(rows, left, view_state)
        return TimelineView(
            paths=tuple(
                PathView(n, with_lines(row, enough), row.named, row.is_own, row.key == is_open, len(row.entries) < MOST)
                for n, row in enumerate(rows)
            ),
            years=(("", "Choose a year"), *((str(n), year_words(n, begins)) for n in range(1, years_of(block) + 1))),
            lanes=tuple((one.value, one.label) for one in lanes_of(block)),
            charts=self._charts(block, whole, block.anchor),
        )

    def _charts(self, block: Block, answer: Paths, anchor: str) -> tuple[Chart, ...]:
        years = [year_words(n, answer.begins) for n in range(1, years_of(block) + 1)]
        rows = [
            replace(row, entries=tuple(one for one in row.whole if (one.year or 0) <= len(years)))
            for row in answer.rows
        ]
        return charts_of(rows, years, lanes_of(block), f"{anchor}-years")


def _next_year(inputs: Inputs) -> int | None:
    return int(inputs.today[:4]) + 1 if inputs.today else None


tool = CareerTimeline()
