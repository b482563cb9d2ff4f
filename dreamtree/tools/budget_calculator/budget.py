"""A budget: what is asked once, its lines, and what they add up to."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from dreamtree.text import as_line
from dreamtree.tools.budget_calculator.fields import FigureField, Per
from dreamtree.tools.budget_calculator.lines import (
    LINES,
    OFFERED,
    SIDES,
    BudgetLine,
    blank_line,
    laid_out,
    offered_of,
    sum_of_money,
)
from dreamtree.tools.budget_calculator.money import HOURS, PERCENT, Unit
from dreamtree.tools.budget_calculator.sums import Flow, Sums, kept_by_rate, kept_on_payslip
from dreamtree.tools.fields import Choice
from dreamtree.tools.rows.kinds import Kind, choice, declared, prose, unposted
from dreamtree.tools.rows.shape import Removed, index_of

ENOUGH = 2
"""So many lines of what goes out are enough to go on."""
POSTED = ("posted1", "posted2", "posted3")
AMOUNTS = ("savings", "before", "after", *POSTED)
POSTED_PER = (Choice("hour", "an hour"), Choice("week", "a week"), Choice("month", "a month"), Choice("year", "a year"))
PER = Per("per", "hour")
MOST_HOURS, MOST_TAX = 168, 99


def _figure(most: int, unit: Unit, *, zero: bool = False) -> Any:
    """A number up to `most` as text, with its `unit` or without, or ""; 0 counts only with `zero`."""
    return declared(Kind(lambda _: FigureField(most, unit, zero), as_line))


def _removed_in(stored: Any) -> Removed[BudgetLine] | None:
    """The line that was removed last, whatever version stored it."""
    if not isinstance(stored, Mapping) or stored.get("side") not in SIDES or not isinstance(stored.get("row"), Mapping):
        return None
    row = LINES[stored["side"]].load_row(stored["row"])
    return Removed(row, index_of(stored)) if row else None


def _store_removed(removed: Removed[BudgetLine]) -> dict[str, Any]:
    row = removed.row
    return {"row": LINES[row.side].store_row(row), "at": removed.index, "side": row.side}


def _lines(side: str) -> Any:
    """The lines of one side, as they are stored."""
    return unposted(LINES[side].load, (), store=LINES[side].store, name=side, is_optional=False)


@dataclass(frozen=True)
class Budget:
    """An answer. `currency` is three letters or "", `hours` and `rate` are numbers as text.

    `posted1` to `posted3` are the pay in job postings, before tax, an hour, week, month or year as `posted_per` says.
    `on` is the ISO day it was last said; `dropped` are the keys of offered lines that were removed.
    """

    currency: str = unposted(as_line, is_optional=False)
    savings: int | str | None = sum_of_money()
    before: int | str | None = sum_of_money()
    after: int | str | None = sum_of_money()
    posted1: int | str | None = sum_of_money(PER, is_optional=True)
    posted2: int | str | None = sum_of_money(PER, is_optional=True)
    posted3: int | str | None = sum_of_money(PER, is_optional=True)
    posted_per: str = choice(POSTED_PER, name=PER.field, usual=PER.usual)
    hours: str = _figure(MOST_HOURS, HOURS)
    rate: str = _figure(MOST_TAX, PERCENT, zero=True)
    alternative: str = prose()
    incoming: tuple[BudgetLine, ...] = _lines("in")
    outgoing: tuple[BudgetLine, ...] = _lines("out")
    dropped: frozenset[str] = unposted(offered_of, frozenset(), store=sorted, is_optional=False)
    on: str = unposted(as_line)
    removed: Removed[BudgetLine] | None = unposted(_removed_in, None, store=_store_removed)

    @property
    def postings(self) -> tuple[int, ...]:
        """The pay in postings, as far as it is clear."""
        return tuple(amount for name in POSTED if isinstance(amount := getattr(self, name), int))

    @property
    def has_payslip(self) -> bool:
        """Whether both amounts of a payslip are clear."""
        return isinstance(self.before, int) and isinstance(self.after, int)

    @property
    def has_half_a_payslip(self) -> bool:
        """Whether the amounts of the payslip cannot be used: one is missing, or more reached one than was paid."""
        both = (self.before, self.after)
        return (None in both and both != (None, None)) or (self.has_payslip and self.share_kept is None)

    @property
    def share_kept(self) -> Fraction | None:
        """The share of pay left after tax: as on the payslip, else by the rate, else not known."""
        if isinstance(self.before, int) and isinstance(self.after, int):
            return kept_on_payslip(self.before, self.after)
        rate = number_in(self.rate, MOST_TAX)
        return None if rate is None else kept_by_rate(rate)

    def counted_on(self, today: date) -> date:
        """The day it was last said, from which savings are counted; `today` where that is no day."""
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            return today

    def side(self, side: str) -> tuple[BudgetLine, ...]:
        """The lines of one side, as they are stored."""
        return self.incoming if side == "in" else self.outgoing

    def with_side(self, side: str, rows: Sequence[BudgetLine]) -> "Budget":
        """The budget with other lines on one side."""
        return replace(self, incoming=tuple(rows)) if side == "in" else replace(self, outgoing=tuple(rows))

    def shown(self, side: str) -> list[BudgetLine]:
        """All lines of the page of one side: those offered, filled or not, then one's own."""
        return laid_out(side, self.side(side), self.dropped, lambda row: row.key, lambda key: blank_line(side, key))

    def filled_rows(self, side: str) -> list[BudgetLine]:
        """The lines of one side that say something, in the order of the page."""
        return [row for row in self.shown(side) if row.is_filled]


def unclear(budget: Budget) -> Iterator[tuple[str, str]]:
    """Each amount that is kept as typed: the field as posted, and the text."""
    amounts = [(name, getattr(budget, name)) for name in AMOUNTS]
    for side in SIDES:
        for n, row in enumerate(budget.shown(side)):
            amounts += [(f"{side}-{n}-amount", row.amount), (f"{side}-{n}-other", row.other)]
    return ((field, text) for field, text in amounts if isinstance(text, str))


# Buttons


def without(budget: Budget, key: str) -> Budget:
    """The budget without a line, which *undo* brings back; an offered one is not offered again."""
    found = ((side, index) for side in SIDES for index, row in enumerate(budget.shown(side)) if row.key == key)
    side, index = next(found, ("", 0))
    if not side:
        return budget
    rows = budget.shown(side)
    left = budget.with_side(side, rows[:index] + rows[index + 1 :])
    return replace(left, removed=Removed(rows[index], index), dropped=budget.dropped | (OFFERED & {key}))


def put_back(budget: Budget) -> Budget:
    """The budget with the line that was removed last."""
    if budget.removed is None:
        return budget
    row, index = budget.removed.row, budget.removed.index
    rows = budget.side(row.side)
    back = budget.with_side(row.side, [*rows[:index], row, *rows[index:]])
    return replace(back, removed=None, dropped=budget.dropped - {row.key})


# What they add up to


def sums_of(budget: Budget, today: date, what_if: bool = False) -> Sums:
    """The clear amounts of an answer, counted from the day it was last said; `today` where it was never.

    With `what_if`, the other amounts where there are some.
    """
    return Sums(
        today=budget.counted_on(today),
        savings=budget.savings if isinstance(budget.savings, int) else 0,
        incoming=tuple(_flows(budget.incoming, what_if)),
        outgoing=tuple(_flows(budget.outgoing, what_if)),
        hours=number_in(budget.hours, MOST_HOURS) or None,
        kept=budget.share_kept,
    )


def _flows(rows: Sequence[BudgetLine], what_if: bool) -> Iterator[Flow]:
    for row in rows:
        amount = row.other if what_if and isinstance(row.other, int) else row.amount
        if isinstance(amount, int):
            yield Flow(amount, row.period, row.kind, row.need != "want", last_day(row.until))


def number_in(text: str, most: int) -> Fraction | None:
    """A stored number, None where it is none."""
    try:
        number = Fraction(text) if text and len(text) <= 12 else None
    except (ValueError, ZeroDivisionError):
        return None
    return number if number is not None and 0 <= number <= most else None


def last_day(until: str) -> date | None:
    """The last day of an ISO year, month or day; None for nothing and for what is no date."""
    parts = until.split("-") if until else []
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = [int(part) for part in parts] + [0] * (3 - len(parts))
    try:
        return date(year, month, day) if day else _month_end(date(year, month or 12, 1))
    except (ValueError, OverflowError):
        return None


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
