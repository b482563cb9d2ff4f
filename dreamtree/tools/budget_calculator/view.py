"""What the page shows of a budget: its fields, and what they come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dreamtree.drawing import Chart
from dreamtree.drawing.donut import Ring, Share, donut
from dreamtree.profile.money import COMMON, money, written
from dreamtree.tools.budget_calculator.lines import (
    KINDS,
    LABELS,
    NEEDS,
    PERIODS,
    SIDES,
    Budget,
    Line,
    kept_of,
    sums_of,
)
from dreamtree.tools.budget_calculator.money import Amount, Unclear, is_two_ways, meanings, typed
from dreamtree.tools.budget_calculator.sums import Sums, by_kind, lowest_pay, monthly, shared_out
from dreamtree.tools.budget_calculator.words import (
    PERIOD_WORDS,
    balance_words,
    counted_notes,
    day_words,
    lasts_words,
    left_out,
    pay_rows,
    tax_words,
)
from dreamtree.tools.wording import in_words

ANOTHER = "another"
MEANS = "means-"
"""What the button of a meaning begins with; the amount in minor units follows."""
Pair = tuple[str, str]
Triple = tuple[str, str, str]
TITLES = {"in": "What comes in now", "out": "What goes out"}


@dataclass(frozen=True)
class AmountView:
    """An amount in its field. `was` is its text where that could be read twice; `path` is where it is in the answer.

    `asks` is what it may mean, to choose from: the words and the verb of the button.
    """

    field: str
    path: str
    value: str
    was: str
    asks: tuple[Pair, ...]


@dataclass(frozen=True)
class LineView:
    """A line with its fields: `at` is the beginning of their names, `named` what its buttons call it.

    `now` is what it comes to.
    """

    key: str
    at: str
    named: str
    name: str
    kind: str
    is_own: bool
    amount: AmountView
    other: AmountView
    period: str
    until: str
    need: str
    now: str


@dataclass(frozen=True)
class SideView:
    """What comes in or goes out. `told` is how many lines and how much a month, once there is something to show;
    `is_open` while there is not, or while a line waits for a word.
    """

    side: str
    title: str
    told: str
    is_open: bool
    rows: tuple[LineView, ...]
    kinds: tuple[Pair, ...]
    can_add: bool


@dataclass(frozen=True)
class PayView:
    """The lowest pay: its first sentence, a table by period with what its amounts are in, and what was counted."""

    headline: str
    taxed: str
    currency: str
    rows: tuple[Triple, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ManageView:
    """How long it lasts: its first sentence, and what stands beside it."""

    headline: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BudgetView:
    """The calculator: what is asked once, both sides with their lines, and what can be chosen."""

    currencies: tuple[Pair, ...]
    currency: str
    own: str
    savings: AmountView
    before: AmountView
    after: AmountView
    hours: str
    rate: str
    sides: tuple[SideView, ...]
    periods: tuple[Pair, ...]
    needs: tuple[Pair, ...]
    alternative: str
    dropped: str
    removed: str
    manage: ManageView | None
    pay: PayView | None
    shares: Chart | None
    lines: tuple[LineView, ...]
    compared: tuple[Triple, ...]
    asks_what_if: bool


def budget_view(budget: Budget, today: date, most_rows: int, anchor: str) -> BudgetView:
    """The page of an answer; `today` is the day it is counted from at the earliest."""
    code = budget.currency
    is_common = code in dict(COMMON)
    counted_on = _day(budget.on, today)
    sums = sums_of(budget, counted_on)
    has_out = bool(sums.outgoing)
    sides = tuple(_side(budget, side, most_rows, code, _told(sums, side, code)) for side in SIDES)
    return BudgetView(
        currencies=(("", "Choose"), *((one, f"{one} · {name}") for one, name in COMMON), (ANOTHER, "Another")),
        currency=code if is_common or not code else ANOTHER,
        own="" if is_common else code,
        savings=_amount("savings", budget.savings, "savings", code),
        before=_amount("before", budget.before, "before", code),
        after=_amount("after", budget.after, "after", code),
        hours=budget.hours,
        rate=budget.rate,
        sides=sides,
        periods=tuple((one.value, one.label) for one in PERIODS),
        needs=tuple((one.value, one.label) for one in NEEDS),
        alternative=budget.alternative,
        dropped=" ".join(sorted(budget.dropped)),
        removed=_removed(budget),
        manage=_manage(budget, sums, today, code) if has_out else None,
        pay=_pay(budget, sums, code) if has_out else None,
        shares=_shares(sums, code, anchor) if has_out else None,
        lines=tuple(line for side in sides for line in side.rows if line.now or line.other.value or line.is_own),
        compared=_compared(budget, sums, code),
        asks_what_if=any(line.other.asks for side in sides for line in side.rows),
    )


def _day(on: object, today: date) -> date:
    """The day the answer was last said, as far as it is a day."""
    try:
        return date.fromisoformat(on) if isinstance(on, str) and on else today
    except ValueError:
        return today


def _removed(budget: Budget) -> str:
    return budget.removed.row.called if budget.removed else ""


# Fields


def _side(budget: Budget, side: str, most_rows: int, code: str, told: str) -> SideView:
    shown = budget.shown(side)
    lines = tuple(_line(side, n, row, code) for n, row in enumerate(shown))
    return SideView(
        side=side,
        title=TITLES[side],
        told=told,
        is_open=not told or any(line.amount.asks or (line.is_own and not line.now) for line in lines),
        rows=lines,
        kinds=tuple((one.value, one.label) for one in KINDS[side]),
        can_add=len(shown) < most_rows,
    )


def _told(sums: Sums, side: str, code: str) -> str:
    """How many lines and how much a month, "two lines, 2,009.00 a month"; "" as long as nothing goes out."""
    if not sums.outgoing:
        return ""
    flows = sums.coming if side == "in" else sums.outgoing
    if not flows:
        return "nothing"
    count = "one line" if len(flows) == 1 else f"{in_words(len(flows))} lines"
    return f"{count}, {written(monthly(flows), code)} a month"


def _line(side: str, n: int, row: Line, code: str) -> LineView:
    at, path = f"{side}-{n}", f"{side}:{row.key}"
    return LineView(
        key=row.key,
        at=at,
        named=row.name or f"line {n + 1} of {TITLES[side].lower()}",
        name=row.name,
        kind=row.kind,
        is_own=not row.is_offered,
        amount=_amount(f"{at}-amount", row.amount, f"amount:{path}", code),
        other=_amount(f"{at}-other", row.other, f"other:{path}", code),
        period=row.period,
        until=row.until,
        need=row.need,
        now=_now(row, code),
    )


def _amount(field: str, amount: Amount, path: str, code: str) -> AmountView:
    if isinstance(amount, int):
        text = typed(amount, code)
        return AmountView(field, path, text, text if is_two_ways(text, code) else "", ())
    asks = tuple((written(one, code), f"{MEANS}{one}") for one in two_meanings(amount or "", code))
    return AmountView(field, path, amount or "", "", asks)


def two_meanings(text: str, code: str) -> tuple[int, ...]:
    """Both meanings of an amount kept as typed; none where it has not two."""
    try:
        found = meanings(text, code) if text else ()
    except Unclear:
        return ()
    return found if len(found) == 2 else ()


def _now(row: Line, code: str) -> str:
    """A line's amount as it is now, "850.00 a month"; "" while it has none."""
    return f"{written(row.amount, code)} {PERIOD_WORDS[row.period]}" if isinstance(row.amount, int) else ""


# What they come to


def _manage(budget: Budget, sums: Sums, today: date, code: str) -> ManageView:
    if isinstance(budget.savings, str):
        return ManageView("One amount is not clear yet.", ("Say above what the money is that you could use.",))
    if budget.savings is None and not sums.incoming:
        return ManageView("Not known yet.", ("Write above what you could use, or what comes in.",))
    return ManageView(f"{_begun(lasts_words(sums))}.", tuple(_manage_notes(budget, sums, today, code)))


def _manage_notes(budget: Budget, sums: Sums, today: date, code: str) -> Iterator[str]:
    yield balance_words(sums, code)
    if budget.savings is None:
        yield "No money set by is counted yet."
    if any(not flow.is_need for flow in sums.outgoing):
        yield f"With the needs alone: {lasts_words(sums, needs_only=True)}."
    if sums.today != today:
        yield f"Counted from {day_words(sums.today)}, when you last changed it. “Work it out” counts from today."
    yield from left_out(budget, sums.today)


def _pay(budget: Budget, sums: Sums, code: str) -> PayView:
    needs, both = lowest_pay(sums), lowest_pay(sums, needs_only=False)
    if not needs.year:
        headline = "What stays covers your needs. No pay has to be added for them."
    else:
        headline = f"{money(needs.month, code)} a month {tax_words(budget)}."
    notes = tuple(_pay_notes(budget, sums, code))
    return PayView(headline, tax_words(budget), code, pay_rows(needs, both, code), notes)


def _pay_notes(budget: Budget, sums: Sums, code: str) -> Iterator[str]:
    if sums.kept is None:
        yield "This is what must reach you. Add a payslip to see it before tax."
    elif _has_payslip(budget):
        yield f"Before tax, with {_percent(1 - float(sums.kept))} taken off, as on your payslip."
    if sums.hours is None:
        yield "Write your hours a week to see it by the hour."
    yield from counted_notes(sums, code)


def _has_payslip(budget: Budget) -> bool:
    return isinstance(budget.before, int) and isinstance(budget.after, int)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def _shares(sums: Sums, code: str, anchor: str) -> Chart | None:
    months = by_kind(sums.outgoing, [kind.value for kind in KINDS["out"]])
    ordered = sorted(((kind, amount) for kind, amount in months.items() if amount), key=lambda one: -one[1])
    percents = shared_out(100, [amount for _, amount in ordered])
    shares = [
        Share(LABELS[kind], amount, written(amount, code), _part(percent))
        for (kind, amount), percent in zip(ordered, percents, strict=True)
    ]
    heads, total = ("Category", "A month", "Share"), written(monthly(sums.outgoing), code)
    return donut(shares, Ring("What goes out in a month, by category", heads, total, "a month", anchor))


def _part(percent: int) -> str:
    return f"{percent} %" if percent else "under 1 %"


def _compared(budget: Budget, sums: Sums, code: str) -> tuple[Triple, ...]:
    """Now and what if, side by side; nothing while no line has another amount."""
    if not any(isinstance(row.other, int) for side in SIDES for row in budget.side(side)):
        return ()
    other = sums_of(budget, sums.today, what_if=True)
    now, then = (pay_rows(lowest_pay(one), lowest_pay(one), code) for one in (sums, other))
    pay = [(one[0], one[1], two[1]) for one, two in zip(now, then, strict=True)]
    lasts = () if isinstance(budget.savings, str) else (_begun(lasts_words(sums)), _begun(lasts_words(other)))
    return (("How long", *lasts), *pay) if lasts else tuple(pay)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def half_payslip(budget: Budget) -> bool:
    """Whether the amounts of the payslip cannot be used: one is missing, or more reached one than was paid."""
    both = (budget.before, budget.after)
    return (None in both and both != (None, None)) or (_has_payslip(budget) and kept_of(budget) is None)
