"""Typing is saving: what a person sees of it when all goes well, when the line is slow, and when it is gone."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.looking import NARROW
from tests.browser.trees import stand_at, start, touched

EXERCISE = "/workbook/1.1.1"
THANKS = "1.1.1.thanks"
POSTS = re.compile(r"/workbook/1\.1\.1/")
SAVED, UNSAVED = re.compile(r"^Saved"), "Not saved, trying again"
HAS_SHOWN = "([words, count]) => seen.filter(one => one === words).length === count"
BUSY = '<div class="notice" role="alert"><p><strong>DreamTree is busy</strong></p></div>'

OpenContext = Callable[..., BrowserContext]


def block(page: Page, key: str = THANKS) -> Locator:
    return page.locator(f'[data-block="{key}"]')


def field(page: Page) -> Locator:
    return block(page).locator("textarea").first


def status(page: Page, key: str = THANKS) -> Locator:
    return block(page, key).locator(".status b")


def reread(page: Page) -> str:
    """What the server has for the field, asked for with another page."""
    other = page.context.new_page()
    other.goto(EXERCISE)
    text = field(other).input_value()
    other.close()
    return text


def note_states(page: Page) -> Callable[[], list[str]]:
    """Answers a function that gives every state in words that the block has shown from now on."""
    page.evaluate(
        """key => {
          const section = document.querySelector(`[data-block="${key}"]`), seen = window.seen = [];
          const note = () => seen.push(section.querySelector(".status b")?.textContent ?? "");
          new MutationObserver(note).observe(section, {subtree: true, childList: true, characterData: true});
        }""",
        THANKS,
    )
    return lambda: page.evaluate("window.seen")


def stop_the_clock(page: Page) -> None:
    """Timers of the page only run when the test says so."""
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))


def hide(page: Page, is_hidden: bool = True) -> None:
    """Another tab comes to the front, or this one again."""
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )


def test_typing_saves_and_says_saved_only_after_the_server_has_it(page: Page) -> None:
    start(page)
    states = note_states(page)
    with page.expect_response(POSTS) as answer:
        field(page).press_sequentially("I carried her boxes.")
    assert answer.value.status == 200
    expect(status(page)).to_have_text(SAVED)
    told = [re.sub("^Saved.*", "Saved", one) for one in states()]
    assert list(dict.fromkeys(told)) == ["Not saved yet", "Saving…", "Saved"]
    assert reread(page) == "I carried her boxes."


def test_a_choice_saves_at_once(timed_page: Page) -> None:
    page = start(timed_page)
    stop_the_clock(page)
    with page.expect_response(POSTS):
        block(page, "1.1.1.when").get_by_role("radio").first.check()
    expect(status(page, "1.1.1.when")).to_have_text(SAVED)


def test_nothing_typed_during_a_slow_save_is_lost_and_the_caret_stays(page: Page) -> None:
    start(page)
    states = note_states(page)
    held: list[Route] = []
    page.route(POSTS, lambda route: held.append(route) if len(held) < 2 else route.fallback())
    with page.expect_request(POSTS):
        field(page).press_sequentially("one three")
    for _ in range(5):
        field(page).press("ArrowLeft")
    field(page).press_sequentially("two ")
    with page.expect_request(POSTS):
        held[0].continue_()
    field(page).press_sequentially("and ")
    assert not any(SAVED.match(one) for one in states())
    held[1].continue_()
    expect(status(page)).to_have_text(SAVED)
    expect(field(page)).to_have_value("one two and three")
    assert field(page).evaluate("one => one === document.activeElement && one.selectionStart") == len("one two and ")
    assert reread(page) == "one two and three"


def test_a_busy_server_gets_the_text_later_by_itself(timed_page: Page) -> None:
    page = start(timed_page)
    stop_the_clock(page)
    states = note_states(page)
    page.route(POSTS, lambda route: route.fulfill(status=503, body=BUSY, content_type="text/html"))
    field(page).fill("The line was down.")
    page.clock.run_for(1100)
    expect(status(page)).to_have_text(UNSAVED)
    for tries, pause in enumerate((1000, 2000, 4000), 2):
        page.clock.run_for(pause + 100)
        page.wait_for_function(HAS_SHOWN, arg=[UNSAVED, tries])
        expect(status(page)).to_have_text(UNSAVED)
    assert not any(SAVED.match(one) for one in states())
    expect(field(page)).to_have_value("The line was down.")
    page.unroute(POSTS)
    page.clock.run_for(9000)
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == "The line was down."


def test_an_answer_that_is_not_ours_is_no_save(page: Page) -> None:
    start(page)
    page.route(POSTS, lambda route: route.fulfill(body="<p>Sign in to this hotel</p>", content_type="text/html"))
    field(page).fill("Still here.")
    expect(status(page)).to_have_text(UNSAVED)
    expect(page.get_by_text("hotel")).to_have_count(0)
    page.unroute(POSTS)
    expect(status(page)).to_have_text(SAVED)


def test_without_a_line_the_text_waits_for_it(page: Page) -> None:
    start(page)
    page.context.set_offline(True)
    field(page).fill("Written on the train.")
    expect(status(page)).to_have_text(UNSAVED)
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == "Written on the train."


def test_two_tabs_show_both_texts(page: Page) -> None:
    start(page)
    other = page.context.new_page()
    other.goto(EXERCISE)
    field(page).fill("From the first tab.")
    expect(status(page)).to_have_text(SAVED)
    field(other).fill("From the second tab.")
    conflict = block(other).get_by_role("group", name="There are two versions of this answer")
    expect(conflict).to_contain_text("From the first tab.")
    expect(conflict).to_contain_text("From the second tab.")
    expect(status(other)).to_have_text("Not saved yet")
    conflict.get_by_role("button", name="Use this one").click()
    expect(field(other)).to_have_value("From the second tab.")
    expect(status(other)).to_have_text(SAVED)
    assert reread(page) == "From the second tab."


def test_deleting_back_to_the_first_text_is_saved_too(page: Page) -> None:
    start(page)
    field(page).fill("A word.")
    expect(status(page)).to_have_text(SAVED)
    states = note_states(page)
    field(page).fill("")
    expect(status(page)).to_have_text(SAVED)
    assert "Not saved yet" in states()
    assert reread(page) == ""


def test_reload_brings_unsaved_text_back_and_saves_it(page: Page) -> None:
    start(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route(POSTS, lambda route: route.abort())
    field(page).fill("Not there yet.")
    expect(status(page)).to_have_text(UNSAVED)
    page.unroute(POSTS)
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('gone')); }")
    page.reload()
    expect(field(page)).to_have_value("Not there yet.")
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == "Not there yet."


def test_a_draft_never_beats_a_newer_text_in_silence(page: Page) -> None:
    start(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route(POSTS, lambda route: route.abort())
    field(page).fill("The older text.")
    expect(status(page)).to_have_text(UNSAVED)
    other = page.context.new_page()
    other.goto(EXERCISE)
    field(other).fill("The newer text.")
    expect(status(other)).to_have_text(SAVED)
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('gone')); }")
    page.unroute(POSTS)
    page.reload()
    expect(block(page)).to_contain_text("The older text.")
    expect(block(page)).to_contain_text("The newer text.")
    expect(block(page).get_by_text("There are two versions of this answer")).to_be_visible()


def test_a_button_of_the_block_keeps_what_was_typed(page: Page) -> None:
    """Also what is typed while its answer is under way; the focus goes to the new row."""
    stand_at(page, "1.1.2")
    rows = page.locator('[data-block="1.1.2.experiences"] [data-row]')
    title = page.locator('[name$="rows-0-title"]')
    before = rows.count()
    held: list[Route] = []
    page.route(re.compile(r"/1\.1\.2\.experiences$"), lambda route: _hold_buttons(route, held))
    title.fill("Bakery")
    with page.expect_request(lambda request: "add" in (request.post_data or "")):
        page.locator('[data-block="1.1.2.experiences"] button[value*="|add|rows"]').click()
    title.press("End")
    title.press_sequentially(" in town")
    held[0].continue_()
    expect(rows).not_to_have_count(before)
    expect(title).to_have_value("Bakery in town")
    expect(status(page, "1.1.2.experiences")).to_have_text(SAVED)
    page.reload()
    expect(title).to_have_value("Bakery in town")


def _hold_buttons(route: Route, held: list[Route]) -> None:
    if "do=" in (route.request.post_data or ""):
        held.append(route)
    else:
        route.fallback()


def test_an_added_row_gets_the_focus(page: Page) -> None:
    stand_at(page, "1.1.2")
    rows = page.locator('[data-block="1.1.2.experiences"] .rows > [data-row]')
    before = rows.count()
    page.locator('[name$="rows-0-title"]').fill("Bakery")
    add = page.locator('[data-block="1.1.2.experiences"] button[value*="|add|rows"]')
    add.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    expect(rows.last.locator(":is(input, select, textarea):focus")).to_have_count(1)


def test_a_folded_row_stays_open_where_it_was_moved_without_javascript(open_page: Open) -> None:
    page = touched(open_page(size=NARROW, javascript=False))
    page.goto("/workbook/1.1.7?change=1.1.7.five")
    row = page.locator(".row--folded").first
    name = row.locator("summary b").inner_text()
    row.locator("summary").click()
    page.get_by_role("button", name=f"Move {name} down").click()
    expect(page.locator(".row--folded").nth(1).locator("summary b")).to_have_text(name)
    expect(page.get_by_role("button", name=f"Move {name} up")).to_be_in_viewport()


def test_a_token_that_is_refused_is_renewed_and_the_text_saved(page: Page) -> None:
    start(page)
    page.evaluate("""() => { for (const one of document.querySelectorAll("[name=csrf_token]")) one.value = "old"; }""")
    field(page).fill("Open since yesterday.")
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == "Open since yesterday."


def test_a_page_that_goes_to_the_back_sends_what_it_has(timed_page: Page) -> None:
    page = start(timed_page)
    stop_the_clock(page)
    with page.expect_response(POSTS) as answer:
        field(page).fill("In the pocket.")
        hide(page)
    assert answer.value.status == 200
    assert reread(page) == "In the pocket."
    expect(status(page)).to_have_text("Not saved yet")
    hide(page, is_hidden=False)
    expect(status(page)).to_have_text(SAVED)


def test_going_on_saves_without_a_warning(page: Page) -> None:
    start(page)
    warnings: list[str] = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    field(page).fill("On the way out.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**#go-on")
    expect(field(page)).to_have_value("On the way out.")
    assert reread(page) == "On the way out."
    assert not warnings


def test_leaving_with_unsaved_text_warns(page: Page) -> None:
    start(page)
    page.route(POSTS, lambda route: route.abort())
    field(page).fill("Not yet.")
    expect(status(page)).to_have_text(UNSAVED)
    with page.expect_event("dialog") as warned:
        page.evaluate("() => { setTimeout(() => location.assign('/home')); }")
    assert warned.value.type == "beforeunload"
    warned.value.dismiss()
    expect(field(page)).to_have_value("Not yet.")


def test_an_ended_session_keeps_the_words_on_the_page(page: Page) -> None:
    start(page)
    page.context.clear_cookies()
    field(page).fill("Whose tree is it now?")
    dialog = page.get_by_role("dialog", name="Sign in and save")
    expect(dialog).to_be_visible()
    expect(field(page)).to_have_value("Whose tree is it now?")
    expect(status(page)).to_have_text("Not saved: your session ended")
