"""Every page in every state is sound: strict HTML, one main heading, labels, unique ids, links that lead somewhere."""

from collections.abc import Callable, Hashable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.page import Page
from tests.rules.crawl import BEGINNINGS, Reading, anchors_in
from tests.rules.seeded import (
    EXERCISE_FILES,
    EXERCISES,
    ONE_OF_EACH_KIND,
    OWN,
    SUMMARIES,
    exercise_of,
    exercises_of_each,
    kind_of,
    of_each_sort,
    what_reaches_it,
)
from tests.rules.strict_html import faults
from tests.rules.touching import touched
from tests.visitor import Visitor

PUBLIC = (
    "/",
    "/credits",
    "/data/format",
    "/reference/skills",
    "/reference/personality-types",
    "/reference/occupations",
)
CATEGORIES = ("transferable", "self_management", "knowledge")
MOST_BYTES = 40_000
"""Of the HTML of an exercise, as the sample person left it: what is done rests."""
MORE = ("/data/restore", "/data/merge", "/what-i-bring?private=yes", "/resume?private=yes")


def sound(page: Page, code: int = 200) -> Page:
    """The page, if it has this status and nothing is wrong with it."""
    assert page.status == code, page.words[:500]
    found = faults(page.html)
    assert found == [], f"{page.response.request.path}:\n" + "\n".join(found)
    return page


def open_up(visitor: Visitor, exercise: str) -> Page:
    """The page of an exercise, everything before it set aside where it was locked."""
    page = visitor.get(f"/workbook/{exercise}")
    return page if page.has(".//form[@id='exercise']") else visitor.press(page, "Skip everything before this")


@pytest.fixture
def on_a_shared_device(app: Flask) -> Visitor:
    visitor = Visitor(app.test_client())
    landing = visitor.get("/")
    first = landing.all(".//main//input[@type='radio']")[0]
    visitor.press(landing, "Start on a shared device", {first.get("name", ""): first.get("value", "")})
    return visitor


@pytest.mark.parametrize("path", [*PUBLIC, *(f"/reference/skills?category={one}" for one in CATEGORIES)])
def test_public_pages(client: FlaskClient, person: Visitor, sample: Visitor, path: str) -> None:
    for visitor in (Visitor(client), person, sample):
        sound(visitor.get(path))


def test_the_first_page_with_nothing_chosen(client: FlaskClient) -> None:
    visitor = Visitor(client)
    page = sound(visitor.press(visitor.get("/"), "Start on my own device"), 422)
    assert "Error" in page.one("./head/title").text


@pytest.mark.parametrize("path", [*OWN, *MORE])
def test_home_and_contents_empty_and_filled(person: Visitor, on_a_shared_device: Visitor, path: str) -> None:
    sound(person.get(path))
    sound(on_a_shared_device.get(path))


@pytest.mark.parametrize("path", [*SUMMARIES, "/what-i-bring"])
def test_what_was_made_with_private_answers_hidden_and_printed(filled: Visitor, path: str) -> None:
    filled.press(filled.get("/home"), "Hide private answers")
    sound(filled.get(path))
    sound(filled.get(f"{path}?private=yes"))


def test_settings_with_a_clock_that_does_not_exist(person: Visitor) -> None:
    sound(person.press(person.get("/settings"), "Save the time zone", {"time_zone": "Mars/Olympus"}), 422)


@pytest.mark.parametrize("exercise", exercises_of_each(kind_of))
def test_an_exercise_that_is_changed_from_a_summary(filled: Visitor, exercise: str) -> None:
    open_up(filled, exercise)
    page = sound(filled.get(f"/workbook/{exercise}?back={exercise.rsplit('.', 1)[0]}"))
    assert "Back to your answers" in page.words


@pytest.mark.parametrize("exercise", exercises_of_each(kind_of))
def test_an_exercise_locked_and_open_and_empty(person: Visitor, exercise: str) -> None:
    sound(person.get(f"/workbook/{exercise}"))
    sound(open_up(person, exercise))


def _asked_in(exercise: dict[str, Any]) -> set[Hashable]:
    """The kinds of the blocks of an exercise, whether each must be answered, and how many answers are enough."""
    asked = (one for one in exercise["block"] if "tool" in one or "prompt" in one)
    return {(one.get("tool") or one["prompt"], one.get("required", True), exercise.get("enough")) for one in asked}


NEEDED = [(one["id"], _asked_in(one)) for one in EXERCISE_FILES if not one.get("optional")]


@pytest.mark.parametrize("exercise", of_each_sort(NEEDED))
def test_an_exercise_with_everything_still_open(person: Visitor, exercise: str) -> None:
    open_up(person, exercise)
    page = person.save(f"/workbook/{exercise}", do="go")
    if page.response.request.path == f"/workbook/{exercise}" and page.status == 422:
        sound(page, 422)
        assert (page.one("./head/title").text or "").startswith("Error: ")
        assert page.by_id("errors").get("role") == "alert"
    else:
        pytest.fail(f"an empty {exercise} is let through: {page.status} {page.response.request.path}")


@pytest.mark.parametrize("exercise", exercises_of_each(kind_of))
def test_an_exercise_of_a_sample_tree(sample: Visitor, exercise: str) -> None:
    sound(open_up(sample, exercise))


@pytest.mark.parametrize("exercise", exercises_of_each(kind_of))
def test_an_exercise_on_a_shared_device(on_a_shared_device: Visitor, exercise: str) -> None:
    page = sound(open_up(on_a_shared_device, exercise))
    assert "Lock and leave" in page.words


@pytest.mark.parametrize("exercise", exercises_of_each(what_reaches_it))
def test_an_exercise_with_private_answers_hidden(filled: Visitor, exercise: str) -> None:
    filled.press(filled.get("/home"), "Hide private answers")
    sound(open_up(filled, exercise))


@pytest.mark.parametrize("part", ["first", "second"])
def test_exercises_whose_sources_are_gone(filled: Visitor, part: str) -> None:
    """One half of the book emptied, the other read: both ways, so that every page stands on something gone."""
    halves = {"first": EXERCISES[::2], "second": EXERCISES[1::2]}
    empty_every_field(filled, halves.pop(part))
    for exercise in next(iter(halves.values())):
        sound(open_up(filled, exercise))


def test_home_and_contents_when_much_needs_another_look(filled: Visitor) -> None:
    empty_every_field(filled, EXERCISES[:5])
    assert "Needs another look" in sound(filled.get("/home")).words
    assert "needs another look" in sound(filled.get("/workbook")).words


def empty_every_field(visitor: Visitor, exercises: list[str]) -> None:
    """Takes back what was typed in these exercises: no rows, every other field empty."""
    for exercise in exercises:
        page = open_up(visitor, exercise)
        sent = {name: value for name, value in page.form().items() if _is_of_the_page(name)}
        visitor.client.post(f"/workbook/{exercise}", data=sent)


def _is_of_the_page(name: str) -> bool:
    return ":" not in name or name.endswith((":base", ":served", ":shown"))


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_two_versions_of_an_answer(filled: Visitor, block: str) -> None:
    path = f"/workbook/{exercise_of(block)}"
    here, there = filled.get(path), filled.get(path)
    sent = [touched(page, block, words) for page, words in ((here, "Once"), (there, "Somewhere else"))]
    first = Page(filled.client.post(path, data=sent[0], follow_redirects=True))
    assert first.status in (200, 422), first.words[:300]
    second = Page(filled.client.post(path, data=sent[1], follow_redirects=True))
    assert second.status in (200, 409, 422), second.words[:300]
    sound(second, second.status)


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_history_of_every_answer(filled: Visitor, block: str) -> None:
    path = f"/workbook/{exercise_of(block)}"
    page = open_up(filled, exercise_of(block))
    filled.client.post(path, data=touched(page, block, "Twice"))
    sound(filled.get(f"{path}/{block}/history"))


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda client: client.get("/nowhere"), 404),
        (lambda client: client.get("/leave"), 405),
        (lambda client: client.post("/leave"), 400),
        (lambda client: client.get("/", headers={"Host": "somewhere.else"}), 400),
        (lambda client: client.post("/start", data={"x": "x" * (2 * 1024 * 1024 + 1)}), 413),
    ],
)
def test_errors(client: FlaskClient, person: Visitor, step: Callable[[FlaskClient], object], code: int) -> None:
    for browser in (client, person.client):
        sound(Page(step(browser)), code)


def test_forbidden(person: Visitor) -> None:
    locked = person.get("/workbook/1.1.1").form()
    sound(Page(person.client.post(f"/workbook/{EXERCISES[-1]}", data=locked)), 403)


def test_leaving_a_shared_device(on_a_shared_device: Visitor) -> None:
    asked = sound(on_a_shared_device.press(on_a_shared_device.get("/home"), "Lock and leave"))
    sound(on_a_shared_device.press(asked, "Leave and delete this tree"))


def test_every_page_that_a_link_leads_to(crawled: dict[str, Reading]) -> None:
    assert {path: read.status for path, read in crawled.items() if read.status != 200} == {}
    found = {path: faults(read.html) for path, read in crawled.items()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert set(BEGINNINGS) <= set(crawled)


def test_an_exercise_stays_small_whatever_was_written_in_it(crawled: dict[str, Reading]) -> None:
    sizes = {one: len(crawled[f"/workbook/{one}"].html.encode()) for one in EXERCISES}
    assert {one: size for one, size in sizes.items() if size > MOST_BYTES} == {}


def test_every_anchor_is_there(crawled: dict[str, Reading]) -> None:
    ids = {path: {one.get("id") for one in read.root.iter()} for path, read in crawled.items()}
    links = {(path, *link) for path, read in crawled.items() for link in anchors_in(read.root, path)}
    assert [link for link in links if link[2] and link[2] not in ids[link[1]]] == []
