"""The lines of a budget: what comes in and what goes out, those most often needed offered from the start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dreamtree.tools.base import NAME_LIMIT, Posted, Problem
from dreamtree.tools.budget_calculator.fields import AmountField, Per
from dreamtree.tools.budget_calculator.money import Amount
from dreamtree.tools.fields import Choice
from dreamtree.tools.rows.kinds import Kind, choice, declared, line, when
from dreamtree.tools.rows.made_keys import new_row_key
from dreamtree.tools.rows.shape import Row, Rows

SIDES = ("in", "out")
PERIODS = (Choice("week", "a week"), Choice("month", "a month"), Choice("year", "a year"))
PER = Per("period", "month")
NEEDS = (Choice("need", "need"), Choice("want", "want"))
KINDS = {
    "in": (
        Choice("pay", "Pay"),
        Choice("extras", "Shift and night pay"),
        Choice("benefit", "Ends when I start work"),
        Choice("stays", "Stays the same, job or no job"),
    ),
    "out": (
        Choice("housing", "Housing"),
        Choice("food", "Food"),
        Choice("transport", "Transport"),
        Choice("health", "Health"),
        Choice("care", "Care"),
        Choice("debt", "Debt"),
        Choice("joy", "Fun"),
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
        "in-extras": Starter("Shift and night pay", "extras"),
        "in-benefit": Starter("Benefits that end when I start work", "benefit"),
        "in-stays": Starter("Money that stays the same, job or no job", "stays"),
    },
    "out": {
        "out-housing": Starter("Rent or housing", "housing"),
        "out-power": Starter("Power, heat, water", "housing"),
        "out-food": Starter("Groceries and household", "food"),
        "out-transport": Starter("Getting around", "transport"),
        "out-phone": Starter("Phone and internet", "other"),
        "out-joy": Starter("Something just for fun", "joy", "want"),
    },
}
OFFERED = frozenset(key for side in SIDES for key in STARTERS[side])


def sum_of_money(per: Per | None = None, *, is_optional: bool = False) -> Any:
    """An amount in minor units; the typed text while it is unclear; None for nothing. The form reads by currency."""
    return declared(Kind(lambda code: AmountField(code, per), _as_amount, None, is_optional=is_optional))


def _as_amount(stored: Any) -> Amount:
    is_amount = isinstance(stored, int | str) and not isinstance(stored, bool) and stored != ""
    return stored if is_amount else None


@dataclass(frozen=True)
class BudgetLine(Row):
    """Money that comes in or goes out: `amount` a `period`, and `other` what it would be in a what-if.

    The name and kind of a line that is offered are those it is offered with.
    """

    words = "name"
    side = ""

    name: str = line(NAME_LIMIT)
    amount: int | str | None = sum_of_money(PER)
    period: str = choice(PERIODS, usual=PER.usual)
    other: int | str | None = sum_of_money(PER)
    kind: str = ""
    until: str = ""
    need: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether it is there from the start."""
        return self.key in STARTERS[self.side]

    @property
    def is_filled(self) -> bool:
        """Whether anything was said on it; the name that it was offered with says nothing."""
        own = "" if self.is_offered else self.name
        return any(value not in ("", None) for value in (self.amount, self.other, self.until, own))

    @property
    def called(self) -> str:
        """What it is called: its name, else its category."""
        return self.name or LABELS[self.kind]


@dataclass(frozen=True)
class Incoming(BudgetLine):
    """What comes in; `until` is the last day it does, an ISO date, a year or month alone too."""

    side = "in"

    kind: str = choice(KINDS["in"], usual="pay")
    until: str = when()


@dataclass(frozen=True)
class Outgoing(BudgetLine):
    """What goes out; `need` is need or want."""

    side = "out"

    kind: str = choice(KINDS["out"], usual="other")
    need: str = choice(NEEDS, usual="need")


L = TypeVar("L", bound=BudgetLine)
T = TypeVar("T")


@dataclass(frozen=True)
class Lines(Rows[L]):
    """How the lines of one side are declared: a line that is offered has the words it is offered with."""

    def load_row(self, stored: Mapping[str, Any]) -> L | None:
        row = super().load_row(stored)
        return as_offered(row, "need" in stored) if row else None

    def read(self, context: Any, posted: Sequence[Posted], name: str = "rows") -> tuple[list[L], list[Problem]]:
        rows, problems = super().read(context, posted, name)
        return [as_offered(row, "need" in one) for row, one in zip(rows, posted, strict=True)], problems


LINES: Mapping[str, Lines[Any]] = {"in": Lines(Incoming), "out": Lines(Outgoing)}


def as_offered(row: L, has_need: bool = True) -> L:
    """A line with the words it is offered with, where it is."""
    starter = STARTERS[row.side].get(row.key)
    if starter is None:
        return row
    need = row.need if has_need or row.side == "in" else starter.need
    return replace(row, name=starter.name, kind=starter.kind, need=need)


def laid_out(
    side: str, rows: Sequence[T], dropped: frozenset[str], key_of: Callable[[T], str], blank: Callable[[str], T]
) -> list[T]:
    """Lines in the order of the page: those offered, filled or not, then one's own."""
    known = {key_of(row): row for row in rows}
    offered = [known[key] if key in known else blank(key) for key in STARTERS[side] if key not in dropped]
    return [*offered, *(row for row in rows if key_of(row) not in STARTERS[side])]


def blank_line(side: str, key: str = "") -> BudgetLine:
    """A line in which nothing is said yet."""
    row: BudgetLine = as_offered(LINES[side].row(key or new_row_key()), has_need=False)
    return row


def offered_of(keys: Any) -> frozenset[str]:
    """Those of `keys` that are of lines offered from the start."""
    return OFFERED.intersection(keys if isinstance(keys, list) else ())
