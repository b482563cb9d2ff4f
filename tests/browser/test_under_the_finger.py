"""What one taps stays where it is and what it is, whatever an answer of the server brings or takes away."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK
from tests.browser.hands import Finger, begin_at, block, by_name, first_held, let_it_rest
from tests.browser.looking import resized
from tests.browser.trees import PATHS, stand_at, touched

SKILLS, CARDS, TYPE, WORK = "1.1.3.skills", "1.4.5.values", "1.1.7.type", "1.1.1.life-work"
POSTS = f"**/workbook/1.1.7/{TYPE}"
LIST, PLACES, BUDGET, PEOPLE = "1.5.2.list", "1.1.2.experiences", "1.2.4.budget", "1.1.9.people"
STEP, ORDER, ENERGY = "2.2.3.step", "1.1.6.rank", "1.1.6.energy"
LATE = 520
"""So many milliseconds an answer takes here; from 500 on a browser thinks that nobody expects what it moves."""
UNFOLD_ROWS = "() => document.querySelectorAll('form details').forEach(one => { one.open = !one.closest('.result') })"
MIDDLE = "one => scrollBy(0, one.getBoundingClientRect().top - innerHeight / 2)"
Presses = list[tuple[str, int]]
WATCH_SHIFTS = """() => {
  const seen = [], keep = entries => seen.push(...entries.filter(one => !one.hadRecentInput).map(one => one.value));
  const observer = new PerformanceObserver(list => keep(list.getEntries()));
  observer.observe({ type: "layout-shift" });
  globalThis.shifted = () => { keep(observer.takeRecords()); return seen.splice(0).reduce((a, b) => a + b, 0); };
}"""
FRAMES = """() => new Promise(done => {
  let rest = 5;
  const next = () => (rest-- ? requestAnimationFrame(next) : setTimeout(done));
  next();
})"""


def opened(phone: Page, key: str) -> Page:
    page = touched(phone)
    page.goto(f"{PATHS[key[:5]]}?change={key}")
    page.evaluate(UNFOLD_ROWS)
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


def test_a_late_answer_leaves_a_choice_in_its_place(phone: Page) -> None:
    """The question that it brings, or takes away, stands above the scale that is answered meanwhile."""
    page = opened(phone, TYPE)
    asked = page.locator(f'[name="{TYPE}:letter_energy"]')
    for at, number in ((0, 0), (3, 2), (6, 0)):
        held = first_held(page, POSTS)
        with page.expect_request(POSTS):
            chosen(page, "energy", at)
        finger = chosen(page, "information", 1 + at // 3)
        before = top(finger)
        held[0].continue_()
        expect(asked).to_have_count(number)
        expect(block(page, TYPE).locator(".status")).to_contain_text("Saved")
        assert abs(top(finger) - before) < 1
        expect(finger).to_be_focused()
        page.unroute(POSTS)


def test_what_is_asked_of_things_comes_while_they_are_typed(phone: Page) -> None:
    """With it comes what the next step, which was opened ahead of its turn, shows of them."""
    page, here = with_one_thing(phone)
    expect(here.get_by_text("one thing")).to_be_visible()
    expect(block(page, ENERGY)).to_contain_text("0 of 1")
    written(page, 1, "Zorbing")
    expect(here.get_by_role("button", name="Zorbing", exact=True)).to_be_visible()


def test_places_by_hand_follow_what_is_typed_and_taken_off_the_list(phone: Page) -> None:
    page, here = with_one_thing(phone)
    written(page, 1, "Zorbing")
    here.get_by_role("button", name="Put them in order myself").tap()
    numbers = by_name(page, ORDER, "place")
    expect(numbers).to_have_count(2)
    field = written(page, 2, "Whittling")
    expect(numbers).to_have_count(3)
    field.fill("")
    expect(numbers).to_have_count(2)
    numbers.nth(1).fill("1")
    here.get_by_role("button", name="Use these numbers").tap()
    expect(here.locator(".rank > li").first).to_contain_text("Zorbing")


def written(page: Page, number: int, words: str) -> Locator:
    """One thing more on the list, typed and saved; answers its field."""
    block(page, ORDER).get_by_role("button", name="Add one").tap()
    field = by_name(page, ORDER, f"items-{number}-text")
    expect(field).to_be_focused()
    let_it_rest(page)
    before = top(field)
    field.press_sequentially(words)
    expect(block(page, ORDER).locator(".result").filter(has_text=words)).to_be_visible()
    assert abs(top(field) - before) < 1
    expect(field).to_be_focused()
    expect(field).to_have_value(words)
    return field


def with_one_thing(phone: Page) -> tuple[Page, Locator]:
    """Two steps opened ahead of their turn, and a thing typed into the first; answers its block too."""
    page = stand_at(phone, ORDER[:5])
    for one in (ORDER, ENERGY):
        block(page, one).get_by_role("button", name="Open it now").tap()
        expect(block(page, one).locator(".block__body")).to_be_visible()
    by_name(page, ORDER, "items-0-text").press_sequentially("Juggling llamas")
    return page, block(page, ORDER)


@pytest.mark.parametrize(
    ("key", "presses", "wide"),
    [
        (
            LIST,
            [("up|", 1), ("down|", 0), ("add|", 0), ("remove|", 1), ("undo", 0), ("save|", 0), ("change|", -1)],
            [("up|", 1), ("down|", 0), ("remove|", 1), ("undo", 0)],
        ),
        (
            PLACES,
            [("change|", 1), ("save|", 0), ("up|", 1), ("add|", 0), ("change|", 1), ("save|", 0), ("remove|", 0)],
            [("remove|", 1), ("up|", 1)],
        ),
        (BUDGET, [("add|", 0), ("remove|", 1), ("undo", 0), ("save|", 0)], []),
        (PEOPLE, [("add|", 0), ("up|", 0)], []),
    ],
    ids=(LIST, PLACES, BUDGET, PEOPLE),
)
def test_what_a_late_answer_brings_finds_its_room(phone: Page, key: str, presses: Presses, wide: Presses) -> None:
    """On a phone, and `wide` on a desk: a row that is moved or comes back, and what follows one that goes."""
    page = opened(phone, key)
    answer_late(page)
    find_their_room(page, key, presses)
    with resized(page, DESK):
        find_their_room(page, key, wide)


def test_what_follows_a_block_that_is_done_stays_and_the_block_leaves_no_gap(phone: Page) -> None:
    """It has become short: what is above it comes down."""
    begin_at(Finger(phone), STEP[:5])
    block(phone, STEP).get_by_role("button", name="Open it").click()
    by_name(phone, STEP, "rows-0-text").fill("Call Ana")
    done, follows = block(phone, STEP).locator(".done button"), phone.locator(f'[data-block="{STEP}"] + *')
    expect(block(phone, STEP).locator(".status")).to_contain_text("Saved")
    done.evaluate(MIDDLE)
    before = top(follows)
    done.tap()
    expect(block(phone, STEP).locator(".rest")).to_be_visible()
    let_it_rest(phone)
    assert abs(top(follows) - before) < 1
    expect(block(phone, STEP)).not_to_have_attribute("style", re.compile(""))


def find_their_room(page: Page, key: str, presses: Presses) -> None:
    for do, at in presses:
        button = block(page, key).locator(f'button[value*="|{do}"]').filter(visible=True).nth(at)
        button.evaluate(MIDDLE)
        assert shifted(page, key, button.tap) <= 0.02, f"{key} {do}"


def test_a_row_that_is_moved_stays_under_the_finger(phone: Page) -> None:
    """Also where it cannot be moved on: what moves it back never comes under the finger that moved it there."""
    page = opened(phone, LIST)
    rows = block(page, LIST).locator(".rows > li")
    up, down = (rows.nth(at).locator(f'button[value*="|{do}|"]') for at, do in ((1, "up"), (-2, "down")))
    for button, back, end in ((up, "down", 0), (down, "up", -1)):
        button.evaluate(MIDDLE)
        let_it_rest(page)
        value, before = button.get_attribute("value") or "", button.bounding_box()
        button.tap()
        moved = rows.nth(end).locator(f'button[value="{re.sub("up|down", back, value)}"]')
        expect(moved).to_be_focused()
        let_it_rest(page)
        after = moved.bounding_box()
        assert before
        assert after
        assert abs(after["y"] - before["y"]) < 2
        assert abs(after["x"] - before["x"]) >= after["width"]


def test_a_row_that_comes_back_has_the_focus(phone: Page) -> None:
    here = block(opened(phone, LIST), LIST)
    remove = here.locator('button[value*="|remove|"]').first
    key = (remove.get_attribute("value") or "").split("|")[2]
    remove.tap()
    here.get_by_role("button", name="Undo").tap()
    expect(here.locator(f'[data-row="{key}"] :focus')).to_have_count(1)


def test_what_is_found_late_finds_its_room(phone: Page) -> None:
    page = opened(phone, SKILLS)
    answer_late(page)
    field = block(page, SKILLS).locator(".find input").first
    field.tap()
    assert shifted(page, SKILLS, lambda: field.press_sequentially("caring")) <= 0.02


def answer_late(page: Page) -> None:
    conditions = {"offline": False, "latency": LATE, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)
    page.evaluate(WATCH_SHIFTS)


def shifted(page: Page, key: str, press: Callable[[], None]) -> float:
    """By how much what is seen jumps, as browsers count it, when the answer of the block to `press` is shown."""
    page.evaluate(FRAMES)
    page.evaluate("shifted()")
    button = "[data-pressed]"
    press()
    expect(block(page, key).locator(button)).to_have_count(1)
    expect(block(page, key).locator(button)).to_have_count(0)
    page.evaluate(FRAMES)
    return float(page.evaluate("shifted()"))


def test_a_finger_that_moves_the_page_moves_no_slider(phone: Page) -> None:
    """One that is answered, and one that is not; only a finger that goes along it moves it."""
    page = touched(phone)
    page.goto(PATHS[WORK[:5]])
    number, handle = (block(page, WORK).locator(one) for one in ("input[name$=value]", "input[type=range]"))
    for answer in ("3", ""):
        number.fill(answer)
        expect(block(page, WORK).locator(".status")).to_contain_text("Saved")
        moved = drag(handle, 10, -200)
        assert moved > 100
        expect(number).to_have_value(answer)
    expect(block(page, WORK).locator("slider-field[data-unset]")).to_have_count(1)
    drag(handle, -60, 0)
    expect(number).to_have_value(re.compile(r"[3-7]"))


def drag(one: Locator, right: float, down: float) -> float:
    """A finger comes down at nine tenths of `one`, goes this far and rests; answers how far the page has moved."""
    one.evaluate(MIDDLE)
    let_it_rest(one.page)
    box, before = one.bounding_box(), one.page.evaluate("() => scrollY")
    assert box
    x, y = box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2
    hand = one.page.context.new_cdp_session(one.page)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 11):
        point = {"x": x + right * part / 10, "y": y + down * part / 10}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    let_it_rest(one.page)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    let_it_rest(one.page)
    return float(one.page.evaluate("() => scrollY")) - before


def chosen(page: Page, scale: str, at: int) -> Locator:
    place = page.locator(f'[name="{TYPE}:{scale}"]').nth(at)
    place.locator("..").tap()
    return place


def test_a_place_that_is_moved_says_where_it_stands_among_the_places(phone: Page) -> None:
    page = opened(phone, PLACES)
    here = block(page, PLACES)
    here.locator('button[value*="|up|"]').filter(visible=True).nth(1).tap()
    expect(page.locator("#live")).to_have_text(re.compile(f", now 2 of {here.locator('[data-row]').count()}$"))
