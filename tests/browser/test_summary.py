"""The page of a module: what was made in it, a way to change it and back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import Finger, Hand, Keys, begin_at, block, by_name, go_on, open_

LESSON = "1.4.1.lesson"


def test_on_a_phone(phone: Page) -> None:
    change_and_come_back(Finger(phone))


def test_without_javascript(page_without_javascript: Page) -> None:
    change_and_come_back(Finger(page_without_javascript))


def test_with_the_keyboard_only(page: Page) -> None:
    change_and_come_back(Keys(page))


def change_and_come_back(hand: Hand) -> None:
    page = hand.page
    begin_at(hand, "1.4.1")
    hand.write(by_name(page, LESSON, "value"), "Whoever cooks is right.")
    go_on(hand, "/workbook/1.4.2")
    page.goto("/workbook")
    hand.press(page.get_by_role("link", name="Your answers in What I care about"))
    open_(hand, page.locator("details.answers"))
    expect(page.locator("#made-1-4-1")).to_contain_text("Whoever cooks is right.")
    hand.press(page.locator("#made-1-4-1").get_by_role("link", name="Change"))
    expect(page).to_have_url(re.compile(r"/workbook/1\.4\.1\?back=1\.4#b-1-4-1-lesson$"))
    expect(block(page, LESSON)).to_be_in_viewport()
    hand.write(by_name(page, LESSON, "value"), "Whoever cooks decides.")
    go_on(hand, "/workbook/modules/1.4?answers=yes#made-1-4-1")
    expect(page.locator("#made-1-4-1")).to_contain_text("Whoever cooks decides.")
