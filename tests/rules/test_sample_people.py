"""The sample people agree with the sheet of facts: ages, dates and money."""

import re
import tomllib
from datetime import date
from typing import Any

import pytest

from dreamtree.content import book
from dreamtree.home.samples import PEOPLE, PERSONAS, persona
from dreamtree.profile.money import money
from dreamtree.tools.budget_calculator import BudgetCalculator
from dreamtree.tools.budget_calculator.budget import sums_of
from dreamtree.tools.budget_calculator.sums import lowest_pay, monthly
from dreamtree.tools.budget_calculator.words import lasts_until

pytestmark = pytest.mark.usefixtures("app")
SHEET: dict[str, dict[str, Any]] = tomllib.loads((PERSONAS / "facts.toml").read_text())["facts"]
PRESENT = date(2026, 10, 1)
"""The book's present is the fall of 2026."""
AMOUNT = re.compile(r"\$\d+(?:,\d{3})*(?:\.\d\d)?")


def facts_of(name: str) -> str:
    """All a person's sheet says, in one text."""
    return str(SHEET[name])


def answers(name: str, tool_kind: str) -> list[dict[str, Any]]:
    """What a person answered with one kind of tool."""
    asked = {block.key: block.type for exercise in book().exercises for block in exercise.blocks}
    return [one["answer"] for one in persona(name)["answer"] if asked.get(one["block"]) == tool_kind]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_is_as_old_as_the_sheet_says(name: str) -> None:
    year, month = (int(part) for part in SHEET[name]["born"].split("-"))
    assert PRESENT.year - year - (month > PRESENT.month) == SHEET[name]["age"]
    told = re.search(r"\b\d\d\b", persona(name)["facts"])
    assert told and int(told[0]) == SHEET[name]["age"]


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_a_person_did_lies_before_their_birth_or_after_the_present(name: str) -> None:
    rows = [row for answer in answers(name, "experience-builder") for row in answer["rows"]]
    days = [day for row in rows for day in (row["from"], row["to"]) if day not in ("", "now")]
    assert days
    assert all(SHEET[name]["born"] < day <= PRESENT.isoformat() for day in days)


@pytest.mark.parametrize("name", PEOPLE)
def test_an_example_names_no_amount_that_the_sheet_does_not(name: str) -> None:
    texts = [
        block.text
        for exercise in book().exercises
        for block in exercise.blocks
        if block.type == "example" and block.who == persona(name)["name"]
    ]
    assert texts
    assert set(AMOUNT.findall(" ".join(texts))) <= set(AMOUNT.findall(facts_of(name)))


@pytest.mark.parametrize("name", ["tom"])
def test_a_budget_comes_to_what_the_sheet_says(name: str) -> None:
    (answer,) = answers(name, "budget-calculator")
    budget = BudgetCalculator().load(answer)
    sums, code = sums_of(budget, PRESENT), budget.currency
    pay, until = lowest_pay(sums), lasts_until(sums)
    assert pay.hour is not None and until is not None and sums.kept is not None
    figures = {money(monthly(sums.outgoing), code), money(sums.savings, code), money(pay.hour, code)}
    figures |= {money(one.amount, code) for one in sums.coming}
    figures |= {money(round(amount / 100) * 100, code) for amount in (pay.month, pay.month * sums.kept)}
    assert figures <= set(AMOUNT.findall(facts_of(name)))
    assert f"{until:%B %Y}" in facts_of(name)
