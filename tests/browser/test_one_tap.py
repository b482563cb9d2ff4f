"""One tap, one step, on a phone: ten skills rated with twenty taps, put in order, and sorted with ten."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import block, let_it_rest
from tests.browser.trees import PATHS, kept, plant

RATE, RANK, ENERGY = "1.1.6.rate", "1.1.6.rank", "1.1.6.energy"
MOST_RATING, MOST_SORTING = 20, 11
SCREENS = 4
MOST_MOVED = 0.1
"""Of the screen, by one answer, however late it comes."""
WATCH = """() => { window.moved = window.most = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) {
    if (!one.hadRecentInput) window.moved += one.value;
    window.most = Math.max(window.most, one.value) } }).observe({ type: "layout-shift", buffered: true }) }"""


def test_my_top_ten_is_a_walk_of_few_taps(phone: Page) -> None:
    page = kept(phone, "rated anew", plant)
    for key in (RATE, RANK, ENERGY):
        throw_away(page, key)
    page.goto(PATHS["1.1.6"])
    page.evaluate(WATCH)
    expect(block(page, RANK)).to_contain_text("comes after")
    assert page.evaluate("() => window.moved") <= 0.02
    assert rate(page) <= MOST_RATING
    expect_to_be_at(page, RANK)
    put_in_order(page)
    expect_to_be_at(page, ENERGY)
    assert sort(page) <= MOST_SORTING
    expect(block(page, ENERGY)).to_contain_text("You're good at all ten.")
    for key in (RATE, RANK, ENERGY):
        expect(block(page, key).locator(".status")).to_contain_text("Saved")
    assert page.evaluate("() => window.most") <= MOST_MOVED
    undo_the_last(page)
    assert page.evaluate("() => document.documentElement.scrollHeight / innerHeight") <= SCREENS + 1


def throw_away(page: Page, key: str) -> None:
    page.goto(f"{PATHS['1.1.6']}/{key}/history")
    page.get_by_role("button", name="Move this answer to the trash").tap()
    page.wait_for_url("**/data/trash")


def rate(page: Page) -> int:
    """Two taps a skill, until the step rests; answers how many it took."""
    taps, places = 0, list[float]()
    while (item := shown(page, RATE)) is not None:
        name = named(item)
        places.append(place_of_the_pager(page, RATE))
        for scale in ("mastery", "frequency"):
            item.locator(f"label:has([name$='-{scale}'])").nth(taps % 5).tap()
            taps += 1
        expect_to_have_gone_on(page, RATE, name)
    assert len(set(places[1:])) <= 1, places
    return taps


def put_in_order(page: Page) -> None:
    """What ends the asking stays where it stands: no choice makes room for it."""
    choices, end = block(page, RANK).locator(".pick button"), block(page, RANK).locator("button[value*='|rest|']")
    places = set[float]()
    let_it_rest(page)
    while left := choices.count():
        choices.first.tap()
        expect(choices).to_have_count(left - 1 if left > 2 else 0)
        let_it_rest(page)
        if box := end.count() and end.bounding_box():
            places.add(round(box["y"]))
    assert len(places) == 1, places


def sort(page: Page) -> int:
    taps, places = 0, list[float]()
    while (item := shown(page, ENERGY)) is not None:
        name = named(item)
        places.append(place_of_the_pager(page, ENERGY))
        item.locator("label").nth(taps % 3).tap()
        taps += 1
        expect_to_have_gone_on(page, ENERGY, name)
    assert len(set(places[1:])) <= 1, places
    return taps


def place_of_the_pager(page: Page, key: str) -> float:
    """How far down the screen it stands: every name leaves it in its place."""
    let_it_rest(page)
    box = block(page, key).locator(".pager").bounding_box()
    assert box
    return round(box["y"])


def undo_the_last(page: Page) -> None:
    """In the place where one is: the thing is asked again, and one tap sorts it."""
    block(page, ENERGY).get_by_role("button", name="Undo").tap()
    expect(block(page, ENERGY).locator("[data-current]")).to_have_count(1)
    assert sort(page) == 1


def shown(page: Page, key: str) -> Locator | None:
    item = block(page, key).locator("[data-current]")
    return item if item.count() else None


def named(item: Locator) -> str:
    return item.locator("legend").first.inner_text()


def expect_to_have_gone_on(page: Page, key: str, name: str) -> None:
    first = block(page, key).locator("[data-current] legend").first
    expect(first.filter(has_text=name)).to_have_count(0)


def expect_to_be_at(page: Page, key: str) -> None:
    """The next step is open, and its heading has the focus and is in view."""
    heading = block(page, key).locator("h2")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
