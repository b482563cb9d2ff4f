"""How long a page is just after its last answer."""

from playwright.sync_api import Page, expect

from tests.browser.hands import Finger, block, by_name, let_it_rest
from tests.browser.test_heights import MOST, SCREENS, SHORT
from tests.browser.trees import of_its_own, stand_at
from tests.browser.walk import SAID, find

TYPE, WAYS, FIVE = "1.1.7.type", "1.1.7.ways", "1.1.7.five"


def test_what_one_goes_on_from_rests_and_the_page_stays_short(phone: Page) -> None:
    page, hand = stand_at(phone, "1.1.7"), Finger(phone)
    for scale, place in SAID[TYPE]["scales"].items():
        page.locator(f'label:has([name="{TYPE}:{scale}"][value="{place}"])').tap()
    for one in SAID[WAYS]["rows"][0]["tags"][:5]:
        find(hand, WAYS, 0, one["name"])
    expect(block(page, TYPE).locator(".rest")).to_be_visible()
    expect(block(page, WAYS).locator(".status")).to_contain_text("Saved")
    proofs = [row["fields"]["proof"] for row in SAID[FIVE]["rows"]][:3]
    for at, proof in enumerate(proofs):
        field = by_name(page, FIVE, f"rows-{at}-fields-proof")
        field.evaluate("one => one.scrollIntoView()")
        field.fill(proof)
        expect(block(page, FIVE).locator(".status")).to_contain_text("Saved")
    expect(block(page, WAYS).locator(".rest")).to_be_visible()
    by_name(page, FIVE, "rows-2-fields-proof").blur()
    expect(block(page, FIVE).locator(".status")).to_contain_text("Saved")
    assert page.evaluate(SCREENS) <= MOST


def test_the_room_that_a_shorter_block_leaves_is_given_back_out_of_sight(phone: Page) -> None:
    """What follows the block is where it was, until the page was moved."""
    page, rank = of_its_own(phone, "room given back"), block(phone, "1.1.6.rank")
    page.goto("/workbook/1.1.6?change=1.1.6.rank")
    done = rank.get_by_role("button", name="Done")
    done.evaluate("one => one.scrollIntoView({block: 'end'})")
    done.tap()
    expect(rank.locator(".rest")).to_be_visible()
    let_it_rest(page)
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function("() => [...document.querySelectorAll('[data-block]')].every(one => !one.style.minBlockSize)")
    assert page.evaluate(SCREENS) <= SHORT["1.1.6"]
