"""Flow: moments remembered from any year, or a week of noticing; and what they have in common.

Each moment is a record: `{"rows": [{"key", "was", "activity", "when", "part", "energy", "focus", "reason"}]}`. `when`
is an ISO day, month or year, else the words as typed; `energy` −2 to +2; `focus` 1 to 5; either may be None. In a week
the remembered moments stand beside these: they count in the patterns and are no rows of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import FieldList, FormField

from dreamtree.content.book import Block
from dreamtree.tools.base import LINE_LIMIT, PROSE_LIMIT, Button, Inputs, Posted, Problem
from dreamtree.tools.fields import Line, OneOf, Prose, WholeNumber, flat, own_fields, rows_of
from dreamtree.tools.flow_tracker.moments import (
    PART_CHOICES,
    Row,
    dated,
    in_full,
    is_counted,
    is_said,
    on_of,
    row_of,
    whole_moment,
)
from dreamtree.tools.flow_tracker.page import FlowView, Plan, blanks_wanted, flow_view, page_of
from dreamtree.tools.flow_tracker.patterns import ENERGIES, FOCUSES
from dreamtree.tools.rows.records import MOST_POSTED, RecordForm, RecordRow, RecordTool, all_rows
from dreamtree.tools.wording import begun, first_few
from dreamtree.values import Answer, Item

MOST_SHOWN = 60
"""So many moments have fields on a page, the last ones; earlier ones are listed and counted."""
PLUMBING = ("key", "was", "day")


class Step(WholeNumber):
    """A tapped step of a scale."""

    def __init__(self, steps: Sequence[int], **settings: Any) -> None:
        super().__init__(**settings)
        self.min, self.max = steps[0], steps[-1]

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise


class MomentForm(RecordRow):
    """A posted moment: `when` is typed, `day` chosen."""

    activity = Line(LINE_LIMIT)
    when = Line(LINE_LIMIT)
    day = Line(LINE_LIMIT)
    part = OneOf(PART_CHOICES)
    energy = Step(ENERGIES)
    focus = Step(FOCUSES)
    reason = Prose(PROSE_LIMIT)


class MomentsForm(RecordForm):
    rows = FieldList(FormField(MomentForm))


class FlowTracker(RecordTool):
    kind = "flow-tracker"
    form = MomentsForm
    options: ClassVar[Mapping[str, Any]] = {"mode": "remembered", "days": 7, "enough": 3, "good": 5}
    accepts = {"offer": frozenset({"flow_entries"})}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        return super().read(block, _said_first(block, posted))

    def whole_row(self, row: Mapping[str, Any]) -> Row:
        return whole_moment(row)

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return not is_said(whole_moment(row))

    def arranged(self, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        return rows[-MOST_SHOWN:], rows[:-MOST_SHOWN]

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        rows = [dated(row, inputs.today) for row in bare["rows"]]
        return super().merge_posted(block, {**bare, "rows": rows}, stored, inputs)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        plan, rows = _plan(self, block), _whole(answer.get("rows") or [])
        count = sum(is_counted(row) for row in _whole(all_rows(answer)))
        if count >= plan.enough:
            return []
        begun_ones = [(n, row) for n, row in enumerate(rows) if is_said(row) and not is_counted(row)]
        open_ = [problem for n, row in begun_ones for problem in _open(n, row)]
        return open_ or [Problem(f"rows-{_first_blank(rows)}-activity", _too_few(plan, count))]

    def used(self, answer: Answer) -> frozenset[str]:
        """The remembered moments are looked at, not taken over."""
        return frozenset()

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        if button.verb != "add":
            return super().act(block, answer, button)
        plan, rows = _plan(self, block), answer.get("rows", [])
        more = 1 if plan.is_week else blanks_wanted(plan, button.inputs.today, _whole(rows)) + 1
        if plan.is_week and any(self.is_blank(row) for row in rows):
            return answer
        return {**answer, "rows": [*rows, *(self.blank_row() for _ in range(more))]}

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The moments that count; `on` is the day, month or year of `when`."""
        rows = [row for row in _whole(all_rows(answer)) if is_counted(row)]
        return tuple(Item(row["key"], row["activity"], {**row, "on": on_of(row["when"])}) for row in rows)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = [row for row in _whole(all_rows(answer)) if row["activity"]]
        return tuple(Item(row["key"], row["activity"], whole_moment(row)) for row in rows)

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([item.text for item in self.items(answer)]) or "No moments yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        sheet = page_of(_plan(self, block), "", all_rows(answer), ())
        return "\n\n".join(in_full(row) for _, row in sheet.said)

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> FlowView:
        plan, rows = _plan(self, block), answer.get("rows") or []
        blank = [self.blank_row() for _ in range(blanks_wanted(plan, inputs.today, _whole(rows)))]
        sheet = page_of(plan, inputs.today, rows, blank, _whole(answer.get("rest") or []))
        return flow_view(sheet, answer, [row_of(item) for item in inputs.draft], block.anchor)


def _plan(tool: FlowTracker, block: Block) -> Plan:
    asked = {name: tool.option(block, name) for name in tool.options}
    return Plan(str(asked["mode"]), int(asked["days"]), int(asked["enough"]), int(asked["good"]))


def _said_first(block: Block, posted: Posted) -> Posted:
    """The posted rows counted anew, those that say something first: as the page shows them after a refusal."""
    prefix = f"{block.key}:"
    fields = own_fields(posted, prefix)
    rows = sorted(rows_of(fields, most=MOST_POSTED + 1), key=lambda row: not _says(row))
    others = {name: value for name, value in fields.items() if not name.startswith("rows")}
    return Posted({prefix + name: value for name, value in {**others, **flat(rows)}.items()})


def _says(row: Mapping[str, str]) -> bool:
    return any(value.strip() for name, value in row.items() if name not in PLUMBING)


def _whole(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Rows with every field, and their keys."""
    return [{"key": row["key"], **whole_moment(row)} for row in rows]


def _open(n: int, row: Row) -> list[Problem]:
    what = [] if row["activity"] else [Problem(f"rows-{n}-activity", "Say what you were doing, in a few words.")]
    energy = [Problem(f"rows-{n}-energy", "Choose how your energy was after it.")] if row["energy"] is None else []
    return [*what, *energy]


def _first_blank(rows: Sequence[Row]) -> int:
    return next((n for n, row in enumerate(rows) if not is_said(row)), len(rows))


def _too_few(plan: Plan, count: int) -> str:
    here = "There is none yet." if not count else f"There {'is' if count == 1 else 'are'} {plan.many(count)} so far."
    return f"{begun(plan.many(plan.enough))} {'is' if plan.enough == 1 else 'are'} enough to go on. {here}"


tool = FlowTracker()
