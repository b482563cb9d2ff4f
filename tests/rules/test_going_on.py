"""Without a script too, a button comes back to its own block, and Enter saves where one is."""

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest

from dreamtree.content import book
from dreamtree.tools import tool
from tests.page import Page, words_of
from tests.rules.opened_once import opened_once
from tests.rules.seeded import BLOCKS, ONE_OF_EACH_KIND, exercise_of
from tests.rules.touching import buttons_of, section, touched
from tests.visitor import Visitor

ELSEWHERE = {"not-now", "go"}


def sent_back(visitor: Visitor, block: str, sent: dict[str, list[str]]) -> tuple[Page, Element | None]:
    """The page after a post without a script, and what of it is seen first: the place of its address, or the focus."""
    answer = visitor.client.post(f"/workbook/{exercise_of(block)}", data=sent)
    if answer.status_code == 303:
        parts = urlsplit(answer.headers["Location"])
        page = visitor.get(f"{parts.path}?{parts.query}")
        return page, next(iter(page.all(f".//*[@id='{parts.fragment}']")), None)
    page = Page(answer)
    return page, next(iter(page.all(".//*[@autofocus]")), None)


def opened(visitor: Visitor, block: str) -> Page:
    return opened_once(visitor, f"/workbook/{exercise_of(block)}")


def unlocked(visitor: Visitor, block: str) -> Page:
    page = opened(visitor, block)
    if not page.has(".//form[@id='exercise']"):
        visitor.press(page, "Skip everything before this")
    return opened(visitor, block)


def first_of_each_verb(page: Page, block: str) -> dict[str, str]:
    values = [one.get("value", "") for one in buttons_of(page, block) if one.get("disabled") is None]
    return {value.split("|")[1]: value for value in reversed(values) if "|" in value}


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_every_button_comes_back_to_its_block_which_says_saved(filled: Visitor, block: str) -> None:
    for verb in first_of_each_verb(opened(filled, block), block):
        page = opened(filled, block)
        value = first_of_each_verb(page, block).get(verb)
        if value is None:
            continue
        after, place = sent_back(filled, block, {**page.form(), "do": [value]})
        assert after.status in (200, 422), value
        assert after.response.request.path == f"/workbook/{exercise_of(block)}"
        assert place is not None, value
        here = section(after, block)
        steps = [section(after, one.key) for one in book().exercise(exercise_of(block)).answered_blocks]
        assert place.get("id") == "errors" or any(place in set(step.iter()) for step in steps), value
        if after.status == 200 and place.get("autofocus") is None:
            assert "Saved" in words_of(here), value


@pytest.mark.parametrize("block", ONE_OF_EACH_KIND)
def test_enter_saves_what_was_typed_and_comes_back_to_its_block(filled: Visitor, block: str) -> None:
    page = opened(filled, block)
    sent = touched(page, block, "Another word")
    if "do" in sent:
        sent = {**page.form(), "do": sent["do"]}
    after, place = sent_back(filled, block, {**sent, "do": sent.get("do", ["enter"])})
    assert place is not None
    assert place in set(section(after, block).iter())
    assert "Saved" in words_of(section(after, block))


@pytest.mark.parametrize("block", [one for one in ONE_OF_EACH_KIND if not tool(BLOCKS[one]).wants_own_skills])
def test_saving_the_page_comes_back_to_what_was_changed(filled: Visitor, block: str) -> None:
    page = opened(filled, block)
    sent = touched(page, block, "Another word")
    after, place = sent_back(filled, block, {"do": ["save"], **sent})
    assert place is not None
    assert place.get("id") == "errors" or place in set(section(after, block).iter())


def test_saving_the_page_unchanged_comes_back_to_its_end(filled: Visitor) -> None:
    page = opened(filled, ONE_OF_EACH_KIND[0])
    after, place = sent_back(filled, ONE_OF_EACH_KIND[0], {**page.form(), "do": ["save"]})
    assert place is after.by_id("go-on")


def test_the_first_button_of_a_form_is_the_one_that_enter_presses(person: Visitor) -> None:
    form = person.get(f"/workbook/{exercise_of(ONE_OF_EACH_KIND[0])}").by_id("exercise")
    assert next(form.iter("button")).get("value") == "enter"


def test_enter_where_nothing_was_typed_leaves_the_page_as_it_is(person: Visitor) -> None:
    path = f"/workbook/{exercise_of(ONE_OF_EACH_KIND[0])}"
    answer = person.client.post(path, data={**person.get(path).form(), "do": ["enter"]})
    assert answer.status_code == 204


def of_kind(kind: str) -> str:
    return next(block for block in ONE_OF_EACH_KIND if BLOCKS[block] == kind)


def test_enter_in_the_last_line_of_a_list_opens_the_next(filled: Visitor) -> None:
    lists = [key for key, kind in BLOCKS.items() if kind == "list-builder"]
    block = next(one for one in lists if not book().block(one).options.get("fields"))
    page = opened(filled, block)
    lines = [name for name in page.form() if name.startswith(f"{block}:rows-") and name.endswith("-text")]
    after, place = sent_back(filled, block, {**page.form(), lines[-1]: ["One more thing"], "do": ["enter"]})
    assert place is not None
    assert (place.tag, place.get("value")) == ("input", "")
    assert "One more thing" in after.response.get_data(as_text=True)


SAID_AT_ONCE = {"practice-log", "value-cards"}
LISTS = [
    key
    for key in ONE_OF_EACH_KIND
    if "add" in getattr(tool(BLOCKS[key]), "buttons", ()) and BLOCKS[key] not in SAID_AT_ONCE
]
"""One block of each kind that is a list one adds empty lines to; in the others a new line says something at once."""


@pytest.mark.parametrize("block", LISTS)
def test_enter_in_the_empty_last_line_of_a_list_leads_out_of_it(person: Visitor, block: str) -> None:
    page = unlocked(person, block)
    if value := first_of_each_verb(page, block).get("add", ""):
        sent_back(person, block, {**page.form(), "do": [value]})
        page = opened(person, block)
    after, place = sent_back(person, block, {**page.form(), "entered": [block], "do": ["enter"]})
    assert place is not None
    assert place not in set(section(after, block).iter())
    asked = [one.key for one in book().exercise(exercise_of(block)).answered_blocks]
    later = [section(after, key) for key in asked[asked.index(block) + 1 :]]
    assert place is next((one for one in later if one.get("hidden") is None), after.by_id("go-on"))


def test_enter_goes_down_a_list_and_out_of_it(person: Visitor) -> None:
    block = next(one for one in BLOCKS if BLOCKS[one] == "list-builder" and not book().block(one).options.get("fields"))
    page = unlocked(person, block)
    lines = [name for name in page.form() if name.startswith(f"{block}:rows-") and name.endswith("-text")]
    for at, line in enumerate(lines):
        page, place = sent_back(person, block, {**page.form(), line: [f"Thing {at}"], "do": ["enter"]})
        assert place is not None
        assert place.get("name") == f"{block}:rows-{at + 1}-text"
    after, place = sent_back(person, block, {**page.form(), "do": ["enter"]})
    assert place is not None
    assert place not in set(section(after, block).iter())


def test_enter_in_a_search_box_finds(filled: Visitor) -> None:
    block = of_kind("skill-tagger")
    page = opened(filled, block)
    box = next(name for name in page.form() if name.startswith(f"{block}:find-"))
    after, place = sent_back(filled, block, {**page.form(), box: ["planning"], "do": ["enter"]})
    assert place is section(after, block)
    assert "Found" in words_of(place)
