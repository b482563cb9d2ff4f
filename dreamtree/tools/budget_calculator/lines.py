"""The lines of a budget: what comes in and what goes out, those most often needed offered from the start."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dreamtree.tools.budget_calculator.money import Amount
from dreamtree.tools.budget_calculator.sums import Flow, Sums, kept_by_rate, kept_on_payslip
from dreamtree.tools.fields import Choice, line
from dreamtree.tools.rows import buttons
from dreamtree.values import Answer

Row = dict[str, Any]
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
USUAL_KIND = {"in": "pay", "out": "other"}
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


def side_of(answer: Answer, key: str) -> str | None:
    """The list that a line is on, one that is only offered too."""
    return next(
        (side for side in SIDES if key in STARTERS[side] or key in {row["key"] for row in rows(answer, side)}), None
    )


def rows(answer: Answer, side: str) -> list[Row]:
    """The lines of one side with every field, whatever another version stored."""
    found = answer.get(side)
    known = found if isinstance(found, list) else []
    return [whole(side, row) for row in known if isinstance(row, dict) and isinstance(row.get("key"), str)]


def whole(side: str, row: Mapping[str, Any]) -> Row:
    """A line with each of its fields."""
    starter = STARTERS[side].get(row["key"])
    return {
        "key": row["key"],
        "name": starter.name if starter else line(str(row.get("name") or "")),
        "kind": starter.kind if starter else _one_of(row.get("kind"), KINDS[side], USUAL_KIND[side]),
        "amount": _amount(row.get("amount")),
        "period": _one_of(row.get("period"), PERIODS, "month"),
        "other": _amount(row.get("other")),
        **_own_of(side, row, starter),
    }


def _own_of(side: str, row: Mapping[str, Any], starter: Starter | None) -> Row:
    if side == "in":
        return {"until": str(row.get("until") or "")}
    return {"need": _one_of(row.get("need"), NEEDS, starter.need if starter else "need")}


def _one_of(value: Any, choices: tuple[Choice, ...], usual: str) -> str:
    return value if value in {choice.value for choice in choices} else usual


def _amount(value: Any) -> Amount:
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        return None
    return value


def is_blank(side: str, row: Mapping[str, Any]) -> bool:
    """Whether nothing was said on a line; the name that it was offered with says nothing."""
    own = () if row.get("key") in STARTERS[side] else ("name",)
    return all(row.get(name) in ("", None) for name in ("amount", "other", "until", *own))


def laid_out(side: str, said: list[Any], dropped: frozenset[str]) -> list[Any]:
    """Lines in the order of the page: those offered, filled or not, then one's own."""
    known = {row.get("key", ""): row for row in said}
    offered = [known.get(key, {"key": key}) for key in STARTERS[side] if key not in dropped]
    return [*offered, *(row for row in said if row.get("key", "") not in STARTERS[side])]


def dropped_in(answer: Answer) -> frozenset[str]:
    """The offered lines that were removed."""
    found = answer.get("dropped")
    return OFFERED & frozenset(found if isinstance(found, list) else ())


def shown_rows(answer: Answer, side: str) -> list[Row]:
    """All lines of the page of one side."""
    return [whole(side, row) for row in laid_out(side, rows(answer, side), dropped_in(answer))]


def bare(answer: Answer) -> Answer:
    """What the form posts back: the lines that say something, in the order of the page."""
    dropped = dropped_in(answer)
    return {
        "currency": str(answer.get("currency") or ""),
        **{name: _amount(answer.get(name)) for name in AMOUNTS},
        **{name: str(answer.get(name) or "") for name in FIGURES},
        **{side: [row for row in shown_rows(answer, side) if not is_blank(side, row)] for side in SIDES},
        "alternative": str(answer.get("alternative") or ""),
        "dropped": sorted(dropped),
    }


def called(row: Row) -> str:
    """What a line is called: its name, else its category."""
    return row["name"] or LABELS[row["kind"]]


def unclear(answer: Answer) -> Iterator[tuple[str, str, str]]:
    """Each amount that is kept as typed: the field as posted, whose it is, and the text."""
    for name in AMOUNTS:
        if isinstance(_amount(answer.get(name)), str):
            yield name, "", answer[name]
    for side in SIDES:
        for n, row in enumerate(shown_rows(answer, side)):
            for name in ("amount", "other"):
                if isinstance(row[name], str):
                    yield f"{side}-{n}-{name}", called(row), row[name]


# Buttons


def with_one_more(answer: Answer, side: str) -> Answer:
    return {**answer, side: [*rows(answer, side), whole(side, {"key": buttons.new_key()})]}


def without(answer: Answer, key: str) -> Answer:
    """The answer without a line, which *undo* brings back; an offered one is not offered again."""
    side = side_of(answer, key)
    if side is None:
        return answer
    present = {**answer, side: shown_rows(answer, side)}
    gone = buttons.without(present, side, key)
    if key in OFFERED:
        gone = {**gone, "dropped": sorted({*dropped_in(answer), key})}
    return {**gone, "removed": {**gone.get("removed", {}), "side": side}} if gone is not present else answer


def put_back(answer: Answer) -> Answer:
    """The answer with the line that was removed last."""
    removed = answer.get("removed") or {}
    side = removed.get("side")
    if side not in SIDES:
        return answer
    back = buttons.act({**answer, side: rows(answer, side)}, side, "undo", "", dict)
    return {**back, "dropped": sorted(dropped_in(answer) - {removed["row"]["key"]})}


# What they add up to


def sums_of(answer: Answer, today: date, what_if: bool = False) -> Sums:
    """The clear amounts of an answer; with `what_if`, the other amounts where there are some."""
    savings = _amount(answer.get("savings"))
    return Sums(
        today=today,
        savings=savings if isinstance(savings, int) else 0,
        incoming=tuple(_flows(answer, "in", what_if)),
        outgoing=tuple(_flows(answer, "out", what_if)),
        hours=_number(answer.get("hours"), MOST_HOURS) or None,
        kept=kept_of(answer),
    )


def _flows(answer: Answer, side: str, what_if: bool) -> Iterator[Flow]:
    for row in rows(answer, side):
        amount = row["other"] if what_if and isinstance(row["other"], int) else row["amount"]
        if isinstance(amount, int):
            ends = last_day(row.get("until", ""))
            yield Flow(amount, row["period"], row["kind"], row.get("need") != "want", ends)


def kept_of(answer: Answer) -> Fraction | None:
    """The share of pay left after tax: as on the payslip, else by the rate, else not known."""
    before, after = answer.get("before"), answer.get("after")
    if isinstance(before, int) and isinstance(after, int):
        return kept_on_payslip(before, after)
    rate = _number(answer.get("rate"), MOST_TAX)
    return None if rate is None else kept_by_rate(rate)


def _number(text: Any, most: int) -> Fraction | None:
    """A stored number, None where it is none."""
    try:
        said = Fraction(text) if isinstance(text, str) and len(text) <= 12 else None
    except (ValueError, ZeroDivisionError):
        return None
    return said if said is not None and 0 <= said <= most else None


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
