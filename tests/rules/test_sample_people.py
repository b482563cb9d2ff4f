"""The sample people agree with the sheet of facts: ages, dates and money."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dreamtree.content import book
from dreamtree.home.samples import PEOPLE, PERSONAS, persona
from dreamtree.profile.money import money, rounded_up
from dreamtree.tools.budget_calculator import BudgetCalculator
from dreamtree.tools.budget_calculator.budget import sums_of
from dreamtree.tools.budget_calculator.sums import lowest_pay, monthly
from dreamtree.tools.budget_calculator.words import lasts_until

from .figures_said import IN_WORDS, figures_in, whole

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


def examples_by(name: str) -> dict[str, str]:
    """A person's examples, by the key of their block."""
    spoken = persona(name)["name"]
    return {block.key: block.text for block in book().blocks if block.type == "example" and block.who == spoken}


def texts_in(answer: Any) -> Iterator[str]:
    """All texts and figures in an answer."""
    if isinstance(answer, dict | list):
        for value in answer.values() if isinstance(answer, dict) else answer:
            yield from texts_in(value)
    else:
        yield str(answer)


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
    texts = examples_by(name).values()
    assert texts
    assert set(AMOUNT.findall(" ".join(texts))) <= set(AMOUNT.findall(facts_of(name)))


@pytest.mark.parametrize("name", PEOPLE)
def test_a_budget_comes_to_what_the_sheet_says(name: str) -> None:
    (answer,) = answers(name, "budget-calculator")
    budget = BudgetCalculator().load(answer)
    sums, code = sums_of(budget, PRESENT), budget.currency
    pay, until = lowest_pay(sums), lasts_until(sums) or lasts_until(sums_of(budget, PRESENT, what_if=True))
    assert pay.hour is not None and until is not None and sums.kept is not None
    figures = {money(monthly(sums.outgoing), code), money(sums.savings, code), money(pay.hour, code)}
    figures |= {money(one.amount, code) for one in sums.coming}
    figures |= {money(rounded_up(pay.month, code), code), money(round(pay.month * sums.kept / 100) * 100, code)}
    assert figures <= set(AMOUNT.findall(facts_of(name)))
    assert f"{until:%B %Y}" in facts_of(name)


@pytest.mark.parametrize("name", PEOPLE)
def test_an_example_counts_nothing_that_neither_the_sheet_nor_an_answer_does(name: str) -> None:
    known = figures_in(facts_of(name) + " ".join(texts_in(persona(name)["answer"])))
    unknown = {key: sorted(figures_in(text) - known) for key, text in examples_by(name).items()}
    assert {key: figures for key, figures in unknown.items() if figures} == {}


@pytest.mark.parametrize("name", PEOPLE)
def test_every_place_in_a_life_has_its_years_on_the_sheet(name: str) -> None:
    sheet = SHEET[name]
    lines = [sheet["schooling"], *sheet["work"], *sheet["unpaid"]]
    for row in (row for answer in answers(name, "experience-builder") for row in answer["rows"]):
        years = {day[:4] for day in (row["from"], row["to"]) if day not in ("", "now")}
        assert [line for line in lines if all(year in line for year in years)], row["title"]


@pytest.mark.parametrize("name", PEOPLE)
def test_an_age_that_is_told_is_that_of_its_year(name: str) -> None:
    told = " ".join((facts_of(name), *texts_in(persona(name)["answer"]), *examples_by(name).values()))
    ages = [(year, age) for year, age in re.findall(r"\b(\d{4}), I was ([\w-]+)", told) if age in IN_WORDS]
    ages += [(year, age) for age, year in re.findall(r"\bat (\d+), in (\d{4})", told)]
    born = int(SHEET[name]["born"][:4])
    assert [one for one in ages if int(one[0]) - born - whole(one[1]) not in (0, 1)] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_pay_before_tax_is_pay_after_it_and_the_tax(name: str) -> None:
    told = re.findall(r"(\$[\d,]+\d)[^$.]*?(\$[\d,]+\d) before[^(]*\((\d+) percent\)", facts_of(name))
    assert told
    for after, before, percent in told:
        assert abs(whole(before) * (100 - int(percent)) / 100 - whole(after)) <= 1


@pytest.mark.parametrize("name", PEOPLE)
def test_pay_an_hour_is_a_week_of_the_month_by_its_hours(name: str) -> None:
    told = re.findall(r"(\$[\d,]+\d) before[^$]*\$(\d+\.\d\d) an hour at (\d+) hours", facts_of(name))
    assert told
    for month, hour, hours in told:
        assert abs(whole(month) * 12 / 52 / int(hours) - float(hour)) < 0.01


@pytest.mark.parametrize("name", ["mara"])
def test_savings_last_as_long_as_the_sheet_says(name: str) -> None:
    needs = re.search(r"needs: (\$[\d,]+\d) a month", facts_of(name))
    saved = re.search(r"[Ss]avings of (\$[\d,]+\d), a little over ([\w-]+) months", facts_of(name))
    assert needs and saved
    assert 0 < whole(saved[1]) / whole(needs[1]) - whole(saved[2]) < 0.5


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("Forty-one trucks, thirty of them late.", {"41", "30"}),
        ("$3,615 at 40 hours, $20.86 each.", {"3615", "40", "20.86"}),
        ("Someone, often, alone.", set()),
    ],
)
def test_figures_in_digits_and_words(said: str, figures: set[str]) -> None:
    assert figures_in(said) == figures
