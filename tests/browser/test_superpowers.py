"""Superpowers: ten skills sorted by an hour of each, the words for it, and a word of one's own against them."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, items, open_, save, turn_to
from tests.browser.trees import PATHS, kept, plant

SORT = "1.3.4.sort"
OPENED = f"{PATHS['1.3.4']}?change={SORT}"
EXPLAINING, DRAWING = "Explaining complicated things simply", "Drawing things so people understand"
CALMING, SCHEDULES = "Calming upset people", "Making work schedules"
NURSING, WORKSHOP = "Nursing patients", "Leading a workshop"
OVERRULED = "Introducing a new system"


def test_on_a_phone(phone: Page) -> None:
    sort_and_overrule(Finger(phone), EXPLAINING, DRAWING)


def test_without_javascript(page_without_javascript: Page) -> None:
    sort_and_overrule(Finger(page_without_javascript), CALMING, SCHEDULES)


def test_with_the_keyboard_only(page: Page) -> None:
    sort_and_overrule(Keys(page), NURSING, WORKSHOP)


def sort_and_overrule(hand: Hand, *lifting: str) -> None:
    """The ten of a sample tree; those in `lifting` lift, the others drain."""
    kept(hand.page, "sorted", plant).goto(OPENED)
    sort(hand, lifting)
    save(hand)
    expect(words(hand.page)).to_contain_text(f"Two of your ten are strong and energize you: {' and '.join(lifting)}.")
    expect(words(hand.page)).to_contain_text("One you do most days, and it drains you: ")
    overrule(hand)
    expect(words(hand.page)).to_contain_text("You decided three of your ten are superpowers: ")
    expect_in_what_i_bring(hand.page, *lifting, OVERRULED)
    hand.page.goto(OPENED)
    hand.press(block(hand.page, SORT).get_by_role("button", name="Use the page’s answer"))
    expect(words(hand.page)).to_contain_text("Two of your ten are strong and energize you")
    expect_in_what_i_bring(hand.page, *lifting)


def sort(hand: Hand, lifting: tuple[str, ...]) -> None:
    found = items(hand.page, SORT)
    assert len(found) == 10
    for name, item in found:
        turn_to(hand, SORT, item)
        hand.choose(item.locator(f"input[value={'lifts' if name in lifting else 'drains'}]"))


def overrule(hand: Hand) -> None:
    hand.page.goto(OPENED)
    fold = block(hand.page, SORT).locator("details", has_text="Not quite right? Change it")
    open_(hand, fold)
    hand.choose(fold.get_by_label(OVERRULED))
    save(hand)


def expect_in_what_i_bring(page: Page, *names: str) -> None:
    page.goto("/what-i-bring")
    superpowers = page.locator(".brings__part", has_text="My superpowers").get_by_role("listitem")
    expect(superpowers).to_have_count(len(names))
    assert set(superpowers.all_inner_texts()) == set(names)


def words(page: Page) -> Locator:
    return block(page, SORT).locator(".block__body")
