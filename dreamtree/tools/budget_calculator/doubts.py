"""What was typed in a budget and cannot be counted yet: no figure that rests on it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from dreamtree.tools.budget_calculator.budget import MOST_HOURS, MOST_TAX, Budget, last_day, number_in
from dreamtree.tools.budget_calculator.lines import SIDES


@dataclass(frozen=True)
class Doubt:
    """Something typed that cannot be counted yet: what it is, the field as posted, and the typed text."""

    what: str
    field: str
    text: str


def doubts_of_time(budget: Budget) -> tuple[Doubt, ...]:
    """What keeps the day from being worked out until which money lasts."""
    return tuple(_unclear_of(budget, "savings", "Money you could use")) + tuple(
        doubt for side in SIDES for doubt in _unclear_lines(budget, side)
    )


def doubts_of_pay(budget: Budget) -> tuple[Doubt, ...]:
    """What keeps the lowest pay from being worked out: of what comes in only what stays counts for it."""
    stays = (doubt for doubt in _unclear_lines(budget, "in", "stays"))
    return (
        *_unclear_lines(budget, "out"),
        *stays,
        *_unclear_of(budget, "before", "Pay before tax"),
        *_unclear_of(budget, "after", "Pay after tax"),
        *_unread_number(budget, "hours", "Hours a week", MOST_HOURS),
        *_unread_number(budget, "rate", "Tax", MOST_TAX),
    )


def doubts_of_what_if(budget: Budget) -> tuple[Doubt, ...]:
    """The other amounts that cannot be counted yet."""
    return tuple(
        Doubt(f"What if, for {row.called}", f"{side}-{n}-other", row.other)
        for side in SIDES
        for n, row in enumerate(budget.shown(side))
        if isinstance(row.other, str)
    )


def _unclear_of(budget: Budget, name: str, what: str) -> Iterator[Doubt]:
    amount = getattr(budget, name)
    if isinstance(amount, str):
        yield Doubt(what, name, amount)


def _unclear_lines(budget: Budget, side: str, kind: str = "") -> Iterator[Doubt]:
    for n, row in enumerate(budget.shown(side)):
        if kind not in ("", row.kind):
            continue
        if isinstance(row.amount, str):
            yield Doubt(row.called, f"{side}-{n}-amount", row.amount)
        if row.until and last_day(row.until) is None:
            yield Doubt(f"The end of {row.called}", f"{side}-{n}-until", row.until)


def _unread_number(budget: Budget, name: str, what: str, most: int) -> Iterator[Doubt]:
    typed = getattr(budget, name)
    if typed and number_in(typed, most) is None:
        yield Doubt(what, name, typed)
