"""Where the focus is after Enter and after buttons: where a person would go on, and on the screen."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import block, by_name
from tests.browser.trees import here_whole, stand_at, touched

LIST, LIST_AT = "1.1.8.work", "1.1.8"
PLACES, PLACES_AT = "1.1.2.experiences", "1.1.2"
THINGS, THINGS_AT = "1.5.2.list", "1.5.2"
BUDGET, BUDGET_AT = "1.2.4.budget", "1.2.4"
TAGS, TAGS_AT = "1.1.5.skills", "1.1.5"


def in_view(place: Locator) -> None:
    expect(place).to_be_focused()
    expect(place).to_be_in_viewport()


def test_enter_goes_down_a_list_and_out_of_it(page: Page) -> None:
    stand_at(page, LIST_AT)
    lines = block(page, LIST).locator('[name$="-text"]')
    shown = lines.count()
    for at in range(shown + 1):
        lines.nth(at).press_sequentially(f"Thing {at}")
        page.keyboard.press("Enter")
        in_view(lines.nth(at + 1))
    page.keyboard.press("Enter")
    expect(block(page, LIST).locator(":focus")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('button, input, textarea, select, summary')")
    expect(block(page, LIST).locator(".status")).to_contain_text("Saved")
    page.goto(f"/workbook/{LIST_AT}?change={LIST}")
    expect(lines.nth(shown)).to_have_value(f"Thing {shown}")


def test_enter_in_a_place_goes_from_field_to_field_and_line_to_line(page: Page) -> None:
    stand_at(page, PLACES_AT)
    for name in ("title", "where", "from", "to"):
        place = by_name(page, PLACES, f"rows-0-{name}")
        place.focus()
        page.keyboard.press("Enter")
    tasks = block(page, PLACES).locator('[name^="1.1.2.experiences:rows-0-tasks-"][name$="-text"]')
    count = tasks.count()
    for at in range(count + 1):
        tasks.nth(at).fill(f"Task {at}")
        tasks.nth(at).press("Enter")
        in_view(tasks.nth(at + 1))


def test_enter_goes_on_from_the_last_field_of_a_row_that_says_something(page: Page) -> None:
    stand_at(page, THINGS_AT)
    rows = block(page, THINGS).locator("li[data-row]")
    shown = rows.count()
    rows.last.locator('[name$="-text"]').fill("One thing to do")
    rows.last.locator('[name$="-note"]').press("Enter")
    in_view(rows.nth(shown).locator('[name$="-text"]'))
    stand_at(page, BUDGET_AT)
    for at in range(2):
        by_name(page, BUDGET, f"out-{at}-amount").fill("100")
        by_name(page, BUDGET, f"out-{at}-amount").press("Enter")
        in_view(by_name(page, BUDGET, f"out-{at + 1}-amount"))


def test_enter_without_a_script_saves_and_opens_the_next_line(page_without_javascript: Page) -> None:
    page = stand_at(page_without_javascript, LIST_AT)
    lines = block(page, LIST).locator('[name$="-text"]')
    last = lines.count() - 1
    lines.nth(last).fill("The first thing")
    lines.nth(last).press("Enter")
    in_view(lines.nth(last + 1))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#"))
    expect(page.locator(":target")).to_be_in_viewport()
    expect(block(page, LIST).locator(":focus, :target")).to_have_count(0)


def test_the_focus_is_in_the_search_box_after_words_were_kept(page: Page) -> None:
    touched(page)
    page.goto(f"/workbook/{TAGS_AT}?change={TAGS}")
    block(page, TAGS).locator("details[data-row] > summary").first.click()
    box = block(page, TAGS).locator(".find input").first
    box.fill("whistling at dawn")
    block(page, TAGS).get_by_role("button", name="Keep “whistling at dawn”").first.click()
    expect(block(page, TAGS).get_by_text("Your picks").first).to_be_visible()
    in_view(box)


def test_a_link_of_the_error_summary_takes_the_focus_along(page: Page) -> None:
    stand_at(page, "1.1.7")
    page.locator(".steps .button--main").click()
    expect(page.locator("#errors")).to_be_focused()
    here_whole(page)
    page.locator("#errors a").first.click()
    expect(page.locator(":is(input, textarea, select, button, section):focus")).to_be_in_viewport()


def test_a_slider_shows_an_answer_only_where_there_is_one(page: Page) -> None:
    stand_at(page, "1.1.1")
    slider = page.locator("slider-field").first
    number, handle = slider.locator("input[name]"), slider.locator("input[type=range]")
    expect(number).to_have_value("")
    expect(handle).to_have_attribute("aria-valuetext", "not answered yet")
    handle.click()
    expect(number).not_to_have_value("")
    assert handle.get_attribute("aria-valuetext") is None
