"""A budget in words: until when, how much, and what was counted."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dreamtree.dates import day_words
from dreamtree.profile.money import money
from dreamtree.text import isolated
from dreamtree.tools.base import Rest, RestLine
from dreamtree.tools.budget_calculator.budget import POSTED, POSTED_PER, Budget, last_day, sums_of
from dreamtree.tools.budget_calculator.doubts import Doubt, doubts_of_pay, doubts_of_time
from dreamtree.tools.budget_calculator.lines import LABELS, PERIODS, SIDES, BudgetLine
from dreamtree.tools.budget_calculator.money import Amount, two_meanings
from dreamtree.tools.budget_calculator.sums import Flow, Pay, Sums, days_covered, lowest_pay, monthly
from dreamtree.tools.wording import capitalized, in_words

LABELS_PER = {choice.value: choice.label for choice in POSTED_PER}
PERIOD_WORDS = {choice.value: choice.label for choice in PERIODS}
ENDLESS = 36_500
"""Days after which no date is named."""
ON_AND_ON = "as long as this goes on"


def length_words(days: int) -> str:
    """ "9 days", "16 weeks", "more than 3 years": always rounded down."""
    if days < 14:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // 7} weeks" if days < 104 * 7 else f"more than {days // 364} years"


def lasts_until(sums: Sums, needs_only: bool = False) -> date | None:
    """The day until which it lasts; None where no end is in sight, or one a hundred years away."""
    days = days_covered(sums, needs_only)
    return None if days is None or days > ENDLESS else sums.today + timedelta(days)


def lasts_words(sums: Sums, needs_only: bool = False) -> str:
    """ "until about March 14, 2027, 16 weeks"."""
    days, until = days_covered(sums, needs_only), lasts_until(sums, needs_only)
    if days is None:
        return ON_AND_ON
    if until is None:
        return "for more than 100 years"
    return f"until about {day_words(until)}, {length_words(days)}" if days else "not beyond today"


def balance_words(sums: Sums, code: str) -> str:
    """What a month leaves, or what it takes from savings."""
    gap = sum(flow.a_year for flow in sums.outgoing) - sum(flow.a_year for flow in sums.coming)
    if gap > 0:
        return f"{_a_month(gap, code)} more goes out than comes in."
    return f"{_a_month(-gap, code)} more comes in than goes out." if gap else "What comes in is exactly what goes out."


def _a_month(a_year: int, code: str) -> str:
    return f"Each month, {money(monthly([Flow(a_year, 'year')]), code)}"


def amount_words(amount: Amount, code: str) -> str:
    """An amount with its currency; as typed while it is unclear."""
    return money(amount, code) if isinstance(amount, int) else f"“{isolated(str(amount))}”" if amount else ""


def line_words(row: BudgetLine, code: str) -> str:
    """ "$850 a month"."""
    return f"{amount_words(row.amount, code)} {PERIOD_WORDS[row.period]}" if row.amount is not None else ""


def tax_words(budget: Budget) -> str:
    """ "before tax", or "after tax" while the tax is not known."""
    return "after tax" if budget.share_kept is None else "before tax"


def pay_rows(needs: Pay, both: Pay, code: str) -> tuple[tuple[str, str, str], ...]:
    """The lowest pay by period: for needs, and for needs and wants."""
    pairs = [
        ("An hour", needs.hour, both.hour),
        ("A week", needs.week, both.week),
        ("A month", needs.month, both.month),
        ("A year", needs.year, both.year),
    ]
    return tuple(
        (label, money(one, code), money(other, code))
        for label, one, other in pairs
        if one is not None and other is not None
    )


def summary(budget: Budget, today: date) -> str:
    """One line."""
    sums, code = sums_of(budget, today), budget.currency
    if not sums.outgoing:
        return "One amount isn't clear yet" if doubts_of_time(budget) else "No budget yet"
    pay = f"Lowest pay {money(lowest_pay(sums).month, code)} a month {tax_words(budget)}"
    parts = ("Lowest pay not clear yet" if doubts_of_pay(budget) else pay, _until_words(budget, sums))
    return "; ".join(parts).replace("\u00a0", " ")


def _until_words(budget: Budget, sums: Sums) -> str:
    return "how long isn't clear yet" if doubts_of_time(budget) else f"your money lasts {lasts_words(sums)}"


def doubt_words(doubt: Doubt, code: str) -> str:
    """What cannot be counted yet, and what to do: "Food says 1.234. That could be $1,234 or $1.23." """
    both = " or ".join(money(one, code) for one in two_meanings(doubt.text, code))
    quoted = f"says “{isolated(doubt.text)}”"
    return f"{quoted}. That could be {both}." if both else f"{quoted}, which we can't read."


def open_words(count: int) -> str:
    """ "One thing isn't clear yet.", "Two things aren't clear yet."."""
    return "One thing isn't clear yet." if count == 1 else f"{capitalized(in_words(count))} things aren't clear yet."


def posted_words(budget: Budget, needs: Pay) -> str:
    """How the pay in postings stands to the lowest pay; "" where there is none, or nothing to compare it with."""
    pay, code = budget.postings, budget.currency
    need = getattr(needs, budget.posted_per)
    if not pay or not needs.year:
        return ""
    per = LABELS_PER[budget.posted_per]
    span = " to ".join(dict.fromkeys((money(min(pay), code), money(max(pay), code))))
    sentence = f"The posting you wrote down pays {span} {per}" if len(pay) == 1 else f"These postings pay {span} {per}"
    if budget.share_kept is None:
        return f"{sentence} before tax. Add your tax or a pay stub to compare them."
    if need is None:
        return f"{sentence}. Add your hours a week to compare them."
    enough = sum(one >= need for one in pay)
    return f"{sentence}. {capitalized(in_words(enough)) if enough else 'None'} of {in_words(len(pay))} would be enough."


def rested(budget: Budget, today: date) -> Rest:
    """A finished budget: what it comes to, and what that rests on."""
    sums, code = sums_of(budget, today), budget.currency
    pay = lowest_pay(sums)
    results = (
        f"How long you can manage: {lasts_words(sums)}.",
        f"The lowest pay you need: {money(pay.month, code)} a month {tax_words(budget)}.",
        posted_words(budget, pay),
    )
    lines = (
        RestLine("Money you could use", amount_words(budget.savings, code)),
        RestLine("What comes in", f"{money(monthly(sums.coming), code)} a month"),
        RestLine("What goes out", f"{money(monthly(sums.outgoing), code)} a month"),
        RestLine("Hours a week", budget.hours),
        RestLine("If no job pays enough", budget.alternative),
    )
    return Rest(tuple(one for one in lines if one.detail), tuple(filter(None, results)))


def long_form(budget: Budget, today: date) -> str:
    """Everything that was said, then what it comes to."""
    return "\n".join(_long_form(budget, today)).replace("\u00a0", " ")


def _long_form(budget: Budget, today: date) -> Iterator[str]:
    code = budget.currency
    if budget.savings is not None:
        yield f"Money I can use: {amount_words(budget.savings, code)}"
    for side, title in (("in", "What comes in"), ("out", "What goes out")):
        if rows := budget.side(side):
            yield f"{title}:"
            yield from (f"– {_line(row, code)}" for row in rows)
    yield from _work(budget, code)
    yield from _results(budget, today, code)
    if budget.alternative:
        yield f"What I'd do instead: {budget.alternative}"


def _line(row: BudgetLine, code: str) -> str:
    other = f"what if {amount_words(row.other, code)}" if row.other is not None else ""
    until = f"until {day_words(row.until)}" if row.until else ""
    parts = [row.called, line_words(row, code), LABELS[row.kind], row.need, until, other]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _work(budget: Budget, code: str) -> Iterator[str]:
    if budget.hours:
        yield f"Hours a week: {budget.hours}"
    if budget.rate:
        yield f"Tax: {budget.rate} %"
    if budget.before is not None or budget.after is not None:
        before, after = (amount_words(one, code) or "not said" for one in (budget.before, budget.after))
        yield f"One pay stub: before tax {before}, take-home {after}"
    if amounts := [words for name in POSTED if (words := amount_words(getattr(budget, name), code))]:
        yield f"Pay in local postings, {LABELS_PER[budget.posted_per]}: {', '.join(amounts)}"


def _results(budget: Budget, today: date, code: str) -> Iterator[str]:
    sums = sums_of(budget, today)
    if not sums.outgoing:
        return
    lasts = "not clear yet" if doubts_of_time(budget) else lasts_words(sums)
    yield f"How long I can manage: {lasts}"
    if doubts_of_pay(budget):
        yield "The lowest pay I need: not clear yet"
        return
    yield f"The lowest pay I need, {tax_words(budget)}, for needs (for needs and wants):"
    for label, needs, both in pay_rows(lowest_pay(sums), lowest_pay(sums, needs_only=False), code):
        yield f"– {label}: {needs} ({both})"


def counted_notes(sums: Sums, code: str) -> Iterator[str]:
    """What became of the money that comes in today."""
    sentences: Mapping[str, str] = {
        "stays": "{} a month stays the same, job or no job, so we take it off.",
        "benefit": "{} a month ends when you start work, so your pay has to replace it.",
        "extras": "{} a month of what comes in is shift and night pay. A job without it has to make up for that.",
    }
    for kind, sentence in sentences.items():
        flows = [flow for flow in sums.coming if flow.kind == kind and (kind != "stays" or flow.ends is None)]
        if total := monthly(flows):
            yield sentence.format(money(total, code))


def left_out(budget: Budget, today: date) -> Iterator[str]:
    """Lines that no sum counts, and why."""
    for side in SIDES:
        if unsaid := [row.called for row in budget.side(side) if row.amount is None and row.name]:
            yield f"Not counted, without an amount: {', '.join(unsaid)}."
    if over := [row.called for row in budget.incoming if _is_over(row, today)]:
        yield f"Not counted, already over: {', '.join(over)}."


def _is_over(row: BudgetLine, today: date) -> bool:
    end = last_day(row.until)
    return isinstance(row.amount, int) and end is not None and end < today
