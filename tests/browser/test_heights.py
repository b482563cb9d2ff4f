"""How long the pages of exercises are on a phone once they are done."""

from playwright.sync_api import Page

from tests.browser.conftest import OfEachKind
from tests.browser.looking import visit
from tests.browser.trees import PATHS, filled, furthest

MOST = 6
SHORT = dict.fromkeys(("1.1.6", "1.2.4"), 4)
"""Screens; fewer where many rows are answered."""
LONGEST = ("2.3.2", "2.4.1", "2.5.2")
"""Of the second part."""
SCREENS = "() => document.documentElement.scrollHeight / innerHeight"


def test_what_is_done_is_short(phone: Page, of_each_kind: OfEachKind) -> None:
    chosen = {**of_each_kind(filled(phone), PATHS), **{one: PATHS[one] for one in SHORT}}
    visit(phone, chosen, too_long)


def test_what_is_done_in_the_second_part_is_short(phone: Page) -> None:
    visit(furthest(phone), {one: PATHS[one] for one in LONGEST}, too_long)


def too_long(page: Page) -> list[str]:
    most = SHORT.get(page.url.rsplit("/", 1)[-1], MOST)
    return [f"{screens:.2f} screens"] if (screens := page.evaluate(SCREENS)) > most else []
