"""Two open pages of one tree, and a page that one goes back to: entries never turn each other back."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.hands import Finger, block, by_name, save
from tests.browser.trees import stand_at

MOMENTS = "1.3.2.moments"
SAVED = re.compile(r"^Saved")
OpenContext = Callable[..., BrowserContext]


def test_two_pages_write_different_moments_then_the_same(open_context: OpenContext) -> None:
    one = open_context().new_page()
    stand_at(one, "1.3.2")
    two = one.context.new_page()
    two.goto(one.url)
    type_moment(one, 0, "The shed")
    type_moment(two, 1, "The boat")
    type_moment(one, 0, "The shed, painted")
    for page in (one, two):
        page.reload()
        assert sorted(moments(page)) == ["The boat", "The shed, painted"]
    type_moment(one, 0, "The shed in May")
    by_name(two, MOMENTS, "rows-0-activity").fill("The shed in June")
    by_name(two, MOMENTS, "rows-0-activity").blur()
    expect(block(two, MOMENTS)).to_contain_text("There are two versions of this answer")
    type_moment(one, 0, "The shed in July, at noon")
    use_mine(two)
    expect(block(two, MOMENTS)).to_contain_text("The shed in July, at noon")
    use_mine(two)
    expect(by_name(two, MOMENTS, "rows-0-activity")).to_have_value("The shed in June")
    two.goto(f"{one.url}/{MOMENTS}/history")
    for words in ("The shed in June", "The shed in July, at noon", "The shed, painted"):
        expect(two.get_by_role("main")).to_contain_text(words)


def test_going_back_without_javascript_loses_nothing(page_without_javascript: Page) -> None:
    page = page_without_javascript
    stand_at(page, "1.3.2")
    address = page.url
    for words in ("The shed", "The shed, painted"):
        by_name(page, MOMENTS, "rows-0-activity").fill(words)
        save(Finger(page))
        page.go_back()
    by_name(page, MOMENTS, "rows-0-activity").fill("The shed in May")
    save(Finger(page))
    page.goto(address)
    assert "The shed in May" in moments(page)
    page.goto(f"{address}/{MOMENTS}/history")
    expect(page.get_by_role("main")).to_contain_text("The shed, painted")


def type_moment(page: Page, at: int, words: str) -> None:
    folded = page.locator(f"#b-1-3-2-moments-rows-{at} details:not([open]) summary")
    if folded.count():
        folded.click()
    field = by_name(page, MOMENTS, f"rows-{at}-activity")
    with page.expect_response(re.compile(r"/workbook/1\.3\.2/")):
        field.fill(words)
        field.blur()
    expect(block(page, MOMENTS).locator(".status b")).to_have_text(SAVED)


def moments(page: Page) -> list[str]:
    fields = page.locator(f'[name^="{MOMENTS}:rows-"][name$="-activity"]')
    return [words for words in fields.evaluate_all("all => all.map(one => one.value)") if words]


def use_mine(page: Page) -> None:
    block(page, MOMENTS).get_by_role("button", name="Use this one").click()
