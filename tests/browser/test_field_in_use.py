"""A field in use is the person's: no answer changes its words, its caret, or the row that it belongs to."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.hands import block, by_name, first_held
from tests.browser.test_saving import SAVED, status
from tests.browser.trees import stand_at, start

PLACES, BUDGET = "1.1.2.experiences", "1.2.4.budget"
ADD_A_LINE = 'button[value*="|add-task|"]'
NOTE_THE_ANSWER = """() => {
  const note = () => { document.documentElement.dataset.answered = "" };
  document.addEventListener("htmx:finally:request", () => setTimeout(note), {once: true});
}"""


def is_of_a_button(request: Request) -> bool:
    return "do=" in (request.post_data or "")


def while_it_is_answered(page: Page, press: Callable[[], None], work: Callable[[], None]) -> None:
    """Presses a button, does the work while its answer is under way, and goes on when the answer is on the page."""
    held: list[Route] = []
    page.route(
        "**/workbook/*/*", lambda route: held.append(route) if is_of_a_button(route.request) else route.fallback()
    )
    with page.expect_request(is_of_a_button):
        press()
    work()
    page.evaluate(NOTE_THE_ANSWER)
    held[0].continue_()
    expect(page.locator("html[data-answered]")).to_have_count(1)
    page.unroute("**/workbook/*/*")


def stand_with_three_lines(page: Page) -> Locator:
    """At a place with three lines; answers all its lines."""
    stand_at(page, "1.1.2")
    lines = block(page, PLACES).locator('[name*="-tasks-"][name$="-text"]')
    expect(lines).to_have_count(2)
    lines.nth(0).fill("one")
    lines.nth(1).fill("two")
    block(page, PLACES).locator(ADD_A_LINE).click()
    expect(lines).to_have_count(3)
    lines.nth(2).fill("three")
    expect(status(page, PLACES)).to_have_text(SAVED)
    return lines


def line_texts(lines: Locator) -> list[str]:
    return [one.input_value() for one in lines.all()]


def test_every_kind_of_field_keeps_what_was_typed_and_chosen(page: Page) -> None:
    """In one block: text, date, select and tick, each used while the answer to another button is under way."""
    lines = stand_with_three_lines(page)

    def use_them_all() -> None:
        by_name(page, PLACES, "rows-0-kind").select_option("course")
        by_name(page, PLACES, "rows-0-paid").check()
        by_name(page, PLACES, "rows-0-from").press_sequentially("2019")
        title = by_name(page, PLACES, "rows-0-title")
        title.press_sequentially("Bakery  town ")
        for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft"):
            title.press(key)

    while_it_is_answered(page, block(page, PLACES).locator(ADD_A_LINE).click, use_them_all)
    title = by_name(page, PLACES, "rows-0-title")
    expect(title).to_be_focused()
    page.keyboard.type("X")
    expect(title).to_have_value("Bakery  toX ")
    expect(status(page, PLACES)).to_have_text(SAVED)
    page.reload()
    expect(by_name(page, PLACES, "rows-0-kind")).to_have_value("course")
    expect(by_name(page, PLACES, "rows-0-paid")).to_have_value("y")
    expect(by_name(page, PLACES, "rows-0-from")).to_have_value("2019")
    expect(by_name(page, PLACES, "rows-0-title")).to_have_value("Bakery toX")
    assert line_texts(lines)[:3] == ["one", "two", "three"]


def test_the_caret_stays_in_its_row_when_rows_move(page: Page) -> None:
    lines = stand_with_three_lines(page)

    def go_on_in_the_third() -> None:
        lines.nth(2).press("End")
        lines.nth(2).press_sequentially(" more")
        lines.nth(2).press("ArrowLeft")

    while_it_is_answered(page, block(page, PLACES).get_by_role("button", name="Remove one").click, go_on_in_the_third)
    page.keyboard.type("X")
    assert line_texts(lines)[:2] == ["two", "three morXe"]
    expect(lines.nth(1)).to_be_focused()
    expect(status(page, PLACES)).to_have_text(SAVED)
    page.reload()
    assert line_texts(lines)[:2] == ["two", "three morXe"]


def test_nothing_moves_the_caret_of_somebody_who_only_stopped_to_think(page: Page) -> None:
    """The server takes the space off the end of a line; the field in use keeps it, and the next word stands apart."""
    lines = stand_with_three_lines(page)
    lines.nth(2).fill("three ")
    while_it_is_answered(page, block(page, PLACES).get_by_role("button", name="Remove one").click, lines.nth(2).focus)
    page.keyboard.press("End")
    page.keyboard.type("more")
    expect(lines.nth(1)).to_have_value("three more")


def test_what_is_typed_after_enter_is_for_the_line_that_it_opens(page: Page) -> None:
    lines = stand_with_three_lines(page)
    lines.nth(2).focus()
    while_it_is_answered(page, lambda: page.keyboard.press("Enter"), lambda: page.keyboard.type("fo"))
    page.keyboard.type("ur")
    assert line_texts(lines) == ["one", "two", "three", "four"]
    expect(lines.nth(3)).to_be_focused()
    expect(status(page, PLACES)).to_have_text(SAVED)


def test_a_search_that_goes_on_keeps_its_field(page: Page) -> None:
    stand_at(page, "1.1.3")
    field = page.locator(".find input").first
    field.fill("teach")
    while_it_is_answered(page, lambda: field.press("Enter"), lambda: page.keyboard.type("ing peo"))
    page.keyboard.type("ple")
    expect(field).to_have_value("teaching people")
    expect(field).to_be_focused()


def test_a_search_that_begins_late_takes_nobody_away_from_what_was_found(page: Page) -> None:
    """Somebody has gone on to a skill by the time that the rest after the last letter is over."""
    stand_at(page, "1.1.3")
    field = page.locator(".find input").first
    field.fill("organizing")
    found = page.locator("[data-found] input").first
    expect(found).to_be_visible()
    found.focus()
    while_it_is_answered(page, lambda: field.dispatch_event("input"), lambda: None)
    expect(found).to_be_focused()
    page.keyboard.press("Space")
    expect(found).to_be_checked()
    expect(field).to_be_focused()
    page.keyboard.type("counting")
    expect(field).to_have_value("counting")


def test_an_autosave_leaves_every_kind_of_field_alone(page: Page) -> None:
    start(page)
    held: list[Route] = []
    page.route("**/workbook/*/*", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it is given)
    for key, kind in (("1.1.1.thanks", "textarea"), ("1.1.1.helped", "textarea, input[type=text]")):
        field = block(page, key).locator(kind).first
        if not field.count():
            continue
        with page.expect_request("**/workbook/*/*"):
            field.press_sequentially("one two")
        field.press("ArrowLeft")
        field.press("Shift+ArrowLeft")
        with page.expect_response("**/workbook/*/*"):
            held.pop().continue_()
        page.keyboard.type("X")
        expect(field).to_have_value(re.compile("^one tXo$"))
        expect(field).to_be_focused()


def test_what_is_called_by_the_words_of_a_field_is_called_so_at_once(page: Page) -> None:
    """A button by a place and one by a line of it, and a group of fields by the line of a budget."""
    lines = stand_with_three_lines(page)
    by_name(page, PLACES, "rows-0-title").press_sequentially("Bakery")
    lines.nth(0).fill("one and a half")
    for name in ("Remove this place Bakery", "Remove one and a half"):
        expect(block(page, PLACES).get_by_role("button", name=name, exact=True)).to_be_visible()
    stand_at(page, BUDGET[:5])
    outgoing = block(page, BUDGET).locator("details:has([id$='-out'])")
    outgoing.evaluate("one => { one.open = true }")
    outgoing.get_by_role("button", name="Add a line").click()
    outgoing.locator("input[id$='-name']").last.fill("Cello")
    expect(outgoing.get_by_role("group", name="Cello", exact=True)).to_be_visible()
    expect(outgoing.get_by_role("button", name="Remove Cello", exact=True)).to_be_visible()


def test_what_is_chosen_while_an_older_choice_is_saved_stays(page: Page) -> None:
    """A radio, a slider and a number: the newer one stands there when the older is answered, and is saved."""
    stand_at(page, "1.1.7")
    energy = by_name(page, "1.1.7.type", "energy")
    while_it_is_saved(page, lambda: energy.nth(1).check(), lambda: energy.nth(5).check())
    expect(energy.nth(5)).to_be_checked()
    expect(status(page, "1.1.7.type")).to_have_text(SAVED)
    page.reload()
    expect(energy.nth(5)).to_be_checked()
    page.goto("/workbook/1.1.1")
    work, play = (by_name(page, f"1.1.1.life-{one}", "value") for one in ("work", "play"))
    handle = block(page, "1.1.1.life-work").locator("input[type=range]")
    while_it_is_saved(page, lambda: handle.fill("2"), lambda: handle.fill("7"))
    while_it_is_saved(page, lambda: play.fill("3"), lambda: play.fill("8"))
    for key, number, now in (("1.1.1.life-work", work, "7"), ("1.1.1.life-play", play, "8")):
        expect(number).to_have_value(now)
        expect(status(page, key)).to_have_text(SAVED)
    page.reload()
    expect(work).to_have_value("7")
    expect(play).to_have_value("8")


def while_it_is_saved(page: Page, choose: Callable[[], None], work: Callable[[], None]) -> None:
    """Chooses, does the work while that is being saved, and lets the answer come."""
    held = first_held(page, "**/workbook/*/*")
    with page.expect_request("**/workbook/*/*"):
        choose()
    work()
    page.evaluate(NOTE_THE_ANSWER)
    held[0].continue_()
    expect(page.locator("html[data-answered]")).to_have_count(1)
    page.evaluate("() => delete document.documentElement.dataset.answered")
    page.unroute("**/workbook/*/*")
