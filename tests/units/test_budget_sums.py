"""The sums of a budget, held against another way of working them out."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.tools.budget_calculator.sums import (
    Flow,
    Pay,
    Sums,
    by_kind,
    days_covered,
    kept_by_rate,
    kept_on_payslip,
    lowest_pay,
    monthly,
    shared_out,
)

TODAY = date(2027, 3, 1)
PERIODS = {"week": Fraction(52), "month": Fraction(12), "year": Fraction(1)}
KINDS = ["pay", "extras", "benefit", "stays"]
CATEGORIES = ["housing", "food", "joy", "other"]

incoming = st.builds(
    Flow,
    amount=st.integers(0, 400_000),
    period=st.sampled_from(sorted(PERIODS)),
    kind=st.sampled_from(KINDS),
    ends=st.none() | st.integers(-40, 400).map(lambda days: TODAY + timedelta(days)),
)
outgoing = st.builds(
    Flow,
    amount=st.integers(0, 400_000),
    period=st.sampled_from(sorted(PERIODS)),
    kind=st.sampled_from(CATEGORIES),
    is_need=st.booleans(),
)
budgets = st.builds(
    Sums,
    today=st.just(TODAY),
    savings=st.integers(0, 2_000_000),
    incoming=st.lists(incoming, max_size=4).map(tuple),
    outgoing=st.lists(outgoing, max_size=5).map(tuple),
    hours=st.none() | st.integers(1, 168 * 4).map(lambda quarters: Fraction(quarters, 4)),
    kept=st.none() | st.integers(1, 100).map(lambda percent: Fraction(percent, 100)),
)


def a_day(flow: Flow) -> Fraction:
    return flow.amount * PERIODS[flow.period] / 364


def covered_day_by_day(sums: Sums, needs_only: bool, most: int) -> int | None:
    """Walks through the days with what is left in hand; None when `most` days are covered."""
    left, out = Fraction(sums.savings), sum(a_day(one) for one in sums.outgoing if one.is_need or not needs_only)
    for day in range(most):
        here = sums.today + timedelta(day)
        left += sum(a_day(one) for one in sums.incoming if one.ends is None or one.ends >= here) - out
        if left < 0:
            return day
    return None


@given(budgets, st.booleans())
def test_how_long_is_what_walking_through_the_days_gives(sums: Sums, needs_only: bool) -> None:
    said = days_covered(sums, needs_only)
    if said is None:
        assert covered_day_by_day(sums, needs_only, 900) is None
    elif said < 900:
        assert covered_day_by_day(sums, needs_only, 901) == said


def ceiling(amount: Fraction) -> int:
    return -(-amount.numerator // amount.denominator)


@given(budgets, st.booleans())
def test_the_lowest_pay_is_what_each_line_adds(sums: Sums, needs_only: bool) -> None:
    year = Fraction(0)
    for one in sums.outgoing:
        year += one.amount * PERIODS[one.period] if one.is_need or not needs_only else 0
    for one in sums.incoming:
        year -= one.amount * PERIODS[one.period] if one.kind == "stays" and one.ends is None else 0
    gross = max(year, Fraction(0)) / (sums.kept if sums.kept is not None else 1)
    pay = lowest_pay(sums, needs_only)
    assert (pay.year, pay.month, pay.week) == (ceiling(gross), ceiling(gross / 12), ceiling(gross / 52))
    assert pay.hour == (None if sums.hours is None else ceiling(gross / 52 / sums.hours))
    assert pay.month * 12 * (sums.kept or 1) >= year, "what is asked is enough"


@given(budgets, outgoing)
def test_more_that_goes_out_never_lowers_the_pay_or_lengthens_the_time(sums: Sums, more: Flow) -> None:
    after = replace(sums, outgoing=(*sums.outgoing, more))
    assert lowest_pay(after).year >= lowest_pay(sums).year
    assert lowest_pay(after, needs_only=False).month >= lowest_pay(sums, needs_only=False).month
    before, now = days_covered(sums), days_covered(after)
    assert before is None or (now is not None and now <= before)


@given(budgets, st.integers(0, 500_000))
def test_more_savings_never_shorten_the_time(sums: Sums, more: int) -> None:
    before, now = days_covered(sums), days_covered(replace(sums, savings=sums.savings + more))
    assert now is None or (before is not None and now >= before)


@given(budgets)
def test_wants_never_make_it_longer_or_cheaper(sums: Sums) -> None:
    assert lowest_pay(sums).year <= lowest_pay(sums, needs_only=False).year
    needs, both = days_covered(sums, needs_only=True), days_covered(sums)
    assert needs is None or (both is not None and both <= needs)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), max_size=9))
def test_parts_add_up_to_the_whole(whole: int, weights: list[int]) -> None:
    parts = shared_out(whole, weights)
    assert len(parts) == len(weights)
    assert sum(parts) == (whole if any(weights) else 0)
    assert all(
        abs(part - Fraction(whole * weight, sum(weights))) < 1
        for part, weight in zip(parts, weights, strict=True)
        if any(weights)
    )


@given(st.lists(outgoing, max_size=6))
def test_the_kinds_add_up_to_the_month(flows: list[Flow]) -> None:
    parts = by_kind(flows, CATEGORIES)
    assert sum(parts.values()) == monthly(flows)
    assert abs(monthly(flows) - sum(a_day(one) * 364 / 12 for one in flows)) <= Fraction(1, 2)


RENT, FOOD = Flow(85_000, "month", "housing"), Flow(9_000, "week", "food")


def test_a_budget_worked_out_by_hand() -> None:
    sums = Sums(
        TODAY,
        savings=500_000,
        incoming=(Flow(25_000, "month", "stays"), Flow(90_000, "month", "benefit")),
        outgoing=(RENT, FOOD, Flow(12_000, "year", "joy", is_need=False)),
        hours=Fraction("38.5"),
        kept=Fraction(3, 4),
    )
    # 85000 × 12 + 9000 × 52 − 25000 × 12 = 1,188,000 a year; ÷ 0.75 = 1,584,000
    assert lowest_pay(sums) == Pay(hour=792, week=30_462, month=132_000, year=1_584_000)
    # a year takes 1,500,000 and brings 1,380,000: 120,000 over 364 days out of 500,000
    assert days_covered(sums) == 1516


def test_with_no_savings_a_gap_begins_today() -> None:
    assert days_covered(Sums(TODAY, outgoing=(RENT,))) == 0
    assert days_covered(Sums(TODAY)) is None
    assert days_covered(Sums(TODAY, incoming=(RENT,), outgoing=(RENT,))) is None


def test_money_that_is_over_is_not_counted() -> None:
    over = Flow(85_000, "month", "benefit", ends=TODAY - timedelta(1))
    assert days_covered(Sums(TODAY, incoming=(over,), outgoing=(RENT,))) == 0
    last = replace(over, ends=TODAY)
    assert days_covered(Sums(TODAY, incoming=(last,), outgoing=(RENT,))) == 1


def test_what_stays_but_ends_does_not_lower_the_pay() -> None:
    ending = Flow(85_000, "month", "stays", ends=TODAY + timedelta(90))
    assert lowest_pay(Sums(TODAY, incoming=(ending,), outgoing=(RENT,))).month == 85_000
    assert lowest_pay(Sums(TODAY, incoming=(replace(ending, ends=None),), outgoing=(RENT,))).month == 0


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [(300_000, 200_000, Fraction(2, 3)), (1, 1, Fraction(1)), (100, 101, None), (0, 0, None), (100, 0, None)],
)
def test_one_payslip_gives_the_share_that_is_left(before: int, after: int, kept: Fraction | None) -> None:
    assert kept_on_payslip(before, after) == kept


def test_a_rate_is_exact() -> None:
    assert kept_by_rate(Fraction("22.5")) == Fraction(31, 40)
    assert lowest_pay(Sums(TODAY, outgoing=(Flow(100, "year"),), kept=kept_by_rate(Fraction("22.5")))).year == 130
