"""The lines of a budget: what comes in and what goes out, those most often needed offered from the start."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.budget_calculator.money import Amount, AmountField, FigureField
from dreamtree.tools.budget_calculator.sums import Flow, Sums, kept_by_rate, kept_on_payslip
from dreamtree.tools.fields import Choice, OneOf, Prose, When
from dreamtree.tools.rows.kinds import Kind, line, said
from dreamtree.tools.rows.made_keys import new_key
from dreamtree.tools.rows.shape import Removed, Row, Rows

SIDES = ("in", "out")
MOST_HOURS, MOST_TAX = 168, 99
AMOUNTS = ("savings", "before", "after")
FIGURES = ("hours", "rate")
PERIODS = (Choice("week", "a week"), Choice("month", "a month"), Choice("year", "a year"))
NEEDS = (Choice("need", "need"), Choice("want", "want"))
KINDS = {
    "in": (
        Choice("pay", "Pay"),
        Choice("extras", "Shift and night extras"),
        Choice("benefit", "Ends when I start work"),
        Choice("stays", "Stays, whatever the work"),
    ),
    "out": (
        Choice("housing", "Housing"),
        Choice("food", "Food"),
        Choice("transport", "Transport"),
        Choice("health", "Health"),
        Choice("care", "Care"),
        Choice("debt", "Debt"),
        Choice("joy", "Joy"),
        Choice("saving", "Saving"),
        Choice("other", "Other"),
    ),
}
"""What a line can be: what comes in by what becomes of it when work starts, what goes out by its category."""
LABELS = {choice.value: choice.label for kinds in KINDS.values() for choice in kinds}


@dataclass(frozen=True)
class Starter:
    """A line offered from the start, until it is filled or removed."""

    name: str
    kind: str
    need: str = "need"


STARTERS: Mapping[str, Mapping[str, Starter]] = {
    "in": {
        "in-pay": Starter("Pay", "pay"),
        "in-extras": Starter("Shift and night extras", "extras"),
        "in-benefit": Starter("Benefits that end when I start work", "benefit"),
        "in-stays": Starter("Money that stays, whatever the work", "stays"),
    },
    "out": {
        "out-housing": Starter("Rent or housing", "housing"),
        "out-power": Starter("Power, heating, water", "housing"),
        "out-food": Starter("Food and household", "food"),
        "out-transport": Starter("Getting around", "transport"),
        "out-phone": Starter("Phone and internet", "other"),
        "out-joy": Starter("Something that gives me joy", "joy", "want"),
    },
}
OFFERED = frozenset(key for side in SIDES for key in STARTERS[side])


def _amount() -> Any:
    """An amount in minor units; the typed text while it is unclear; None for nothing. The form reads by currency."""
    return said(Kind(AmountField, _as_amount, None))


def _one_of(choices: tuple[Choice, ...], usual: str) -> Any:
    values = {choice.value for choice in choices}
    return said(Kind(lambda _: OneOf(choices), lambda stored: stored if stored in values else usual, usual))


def _text(field: Callable[[Any], Any]) -> Any:
    return said(Kind(field, lambda stored: str(stored or "")))


def _as_amount(stored: Any) -> Amount:
    is_amount = isinstance(stored, int | str) and not isinstance(stored, bool) and stored != ""
    return stored if is_amount else None


@dataclass(frozen=True)
class Line(Row):
    """Money that comes in or goes out: `amount` a `period`, and `other` what it would be in a what-if.

    The name and kind of a line that is offered are those it is offered with.
    """

    words = "name"
    side = ""

    name: str = line(NAME_LIMIT)
    amount: int | str | None = _amount()
    period: str = _one_of(PERIODS, "month")
    other: int | str | None = _amount()
    kind: str = ""
    until: str = ""
    need: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether it is there from the start."""
        return self.key in STARTERS[self.side]

    @property
    def is_said(self) -> bool:
        """Whether anything was said on it; the name that it was offered with says nothing."""
        own = "" if self.is_offered else self.name
        return any(value not in ("", None) for value in (self.amount, self.other, self.until, own))

    @property
    def called(self) -> str:
        """What it is called: its name, else its category."""
        return self.name or LABELS[self.kind]


@dataclass(frozen=True)
class Incoming(Line):
    """What comes in; `until` is the last day it does, an ISO date, a year or month alone too."""

    side = "in"

    kind: str = _one_of(KINDS["in"], "pay")
    until: str = _text(lambda _: When())


@dataclass(frozen=True)
class Outgoing(Line):
    """What goes out; `need` is need or want."""

    side = "out"

    kind: str = _one_of(KINDS["out"], "other")
    need: str = _one_of(NEEDS, "need")


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Lines(Rows[L]):
    """How the lines of one side are declared: a line that is offered has the words it is offered with."""

    def load_row(self, stored: Mapping[str, Any]) -> L | None:
        row = super().load_row(stored)
        return as_offered(row, "need" in stored) if row else None


LINES: Mapping[str, Lines[Any]] = {"in": Lines(Incoming), "out": Lines(Outgoing)}


def as_offered(row: L, has_need: bool = True) -> L:
    """A line with the words it is offered with, where it is."""
    starter = STARTERS[row.side].get(row.key)
    if starter is None:
        return row
    need = row.need if has_need or row.side == "in" else starter.need
    return replace(row, name=starter.name, kind=starter.kind, need=need)


@dataclass(frozen=True)
class Budget:
    """An answer. `currency` is three letters or "", `hours` and `rate` are numbers as text.

    `on` is the ISO day it was last said; `dropped` are the keys of offered lines that were removed.
    """

    currency: str = ""
    savings: int | str | None = _amount()
    before: int | str | None = _amount()
    after: int | str | None = _amount()
    hours: str = _text(lambda _: FigureField(MOST_HOURS))
    rate: str = _text(lambda _: FigureField(MOST_TAX, zero=True))
    alternative: str = _text(lambda _: Prose())
    incoming: tuple[Line, ...] = ()
    outgoing: tuple[Line, ...] = ()
    dropped: frozenset[str] = frozenset()
    on: str = ""
    removed: Removed[Line] | None = None

    def side(self, side: str) -> tuple[Line, ...]:
        """The lines of one side, as they are stored."""
        return self.incoming if side == "in" else self.outgoing

    def with_side(self, side: str, rows: Sequence[Line]) -> "Budget":
        """The budget with other lines on one side."""
        return replace(self, incoming=tuple(rows)) if side == "in" else replace(self, outgoing=tuple(rows))

    def shown(self, side: str) -> list[Line]:
        """All lines of the page of one side: those offered, filled or not, then one's own."""
        return laid_out(side, self.side(side), self.dropped, lambda row: row.key, lambda key: blank_line(side, key))

    def said(self, side: str) -> list[Line]:
        """The lines of one side that say something, in the order of the page."""
        return [row for row in self.shown(side) if row.is_said]


T = TypeVar("T")


def laid_out(
    side: str, rows: Sequence[T], dropped: frozenset[str], key_of: Callable[[T], str], blank: Callable[[str], T]
) -> list[T]:
    """Lines in the order of the page: those offered, filled or not, then one's own."""
    known = {key_of(row): row for row in rows}
    offered = [known[key] if key in known else blank(key) for key in STARTERS[side] if key not in dropped]
    return [*offered, *(row for row in rows if key_of(row) not in STARTERS[side])]


def blank_line(side: str, key: str = "") -> Line:
    """A line in which nothing is said yet."""
    row: Line = as_offered(LINES[side].row(key or new_key()), has_need=False)
    return row


def unclear(budget: Budget) -> Iterator[tuple[str, str, str]]:
    """Each amount that is kept as typed: the field as posted, whose it is, and the text."""
    for name in AMOUNTS:
        if isinstance(text := getattr(budget, name), str):
            yield name, "", text
    for side in SIDES:
        for n, row in enumerate(budget.shown(side)):
            for name in ("amount", "other"):
                if isinstance(text := getattr(row, name), str):
                    yield f"{side}-{n}-{name}", row.called, text


# Buttons


def with_one_more(budget: Budget, side: str) -> Budget:
    """The budget with one more line to fill in."""
    return budget.with_side(side, [*budget.side(side), blank_line(side)])


def without(budget: Budget, key: str) -> Budget:
    """The budget without a line, which *undo* brings back; an offered one is not offered again."""
    side = next((side for side in SIDES if key in {row.key for row in budget.shown(side)}), None)
    if side is None:
        return budget
    rows = budget.shown(side)
    at = next(n for n, row in enumerate(rows) if row.key == key)
    left = budget.with_side(side, rows[:at] + rows[at + 1 :])
    return replace(left, removed=Removed(rows[at], at), dropped=budget.dropped | (OFFERED & {key}))


def put_back(budget: Budget) -> Budget:
    """The budget with the line that was removed last."""
    if budget.removed is None:
        return budget
    row, at = budget.removed.row, budget.removed.at
    rows = budget.side(row.side)
    back = budget.with_side(row.side, [*rows[:at], row, *rows[at:]])
    return replace(back, removed=None, dropped=budget.dropped - {row.key})


# What they add up to


def sums_of(budget: Budget, today: date, what_if: bool = False) -> Sums:
    """The clear amounts of an answer; with `what_if`, the other amounts where there are some."""
    return Sums(
        today=today,
        savings=budget.savings if isinstance(budget.savings, int) else 0,
        incoming=tuple(_flows(budget.incoming, what_if)),
        outgoing=tuple(_flows(budget.outgoing, what_if)),
        hours=_number(budget.hours, MOST_HOURS) or None,
        kept=kept_of(budget),
    )


def _flows(rows: Sequence[Line], what_if: bool) -> Iterator[Flow]:
    for row in rows:
        amount = row.other if what_if and isinstance(row.other, int) else row.amount
        if isinstance(amount, int):
            yield Flow(amount, row.period, row.kind, row.need != "want", last_day(row.until))


def kept_of(budget: Budget) -> Fraction | None:
    """The share of pay left after tax: as on the payslip, else by the rate, else not known."""
    if isinstance(budget.before, int) and isinstance(budget.after, int):
        return kept_on_payslip(budget.before, budget.after)
    rate = _number(budget.rate, MOST_TAX)
    return None if rate is None else kept_by_rate(rate)


def _number(text: str, most: int) -> Fraction | None:
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
        return date(year, month, day) if day else _month_end(year, month or 12)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
