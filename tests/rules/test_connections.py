"""Every connection of the book, on the pages people use: it flows, says where from, follows its source, and lets go.

The list is read from the seed, so a connection is swept the day it is added; its source needs a recipe.
"""

from xml.etree.ElementTree import Element

import pytest

from tests.page import Page, words_of
from tests.rules.recipes import Recipe, Step, recipe_for
from tests.rules.seeded import CONNECTIONS, EXERCISE_FILES
from tests.rules.strict_html import faults
from tests.rules.touching import buttons_of, section
from tests.visitor import Visitor

REFERENCE = [number for number, one in CONNECTIONS.items() if not one["from"]]
LIVING = [number for number, one in CONNECTIONS.items() if one["from"]]
LOOK = "Needs another look"
MOVED = ("This changed", "would fill it")
ADDED = (3, 7, 9, 10, 11, 14, 19, 27)
"""Connections whose new item becomes part of the answer by *Add it*."""
NOTED = (20, 22, 26, 32)
"""Connections whose new item stands in the block by itself, so that it can only be noted."""
OFFERED = (13, 26, 32)
"""Connections that a tool only offers as long as they are there: ways to tick, moments to compare, skills to choose."""
ONLY_SHOWN = (*OFFERED, 6, 15, 17, 21, 23, 24, 25, 28, 29, 30, 31, 33)
"""Connections whose items no answer contains: recalls beside the work, and what is only offered."""


def carrier(number: int) -> str:
    """The key of the block that carries a connection."""
    found = [
        f"{exercise['id']}.{block['key']}"
        for exercise in EXERCISE_FILES
        for block in exercise["block"]
        if number in block.get("connections", ())
    ]
    assert found, f"no block carries C{number}"
    return found[0]


def target(visitor: Visitor, number: int) -> tuple[Page, Element]:
    """The page that a connection reaches, opened, and the section of its block."""
    path = f"/workbook/{CONNECTIONS[number]['to']}"
    page = visitor.get(path)
    if not page.has(".//form[@id='exercise']"):
        page = visitor.press(page, "Set aside everything up to here")
    assert page.status == 200
    return page, section(page, carrier(number))


def told(part: Element) -> str:
    """The words of a block with those that stand in its fields."""
    typed = [one.get("value", "") for one in part.iter("input") if one.get("type") != "hidden"]
    return " ".join([words_of(part), *typed, *("".join(one.itertext()) for one in part.iter("textarea"))])


def keep(visitor: Visitor, number: int) -> None:
    """Answers the block on what it was brought, and saves it."""
    _, part = target(visitor, number)
    block = carrier(number)
    fields = _first_answers(part, block)
    page = visitor.save(f"/workbook/{CONNECTIONS[number]['to']}", do=f"{block}|save", fields=fields)
    assert page.status in (200, 422), page.words[:300]
    assert "Saved" in words_of(section(visitor.get(f"/workbook/{CONNECTIONS[number]['to']}"), block))


def _first_answers(part: Element, block: str) -> dict[str, str]:
    """The first choice of every group, and the first box of every list; and words where there are none."""
    chosen: dict[str, str] = {}
    for field in part.iter("input"):
        is_choice = field.get("type") in ("radio", "checkbox") and field.get("name", "").startswith(f"{block}:rows-")
        if is_choice:
            chosen.setdefault(field.get("name", ""), field.get("value", ""))
    return chosen | _words_of_ones_own(part, block)


def _words_of_ones_own(part: Element, block: str) -> dict[str, str]:
    fields = [one for one in part.iter() if one.get("name", "").startswith(f"{block}:") and _takes_words(one)]
    if not fields or any(one.get("value") or "".join(one.itertext()).strip() for one in fields):
        return {}
    return {fields[0].get("name", ""): "Words of my own"}


def _takes_words(field: Element) -> bool:
    return field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") == "text")


def recipe(number: int) -> Recipe:
    return recipe_for(CONNECTIONS[number])


def step_of(number: int, name: str) -> Step:
    step: Step | None = getattr(recipe(number), name)
    assert step is not None
    return step


def with_step(name: str) -> list[int]:
    """The connections whose source has something to do this to."""
    return [number for number in LIVING if getattr(recipe(number), name)]


def recall_of(part: Element, number: int) -> Element | None:
    return next((one for one in part.iter() if one.get("id", "").endswith(f"-c{number}")), None)


def shows_after(number: int) -> bool:
    return CONNECTIONS[number].get("place") == "after"


@pytest.mark.parametrize("number", CONNECTIONS)
def test_a_block_of_its_target_carries_it(number: int) -> None:
    assert carrier(number).startswith(CONNECTIONS[number]["to"] + ".")


@pytest.mark.parametrize("number", LIVING)
def test_a_recipe_fills_its_source(number: int) -> None:
    assert recipe(number)


@pytest.mark.parametrize("number", REFERENCE)
def test_reference_data_is_one_link_away(person: Visitor, number: int) -> None:
    _, part = target(person, number)
    link = next((one for one in part.iter("a") if words_of(one) == CONNECTIONS[number]["sentence"]), None)
    assert link is not None
    assert person.get(link.get("href", "")).status == 200


@pytest.mark.parametrize("number", LIVING)
def test_an_empty_source_names_the_exercise_that_would_fill_it(person: Visitor, number: int) -> None:
    _, part = target(person, number)
    if shows_after(number):
        assert recall_of(part, number) is None
        return
    line = recall_of(part, number)
    assert line is not None, words_of(part)[:300]
    assert "would fill it" in words_of(line)
    link = next(line.iter("a"))
    assert person.get(link.get("href", "")).status == 200


@pytest.mark.parametrize("number", LIVING)
def test_what_was_said_is_there_and_says_where_from(person: Visitor, number: int) -> None:
    words = recipe(number).say(person)
    if shows_after(number):
        keep(person, number)
    page, part = target(person, number)
    assert faults(page.html) == []
    assert words in told(part), told(part)[:600]
    line = recall_of(part, number)
    assert line is not None, f"C{number} does not say where this comes from: {words_of(part)[:400]}"
    assert CONNECTIONS[number]["sentence"] in words_of(line)
    assert "written" in words_of(line)
    links = [one.get("href", "") for one in line.iter("a")]
    assert any("#b-" in link for link in links)
    assert all(person.get(link.partition("#")[0]).has(f".//*[@id='{link.partition('#')[2]}']") for link in links)


@pytest.mark.parametrize("number", LIVING)
def test_nothing_of_it_is_saved_before_the_person_saves(person: Visitor, number: int) -> None:
    recipe(number).say(person)
    page, _ = target(person, number)
    assert page.form()[f"{carrier(number)}:base"] == ["0"]
    person.save(f"/workbook/{CONNECTIONS[number]['to']}", fields={"autosave": "1"})
    assert person.get(f"/workbook/{CONNECTIONS[number]['to']}").form()[f"{carrier(number)}:base"] == ["0"]


@pytest.mark.parametrize("number", LIVING)
def test_it_can_be_left_out_here_and_taken_back_in(person: Visitor, number: int) -> None:
    words = recipe(number).say(person)
    if shows_after(number):
        keep(person, number)
    block, path = carrier(number), f"/workbook/{CONNECTIONS[number]['to']}"
    _, part = target(person, number)
    assert f"{block}|off|{number}" in [one.get("value") for one in part.iter("button")]
    person.save(path, do=f"{block}|off|{number}")
    _, part = target(person, number)
    assert "Not used here" in words_of(part)
    line = recall_of(part, number)
    assert line is not None
    assert words not in words_of(line)
    person.save(path, do=f"{block}|on|{number}")
    _, part = target(person, number)
    assert words in told(part)


@pytest.mark.parametrize("number", with_step("add"))
def test_new_upstream_is_at_most_a_quiet_line(person: Visitor, number: int) -> None:
    recipe(number).say(person)
    keep(person, number)
    new = step_of(number, "add")(person)
    _, part = target(person, number)
    assert LOOK not in words_of(part), words_of(part)[:400]
    assert new in told(part), "new upstream, and not a word of it"
    assert bool(_change_buttons(person, number)) == (number in (*ADDED, *NOTED))
    assert "Something it rests on changed" not in person.get("/home").words


@pytest.mark.parametrize("number", [*ADDED, *NOTED])
def test_what_is_new_is_added_where_the_button_says_so_else_noted(person: Visitor, number: int) -> None:
    recipe(number).say(person)
    keep(person, number)
    new, base = step_of(number, "add")(person), target(person, number)[0].form()[f"{carrier(number)}:base"]
    first = min(_change_buttons(person, number))
    assert ("|accept|" in first) == (number in ADDED), first
    person.save(f"/workbook/{CONNECTIONS[number]['to']}", do=first)
    page, part = target(person, number)
    assert _change_buttons(person, number) == [], "settled, and still offered"
    assert new in told(part), "it is gone from the page"
    assert (page.form()[f"{carrier(number)}:base"] != base) == (number in ADDED), "not what the button says"


@pytest.mark.parametrize("number", with_step("change"))
def test_reworded_upstream_shows_the_new_words_or_asks(person: Visitor, number: int) -> None:
    recipe(number).say(person)
    keep(person, number)
    new = step_of(number, "change")(person)
    _, part = target(person, number)
    assert new in told(part), told(part)[:600]
    line = next((one for one in part.iter() if one.get("id") == f"{part.get('id')}-change"), None)
    if line is None or not words_of(line):
        return
    assert LOOK in words_of(line)
    kept = next(one for one in _change_buttons(person, number) if "|keep-mine|" in one)
    person.save(f"/workbook/{CONNECTIONS[number]['to']}", do=kept)
    _, part = target(person, number)
    assert LOOK not in words_of(part), "kept, and still asked"


@pytest.mark.parametrize("way", ["accept", "keep-mine"])
@pytest.mark.parametrize("number", LIVING)
def test_gone_upstream_is_told_settled_and_never_a_hole(person: Visitor, number: int, way: str) -> None:
    recipe(number).say(person)
    keep(person, number)
    base = person.get(f"/workbook/{CONNECTIONS[number]['to']}").form()[f"{carrier(number)}:base"]
    recipe(number).delete(person)
    page, part = target(person, number)
    assert page.form()[f"{carrier(number)}:base"] == base, "the answer was touched"
    offered = [one for one in _change_buttons(person, number) if f"|{way}|" in one]
    if number in ONLY_SHOWN:
        assert LOOK not in words_of(part), "asked without a way to answer"
        assert number in OFFERED or any(words in words_of(part) for words in MOVED), words_of(part)[:300]
        return
    assert offered, "used here, gone there, and nobody says so"
    assert "is gone from" in words_of(part) or "now" in words_of(part)
    assert LOOK in words_of(part)
    assert "Something it rests on changed" in person.get("/home").words
    for value in offered:
        assert person.save(f"/workbook/{CONNECTIONS[number]['to']}", do=value).status in (200, 422)
    _, part = target(person, number)
    assert LOOK not in words_of(part), "settled, and still asked"


def _change_buttons(visitor: Visitor, number: int) -> list[str]:
    page, _ = target(visitor, number)
    values = [one.get("value", "") for one in buttons_of(page, carrier(number))]
    return [one for one in values if f"|{number}:" in one]
