"""The arithmetic of a budget: how long it lasts, and the pay it needs. Exact: integers and fractions, rounded once.

A year has 52 weeks or 12 months, and a week 7 days. Sums are in the currency's smallest unit. Pay is rounded up, days
are rounded down: neither promises what is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

WEEKS, MONTHS = 52, 12
TIMES = {"week": WEEKS, "month": MONTHS, "year": 1}
DAYS = WEEKS * 7


@dataclass(frozen=True)
class Flow:
    """Money that comes in or goes out, `amount` a `period`.

    `kind` is the category of what goes out, or the kind of what comes in; `ends` is the last day it comes.
    """

    amount: int
    period: str
    kind: str = "other"
    is_need: bool = True
    ends: date | None = None

    @property
    def a_year(self) -> int:
        """The amount in a year, in the currency's smallest unit."""
        return self.amount * TIMES[self.period]


@dataclass(frozen=True)
class Sums:
    """What a budget adds up from. `kept` is the share of pay that is left after tax, None while it is not known."""

    today: date
    savings: int = 0
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    hours: Fraction | None = None
    kept: Fraction | None = None

    @property
    def coming(self) -> tuple[Flow, ...]:
        """What still comes in today."""
        return tuple(flow for flow in self.incoming if flow.ends is None or flow.ends >= self.today)


@dataclass(frozen=True)
class Pay:
    """The least pay by period, before tax where the tax is known; by the hour only where the hours are."""

    hour: int | None
    week: int
    month: int
    year: int


def days_covered(sums: Sums, needs_only: bool = False) -> int | None:
    """Whole days from today that savings and what comes in pay for what goes out; None where no end is in sight."""
    out = sum(flow.a_year for flow in sums.outgoing if flow.is_need or not needs_only)
    left, day = sums.savings * DAYS, 0
    coming = sums.coming
    for end in sorted({flow.ends for flow in coming if flow.ends}):
        until = (end - sums.today).days + 1
        a_day = sum(flow.a_year for flow in coming if flow.ends is None or flow.ends >= end) - out
        if a_day < 0 and left // -a_day < until - day:
            return day + left // -a_day
        left, day = left + a_day * (until - day), until
    a_day = sum(flow.a_year for flow in coming if flow.ends is None) - out
    return None if a_day >= 0 else day + left // -a_day


def lowest_pay(sums: Sums, needs_only: bool = True) -> Pay:
    """The pay below which what goes out is not paid for, once the job has begun.

    What stays whatever the work, and has no end, lowers it. Pay, extras and benefits of today do not: a job replaces
    them.
    """
    out = sum(flow.a_year for flow in sums.outgoing if flow.is_need or not needs_only)
    stays = sum(flow.a_year for flow in sums.incoming if flow.kind == "stays" and flow.ends is None)
    year = Fraction(max(out - stays, 0)) / (sums.kept or 1)
    return Pay(
        hour=ceil(year / WEEKS / sums.hours) if sums.hours else None,
        week=ceil(year / WEEKS),
        month=ceil(year / MONTHS),
        year=ceil(year),
    )


def monthly(flows: Sequence[Flow]) -> int:
    """What these come to in a month, to the nearest unit."""
    return (2 * sum(flow.a_year for flow in flows) + MONTHS) // (2 * MONTHS)


def by_kind(flows: Sequence[Flow], kinds: Sequence[str]) -> dict[str, int]:
    """What each kind comes to in a month, in the order of `kinds` and without empty ones. They add up to `monthly`."""
    years = {kind: sum(flow.a_year for flow in flows if flow.kind == kind) for kind in kinds}
    some = {kind: year for kind, year in years.items() if year}
    return dict(zip(some, shared_out(monthly(flows), list(some.values())), strict=True))


def shared_out(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in parts as the weights, whole numbers that add up to it: what is left over goes to the largest rests."""
    total = sum(weights)
    if not total:
        return [0 for _ in weights]
    parts = [divmod(whole * weight, total) for weight in weights]
    over = whole - sum(part for part, _ in parts)
    first = sorted(range(len(parts)), key=lambda index: -parts[index][1])[:over]
    return [part + (index in first) for index, (part, _) in enumerate(parts)]


def kept_by_rate(percent: Fraction) -> Fraction:
    """The share of pay that is left at a tax rate in percent, under 100."""
    return 1 - percent / 100


def kept_on_payslip(before: int, after: int) -> Fraction | None:
    """The share of pay that one payslip left; None where its amounts cannot be both right."""
    return Fraction(after, before) if 0 < after <= before else None
