"""The fields of a budget that are numbers: amounts of money, hours and percent."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import Field, ValidationError

from dreamtree.text import clean_line, figures
from dreamtree.tools.budget_calculator.money import Unit, figure, meanings
from dreamtree.tools.fields import NUL_MESSAGE
from dreamtree.tools.quantities import without_period


@dataclass(frozen=True)
class Per:
    """The field beside an amount that says for how long it is, and what that is unless it says otherwise."""

    field: str
    usual: str


class AmountField(Field):
    """An amount in minor units of `code`, or None; the typed text where it has two meanings or none.

    "a month" may stand after it where the field `per` says so too.
    """

    def __init__(self, code: str = "", per: Per | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self.code = code
        self.per = per

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist else ""
        self.data = typed or None
        if "\0" in "".join(valuelist):
            raise ValueError(NUL_MESSAGE)
        if typed:
            found = meanings(typed, self.code)
            self.data = found[0] if len(found) == 1 else typed

    def pre_validate(self, form: Any) -> None:
        typed = clean_line(self.raw_data[0]) if self.raw_data else ""
        _, period, period_words = without_period(figures(typed))
        if not period or self.process_errors:
            return
        beside = form[self.per.field] if self.per else None
        chosen = (beside.data or self.per.usual) if beside and self.per else ""
        if period == chosen:
            return
        self.data = typed
        if beside is None:
            raise ValidationError(f"This is one sum of money. Leave out “{period_words}”.")
        label = next(one.label for one in beside.choices if one.value == chosen)
        raise ValidationError(
            f"This says “{period_words}”, but next to it you chose “{label}”. Change one to match the other."
        )


class FigureField(Field):
    """A number with up to three decimals as text, up to `most`; "" for nothing. 0 counts only with `zero`.

    Its `unit` may stand after it, and the period that it is counted in; any other unit or period is refused.
    """

    def __init__(self, most: int, unit: Unit, zero: bool = False, **settings: Any) -> None:
        super().__init__(default="", **settings)
        self.most = most
        self.unit = unit
        self.zero = zero

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else ""
        if "\0" in "".join(valuelist):
            raise ValueError(NUL_MESSAGE)
        if not self.data:
            return
        self.data = figure(self.data, self.unit)
        number = Decimal(self.data)
        if number > self.most or not (number or self.zero):
            raise ValueError(f"Type a number {'from 0' if self.zero else 'above 0,'} up to {self.most}.")
