"""What the page shows of a budget: its fields, and what they come to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dreamtree.dates import day_words
from dreamtree.drawing import Chart
from dreamtree.drawing.donut import Ring, Share, donut
from dreamtree.profile.money import COMMON, money
from dreamtree.tools.budget_calculator import words
from dreamtree.tools.budget_calculator.budget import ENOUGH, POSTED, POSTED_PER, Budget, sums_of
from dreamtree.tools.budget_calculator.doubts import Doubt, doubts_of_pay, doubts_of_time, doubts_of_what_if
from dreamtree.tools.budget_calculator.lines import KINDS, LABELS, NEEDS, PERIODS, SIDES, BudgetLine
from dreamtree.tools.budget_calculator.money import Amount, is_two_ways, two_meanings, typed
from dreamtree.tools.budget_calculator.sums import Sums, by_kind, lowest_pay, monthly, shared_out
from dreamtree.tools.fields import Choice
from dreamtree.tools.wording import capitalized, in_words

ANOTHER = "another"
MEANS = "means-"
"""What the button of a meaning begins with; the amount in minor units follows."""
Pair = tuple[str, str]
Triple = tuple[str, str, str]
TITLES = {"in": "What comes in now", "out": "What goes out"}


@dataclass(frozen=True)
class AmountView:
    """An amount in its field. `two_ways` is its text where that could be read twice; `path` is its place in the answer.

    `asks` is what it may mean, to choose from: the words and the verb of the button.
    """

    field: str
    path: str
    value: str
    two_ways: str
    asks: tuple[Pair, ...]


@dataclass(frozen=True)
class LineView:
    """A line with its fields: `prefix` is the beginning of their names, `named` what its buttons call it.

    `now` is its amount as it is now, "850.00 a month"; "" while it has none.
    """

    row: BudgetLine
    prefix: str
    named: str
    amount: AmountView
    other: AmountView
    now: str

    @property
    def place(self) -> str:
        """The end of the ids of its parts in the what-if."""
        return self.other.path.replace(":", "-")

    @property
    def has_what_if(self) -> bool:
        """Whether the what-if shows it: a line of one's own, or one with an amount."""
        return bool(self.now or self.other.value or not self.row.is_offered)


@dataclass(frozen=True)
class SideView:
    """What comes in or goes out. `summary` is how many lines and how much a month, once there is something to show;
    `is_open` while there is not, or while a line waits for a word.
    """

    side: str
    title: str
    summary: str
    is_open: bool
    rows: tuple[LineView, ...]
    kinds: tuple[Pair, ...]
    can_add: bool


@dataclass(frozen=True)
class ResultView:
    """How long it lasts, or the lowest pay: the first sentence, and what stands beside it.

    `rows` are a table by period: for needs, and for needs and wants. While something is not clear, nothing is worked
    out: `doubts` say what it is, as (field, name, sentence).
    """

    headline: str
    notes: tuple[str, ...]
    rows: tuple[Triple, ...] = ()
    doubts: tuple[Triple, ...] = ()


@dataclass(frozen=True)
class BudgetView:
    """The calculator: what is asked once, both sides with their lines, and what can be chosen.

    `currency` is what is chosen of the common ones, `own` another; `taxed` whether pay is before or after tax.
    """

    budget: Budget
    currencies: tuple[Pair, ...]
    currency: str
    own: str
    savings: AmountView
    before: AmountView
    after: AmountView
    postings: tuple[AmountView, ...]
    posted_per: tuple[Pair, ...]
    sides: tuple[SideView, ...]
    periods: tuple[Pair, ...]
    needs: tuple[Pair, ...]
    removed: str
    taxed: str
    manage: ResultView | None
    pay: ResultView | None
    shares: Chart | None
    lines: tuple[LineView, ...]
    compared: tuple[Triple, ...]
    what_if: ResultView | None
    asks_what_if: bool

    @property
    def enough(self) -> str:
        """How many lines of what goes out are enough."""
        return in_words(ENOUGH)

    @property
    def wanted_postings(self) -> str:
        """How many postings it asks for."""
        return in_words(len(self.postings))

    @property
    def asks_postings(self) -> bool:
        """Whether the pay in a posting is asked about."""
        return any(one.asks for one in self.postings)

    @property
    def asking(self) -> tuple[tuple[AmountView, str], ...]:
        """Every amount that may have two meanings, and what its buttons call it."""
        payslip = [(self.before, "pay before tax"), (self.after, "take-home pay")]
        posted = [(one, f"posting {n}") for n, one in enumerate(self.postings, 1)]
        amounts = [(line.amount, line.named) for line in self.lines]
        others = [(line.other, f"{line.named}, what if") for line in self.lines]
        return ((self.savings, "the money you could use"), *payslip, *posted, *amounts, *others)


def budget_view(budget: Budget, today: date, most_rows: int, anchor: str) -> BudgetView:
    """The page of an answer; `today` is the day it is counted from at the earliest."""
    code = budget.currency
    is_common = code in dict(COMMON)
    sums = sums_of(budget, today)
    has_out = bool(sums.outgoing)
    time, pay = _in_doubt(doubts_of_time(budget), code), _in_doubt(doubts_of_pay(budget), code)
    what_if = _in_doubt(doubts_of_what_if(budget), code)
    sides = tuple(_side(budget, side, most_rows, code, _side_summary(sums, side, code)) for side in SIDES)
    return BudgetView(
        budget=budget,
        currencies=(("", "Choose"), *((one, f"{one} · {name}") for one, name in COMMON), (ANOTHER, "Another")),
        currency=code if is_common or not code else ANOTHER,
        own="" if is_common else code,
        savings=_amount("savings", budget.savings, "savings", code),
        before=_amount("before", budget.before, "before", code),
        after=_amount("after", budget.after, "after", code),
        postings=tuple(_amount(name, getattr(budget, name), name, code) for name in POSTED),
        posted_per=_pairs(POSTED_PER),
        sides=sides,
        periods=_pairs(PERIODS),
        needs=_pairs(NEEDS),
        removed=budget.removed.row.called if budget.removed else "",
        taxed=words.tax_words(budget),
        manage=time or (_manage(budget, sums, today) if has_out else None),
        pay=pay or (_pay(budget, sums) if has_out else None),
        shares=_shares(sums, code, anchor) if has_out and not pay else None,
        lines=tuple(line for side in sides for line in side.rows),
        compared=() if time or pay or what_if else _compared(budget, sums),
        what_if=what_if,
        asks_what_if=any(line.other.asks for side in sides for line in side.rows),
    )


def _pairs(choices: Sequence[Choice]) -> tuple[Pair, ...]:
    return tuple((choice.value, choice.label) for choice in choices)


# Fields


def _side(budget: Budget, side: str, most_rows: int, code: str, summary: str) -> SideView:
    shown = budget.shown(side)
    lines = tuple(_line(side, n, row, code) for n, row in enumerate(shown))
    return SideView(
        side=side,
        title=TITLES[side],
        summary=summary,
        is_open=not summary or any(line.amount.asks or not (line.row.is_offered or line.now) for line in lines),
        rows=lines,
        kinds=_pairs(KINDS[side]),
        can_add=len(shown) < most_rows,
    )


def _side_summary(sums: Sums, side: str, code: str) -> str:
    """How many lines and how much a month, "two lines, 2,009.00 a month"; "" as long as nothing goes out."""
    if not sums.outgoing:
        return ""
    flows = sums.coming if side == "in" else sums.outgoing
    if not flows:
        return "nothing"
    count = "one line" if len(flows) == 1 else f"{in_words(len(flows))} lines"
    return f"{count}, {money(monthly(flows), code)} a month"


def _line(side: str, n: int, row: BudgetLine, code: str) -> LineView:
    prefix, path = f"{side}-{n}", f"{side}:{row.key}"
    now = f"{money(row.amount, code)} {words.PERIOD_WORDS[row.period]}" if isinstance(row.amount, int) else ""
    return LineView(
        row=row,
        prefix=prefix,
        named=row.name or f"line {n + 1} of {TITLES[side].lower()}",
        amount=_amount(f"{prefix}-amount", row.amount, f"amount:{path}", code),
        other=_amount(f"{prefix}-other", row.other, f"other:{path}", code),
        now=now,
    )


def _amount(field: str, amount: Amount, path: str, code: str) -> AmountView:
    if isinstance(amount, int):
        text = typed(amount, code)
        return AmountView(field, path, text, text if is_two_ways(text, code) else "", ())
    asks = tuple((money(one, code), f"{MEANS}{one}") for one in two_meanings(amount or "", code))
    return AmountView(field, path, amount or "", "", asks)


# What they come to


def _in_doubt(doubts: Sequence[Doubt], code: str) -> ResultView | None:
    """What stands at the place of a figure while something it rests on is not clear."""
    if not doubts:
        return None
    unclear = tuple((one.field, one.what, words.doubt_words(one, code)) for one in doubts)
    return ResultView(words.open_words(len(doubts)), (), doubts=unclear)


def _manage(budget: Budget, sums: Sums, today: date) -> ResultView:
    if budget.savings is None and not sums.incoming:
        return ResultView("We don't know yet.", ("Fill in what you could use, or what comes in.",))
    return ResultView(f"{capitalized(words.lasts_words(sums))}.", tuple(_manage_notes(budget, sums, today)))


def _manage_notes(budget: Budget, sums: Sums, today: date) -> Iterator[str]:
    yield words.balance_words(sums, budget.currency)
    if budget.savings is None:
        yield "You haven't added any savings yet."
    if any(not flow.is_need for flow in sums.outgoing):
        yield f"With only your needs: {words.lasts_words(sums, needs_only=True)}."
    if sums.today != today:
        yield f"Counted from {day_words(sums.today)}, when you last changed it. “Work it out” counts from today."
    yield from words.left_out(budget, sums.today)


def _pay(budget: Budget, sums: Sums) -> ResultView:
    needs, both, code = lowest_pay(sums), lowest_pay(sums, needs_only=False), budget.currency
    headline = "The money that stays the same covers your needs. A job doesn't have to add anything for them."
    if needs.year:
        headline = f"{money(needs.month, code)} a month {words.tax_words(budget)}"
    return ResultView(headline, tuple(_pay_notes(budget, sums)), words.pay_rows(needs, both, code))


def _pay_notes(budget: Budget, sums: Sums) -> Iterator[str]:
    if sums.kept is None:
        yield "That's take-home pay. Add your tax or a pay stub to see it before tax."
    elif budget.has_payslip:
        yield f"Before tax, with {_percent(1 - float(sums.kept))} taken out, like on your pay stub."
    if sums.hours is None:
        yield "Add your hours a week to see it by the hour."
    yield from words.counted_notes(sums, budget.currency)
    if note := words.posted_words(budget, lowest_pay(sums)):
        yield note


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def _shares(sums: Sums, code: str, anchor: str) -> Chart | None:
    months = by_kind(sums.outgoing, [kind.value for kind in KINDS["out"]])
    ordered = sorted(((kind, amount) for kind, amount in months.items() if amount), key=lambda one: -one[1])
    percents = shared_out(100, [amount for _, amount in ordered])
    shares = [
        Share(LABELS[kind], amount, money(amount, code), f"{percent}%" if percent else "under 1%")
        for (kind, amount), percent in zip(ordered, percents, strict=True)
    ]
    heads, total = ("Category", "A month", "Share"), money(monthly(sums.outgoing), code)
    return donut(shares, Ring("What goes out in a month, by category", heads, total, "a month", anchor))


def _compared(budget: Budget, sums: Sums) -> tuple[Triple, ...]:
    """Now and what if, side by side; nothing while no line has another amount."""
    if not any(isinstance(row.other, int) for side in SIDES for row in budget.side(side)):
        return ()
    other = sums_of(budget, sums.today, what_if=True)
    now, then = (words.pay_rows(lowest_pay(one), lowest_pay(one), budget.currency) for one in (sums, other))
    pay = tuple((label, one, two) for (label, one, _), (_, two, _) in zip(now, then, strict=True))
    return (("How long", capitalized(words.lasts_words(sums)), capitalized(words.lasts_words(other))), *pay)
