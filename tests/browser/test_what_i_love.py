"""What I love: forty cards on three piles, ten you kept, their order, the first five in own words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, go_on
from tests.browser.trees import here_whole, stand_at

CARDS = "1.4.5.values"
PAGES, PAGE = 4, 10
STAY = 11
"""So many cards stay at first; ten of them are kept."""
Turn = Callable[[Locator], None]


def test_on_a_phone(phone: Page) -> None:
    """A card comes by itself when the one before it lies on its pile."""
    sort_and_choose(Finger(phone), come)


def test_without_javascript(page_without_javascript: Page) -> None:
    sort_and_choose(Finger(page_without_javascript), stay)


@pytest.mark.everything
def test_with_the_keyboard_only(page: Page) -> None:
    """The same fields and buttons as without JavaScript; other tools' journeys hold the keys every day."""
    sort_and_choose(Keys(page), stay)


def come(card: Locator) -> None:
    expect(card).to_be_visible()


def stay(card: Locator) -> None:
    """All ten cards of a page are there at once."""


def sort_and_choose(hand: Hand, turn: Turn) -> None:
    stand_at(hand.page, "1.4.5")
    sort_all(hand, turn)
    go_on_to_the_ten(hand, turn)
    kept = keep_ten(hand)
    put_in_order(hand, kept)
    say_what_they_mean(hand)
    go_on(hand, "/workbook/modules/1.4")
    look_back(hand, kept)


def sort_all(hand: Hand, turn: Turn) -> None:
    """Card after card: the first eleven stay, the others do not. One is undone, and the page left, on the way."""
    sort_page(hand, 1, turn)
    turn_page(hand, turn)
    expect(title(hand.page)).to_have_text("Cards 11 to 20 of 40")
    undo_and_sort_again(hand, turn)
    leave_and_come_back(hand)
    for number in range(2, PAGES + 1):
        sort_page(hand, number, turn)
        if number < PAGES:
            turn_page(hand, turn)
            expect(title(hand.page)).to_have_text(f"Cards {number * PAGE + 1} to {number * PAGE + PAGE} of 40")


def turn_page(hand: Hand, turn: Turn) -> None:
    """Where one card is shown, the next page comes by itself."""
    if turn is stay:
        press(hand, "Next ten")


def sort_page(hand: Hand, number: int, turn: Turn) -> None:
    for at in range(PAGE):
        card = cards(hand.page).nth(at)
        turn(card)
        put(hand, card, "stays" if (number - 1) * PAGE + at < STAY else "not-now")


def put(hand: Hand, card: Locator, pile: str) -> None:
    hand.choose(card.locator(f'input[value="{pile}"]'))


def undo_and_sort_again(hand: Hand, turn: Turn) -> None:
    last = cards(hand.page).nth(PAGE - 1)
    press(hand, "Undo")
    expect(title(hand.page)).to_have_text("Cards 1 to 10 of 40")
    expect(last).to_be_visible()
    expect(last.locator("input:checked")).to_have_count(0)
    put(hand, last, "stays")
    turn_page(hand, turn)


def leave_and_come_back(hand: Hand) -> None:
    expect(title(hand.page)).to_have_text("Cards 11 to 20 of 40")
    hand.page.goto("/home")
    hand.page.goto("/workbook/1.4.5")
    expect(title(hand.page)).to_have_text("Cards 11 to 20 of 40")
    expect(block(hand.page, CARDS).locator(".enough")).to_have_text("10 of 40: 10 to keep")


def go_on_to_the_ten(hand: Hand, turn: Turn) -> None:
    """Where one card is shown, the last one leads there by itself."""
    if turn is stay:
        press(hand, "Continue with the")


def keep_ten(hand: Hand) -> list[str]:
    """Ticks all you kept but the first; answers their names."""
    expect(title(hand.page)).to_have_text("Eleven kept. Which ten matter most?")
    here_whole(hand.page)
    choices = block(hand.page, CARDS).locator(".cards__ten .choice")
    names = choices.locator("span").evaluate_all("all => all.map(one => one.firstChild.textContent.trim())")
    for choice in choices.all()[1:]:
        hand.choose(choice.locator("input"))
    press(hand, "Put them in order")
    return [str(name) for name in names[1:]]


def put_in_order(hand: Hand, kept: list[str]) -> None:
    """The last of them first."""
    choices = block(hand.page, CARDS).locator(".pick button")
    expect(choices).to_have_count(len(kept))
    kept.reverse()
    for name in kept[:-1]:
        choice = choices.filter(has_text=re.compile(rf"^{name}$"))
        hand.press(choice)
        expect(choice).to_have_count(0)
    expect(title(hand.page)).to_have_text("Ten you kept, in your order")


def say_what_they_mean(hand: Hand) -> None:
    fields = block(hand.page, CARDS).locator("textarea")
    expect(fields).to_have_count(5)
    for number, field in enumerate(fields.all(), 1):
        hand.write(field, f"In my own words, {number}.")


def look_back(hand: Hand, kept: list[str]) -> None:
    """The page that ends Roots has them, and so has the sheet it leads to, with the words for the first."""
    hand.page.goto("/workbook/modules/1.4")
    end = hand.page.get_by_role("main")
    expect(end.get_by_role("heading", name="What I bring")).to_be_visible()
    expect(end.locator(".brought")).to_contain_text(", ".join(kept[:2]))
    hand.press(end.get_by_role("link", name="Open it as one page"))
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("What I bring")
    valued = hand.page.locator(".brings__part", has_text="What I value").get_by_role("listitem")
    expect(valued).to_have_text(
        [re.compile(rf"^{name}\W+In my own words, {n}\.$") for n, name in enumerate(kept[:5], 1)]
    )


def press(hand: Hand, name: str) -> None:
    hand.press(block(hand.page, CARDS).get_by_role("button", name=name))


def title(page: Page) -> Locator:
    return page.locator(f"#b-{CARDS.replace('.', '-')}-title")


def cards(page: Page) -> Locator:
    return block(page, CARDS).locator(".cards:not(.cards--own) > li")
