"""Flow: moments that come back from memory, then a week of noticing in which no entry is lost."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name, go_on, open_, save
from tests.browser.trees import stand_at

MOMENTS, WEEK = "1.3.2.moments", "1.3.3.week"
MENU, DAM = "Explaining the ward system on the back of a menu", "Building a dam in the stream"
DRAINED, LIFTED = -2, 2


def test_on_a_phone(phone: Page) -> None:
    remember_and_notice(Finger(phone))


def test_without_javascript(page_without_javascript: Page) -> None:
    remember_and_notice(Finger(page_without_javascript))


def test_with_the_keyboard_only(page: Page) -> None:
    remember_and_notice(Keys(page))


def test_what_two_tabs_write_is_all_there(page: Page) -> None:
    stand_at(page, "1.3.3")
    tell(Finger(page), WEEK, 0, "Handover at seven", DRAINED)
    save(Finger(page))
    other = page.context.new_page()
    other.goto("/workbook/1.3.3")
    page.get_by_role("button", name="Add an entry").click()
    tell(Finger(page), WEEK, 1, "Soup with my mother", LIFTED)
    by_name(other, WEEK, "rows-0-reason").fill("The coat.")
    for tab in (page, other):
        expect(block(tab, WEEK).locator(".status b")).to_contain_text("Saved")
        expect(tab.get_by_text("There are two versions")).to_have_count(0)
    page.reload()
    expect(activities(page)).to_have_count(2)
    assert {one.input_value() for one in activities(page).all()} == {"Handover at seven", "Soup with my mother"}
    assert "The coat." in [one.input_value() for one in block(page, WEEK).locator("textarea").all()]


def remember_and_notice(hand: Hand) -> None:
    week = block(hand.page, WEEK)
    stand_at(hand.page, "1.3.2")
    tell(hand, MOMENTS, 0, MENU, LIFTED, when="March 2025")
    tell(hand, MOMENTS, 1, DAM, LIFTED, when="as a child")
    go_on(hand, "/workbook/1.3.3")
    expect(week).to_contain_text("The moments you remembered, 2")
    expect(week).to_contain_text("Your seven days start with your first entry.")
    tell(hand, WEEK, 0, "Handover at seven", DRAINED)
    save(hand)
    hand.page.reload()
    expect(activities(hand.page)).to_have_value("Handover at seven")
    expect(week).to_contain_text("Day 1 of 7.")


def tell(hand: Hand, key: str, number: int, activity: str, energy: int, when: str = "") -> None:
    """A moment: what it was, the energy after it, and when; in a week the day is today already."""
    page, row = hand.page, f"rows-{number}"
    fold = page.locator("details", has=by_name(page, key, f"{row}-activity"))
    if fold.count():
        open_(hand, fold)
    hand.write(by_name(page, key, f"{row}-activity"), activity)
    if when:
        hand.write(by_name(page, key, f"{row}-when"), when)
    hand.choose(page.locator(f'[name="{key}:{row}-energy"][value="{energy}"]'))


def activities(page: Page) -> Locator:
    return block(page, WEEK).locator('[name$="-activity"]')
