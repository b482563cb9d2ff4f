"""Somebody answers all nine exercises of the first module, on a phone, without JavaScript, with the keyboard only."""

from playwright.sync_api import Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name, save
from tests.browser.walk import ORDER, SAID, STEPS, walk
from tests.rules.seeded import EXERCISES

STORY = "1.1.4.story-1"


def test_on_a_phone(phone: Page) -> None:
    walk_and_look_back(Finger(phone))


def test_without_javascript(page_without_javascript: Page) -> None:
    walk_and_look_back(Finger(page_without_javascript))


def test_with_the_keyboard_only(page: Page) -> None:
    walk_and_look_back(Keys(page))


def walk_and_look_back(hand: Hand) -> None:
    walk(hand)
    hand.page.goto("/home")
    expect(hand.page.get_by_text(f"{len(STEPS)} of {len(EXERCISES)} done")).to_be_visible()
    hand.page.goto("/workbook/1.1.6")
    expect(block(hand.page, "1.1.6.rank").locator(".rank > li")).to_contain_text(ORDER)
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
    hand.press(hand.page.get_by_role("button", name="Bring this one back").first)
    expect(field).to_have_value(SAID[STORY]["discovery"])
