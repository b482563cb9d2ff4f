"""Flow: moments remembered from any year, or a week of noticing; and what they have in common.

Each moment is a record: `{"rows": [{"key", "was", "activity", "when", "part", "energy", "focus", "reason"}]}`. `when`
is an ISO day, month or year, else the words as typed; `energy` −2 to +2; `focus` 1 to 5; either may be None. In a week
the remembered moments stand beside these: they count in the patterns and are no rows of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.answers.records import content_of
from dreamtree.content.book import Block
from dreamtree.tools.base import Inputs, Problem
from dreamtree.tools.flow_tracker.moments import MOMENTS, Moment, in_full, on_of, remembered_in
from dreamtree.tools.flow_tracker.page import FlowPage, FlowPlan, FlowView, blanks_wanted, flow_view
from dreamtree.tools.rows.posted import PAGE_FIELDS
from dreamtree.tools.rows.records import Records, RecordTool
from dreamtree.tools.wording import enough_words, first_few
from dreamtree.values import Answer, Item


class FlowTracker(RecordTool[Moment, Records[Moment]]):
    """Moments: `mode` is remembered, or week for a noticing of so many `days`."""

    kind = "flow-tracker"
    has_results = True
    minutes = 6
    rows = MOMENTS
    answer: type[Records[Moment]] = Records
    page_fields = (*PAGE_FIELDS, "day")
    options: ClassVar[Mapping[str, Any]] = {"mode": "remembered", "days": 7, "enough": 3, "good": 5}
    accepts = {"offer": frozenset({"flow_entries"})}

    def form_rows(self, rows: Sequence[Moment]) -> list[Moment]:
        return super().form_rows([row.on_its_day() for row in rows])

    def completed(self, posted: Records[Moment], before: Records[Moment], inputs: Inputs) -> Records[Moment]:
        return replace(posted, rows=tuple(row.dated(inputs.today) for row in posted.rows))

    def is_finished(self, row: Moment, today: str) -> bool:
        return row.is_counted

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        plan, whole = self.plan(block), self.load(answer)
        count = sum(row.is_counted for row in whole.rows)
        if count >= plan.enough or whole.unread.count:
            return []
        begun_ones = [(n, row) for n, row in enumerate(whole.open_rows) if row.is_filled and not row.is_counted]
        open_ = [problem for n, row in begun_ones for problem in _open(n, row)]
        too_few = enough_words(plan.enough, count, plan.one, plan.several)
        return open_ or [Problem(f"rows-{_first_blank(whole.open_rows)}-activity", too_few)]

    def with_one_more(self, block: Block, answer: Records[Moment], inputs: Inputs) -> Records[Moment]:
        plan, rows = self.plan(block), answer.rows
        if plan.is_week and any(not row.is_filled for row in rows):
            return answer
        more = 1 if plan.is_week else blanks_wanted(plan, inputs.today, answer) + 1
        return replace(answer, rows=(*rows, *(self.blank() for _ in range(more))))

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The moments that count; `on` is the day, month or year of `when`."""
        rows = [row for row in self.filled_rows(answer) if row.is_counted]
        return tuple(
            Item(row.key, row.activity, {**content_of(self.rows.store_row(row)), "on": on_of(row.when)}) for row in rows
        )

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = [row for row in self.filled_rows(answer) if row.activity]
        return tuple(Item(row.key, row.activity, self.fields_of(row)) for row in rows)

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([item.text for item in self.items(answer)]) or "No moments yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        page = FlowPage(self.plan(block), "", self.load(answer).rows)
        return "\n\n".join(in_full(row) for row in page.filled_rows)

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> FlowView:
        plan, whole = self.plan(block), self.load(answer)
        blank = tuple(self.blank() for _ in range(blanks_wanted(plan, inputs.today, whole)))
        page = FlowPage(plan, inputs.today, whole.rows, blank, frozenset(whole.resting), whole.unread)
        return flow_view(page, whole, remembered_in(inputs.draft), block.anchor)

    def fields_of(self, row: Moment) -> dict[str, Any]:
        """What a moment says, by the names it is stored under."""
        return content_of(self.rows.store_row(row))

    def plan(self, block: Block) -> FlowPlan:
        """What the block asks for."""
        asked = {name: self.option(block, name) for name in self.options}
        return FlowPlan(str(asked["mode"]), int(asked["days"]), int(asked["enough"]), int(asked["good"]))


def _open(n: int, row: Moment) -> list[Problem]:
    what = [] if row.activity else [Problem(f"rows-{n}-activity", "Say what you were doing, in a few words.")]
    energy = [Problem(f"rows-{n}-energy", "Choose how you felt afterward.")] if row.energy is None else []
    return [*what, *energy]


def _first_blank(rows: Sequence[Moment]) -> int:
    return next((n for n, row in enumerate(rows) if not row.is_filled), len(rows))


tool = FlowTracker()
