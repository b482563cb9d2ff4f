"""Money: what one has, what one needs, and the pay below which one does not go. All of it sealed."""

from collections.abc import Mapping
from typing import Any

from dreamtree.profile.money import money
from dreamtree.profile.provenance import provenance
from dreamtree.profile.rows import DerivedRow, learn_rows, opened
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


class Budget(DerivedRow):
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
        indexes = ((("user_id", "block_key"), False),)


class BudgetLine(DerivedRow):
    """Money that comes in or goes out: `side` is in or out, `period` week, month or year, `need` need or want."""

    side = SealedField()
    category = SealedField()
    name = SealedField()
    amount = SealedField()
    period = SealedField()
    need = SealedField()

    class Meta:
        table_name = "budget_lines"
        indexes = ((("user_id", "block_key"), False),)


def learn_budget(
    user: Keyholder, block_key: str, sums: Mapping[str, Any], lines: Mapping[str, Mapping[str, Any]], at: str
) -> bool:
    """The one budget of a block, `sums` with every column of `SUMS` or nothing at all, and its lines by key.

    The key of an offered line says what it is for, so the rows have another. True when anything changed.
    """
    changed = learn_rows(user, Budget, block_key, {"budget": sums} if sums else {}, at)
    hidden = {digest(user, "budget_lines.key", key): line for key, line in lines.items()}
    return learn_rows(user, BudgetLine, block_key, hidden, at) or changed


def budget(user: Keyholder, filters: Mapping[str, Any]) -> list[Item]:
    """The budget as one item: the lowest pay in words, every sum as text in the fields. Nothing said, no item."""
    rows = Budget.select().where(Budget.user_id == user.id).order_by(Budget.id).limit(1)
    return [_item(user, row) for row in rows]


def _item(user: Keyholder, row: Budget) -> Item:
    fields = {name: opened(user, row, name) for name in SUMS}
    return Item(row.item_key, _in_words(fields), fields, provenance(row.block_key, row.written_at))


def _in_words(fields: Mapping[str, str]) -> str:
    if not fields["lowest_month"]:
        return ""
    taxed = "before tax" if fields["tax"] else "after tax"
    return f"{money(int(fields['lowest_month']), fields['currency'])} a month {taxed}"
