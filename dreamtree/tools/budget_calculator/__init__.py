"""How long one can manage, and the lowest pay one needs: what is there, what comes in, what goes out.

An answer is `{"currency": "EUR", "savings": 500000, "in": [line], "out": [line], "hours": "38.5", "rate": "22.5",
"before": 250000, "after": 190000, "alternative": words, "dropped": [keys of offered lines that were removed],
"on": the ISO day it was last said}`. A line is `{"key", "name", "kind", "amount", "period": week|month|year, "other":
the amount of a what-if}`, with "until" (an ISO date or "") where it comes in, and "need" (need|want) where it goes out.

Amounts are integers in the currency's smallest unit, None for nothing. An amount that can be read in two ways is kept
as it was typed, counted nowhere, and asked about.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField, ValidationError

from dreamtree.content.book import Block
from dreamtree.db import now
from dreamtree.profile.money import COMMON, written
from dreamtree.tools.base import NAME_LIMIT, Button, Inputs, Posted, Problem, Tool, problems_of
from dreamtree.tools.budget_calculator.lines import (
    AMOUNTS,
    FIGURES,
    KINDS,
    MOST_HOURS,
    MOST_TAX,
    NEEDS,
    PERIODS,
    SIDES,
    bare,
    called,
    is_blank,
    laid_out,
    put_back,
    rows,
    shown_rows,
    sums_of,
    unclear,
    with_one_more,
    without,
)
from dreamtree.tools.budget_calculator.money import AmountField, FigureField, as_shown
from dreamtree.tools.budget_calculator.sums import lowest_pay
from dreamtree.tools.budget_calculator.view import ANOTHER, MEANS, BudgetView, budget_view, half_payslip, two_meanings
from dreamtree.tools.budget_calculator.words import lasts_until, long_form, summary
from dreamtree.tools.fields import Choice, FormFields, Key, Line, OneOf, Prose, When, flat, own_fields, rows_of
from dreamtree.tools.rows import buttons
from dreamtree.values import Answer, Item

ROW_LIMIT = 60
ENOUGH = 2
CURRENCIES = (*(Choice(code, name) for code, name in COMMON), Choice(ANOTHER, "Another"))


class CodeField(Line):
    """The three letters of a currency."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").upper()

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not (len(self.data) == 3 and self.data.isascii() and self.data.isalpha()):
            raise ValidationError("Write the three letters of the currency, like SEK.")


class LineForm(Form):
    """A line. Its amounts and its kinds are added for the currency and the side that are read."""

    key = Key()
    name = Line(NAME_LIMIT)
    period = OneOf(PERIODS)
    until = When()
    need = OneOf(NEEDS)


class BudgetForm(Form):
    """What is asked once. Amounts and lines are added for the currency that is read."""

    currency = OneOf(CURRENCIES)
    own = CodeField(3)
    hours = FigureField(MOST_HOURS)
    rate = FigureField(MOST_TAX, zero=True)
    alternative = Prose()

    def validate_own(self, field: Any) -> None:
        chosen = self.currency.data
        if field.data and chosen not in ("", ANOTHER):
            raise ValidationError(f"You chose {chosen} and wrote {field.data}. Empty this, or choose Another.")


class BudgetCalculator(Tool):
    kind = "budget-calculator"
    form = BudgetForm
    options: ClassVar[Mapping[str, Any]] = {}

    # Reading

    def empty(self, block: Block) -> Answer:
        return bare({})

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What was typed, the amounts by the currency that was chosen with them."""
        prefix = f"{block.key}:"
        fields = as_shown(own_fields(posted, prefix))
        dropped = frozenset(fields.get("dropped", "")[:400].split())
        sheet = {name: fields[name] for name in (*ONCE, *AMOUNTS) if name in fields}
        for side in SIDES:
            said = [row for row in rows_of(fields, side) if _is_said(side, row)]
            sheet |= flat(laid_out(side, said, dropped), side)
        form = _form_for(_code_in(fields))(
            Posted({prefix + name: value for name, value in sheet.items()}), prefix=prefix
        )
        form.validate()
        answer = bare({**form.data, "currency": _code_in(fields), "dropped": list(dropped)})
        return answer, [*_unfit(answer), *problems_of(form, prefix)]

    def form_part(self, answer: Answer) -> Answer:
        return bare(answer)

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """The answer with the day it was said on: savings are counted from then."""
        whole = super().merge_posted(block, bare, stored, inputs)
        return {**whole, "on": inputs.today} if inputs.today else whole

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        """Two lines of what goes out and the hours are enough; whatever is unclear is asked."""
        said = bare(answer)
        asked = list(_asked(said))
        if not said["currency"]:
            asked.append(Problem("currency", "Choose the currency."))
        counted = sum(isinstance(row["amount"], int) for row in said["out"])
        if counted < ENOUGH:
            asked.append(
                Problem(_next_amount(said), f"Two lines of what goes out are enough to go on. {_so_far(counted)}")
            )
        if not said["hours"]:
            asked.append(Problem("hours", "Write how many hours a week you would work."))
        if half_payslip(said):
            asked.append(Problem("after", "Write both amounts of the payslip: what reached you cannot be the larger."))
        return asked

    # Buttons

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        match button.verb:
            case "add":
                side = button.argument if button.argument in SIDES else "out"
                return with_one_more(answer, side) if len(shown_rows(answer, side)) < ROW_LIMIT else answer
            case "remove":
                return without(answer, button.argument)
            case "undo":
                return put_back(answer)
            case "count":
                return answer
            case _ if button.verb.startswith(MEANS):
                return _with_meaning(answer, button.verb.removeprefix(MEANS), button.argument)
            case _:
                raise buttons.UnknownButton(button.verb)

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return answer

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return ()

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The sums, with the lines they rest on; nothing while nothing is said."""
        said = bare(answer)
        lines = tuple(line for side in SIDES for line in _taught_lines(said, side))
        is_said = lines or said["savings"] is not None or said["alternative"]
        return (Item("budget", "", {**_taught_sums(said, answer.get("on")), "lines": lines}),) if is_said else ()

    def summary(self, block: Block, answer: Answer) -> str:
        return summary(bare(answer), _day(answer.get("on")))

    def long_form(self, block: Block, answer: Answer) -> str:
        return long_form(bare(answer), _day(answer.get("on"))) or "No budget yet"

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> BudgetView:
        return budget_view(answer, _day(inputs.today), ROW_LIMIT, f"{block.anchor}-shares")


ONCE = ("currency", "own", *FIGURES, "alternative")


@cache
def _form_for(code: str) -> type[Form]:
    """The form whose amounts are of this currency."""
    amounts = {name: AmountField(code) for name in AMOUNTS}
    lines = {side: FieldList(FormField(_line_form(side, code))) for side in SIDES}
    return type("FormFields", (BudgetForm,), {**amounts, **lines})


def _line_form(side: str, code: str) -> type[Form]:
    fields = {"kind": OneOf(KINDS[side]), "amount": AmountField(code), "other": AmountField(code)}
    return type("SheetLine", (LineForm,), fields)


def _code_in(fields: FormFields) -> str:
    """The currency that was chosen or written, as it was written."""
    chosen, own = fields.get("currency", ""), fields.get("own", "").strip().upper()
    return own or (chosen if chosen in dict(COMMON) else "")


def _is_said(side: str, row: FormFields) -> bool:
    return not is_blank(side, {name: value.strip() for name, value in row.items()})


def _unfit(answer: Answer) -> Iterator[Problem]:
    for side in SIDES:
        over = len(shown_rows(answer, side)) - ROW_LIMIT
        if over > 0:
            yield Problem("", f"A list holds {ROW_LIMIT} lines, and one has {over} more. Take out {over}, then save.")
        keys = [row["key"] for row in answer[side]]
        if len(set(keys)) < len(keys):
            yield Problem("", "One line arrived twice. Load the page again, then save.")


# What is open


def _asked(answer: Answer) -> Iterator[Problem]:
    code = answer["currency"]
    for field, _, text in unclear(answer):
        both = " or ".join(written(one, code) for one in two_meanings(text, code))
        yield Problem(field, f"Say which amount is meant: {both}." if both else "Write this amount once more.")


def _next_amount(answer: Answer) -> str:
    """The field of the next line of what goes out that has no amount yet."""
    shown = shown_rows(answer, "out")
    at = next((n for n, row in enumerate(shown) if row["amount"] is None), len(shown) - 1)
    return f"out-{max(at, 0)}-amount"


def _so_far(count: int) -> str:
    return "There is one so far." if count else "There is none yet."


def _with_meaning(answer: Answer, wanted: str, path: str) -> Answer:
    """The answer with one amount made clear: `wanted` minor units, at "savings" or, for a line, "amount:out:<key>".

    Text that meanwhile means something else stays a question.
    """
    name, side, key = [*path.split(":", 2), "", ""][:3]
    code = answer.get("currency") or ""
    if name in AMOUNTS:
        return {**answer, name: _meant(answer.get(name), wanted, code)}
    if side not in SIDES or name not in ("amount", "other"):
        return answer
    made = [{**row, name: _meant(row[name], wanted, code)} if row["key"] == key else row for row in rows(answer, side)]
    return {**answer, side: made}


def _meant(amount: Any, wanted: str, code: str) -> Any:
    found = two_meanings(amount, code) if isinstance(amount, str) else ()
    return next((one for one in found if str(one) == wanted), amount)


# What it teaches


def _taught_sums(answer: Answer, on: str | None) -> dict[str, Any]:
    """The columns of the budget. Without the day it was said on there is no day that it lasts until."""
    sums = sums_of(answer, _day(on))
    pay = lowest_pay(sums) if sums.outgoing else None
    until = lasts_until(sums) if sums.outgoing and on else None
    return {
        "currency": answer["currency"],
        "savings": _text(answer["savings"]),
        "hours": answer["hours"],
        "tax": "" if sums.kept is None else str(1 - sums.kept),
        "lowest_hour": _text(pay.hour if pay else None),
        "lowest_month": _text(pay.month if pay else None),
        "lowest_year": _text(pay.year if pay else None),
        "lasts_until": until.isoformat() if until else "",
        "alternative": answer["alternative"],
    }


def _text(amount: Any) -> str:
    return str(amount) if isinstance(amount, int) else ""


def _taught_lines(answer: Answer, side: str) -> Iterator[Item]:
    """Each line with a clear amount, by its name."""
    for n, row in enumerate(row for row in answer[side] if isinstance(row["amount"], int)):
        fields = {
            "side": side,
            "category": row["kind"],
            "amount": str(row["amount"]),
            "period": row["period"],
            "need": row.get("need", ""),
            "position": n,
        }
        yield Item(f"{side}:{row['key']}", called(row), fields)


def _day(iso: Any) -> date:
    """The day of an ISO date or moment; today where there is none."""
    try:
        return date.fromisoformat(str(iso or now())[:10])
    except ValueError:
        return date.fromisoformat(now()[:10])


tool = BudgetCalculator()
