"""Somebody goes through the first module and uses each tool: on a phone, without JavaScript, and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Finger, Hand, Keys, begin, block, by_name, save
from tests.browser.walk import EACH_TOOL, ORDER, OTHER_KEYS, OWN, SAID, STEPS, TAGS, Steps, set_aside, walk
from tests.rules.seeded import PARTS

STORY = "1.1.4.story-1"
GONE_ON = """() => new Promise(done => {
  document.querySelector("a[href='#end']").click();
  document.querySelector("#end [value=not-now]").focus();
  setTimeout(() => done(document.activeElement.value));
})"""
FIRST_FOUND = (*TAGS["1.1.1.skills"][0], OWN)
"""The skills of who sets aside where the others would be found."""


def test_on_a_phone(phone: Page) -> None:
    answer(Finger(phone), EACH_TOOL)


@pytest.mark.everything
def test_all_of_it_on_a_phone(phone: Page) -> None:
    walk(Finger(phone))
    look_back(Finger(phone), len(STEPS), ORDER)


def test_without_javascript(page_without_javascript: Page) -> None:
    answer(Finger(page_without_javascript), EACH_TOOL)


def test_with_the_keyboard_only(page: Page) -> None:
    answer(Keys(page), OTHER_KEYS)


def test_the_end_of_an_exercise_is_few_keys_away(page: Page) -> None:
    begin(Finger(page))
    page.goto("/workbook/1.1.1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the end")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#end$"))
    page.keyboard.press("Tab")
    expect(page.locator(".not-now").get_by_role("button", name="Save", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skip for now")).to_be_focused()


def test_a_link_within_the_page_never_takes_the_focus_from_where_somebody_has_gone(page: Page) -> None:
    begin(Finger(page))
    page.goto("/workbook/1.1.1")
    assert page.evaluate(GONE_ON) == "not-now"


def answer(hand: Hand, steps: Steps) -> None:
    walk(hand, steps)
    look_back(hand, len(steps) - steps.count(set_aside), [one for one in ORDER if one in FIRST_FOUND])


def look_back(hand: Hand, done: int, order: list[str]) -> None:
    hand.page.goto("/home")
    expect(hand.page.get_by_text(f"{done} of {len(PARTS['1'])} done")).to_be_visible()
    hand.page.goto("/workbook/1.1.6")
    expect(block(hand.page, "1.1.6.rank").locator(".rest__lines > li")).to_contain_text(order)
    bring_back_a_text(hand)


def bring_back_a_text(hand: Hand) -> None:
    """What was written over is in the history, and comes back with one button."""
    hand.page.goto("/workbook/1.1.4")
    field = by_name(hand.page, STORY, "discovery")
    hand.write(field, "Nothing much.")
    save(hand)
    expect(field).to_have_value("Nothing much.")
    hand.press(block(hand.page, STORY).get_by_role("link", name="history of this answer"))
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text("History")
    hand.press(hand.page.get_by_role("button", name="Restore this one").first)
    expect(field).to_have_value(SAID[STORY]["discovery"])
