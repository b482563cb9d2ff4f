"""A budget as the fields of its page hold it."""

from collections.abc import Mapping
from typing import Any

from dreamtree.profile.money import COMMON
from dreamtree.tools.budget_calculator.budget import AMOUNTS, Budget
from dreamtree.tools.budget_calculator.money import is_two_ways, typed
from dreamtree.tools.rows.kinds import store_declared

MONEY_FIELDS = frozenset({*AMOUNTS, "amount", "other"})


def fields_on_page(budget: Budget) -> dict[str, Any]:
    """The fields of a budget by the names that its page has for them."""
    code = budget.currency
    fields = store_declared(budget) | {"dropped": " ".join(sorted(budget.dropped))}
    currency = {"currency": code} if code in dict(COMMON) else {"currency": "", "own": code}
    return _as_typed(fields | currency, code)


def _as_typed(fields: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Fields with their amounts as they are typed; beside one that could be read twice stands what the page meant."""
    amounts = {name: typed(one, code) for name, one in fields.items() if name in MONEY_FIELDS and isinstance(one, int)}
    meant = {f"{name}-was": text for name, text in amounts.items() if is_two_ways(text, code)}
    lines = {name: [_as_typed(one, code) for one in rows] for name, rows in fields.items() if isinstance(rows, list)}
    return {**fields, **lines, **amounts, **meant}
