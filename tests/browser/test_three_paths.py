"""An idea tree grows, and three paths get years and gauges: with the keyboard only, and without JavaScript."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Finger, Hand, Keys, block, by_name, open_
from tests.browser.trees import PATHS, here_whole, stand_at

TREE, YEARS, GAUGES = "2.3.1.tree-1", "2.4.1.timelines", "2.4.2.gauges"
NAMES = ("Fixes pumps", "Draws maps", "Sings")
SCORES = {"resources": "10", "liking": "90", "confidence": "40", "coherence": "60"}


def test_with_the_keyboard_only(page: Page) -> None:
    use_each(Keys(stand_at(page, "2.4.2")))


def test_without_javascript(page_without_javascript: Page) -> None:
    use_each(Finger(stand_at(page_without_javascript, "2.4.2")))


def use_each(hand: Hand) -> None:
    grow_a_tree(hand)
    give_each_path_its_years(hand)
    compare_them(hand)


def grow_a_tree(hand: Hand) -> None:
    """A word, three around it, and three around the first of those."""
    here = opened(hand, TREE)
    hand.write(by_name(hand.page, TREE, "root"), "Water")
    write_words(hand, here, ("Leak", "Grandma", "Radio"))
    hand.press(here.get_by_role("button", name="Go to the next word"))
    expect(here).to_contain_text("Around “Leak”")
    here_whole(hand.page)
    write_words(hand, here, ("Pipe", "Bucket", "Rain"))
    hand.press(here.get_by_role("button", name="Done"))
    expect(here.get_by_role("img", name="“Water” and what came from it")).to_be_visible()
    expect(here.locator("table")).to_contain_text("Bucket")


def write_words(hand: Hand, here: Locator, words: tuple[str, ...]) -> None:
    fields = here.locator("[name*=':rows-'][type=text]").filter(visible=True).all()
    blank = [one for one in fields if not one.input_value()]
    for field, word in zip(blank[: len(words)], words, strict=True):
        hand.write(field, word)


def give_each_path_its_years(hand: Hand) -> None:
    here = opened(hand, YEARS)
    for number, name in enumerate(NAMES):
        first = by_name(hand.page, YEARS, f"rows-{number}-text")
        open_(hand, here.locator("details", has=first))
        hand.write(first, name)
        for entry in range(3):
            of = f"rows-{number}-entries-{entry}"
            hand.write(by_name(hand.page, YEARS, f"{of}-text"), f"{name}, {entry + 1}")
            year = by_name(hand.page, YEARS, f"{of}-year")
            hand.pick(year, year.locator("option").nth(entry + 1).inner_text())
            hand.choose(by_name(hand.page, YEARS, f"{of}-lane").nth(entry % 2))
    hand.press(here.get_by_role("button", name="Done"))
    expect(here.locator("svg[role=img]")).to_have_count(len(NAMES))
    expect(here).to_contain_text("Sings, 3")


def compare_them(hand: Hand) -> None:
    here = opened(hand, GAUGES)
    for number in range(len(NAMES)):
        first = by_name(hand.page, GAUGES, f"rows-{number}-scores-resources")
        open_(hand, here.locator("details", has=first))
        for gauge, score in SCORES.items():
            hand.write(by_name(hand.page, GAUGES, f"rows-{number}-scores-{gauge}"), score)
        hand.choose(by_name(hand.page, GAUGES, f"rows-{number}-pays").nth(number))
    hand.press(here.get_by_role("button", name="Done"))
    expect(here.locator(".rest")).to_contain_text("Highest on “How much I'd like it” (90)")
    expect(here.locator("table")).to_contain_text("Just about")


def opened(hand: Hand, key: str) -> Locator:
    hand.page.goto(PATHS[key[:5]])
    return block(hand.page, key)
