"""Flow: moments that come back from memory, then a week of noticing in which no entry is lost."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name, first_held, go_on, open_, save
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
    tell(Finger(page), WEEK, 0, "Soup with my mother", LIFTED)
    other.get_by_role("button", name="Change Handover at seven").click()
    by_name(other, WEEK, "rows-0-reason").fill("The coat.")
    for tab in (page, other):
        expect(block(tab, WEEK).locator(".status b")).to_contain_text("Saved")
        expect(tab.get_by_text("There are two versions")).to_have_count(0)
    page.reload()
    expect(at_rest(page)).to_have_text(["Soup with my mother", "Handover at seven"])
    page.get_by_role("button", name="Change Handover at seven").click()
    expect(by_name(page, WEEK, "rows-0-reason")).to_have_value("The coat.")


def test_what_is_typed_while_another_entry_opens_is_kept(page: Page) -> None:
    stand_at(page, "1.3.3")
    for activity in ("Handover at seven", "Soup with my mother"):
        tell(Finger(page), WEEK, 0, activity, LIFTED)
        save(Finger(page))
        page.get_by_role("button", name="Add an entry").click()
        expect(page.get_by_text("A new entry")).to_be_visible()
    page.get_by_role("button", name="Change Handover at seven").click()
    expect(by_name(page, WEEK, "rows-0-activity")).to_have_value("Handover at seven")
    held = first_held(page, "**/1.3.3.week")
    with page.expect_request("**/1.3.3.week"):
        page.get_by_role("button", name="Change Soup with my mother").click()
    by_name(page, WEEK, "rows-0-reason").fill("The coat.")
    held[0].continue_()
    page.unroute("**/1.3.3.week")
    expect(at_rest(page).filter(has_text="Handover at seven")).to_be_visible()
    expect(block(page, WEEK).locator(".status b")).to_contain_text("Saved")
    page.reload()
    page.get_by_role("button", name="Change Handover at seven").click()
    expect(by_name(page, WEEK, "rows-0-reason")).to_have_value("The coat.")


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
    expect(at_rest(hand.page)).to_have_text("Handover at seven")
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


def at_rest(page: Page) -> Locator:
    return block(page, WEEK).locator(".row--rests b")
