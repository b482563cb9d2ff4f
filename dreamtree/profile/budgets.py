"""Money: what one has, what one needs, and the pay below which one does not go. All of it sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dreamtree.content.blocks import Block
from dreamtree.profile.money import money, rounded_up
from dreamtree.profile.noun import Items, Noun
from dreamtree.profile.rows import DerivedRow
from dreamtree.values import Item
from dreamtree.vault import Keyholder, SealedField, digest

SUMS = (
    "currency",
    "savings",
    "hours",
    "tax",
    "lowest_hour",
    "lowest_month",
    "lowest_year",
    "lasts_until",
    "alternative",
)


class BudgetRow(DerivedRow):
    """One budget and what follows from it. Sums are integers in the currency's smallest unit, as text.

    `lowest_month` and `lowest_year` are the pay needed, `lowest_hour` for `hours` a week: before tax where `tax`, the
    share that goes to it ("9/40"), is known, after tax where it is "". `lasts_until` is an ISO date, "" when no end is
    in sight; `alternative` is what one does instead, in words.
    """

    currency = SealedField()
    savings = SealedField()
    hours = SealedField()
    tax = SealedField()
    lowest_hour = SealedField()
    lowest_month = SealedField()
    lowest_year = SealedField()
    lasts_until = SealedField()
    alternative = SealedField()

    class Meta:
        table_name = "budgets"


class BudgetLineRow(DerivedRow):
    """Money that comes in or goes out: `side` is in or out, `period` week, month or year, `need` need or want."""

    side = SealedField()
    category = SealedField()
    name = SealedField()
    amount = SealedField()
    period = SealedField()
    need = SealedField()

    class Meta:
        table_name = "budget_lines"


def _lines(user: Keyholder, block: Block, items: Items) -> Iterable[Item]:
    """The lines of a budget. The key of an offered line says what it is for, so the rows have another."""
    lines = (line for item in items for line in item.fields["lines"])
    return [replace(line, key=digest(user, "budget_lines.key", line.key)) for line in lines]


def _in_words(item: Item) -> Item:
    """The budget with its lowest pay in words, in whole units of its currency."""
    sums = item.fields
    if not sums["lowest_month"]:
        return item
    taxed = "before tax" if sums["tax"] else "after tax"
    month = rounded_up(int(sums["lowest_month"]), sums["currency"])
    return replace(item, text=f"{money(month, sums['currency'])} a month {taxed}")


def budget(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The budget; `at_least` gives it as something a job needs to pay, once that was worked out."""
    found = BUDGETS.items(user, filters)
    if not filters.get("at_least"):
        return found
    return [replace(one, text=f"At least {one.text}") for one in found if one.text]


BUDGETS = Noun(
    BudgetRow,
    text="",
    says=SUMS,
    source="budget",
    changes=("budget", "work_factors"),
    on_read=_in_words,
    reads=budget,
)
BUDGET_LINES = Noun(
    BudgetLineRow,
    text="name",
    says=("side", "category", "amount", "period", "need"),
    makes=("budgets",),
    changes=("budget", "work_factors"),
    on_learn=_lines,
)
