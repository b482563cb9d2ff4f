"""Every way out of an exercise leads on alike: going on or skipping, with an answer or without."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest

from dreamtree.content import book
from dreamtree.content.book import Exercise
from tests.page import words_of
from tests.rules.seeded import EXERCISE_FILES, EXERCISES, MODULES
from tests.visitor import Visitor

OPTIONAL = [one["id"] for one in EXERCISE_FILES if one.get("optional")]
ENOUGH = [one["id"] for one in EXERCISE_FILES if one.get("enough")]
LAST = {module: [one for one in EXERCISES if one.startswith(f"{module}.")][-1] for module in MODULES}
END_OF = {LAST[module]: f"/workbook/modules/{module}" for module in MODULES}
WAYS = ("go", "not-now")


def expected(exercise: str) -> str:
    """The next exercise of the module, else the end of the module."""
    return END_OF.get(exercise) or f"/workbook/{EXERCISES[EXERCISES.index(exercise) + 1]}"


def left(visitor: Visitor, exercise: str, *ways: str) -> set[tuple[int, str]]:
    """Where one gets from the page of an exercise, as it is served, by these of its buttons."""
    form = visitor.get(f"/workbook/{exercise}").form()
    sent = [visitor.client.post(f"/workbook/{exercise}", data=form | {"do": do}) for do in ways]
    return {(answer.status_code, answer.headers.get("Location", "")) for answer in sent}


def reached(visitor: Visitor, exercise: str) -> Visitor:
    """The visitor with the exercise open, everything before it skipped."""
    page = visitor.get(f"/workbook/{exercise}")
    if not page.has(".//form[@id='exercise']"):
        visitor.press(page, "Skip everything before this")
    return visitor


def test_what_is_done_is_left_alike(sample: Visitor) -> None:
    assert {one: left(sample, one, *WAYS) for one in EXERCISES} == {one: {(303, expected(one))} for one in EXERCISES}


@pytest.mark.parametrize("exercise", OPTIONAL)
def test_an_optional_exercise_is_left_without_an_answer(person: Visitor, exercise: str) -> None:
    assert left(reached(person, exercise), exercise, *WAYS) == {(303, expected(exercise))}


@pytest.mark.parametrize("exercise", ["1.1.2", *ENOUGH[:1]])
def test_a_required_one_says_what_is_open(person: Visitor, exercise: str) -> None:
    assert left(reached(person, exercise), exercise, "go") == {(422, "")}


@pytest.mark.parametrize("module", MODULES)
def test_the_end_of_a_module_is_reached_by_skipping_its_last_exercise(person: Visitor, module: str) -> None:
    reached(person, LAST[module])
    page = person.save(f"/workbook/{LAST[module]}", "not-now")
    assert page.response.request.path == f"/workbook/modules/{module}"
    following = book().exercises[EXERCISES.index(LAST[module]) + 1 :]
    on = page.one(".//section[@class='goon unprinted']//a")
    assert urlsplit(on.get("href", "")).path == (f"/workbook/{following[0].id}" if following else "/home")


def test_the_short_way_goes_by_what_it_leaves_out(person: Visitor) -> None:
    for name, value in (("when", "now"), ("way", "short")):
        person.save("/workbook/1.1.1", fields={f"1.1.1.{name}:value": value})
    page = reached(person, "1.1.6").get("/workbook/1.1.6")
    assert "Continue to the end of What I can do" in [words_of(one) for one in page.all(".//button")]
    assert left(person, "1.1.6", "not-now") == {(303, END_OF["1.1.9"])}
    assert person.get(END_OF["1.1.9"]).has(".//main//a[@href='/workbook/1.2.4']")


def test_the_page_names_where_its_button_leads(sample: Visitor) -> None:
    names = {one.id: _where(sample, one) for one in _of_module("1.2")}
    following = [one.title for one in _of_module("1.2")][1:]
    assert list(names.values()) == [*following, "the end of Where, with whom, for how much"]


def _of_module(module: str) -> Iterable[Exercise]:
    return [one for one in book().exercises if one.module_id == module]


def _where(visitor: Visitor, exercise: Exercise) -> str:
    page = visitor.get(f"/workbook/{exercise.id}")
    button = page.one(".//button[@value='go']")
    return words_of(button).removeprefix("Continue to ")
