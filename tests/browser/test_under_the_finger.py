"""What one taps stays where it is and what it is, whatever an answer of the server brings or takes away."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import block
from tests.browser.trees import PATHS, touched, unfold

SKILLS, CARDS = "1.1.3.skills", "1.4.5.values"


def opened(phone: Page, key: str) -> Page:
    page = touched(phone)
    page.goto(f"{PATHS[key[:5]]}?change={key}")
    unfold(page)
    return page


def test_the_field_that_finds_skills_stays_in_its_place(phone: Page) -> None:
    page = opened(phone, SKILLS)
    field = block(page, SKILLS).locator(".find input").first
    field.tap()
    before = top(field)
    field.press_sequentially("caring")
    expect(block(page, SKILLS).locator("[data-found]").first).to_be_visible()
    assert abs(top(field) - before) < 1


def top(one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return box["y"]


def test_a_button_is_never_turned_into_another_one(phone: Page) -> None:
    page = opened(phone, CARDS)
    cards = block(page, CARDS)
    cards.get_by_role("button", name="Back to the piles").tap()
    on = cards.get_by_role("button", name="Continue with the").element_handle()
    assert on
    on.tap()
    expect(cards.get_by_role("button", name="Back to the piles")).to_be_visible()
    assert not on.evaluate("one => one.isConnected")
