"""Every connection of the book, on the pages people use: it flows, says where from, follows its source, and lets go.

The list is read from the seed, so a connection is swept the day it is added; its source needs a recipe. That it flows
is asked of all; how it follows and lets go, of one for each source, and for each way to stand in each tool.
"""

from collections.abc import Container, Hashable
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from dreamtree.answers import built_on
from dreamtree.connections.resolve import resolve
from dreamtree.connections.sources import REFERENCE_SOURCES
from dreamtree.content import book
from dreamtree.tools import tool
from tests.claimed import current_of
from tests.page import Page, words_of
from tests.rules.conftest import Story
from tests.rules.recipes import Recipe, Step, name_of, recipe_for
from tests.rules.seeded import BLOCKS, CONNECTIONS, EXERCISE_FILES, exercise_of, of_each_sort
from tests.rules.strict_html import faults
from tests.rules.touching import buttons_of, section
from tests.visitor import Visitor

REFERENCE = [number for number, one in CONNECTIONS.items() if not one["from"]]
LIVING = [number for number, one in CONNECTIONS.items() if one["from"]]
LOOK = "Needs another look"
MOVED = ("This changed", "shows up here")
INSIDE = ("rows", "draft", "offer")
"""What a connection gives that stands in the block's own fields; a recall stands beside them."""


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
    page = visitor.open(path_to(number))
    if not page.has(".//form[@id='exercise']"):
        visitor.press(page, "Skip everything before this")
        page = visitor.open(path_to(number))
    assert page.status == 200
    return page, section(page, carrier(number))


def told(part: Element) -> str:
    """The words of a block with those that stand in its fields."""
    typed = [one.get("value", "") for one in part.iter("input") if one.get("type") != "hidden"]
    return " ".join([words_of(part), *typed, *("".join(one.itertext()) for one in part.iter("textarea"))])


def said(story: Story, number: int) -> tuple[Visitor, str]:
    """Somebody who filled its source, and the words that it then brings."""

    def tell() -> tuple[Visitor, str]:
        visitor = story.begin()
        return visitor, recipe(number).say(visitor)

    return story.after(f"said-{name_of(CONNECTIONS[number])}", tell)


def kept(story: Story, number: int) -> tuple[Visitor, str]:
    """The same, who then answered the block on what it was brought, and saved it."""

    def tell() -> tuple[Visitor, str]:
        visitor, words = said(story, number)
        page, part = target(visitor, number)
        page = pressed(visitor, page, _saving(part, carrier(number)), _first_answers(part, carrier(number)))
        assert "Saved" in words_of(section(page, carrier(number)))
        return visitor, words

    return story.after(f"kept-{number}", tell)


def taken_back(story: Story, number: int) -> tuple[Visitor, str]:
    """The same, who then took back what the source held; and the revision that the answer had before."""

    def tell() -> tuple[Visitor, str]:
        visitor, _ = kept(story, number)
        before = base_of(target(visitor, number)[0], number)
        recipe(number).delete(visitor)
        return visitor, before

    return story.after(f"gone-{number}", tell)


def pressed(visitor: Visitor, page: Page, value: str, fields: dict[str, str] | None = None) -> Page:
    """The page as it is opened after pressing one of its buttons."""
    answer = visitor.send_and_open(page, value, fields)
    assert answer.status in (200, 422), answer.words[:300]
    return answer if answer.status == 200 else visitor.open(answer.response.request.path)


def path_to(number: int) -> str:
    return f"/workbook/{CONNECTIONS[number]['to']}"


def base_of(page: Page, number: int) -> str:
    """The revision of the answer that the page shows; "0" where nothing was saved."""
    (base,) = page.form()[f"{carrier(number)}:base"]
    return base


def with_its_form(visitor: Visitor, page: Page, number: int) -> Page:
    """The page with the form of the block, also where its answer rests by now."""
    is_open = f"{carrier(number)}:base" in page.form()
    return page if is_open else visitor.open(f"{path_to(number)}?change={carrier(number)}")


def _first_answers(part: Element, block: str) -> dict[str, str]:
    """The first choice of every group, and the first box of every list; and words where there are none."""
    chosen: dict[str, str] = {}
    for field in part.iter("input"):
        is_choice = field.get("type") in ("radio", "checkbox") and field.get("name", "").startswith(f"{block}:rows-")
        if is_choice:
            chosen.setdefault(field.get("name", ""), field.get("value", ""))
    return chosen | _words_of_ones_own(part, block, chosen)


def _saving(part: Element, block: str) -> str:
    """The button that saves; where nothing is there to choose, the one that keeps words of one's own."""
    boxes = [one for one in part.iter("input") if one.get("type") in ("radio", "checkbox")]
    keeping = (one.get("value", "") for one in part.iter("button") if "|keep|" in one.get("value", ""))
    is_chosen = any(one.get("name", "").startswith(f"{block}:rows-") for one in boxes)
    return next((one for one in keeping if not is_chosen), f"{block}|save")


def _words_of_ones_own(part: Element, block: str, chosen: Container[str]) -> dict[str, str]:
    """Words for the first field beside which nothing is `chosen` instead, where no field has any."""
    fields = [one for one in part.iter() if one.get("name", "").startswith(f"{block}:") and _takes_words(one)]
    if any(one.get("value") or "".join(one.itertext()).strip() for one in fields):
        return {}
    fields = [one for one in fields if f"{one.get('name')}_key" not in chosen]
    if not fields:
        return {}
    return {fields[0].get("name", ""): "Words of my own"}


def _takes_words(field: Element) -> bool:
    is_line = field.tag == "input" and field.get("type", "text") == "text" and field.get("inputmode") is None
    return field.tag == "textarea" or is_line


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


def of_one_source(number: int) -> list[int]:
    """The connections of its block that come from the same place: that there is nothing from there is said once."""
    alike = [one for one in CONNECTIONS if CONNECTIONS[one].get("from") == CONNECTIONS[number].get("from")]
    return [one for one in alike if CONNECTIONS[one]["to"] == CONNECTIONS[number]["to"]]


def change_buttons(page: Page, number: int) -> list[str]:
    """The buttons that settle what changed in its source."""
    values = [one.get("value", "") for one in buttons_of(page, carrier(number))]
    return [one for one in values if f"|{number}:" in one]


def gives(number: int) -> str:
    """What its items are in the block: "rows", a "draft", an "offer" or a "recall"."""
    return str(CONNECTIONS[number]["gives"])


def is_copied(number: int) -> bool:
    """Whether the answer contains its items once it is saved; the others are only shown as long as they are there."""
    takes_over = gives(number) == "offer" and tool(BLOCKS[carrier(number)]).copies_words
    return gives(number) in ("rows", "draft") or takes_over


def has_rows_to_remove(number: int) -> bool:
    return "remove" in getattr(tool(BLOCKS[carrier(number)]), "buttons", ())


def ways_of(number: int) -> set[Hashable]:
    """The source that a connection reads, and how its items stand in the tool that it reaches."""
    connection = CONNECTIONS[number]
    way = ("to", BLOCKS[carrier(number)], gives(number), connection.get("place"))
    return {("from", connection["source"]), way}


def of_each_way(numbers: list[int]) -> list[Any]:
    return of_each_sort((number, ways_of(number)) for number in numbers)


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
    page, _ = target(person, number)
    assert CONNECTIONS[number]["sentence"] in page.words
    address = REFERENCE_SOURCES[CONNECTIONS[number]["source"]]
    link = next((one for one in page.root.iter("a") if one.get("href", "").startswith(address)), None)
    assert link is not None
    assert person.get(link.get("href", "")).status == 200


@pytest.mark.parametrize("exercise", sorted({CONNECTIONS[number]["to"] for number in LIVING}))
def test_an_empty_source_names_the_exercise_that_would_fill_it(person: Visitor, exercise: str) -> None:
    numbers = [number for number in LIVING if CONNECTIONS[number]["to"] == exercise]
    page, _ = target(person, numbers[0])
    links = {_link_where_nothing_is_yet(section(page, carrier(number)), number) for number in numbers} - {""}
    assert [link for link in links if person.get(link).status != 200] == []


def _link_where_nothing_is_yet(part: Element, number: int) -> str:
    """Where a connection without anything to bring leads; "" where it shows only after the answer."""
    if shows_after(number):
        assert recall_of(part, number) is None
        return ""
    line = next((one for each in of_one_source(number) if (one := recall_of(part, each)) is not None), None)
    assert line is not None, f"C{number}: {words_of(part)[:300]}"
    assert "shows up here" in words_of(line)
    return next(line.iter("a")).get("href", "")


@pytest.mark.parametrize("number", LIVING)
def test_what_was_said_is_there_and_says_where_from(story: Story, number: int) -> None:
    person, words = kept(story, number) if shows_after(number) else said(story, number)
    _, part = target(person, number)
    assert words in told(part), told(part)[:600]
    line = recall_of(part, number)
    assert line is not None, f"C{number} does not say where this comes from: {words_of(part)[:400]}"
    assert CONNECTIONS[number]["sentence"] in words_of(line)
    assert "written" in words_of(line)
    links = {one.get("href", "") for one in line.iter("a")}
    assert any("#b-" in link for link in links)
    assert all(person.get(link.partition("#")[0]).has(f".//*[@id='{link.partition('#')[2]}']") for link in links)


@pytest.mark.parametrize("number", [one for one in LIVING if CONNECTIONS[one].get("take")])
def test_it_brings_no_more_than_it_says(filled: Visitor, number: int) -> None:
    """The sample person said more than any connection takes, or as much."""
    connection = book().connection(number)
    assert connection is not None
    assert 0 < len(resolve(current_of(filled).user, [connection])[number]) <= CONNECTIONS[number]["take"]


@pytest.mark.parametrize("number", of_each_way(LIVING))
def test_nothing_of_it_is_saved_before_the_person_saves(story: Story, number: int) -> None:
    person, _ = said(story, number)
    page, _ = target(person, number)
    assert base_of(page, number) == "0"
    person.send(page, fields={"autosave": "1"})
    assert base_of(person.open(path_to(number)), number) == "0"


@pytest.mark.parametrize("number", of_each_way(LIVING))
def test_it_can_be_left_out_here_and_taken_back_in(story: Story, number: int) -> None:
    person, words = kept(story, number) if shows_after(number) else said(story, number)
    block = carrier(number)
    page, part = target(person, number)
    assert faults(page.html) == []
    assert f"{block}|off|{number}" in [one.get("value") for one in part.iter("button")]
    page = pressed(person, page, f"{block}|off|{number}")
    part = section(page, block)
    assert "Not shown here" in words_of(part)
    line = recall_of(part, number)
    assert line is not None
    assert words not in words_of(line)
    part = section(pressed(person, page, f"{block}|on|{number}"), block)
    assert words in told(part)


@pytest.mark.parametrize("number", of_each_way(with_step("add")))
def test_new_upstream_is_at_most_a_quiet_line_that_does_what_it_says(story: Story, number: int) -> None:
    person, _ = kept(story, number)
    new = step_of(number, "add")(person)
    page, part = target(person, number)
    assert LOOK not in words_of(part), words_of(part)[:400]
    assert new in told(part), "new upstream, and not a word of it"
    assert "Something it was based on has changed" not in person.get("/home").words
    offered = change_buttons(page, number)
    assert bool(offered) == (gives(number) in INSIDE)
    if not offered:
        return
    is_added = "|accept|" in min(offered)
    assert is_added or gives(number) != "draft", "a draft that cannot be added"
    after = pressed(person, page, min(offered))
    assert change_buttons(after, number) == [], "settled, and still offered"
    assert new in told(section(with_its_form(person, after, number), carrier(number))), "it is gone from the page"
    now = base_of(with_its_form(person, after, number), number)
    assert (now != base_of(page, number)) == is_added, "not what the button says"


@pytest.mark.parametrize("number", of_each_way(with_step("change")))
def test_reworded_upstream_shows_the_new_words_or_asks(story: Story, number: int) -> None:
    person, _ = kept(story, number)
    new = step_of(number, "change")(person)
    page, part = target(person, number)
    assert new in told(part), told(part)[:600]
    line = next((one for one in part.iter() if one.get("id") == f"{part.get('id')}-change"), None)
    if line is None or not words_of(line):
        return
    assert LOOK in words_of(line)
    mine = next(one for one in change_buttons(page, number) if "|keep-mine|" in one)
    after = pressed(person, page, mine)
    assert LOOK not in words_of(section(after, carrier(number))), "kept, and still asked"


@pytest.mark.parametrize("number", of_each_way([one for one in LIVING if not is_copied(one)]))
def test_what_is_only_shown_is_gone_without_a_question(story: Story, number: int) -> None:
    person, before = taken_back(story, number)
    page, part = target(person, number)
    assert base_of(page, number) == before, "the answer was touched"
    assert LOOK not in words_of(part) or asked_elsewhere(page, "keep-mine"), "asked without a way to answer"
    assert gives(number) == "offer" or any(words in words_of(part) for words in MOVED), words_of(part)[:300]


@pytest.mark.parametrize("way", ["accept", "keep-mine"])
@pytest.mark.parametrize("number", of_each_way([one for one in LIVING if is_copied(one)]))
def test_gone_upstream_is_told_settled_and_never_a_hole(story: Story, number: int, way: str) -> None:
    person, before = taken_back(story, number)
    page, part = target(person, number)
    assert base_of(page, number) == before, "the answer was touched"
    offered = [one for one in change_buttons(page, number) if f"|{way}|" in one]
    if not offered:
        part, offered = page.by_id("exercise"), asked_elsewhere(page, way)
    assert offered, "used here, gone there, and nobody says so"
    assert "anymore" in words_of(part) or "is now" in words_of(part)
    assert LOOK in words_of(part)
    assert "Something it was based on has changed" in person.get("/home").words
    answers = person.get(f"/workbook/modules/{exercise_of(carrier(number)).rpartition('.')[0]}?answers=yes")
    assert "Something this was based on has changed." in answers.words
    for value in offered:
        page = pressed(person, page, value)
    assert LOOK not in words_of(section(page, carrier(number))), "settled, and still asked"


@pytest.mark.parametrize("number", of_each_way([one for one in LIVING if is_copied(one) and has_rows_to_remove(one)]))
def test_what_is_gone_and_taken_out_by_hand_needs_no_other_look(story: Story, number: int) -> None:
    person, _ = taken_back(story, number)
    block = carrier(number)
    page, _ = target(person, number)
    gone = {one.partition(":")[2] for one in change_buttons(page, number) if "|accept|" in one}
    removing = {one.get("value", "") for one in buttons_of(page, block)} & {f"{block}|remove|{key}" for key in gone}
    for value in removing:
        page = pressed(person, page, value)
    waiting = built_on.stale_keys(current_of(person).user)
    assert (block in waiting) == (not removing), "taken out, and it still waits for another look"


def asked_elsewhere(page: Page, way: str) -> list[str]:
    """The buttons of a change that an earlier block of the page asks about for all of them."""
    changes = page.all(".//div[@class='change']")
    values = [one.get("value", "") for change in changes for one in change.iter("button")]
    return [one for one in values if f"|{way}|" in one]
