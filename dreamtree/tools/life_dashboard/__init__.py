"""Where one stands: a number from 0 to 10 for each area of life, why, and what would bring it up by one; dated.

An answer is `{"on": ISO day, "rows": [{"key", "text", "score": 0–10 or None, "reason", "raise"}], "earlier": [sets of
other days, {"on", "rows"}, the oldest first]}`. A page says which day its numbers are of. Those of a later day are a
set of their own, and the one before stays as it was; once nothing is said in it anymore, the one before stands again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.dates import day_words
from dreamtree.drawing import Chart
from dreamtree.tools.base import LINE_LIMIT, Button, Inputs, Problem, Rest
from dreamtree.tools.fields import near_limit
from dreamtree.tools.life_dashboard import words
from dreamtree.tools.life_dashboard.sets import AREAS, HIGH, LOW, Area, Dashboard, has_number
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.dated import AGAIN, DatedTool, DaySet, any_filled, day_in
from dreamtree.tools.rows.ready_made import ready_made
from dreamtree.values import Answer, Item

ANEW = "Add today's numbers"
SOURCE = "life_dashboard"


@dataclass(frozen=True)
class AreaView:
    """An area on the page, with a hint, and how much room its lines have left when that is little."""

    index: int
    key: str
    text: str
    hint: str
    score: int | str | None
    reason: str
    step_up: str
    reason_limit_words: str
    step_up_limit_words: str


@dataclass(frozen=True)
class DashboardView:
    """`on` is the day of the numbers as ISO, `dated` in words where it is not today; `result` are sentences."""

    on: str
    dated: str
    areas: tuple[AreaView, ...]
    low: int
    high: int
    can_add: bool
    anew: str
    result: tuple[str, ...]
    chart: Chart | None


class LifeDashboardTool(DatedTool[Area, Dashboard]):
    """The areas that the option `items` names, each with a key, a text, and a help."""

    kind = "life-dashboard"
    has_results = True
    minutes = 7
    rows = AREAS
    answer = Dashboard
    follows = frozenset({"recall"})
    options: ClassVar[Mapping[str, Any]] = {"items": ()}

    # What is posted

    def is_set(self, rows: Sequence[Area]) -> bool:
        return has_number(rows)

    def settled(self, block: Block, answer: Dashboard, inputs: Inputs) -> Dashboard:
        return replace(super().settled(block, answer, inputs), first=())

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        whole = self.load(answer)
        if has_number(whole.rows) or whole.earlier:
            return []
        return [Problem("rows-0-score", f"Type one number, from {LOW} to {HIGH}. A guess will do.")]

    # What reaches it

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return ready_made(self.option(block, "items"))

    def followed(self, block: Block, answer: Dashboard, inputs: Inputs) -> Dashboard:
        """With the day of the page, and where one stood at the beginning, as its recall has it."""
        recalled = tuple(_recalled(item) for item in inputs.recalls.get(SOURCE, ()))
        followed = super().followed(block, answer, inputs)
        return replace(followed, first=tuple(one for one in recalled if has_number(one.rows)))

    def arranged(self, rows: Sequence[Area], fresh: Sequence[Area]) -> list[Area]:
        return merging.live_first(rows, fresh)

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        return "rows-0-score" if button.verb == AGAIN else ""

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """Each set, by its day."""
        whole = self.load(answer)
        sets = [one for one in whole.sets if one.on and has_number(one.rows)]
        return tuple(Item(one.on, words.in_one_line(one.rows), _lesson(one)) for one in sets)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        scored = [row for row in self.load(answer).rows if row.score is not None]
        return tuple(Item(row.key, f"{row.text} {row.score}") for row in scored)

    def rest(self, block: Block, answer: Answer) -> Rest:
        whole = self.load(answer)
        chart = words.chart_of(whole, block.rest_anchor)
        return Rest(
            tuple(words.rest_line(row) for row in whole.rows if row.is_filled),
            _sentences_of(whole),
            charts=(chart,) if chart else (),
            buttons=((ANEW, AGAIN),) if whole.is_over else (),
        )

    def headline(self, block: Block, answer: Answer) -> tuple[str, ...]:
        return tuple(item.text for item in self.items(answer))

    def summary(self, block: Block, answer: Answer) -> str:
        return words.in_one_line(self.load(answer).rows) or "No numbers yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        """The numbers as they are, then those of earlier days, the newest first."""
        whole = self.load(answer)
        return "\n\n".join(words.in_full(one) for one in reversed(whole.sets) if any_filled(one.rows))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> DashboardView:
        whole = self.as_asked(block, answer, inputs, view_state)
        hints = {str(one["key"]): str(one.get("help", "")) for one in self.option(block, "items")}
        chart = words.chart_of(whole, block.anchor) if has_number(whole.rows) else None
        return DashboardView(
            on=whole.on,
            dated=day_words(whole.on) if whole.is_over else "",
            areas=tuple(_area_view(n, row, hints.get(row.key, "")) for n, row in enumerate(whole.rows)),
            low=LOW,
            high=HIGH,
            can_add=whole.is_over and has_number(whole.rows),
            anew=ANEW,
            result=_sentences_of(whole),
            chart=chart,
        )


def _sentences_of(answer: Dashboard) -> tuple[str, ...]:
    return tuple(filter(None, (words.highest_and_lowest(answer.rows), words.moved_sentence(answer))))


def _lesson(one: DaySet[Area]) -> dict[str, Any]:
    rows = {row.key: row for row in one.rows}
    return {
        "scores": {key: row.score for key, row in rows.items()},
        "reasons": {key: row.reason for key, row in rows.items()},
        "raises": {key: row.step_up for key, row in rows.items()},
    }


def _recalled(item: Item) -> DaySet[Area]:
    """A set that is recalled, on the day it is of."""
    scores = item.fields.get("scores") or {}
    rows = AREAS.load([{"key": key, "score": score} for key, score in scores.items()])
    return DaySet(day_in(item.provenance.written_at) if item.provenance else "", rows)


def _area_view(index: int, row: Area, hint: str) -> AreaView:
    return AreaView(
        index=index,
        key=row.key,
        text=row.text,
        hint=hint,
        score=row.typed,
        reason=row.reason,
        step_up=row.step_up,
        reason_limit_words=near_limit(row.reason, LINE_LIMIT),
        step_up_limit_words=near_limit(row.step_up, LINE_LIMIT),
    )


tool = LifeDashboardTool()
