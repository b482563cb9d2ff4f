"""How somebody uses the pages: a finger or a mouse, or the keyboard only; and what every journey does with them."""

import re
from typing import Protocol

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import keyboard
from tests.browser.trees import here_whole, new_page_after

LONG = 40
STILL = """() => new Promise(done => {
  let last = scrollY, rest = 10;
  const next = () => {
    rest = scrollY === last ? rest - 1 : 10;
    last = scrollY;
    rest ? requestAnimationFrame(next) : done();
  };
  next();
})"""


class Hand(Protocol):
    """How somebody uses a page."""

    page: Page

    def write(self, field: Locator, text: str) -> None: ...
    def choose(self, field: Locator) -> None: ...
    def pick(self, field: Locator, label: str) -> None: ...
    def press(self, button: Locator) -> None: ...


class Finger:
    """Touches or clicks; with or without JavaScript."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, field: Locator) -> None:
        """Where this is the last answer that an item needs, the next one stands there afterward."""
        if not field.is_checked():
            field.click()

    def pick(self, field: Locator, label: str) -> None:
        field.select_option(label=label)

    def press(self, button: Locator) -> None:
        button.click()


class Keys:
    """The keyboard and nothing else; what is long is pasted."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, field: Locator, text: str) -> None:
        if len(text) < LONG:
            keyboard.write(self.page, field, text)
            return
        keyboard.reach(self.page, field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        expect(field).to_have_value(text)

    def choose(self, field: Locator) -> None:
        if not field.is_checked():
            keyboard.choose(self.page, field)

    def pick(self, field: Locator, label: str) -> None:
        keyboard.reach(self.page, field)
        self.page.keyboard.type(label)
        expect(field.locator("option:checked")).to_have_text(label)

    def press(self, button: Locator) -> None:
        keyboard.press(self.page, button)


def by_name(page: Page, key: str, field: str) -> Locator:
    """The field of a block, whatever revision its name carries."""
    return page.locator(f'[name="{key}:{field}"], [name^="{key}:{field}~"]')


def block(page: Page, key: str) -> Locator:
    return page.locator(f'[data-block="{key}"]')


def save(hand: Hand) -> None:
    """The page's own *Save*, which loads it again with whatever follows from what was written."""
    button = hand.page.locator(".not-now").get_by_role("button", name="Save", exact=True)
    new_page_after(hand.page, lambda: hand.press(button))


def go_on(hand: Hand, to: str) -> None:
    hand.press(hand.page.locator("button[name=do][value=go]"))
    expect(hand.page).to_have_url(re.compile(re.escape(to) + r"$"))
    here_whole(hand.page)


def begin(hand: Hand) -> None:
    hand.page.goto("/")
    hand.choose(hand.page.get_by_label("I feel stuck where I am"))
    hand.press(hand.page.get_by_role("button", name="Start on my own device"))
    expect(hand.page).to_have_url(re.compile(r"/workbook/1\.1\.1(#|$)"))
    expect(hand.page.get_by_label("I feel stuck where I am")).to_be_checked()
    here_whole(hand.page)


def begin_at(hand: Hand, exercise: str) -> None:
    """Somebody new who sets everything aside up to the exercise and stands there."""
    begin(hand)
    hand.page.goto(f"/workbook/{exercise}")
    hand.press(hand.page.get_by_role("button", name="Skip everything before this"))
    expect(hand.page.locator("#exercise")).to_be_visible()
    here_whole(hand.page)


def open_(hand: Hand, fold: Locator) -> None:
    if fold.get_attribute("open") is None:
        hand.press(fold.locator("> summary"))


def items(page: Page, key: str) -> list[tuple[str, Locator]]:
    """The items of a list and what each is called, without what the page adds in small."""
    found = block(page, key).locator(".items.one-at-a-time > li")
    legends = found.locator("> fieldset > legend")
    names = legends.evaluate_all("all => all.map(one => one.firstChild.textContent.trim())")
    return [(name, found.nth(number)) for number, name in enumerate(names)]


def turn_to(hand: Hand, key: str, item: Locator) -> bool:
    """On a phone a list is one item a screen, and the next comes by itself; on a desk all are there.

    False when enough are answered, and the list rests.
    """
    rest = block(hand.page, key).locator(".rest")
    expect(item.or_(rest).filter(visible=True).first).to_be_visible()
    return not rest.count()


def first_held(page: Page, address: str) -> list[Route]:
    """Where the first request to `address` will wait until it is let go; those after it pass."""
    held: list[Route] = []
    page.route(address, lambda route: route.fallback() if held else held.append(route))
    return held


def let_it_rest(page: Page) -> None:
    """Until nothing has moved the page for ten frames: neither a finger that threw it nor a way to the next step."""
    page.evaluate(STILL)
