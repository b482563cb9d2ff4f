"""How long one can manage, and the lowest pay one needs: what is there, what comes in, what goes out.

An answer is `{"currency": "EUR", "savings": 500000, "in": [line], "out": [line], "hours": "38.5", "rate": "22.5",
"before": 250000, "after": 190000, "alternative": words, "dropped": [keys of offered lines that were removed],
"on": the ISO day it was last said}`. A line is `{"key", "name", "kind", "amount", "period": week|month|year, "other":
the amount of a what-if}`, with "until" (an ISO date or "") where it comes in, and "need" (need|want) where it goes out.

Amounts are integers in the currency's smallest unit, None for nothing. An amount that can be read in two ways is kept
as it was typed, counted nowhere, and asked about.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from wtforms import Form, ValidationError

from dreamtree.content.book import Block
from dreamtree.db import now
from dreamtree.profile.money import COMMON
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest, UnknownButton, problems_of
from dreamtree.tools.budget_calculator import labels
from dreamtree.tools.budget_calculator.budget import AMOUNTS, ENOUGH, Budget, put_back, sums_of, unclear, without
from dreamtree.tools.budget_calculator.doubts import doubts_of_pay, doubts_of_time
from dreamtree.tools.budget_calculator.lines import LINES, OFFERED, SIDES, BudgetLine, blank_line, laid_out, offered_of
from dreamtree.tools.budget_calculator.money import as_shown, currency_typed, two_meanings
from dreamtree.tools.budget_calculator.on_page import MONEY_FIELDS, fields_on_page
from dreamtree.tools.budget_calculator.sums import lowest_pay
from dreamtree.tools.budget_calculator.view import ANOTHER, MEANS, BudgetView, budget_view
from dreamtree.tools.budget_calculator.words import amount_words, lasts_until, long_form, rested, summary
from dreamtree.tools.declared import DeclaredTool
from dreamtree.tools.fields import Choice, LineField, OneOfField, fields_of_block
from dreamtree.tools.posting import posted_of
from dreamtree.tools.rows.kinds import form_fields, read_declared
from dreamtree.tools.rows.posted import posted_rows
from dreamtree.tools.rows.shape import has_twins
from dreamtree.tools.wording import capitalized, enough_words
from dreamtree.values import Answer, Item

ROW_LIMIT = 60
CHOSEN = frozenset({"currency", "dropped", "kind", "need", "per", "period"})
"""Fields of its form in which nothing is typed."""
CURRENCIES = (*(Choice(code, name) for code, name in COMMON), Choice(ANOTHER, "Another"))


class CodeField(LineField):
    """The three letters of a currency."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").upper()

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not (len(self.data) == 3 and self.data.isascii() and self.data.isalpha()):
            raise ValidationError("Type the currency's three letters, like SEK.")


class BudgetForm(Form):
    """What is asked once. The other fields are added for the currency that is read."""

    currency = OneOfField(CURRENCIES)
    own = CodeField(3)

    def validate_own(self, field: Any) -> None:
        """Refuses two currencies at once."""
        chosen = self.currency.data
        if field.data and chosen not in ("", ANOTHER):
            raise ValidationError(f"You chose {chosen} and wrote {field.data}. Empty this, or choose Another.")


class BudgetCalculator(DeclaredTool[Budget]):
    """Money set by, what comes in and goes out, and what both come to."""

    kind = "budget-calculator"
    minutes = 15
    has_results = True
    answer = Budget

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What was typed, the amounts by the currency that was chosen with them."""
        fields = Posted(as_shown(fields_of_block(posted, f"{block.key}:")))
        code, dropped = _code_in(fields), offered_of(fields.get("dropped", "")[:400].split())
        form = _form_for(code)(fields)
        form.validate()
        budget = Budget(currency=code, **read_declared(Budget, form), dropped=dropped)
        problems = problems_of(form, "")
        for side in SIDES:
            rows, unread = LINES[side].read(code, _posted_lines(side, fields, dropped), side)
            budget = budget.with_side(side, rows)
            problems += [*unread, *_unfit(budget, side)]
        named = [replace(one, question=capitalized(labels.label_of(one.field, fields))) for one in problems]
        return self.form_part(self.store(budget)), named

    def chosen_fields(self, block: Block) -> frozenset[str]:
        return super().chosen_fields(block) | CHOSEN

    def label_of(self, field: str, sent: Mapping[str, str]) -> str:
        return labels.label_of(field, sent)

    def form_part(self, answer: Answer) -> Answer:
        budget = self.load(answer)
        for side in SIDES:
            budget = budget.with_side(side, budget.filled_rows(side))
        return self.store(replace(budget, on="", removed=None))

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """Also with nothing but the line that *undo* brings back."""
        budget = self.load(answer)
        yield answer
        if budget.removed:
            row = budget.removed.row
            yield self.store(replace(budget, incoming=(), outgoing=(), removed=None).with_side(row.side, [row]))

    def posts(self, block: Block, answer: Answer) -> Posted:
        return posted_of(block, fields_on_page(self.load(self.form_part(answer))))

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """The answer with the day it was said on: savings are counted from then."""
        removed = self.load(stored or {}).removed
        return self.store(replace(self.load(part), removed=removed, on=inputs.today))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        """Two lines of what goes out and the hours are enough; whatever is unclear is asked."""
        budget = self.load(answer)
        asked = list(_asked(budget))
        if not budget.currency:
            asked.append(Problem("currency", "Choose the currency."))
        counted = sum(isinstance(row.amount, int) for row in budget.filled_rows("out"))
        if counted < ENOUGH:
            words = enough_words(ENOUGH, counted, "line of what goes out", "lines of what goes out")
            asked.append(Problem(_next_amount(budget), words))
        if not budget.hours:
            asked.append(Problem("hours", "Type how many hours a week you'd work."))
        if budget.has_half_a_payslip:
            asked.append(Problem("after", "Fill in both amounts. Your take-home pay can't be the bigger one."))
        return asked

    # Buttons

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        budget = self.load(answer)
        match button.verb:
            case "add":
                side = button.argument if button.argument in SIDES else "out"
                more = budget.with_side(side, [*budget.side(side), blank_line(side)])
                return self.store(more) if len(budget.shown(side)) < ROW_LIMIT else answer
            case "remove":
                return self.store(without(budget, button.argument))
            case "undo":
                return self.store(put_back(budget))
            case "count":
                return answer
            case verb if verb.startswith(MEANS):
                return self.store(_with_meaning(budget, verb.removeprefix(MEANS), button.argument))
            case verb:
                raise UnknownButton(verb)

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return ()

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The sums, with the lines they rest on; nothing while nothing is said."""
        budget = self.load(answer)
        taught = tuple(line for side in SIDES for line in _taught_lines(budget, side))
        is_filled = taught or budget.savings is not None or budget.alternative
        return (Item("budget", "", {**_taught_sums(budget), "lines": taught}),) if is_filled else ()

    def rest(self, block: Block, answer: Answer) -> Rest:
        return rested(self.load(answer), _today())

    def summary(self, block: Block, answer: Answer) -> str:
        return summary(self.load(answer), _today())

    def long_form(self, block: Block, answer: Answer) -> str:
        return long_form(self.load(answer), _today())

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> BudgetView:
        today = date.fromisoformat(inputs.today) if inputs.today else _today()
        return budget_view(self.load(answer), today, ROW_LIMIT, f"{block.anchor}-shares")


@cache
def _form_for(code: str) -> type[Form]:
    """The form whose amounts are of this currency."""
    return type("Once", (BudgetForm,), form_fields(Budget, code))


def _code_in(fields: Posted) -> str:
    """The currency that was chosen or written, as it was written; else the one whose sign an amount was typed with."""
    chosen, own = fields.get("currency", ""), fields.get("own", "").strip().upper()
    if own or chosen == ANOTHER:
        return own
    return chosen if chosen in dict(COMMON) else currency_typed(fields[name] for name in fields if _is_amount(name))


def _is_amount(name: str) -> bool:
    return name.rpartition("-")[2] in MONEY_FIELDS


def _posted_lines(side: str, fields: Posted, dropped: frozenset[str]) -> list[Posted]:
    """The posted lines in which something is said, in the order of the page, with those that are offered."""
    filled = [row for row in posted_rows(fields, "", side) if _is_filled(row)]
    return laid_out(side, filled, dropped, lambda row: row.get("key", ""), lambda key: Posted({"key": key}))


def _is_filled(row: Posted) -> bool:
    names = ("amount", "other", "until", *(() if row.get("key") in OFFERED else ("name",)))
    return any(row.get(name, "").strip() for name in names)


def _unfit(budget: Budget, side: str) -> Iterator[Problem]:
    over = len(budget.shown(side)) - ROW_LIMIT
    if over > 0:
        yield Problem("", f"A list can have {ROW_LIMIT} lines, and one has {over} too many. Remove {over}, then save.")
    if has_twins(budget.side(side)):
        yield Problem("", "One line came in twice. Reload the page, then save.")


# What is open


def _asked(budget: Budget) -> Iterator[Problem]:
    code = budget.currency
    for field, text in unclear(budget):
        both = " or ".join(amount_words(one, code) for one in two_meanings(text, code))
        yield Problem(field, f"Pick the amount you meant: {both}." if both else "Type this amount again.")


def _next_amount(budget: Budget) -> str:
    """The field of the next line of what goes out that has no amount yet."""
    shown = budget.shown("out")
    index = next((n for n, row in enumerate(shown) if row.amount is None), len(shown) - 1)
    return f"out-{max(index, 0)}-amount"


def _with_meaning(budget: Budget, wanted: str, path: str) -> Budget:
    """The budget with one amount made clear: `wanted` minor units, at "savings" or, for a line, "amount:out:<key>".

    Text that meanwhile means something else stays a question.
    """
    name, side, key = [*path.split(":", 2), "", ""][:3]
    code = budget.currency
    if name in AMOUNTS:
        return _made_clear(budget, name, wanted, code)
    if side not in SIDES or name not in ("amount", "other"):
        return budget
    rows = budget.side(side)
    return budget.with_side(side, [_made_clear(row, name, wanted, code) if row.key == key else row for row in rows])


T = TypeVar("T", Budget, BudgetLine)


def _made_clear(holder: T, name: str, wanted: str, code: str) -> T:
    amount = getattr(holder, name)
    found = two_meanings(amount, code) if isinstance(amount, str) else ()
    clear: dict[str, Any] = {name: next((one for one in found if str(one) == wanted), amount)}
    return replace(holder, **clear)


# What it teaches


def _taught_sums(budget: Budget) -> dict[str, Any]:
    """The columns of the budget. Without the day it was said on there is no day that it lasts until."""
    sums = sums_of(budget, _today())
    pay = lowest_pay(sums) if sums.outgoing and not doubts_of_pay(budget) else None
    until = lasts_until(sums) if sums.outgoing and budget.on and not doubts_of_time(budget) else None
    return {
        "currency": budget.currency,
        "savings": _text(budget.savings),
        "hours": budget.hours,
        "tax": "" if sums.kept is None else str(1 - sums.kept),
        "lowest_hour": _text(pay.hour if pay else None),
        "lowest_month": _text(pay.month if pay else None),
        "lowest_year": _text(pay.year if pay else None),
        "lasts_until": until.isoformat() if until else "",
        "alternative": budget.alternative,
    }


def _text(amount: Any) -> str:
    return str(amount) if isinstance(amount, int) else ""


def _taught_lines(budget: Budget, side: str) -> Iterator[Item]:
    """Each line with a clear amount, by its name."""
    for n, row in enumerate(row for row in budget.filled_rows(side) if isinstance(row.amount, int)):
        fields = {
            "side": side,
            "category": row.kind,
            "amount": str(row.amount),
            "period": row.period,
            "need": row.need,
            "position": n,
        }
        yield Item(f"{side}:{row.key}", row.called, fields)


def _today() -> date:
    return date.fromisoformat(now()[:10])


tool = BudgetCalculator()
