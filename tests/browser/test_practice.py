"""Practice: begun for a week, noted in one tap, and rest with a mood before and after."""

from playwright.sync_api import Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name, go_on, save
from tests.browser.trees import stand_at

SKILL, REST = "1.5.1.practice", "1.5.3.rest"


def test_on_a_phone(phone: Page) -> None:
    practice_and_rest(Finger(phone))


def test_without_javascript(page_without_javascript: Page) -> None:
    practice_and_rest(Finger(page_without_javascript))


def test_with_the_keyboard_only(page: Page) -> None:
    practice_and_rest(Keys(page))


def practice_and_rest(hand: Hand) -> None:
    stand_at(hand.page, "1.5.1")
    begin_for_a_week(hand, SKILL, "Truing one wheel a day")
    note_today(hand, SKILL)
    go_on(hand, "/workbook/1.5.2")
    hand.page.goto("/workbook/1.5.3")
    begin_for_a_week(hand, REST, "Home along the river")
    note_today(hand, REST)
    feel(hand, "before", -1)
    feel(hand, "after", 1)
    save(hand)
    expect(block(hand.page, REST)).to_contain_text("Mood, logged once, from −2 to +2: −1 before on average, +1 after.")
    expect(block(hand.page, REST).get_by_role("img", name="Twelve weeks")).to_be_visible()


def begin_for_a_week(hand: Hand, key: str, name: str) -> None:
    practice = block(hand.page, key)
    hand.write(by_name(hand.page, key, "name"), name)
    hand.choose(practice.get_by_label("7 days"))
    hand.press(practice.get_by_role("button", name="Start today"))
    expect(practice.locator(".subject")).to_have_text(name)
    expect(practice.locator(".enough").first).to_contain_text("Day 1 of 7;")


def note_today(hand: Hand, key: str) -> None:
    """One tap, which cannot be given twice by mistake."""
    practice = block(hand.page, key)
    hand.press(practice.get_by_role("button", name="Done today"))
    expect(practice).to_contain_text("You did it today.")
    expect(practice.get_by_role("button", name="Done today")).to_have_count(0)
    expect(
        practice.get_by_role("list", name="Days you logged, newest first").get_by_role("group").first
    ).to_be_visible()


def feel(hand: Hand, when: str, mood: int) -> None:
    hand.choose(hand.page.locator(f'[name="{REST}:rows-0-{when}"][value="{mood}"]'))
