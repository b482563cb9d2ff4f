"""The line is gone, somebody goes back, locks or stands still: nothing typed is lost, and nothing private stays."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Route, expect

from tests.browser.chromium import launch
from tests.browser.conftest import Open
from tests.browser.server import Server
from tests.browser.signing import sign_in, with_account
from tests.browser.test_saving import EXERCISE, POSTS, SAVED, THANKS, UNSAVED, block, field, reread, status
from tests.browser.trees import SHARED, here_whole, new_page_after, start

OpenContext = Callable[..., BrowserContext]
STORED = "Object.keys(sessionStorage).filter(key => key.startsWith('draft')).length"
NO_LINE = "() => { window.fetch = () => Promise.reject(new Error('gone')) }"
NOTE_RETURN = """addEventListener("pageshow", ({ persisted }) => {
  if (!location.protocol.startsWith("http")) return;
  sessionStorage.setItem("persisted", persisted);
  sessionStorage.setItem("words", document.body.innerText);
})"""
LONG_AGO = "2026-01-01T00:00:00.000Z"
ENDED = "Not saved: your session ended"
WORDS = "Four in the morning on Ward B."
LONG = "The menu lay on the table, and I drew it once more for the three who were new. " * 65
"""About 5 KB."""


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """A Chromium with its back/forward cache, as people have it; Playwright's comes without."""
    chromium = launch(browser.browser_type, whole=True, ignore_default_args=["--disable-back-forward-cache"])
    yield chromium
    chromium.close()


@pytest.fixture(params=["remembers pages", "asks again"])
def going_back(request: pytest.FixtureRequest, browser: Browser, open_context: OpenContext) -> Page:
    """A page of a browser that shows on Back the page it kept, and of one that loads it."""
    if request.param == "asks again":
        return open_context(fresh=True, moving=True).new_page()
    return open_context(by=request.getfixturevalue("remembering"), moving=True).new_page()


def run(server: Server, sql: str, *values: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(server.database, isolation_level=None)) as connection:
        return connection.execute(sql, values).fetchall()


def user_of(page: Page) -> str:
    cookie = next(one for one in page.context.cookies() if one["name"] == "tree")
    return cookie["value"].partition(".")[0]


def revisions(server: Server, page: Page, key: str = THANKS) -> list[tuple[object, ...]]:
    """Of one answer, as the database has it; what it was before stands in the history."""
    return run(
        server, "SELECT revision FROM exercise_responses WHERE user_id = ? AND block_key = ?", user_of(page), key
    )


def lock(page: Page) -> None:
    page.locator(".rail").get_by_role("button", name="Lock and leave").click()
    page.get_by_role("button", name="Leave and delete this tree").click()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()


def end_session(server: Server, page: Page) -> None:
    run(server, "DELETE FROM sessions WHERE user_id = ?", user_of(page))


def test_a_session_that_ends_while_one_writes(page: Page, server: Server) -> None:
    """Signing in over the page saves the text, whole and once."""
    with_account(page, "Rosa")
    end_session(server, page)
    field(page).press_sequentially(LONG[:40])
    field(page).fill(LONG)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Email or name")).to_be_focused()
    expect(status(page)).to_have_text(ENDED)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if POSTS.search(one.url) else None)
    sign_in(dialog, "Rosa", "a wrong password")
    expect(dialog).to_contain_text("don’t go together")
    expect(dialog.get_by_label("Email or name")).to_have_value("Rosa")
    sign_in(dialog, "Rosa")
    expect(dialog).to_be_hidden()
    expect(status(page)).to_have_text(SAVED)
    assert [one for one in sent if one.endswith(THANKS)] == [f"{page.url}/{THANKS}"]
    assert reread(page) == LONG
    assert revisions(server, page) == [(1,)]
    assert page.evaluate(STORED) == 0


def test_who_does_not_sign_in_at_once_goes_on_writing(page: Page, server: Server) -> None:
    with_account(page, "Lena")
    end_session(server, page)
    field(page).fill("Four in the morning")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_focused()
    field(page).fill(WORDS)
    field(page).blur()
    expect(status(page)).to_have_text(ENDED)
    expect(dialog).to_be_hidden()
    block(page, "1.1.1.skills").get_by_role("button").first.click()
    sign_in(dialog, "Lena")
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == WORDS
    field(page).fill(LONG)
    expect(status(page)).to_have_text("Not saved yet")
    expect(status(page)).to_have_text(SAVED)


def test_somebody_else_who_signs_in_gets_nothing_of_it(page: Page, open_page: Open, server: Server) -> None:
    with_account(open_page(), "Theo")
    with_account(page, "Ines")
    ines = user_of(page)
    end_session(server, page)
    field(page).fill(LONG)
    dialog = page.get_by_role("dialog")
    sign_in(dialog, "Theo")
    expect(dialog).to_contain_text("This page belongs to another tree")
    expect(field(page)).to_have_value(LONG)
    assert page.evaluate(STORED) == 1
    assert user_of(page) != ines
    assert revisions(server, page) == []
    assert run(server, "SELECT id FROM exercise_responses WHERE user_id = ? AND block_key = ?", ines, THANKS) == []
    assert reread(page) == ""
    sign_in(dialog, "Ines")
    expect(dialog).to_be_hidden()
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == LONG


def test_a_whole_page_is_carried_through_signing_in(page: Page, server: Server) -> None:
    with_account(page, "Nora")
    page.route(POSTS, lambda route: route.abort())
    field(page).fill(WORDS)
    expect(status(page)).to_have_text(UNSAVED)
    end_session(server, page)
    page.locator(".not-now").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="This tree is closed here")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    sign_in(page, "Nora")
    page.unroute(POSTS)
    page.get_by_role("button", name="Save what I typed").click()
    expect(field(page)).to_have_value(WORDS)
    here_whole(page)
    expect(page.get_by_text("You have text here that isn't saved yet.")).to_have_count(0)
    assert revisions(server, page) == [(1,)]
    assert page.evaluate(STORED) == 0


def test_back_after_signing_out_shows_nothing_private(going_back: Page) -> None:
    page = with_account(going_back, f"Ada {going_back.evaluate('Math.random()')}")
    field(page).fill(WORDS)
    expect(status(page)).to_have_text(SAVED)
    page.goto("/workbook")
    page.goto(EXERCISE)
    expect(field(page)).to_have_value(WORDS)
    page.add_init_script(NOTE_RETURN)
    page.locator(".rail").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    shows_nothing_behind(page)


def shows_nothing_behind(page: Page) -> None:
    """Back, and back again: neither what is shown in the end nor what was shown for a moment has the words.

    A page that answered a form is not there at all any more; one of the others is.
    """
    reached = 0
    for _ in range(3):
        with suppress(Error):
            page.go_back(wait_until="load")
        page.wait_for_function("document.readyState === 'complete'")
        assert WORDS not in page.content()
        assert WORDS not in page.locator("textarea").evaluate_all("all => all.map(one => one.value)")
        if page.url.startswith("http"):
            reached += 1
            assert WORDS not in (page.evaluate("sessionStorage.getItem('words')") or "")
            assert page.evaluate(STORED) == 0
    assert reached


def test_typed_then_left_by_a_link_then_back(going_back: Page, server: Server) -> None:
    page = start(going_back)
    page.evaluate(NO_LINE)
    page.clock.install()
    field(page).fill(WORDS)
    page.clock.run_for(1100)
    expect(status(page)).to_have_text(UNSAVED)
    page.locator("a[href='/workbook']").first.evaluate("one => one.click()")
    page.clock.run_for(6000)
    expect(page).to_have_url(re.compile("/workbook$"))
    held: list[Route] = []
    page.route(POSTS, lambda route: held.append(route))  # noqa: PLW0108 (Playwright wants a function of Python's)
    page.go_back()
    expect(field(page)).to_have_value(WORDS)
    expect(status(page)).to_have_text(re.compile("^(Not saved|Saving)"))
    while held:
        held.pop().continue_()
    page.unroute(POSTS)
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == WORDS
    assert revisions(server, page) == [(1,)]


def test_a_browser_that_remembers_pages_does_so_here(remembering: Browser, open_context: OpenContext) -> None:
    """Else the journeys above and below would show nothing."""
    page = start(open_context(by=remembering).new_page())
    page.evaluate(NOTE_RETURN)
    page.goto("/workbook")
    page.go_back()
    expect(page).to_have_url(re.compile(EXERCISE))
    assert page.evaluate("sessionStorage.getItem('persisted')") == "true"


def test_back_after_locking_shows_nothing_private(going_back: Page) -> None:
    page = start(going_back, SHARED)
    field(page).fill(WORDS)
    expect(status(page)).to_have_text(SAVED)
    page.goto("/workbook")
    page.go_back()
    expect(field(page)).to_have_value(WORDS)
    page.add_init_script(NOTE_RETURN)
    lock(page)
    shows_nothing_behind(page)


def test_locking_closes_the_other_tabs_too(page: Page) -> None:
    start(page, SHARED)
    other = page.context.new_page()
    other.goto(EXERCISE)
    field(page).fill(WORDS)
    expect(status(page)).to_have_text(SAVED)
    lock(other)
    expect(page).to_have_title(re.compile("a workbook for what comes next"))
    assert WORDS not in page.content()
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_written_offline_then_reloaded_on_the_line(page: Page, server: Server) -> None:
    start(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(True)
    field(page).fill(WORDS)
    expect(status(page)).to_have_text(UNSAVED)
    page.context.set_offline(False)
    page.reload()
    expect(field(page)).to_have_value(WORDS)
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == WORDS
    assert revisions(server, page) == [(1,)]
    assert page.evaluate(STORED) == 0


def test_what_was_written_offline_meets_what_was_saved_meanwhile(page: Page, open_context: OpenContext) -> None:
    start(page)
    page.on("dialog", lambda dialog: dialog.accept())
    elsewhere = open_context()
    elsewhere.add_cookies(list(page.context.cookies()))
    other = elsewhere.new_page()
    other.goto(EXERCISE)
    page.context.set_offline(True)
    field(page).fill(WORDS)
    expect(status(page)).to_have_text(UNSAVED)
    field(other).fill("Said on the phone.")
    expect(status(other)).to_have_text(SAVED)
    page.context.set_offline(False)
    page.reload()
    both = block(page).get_by_text("There are two versions of this answer")
    offer = block(page).get_by_role("button", name="Put it back")
    expect(both.or_(offer)).to_be_visible()
    if offer.is_visible():
        offer.click()
    expect(both).to_be_visible()
    for words in (WORDS, "Said on the phone."):
        expect(block(page)).to_contain_text(words)
    assert reread(other) == "Said on the phone."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_button_pressed_twice_saves_once(open_page: Open, server: Server, javascript: bool) -> None:
    page = start(open_page(javascript=javascript))
    field(page).fill(WORDS)
    button = page.locator(".not-now").get_by_role("button", name="Save", exact=True)
    new_page_after(page, lambda: button.dblclick(no_wait_after=True))
    expect(field(page)).to_have_value(WORDS)
    assert revisions(server, page) == [(1,)]
    assert reread(page) == WORDS


def warned(page: Page) -> Locator:
    """The question that a shared device asks two minutes before its session ends."""
    page.clock.run_for(18 * 60_000 + 6000)
    dialog = page.get_by_role("dialog", name="Are you still here?")
    expect(dialog.get_by_role("button", name="I'm still here")).to_be_focused()
    return dialog


def test_who_is_still_here_stays(timed_page: Page, server: Server) -> None:
    timed_page.clock.install()
    page = start(timed_page, SHARED)
    of_hers = "FROM sessions WHERE user_id = ?", user_of(page)
    run(server, "UPDATE sessions SET last_seen_at = ? WHERE user_id = ?", LONG_AGO, of_hers[1])
    dialog = warned(page)
    with page.expect_response(re.compile(EXERCISE)):
        dialog.get_by_role("button", name="I'm still here").click()
    expect(dialog).to_be_hidden()
    assert run(server, f"SELECT last_seen_at {of_hers[0]}", of_hers[1]) > [(LONG_AGO,)]
    page.clock.run_for(2 * 60_000)
    field(page).fill(WORDS)
    page.clock.run_for(1100)
    expect(status(page)).to_have_text(SAVED)


def test_standing_still_on_a_shared_device_locks_it(timed_page: Page, server: Server) -> None:
    timed_page.clock.install()
    page = start(timed_page, SHARED)
    user = user_of(page)
    field(page).fill(WORDS)
    page.clock.run_for(1100)
    expect(status(page)).to_have_text(SAVED)
    warned(page)
    page.clock.run_for(2 * 60_000)
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    assert run(server, "SELECT id FROM sessions WHERE user_id = ?", user) == []
    assert page.evaluate("Object.keys(sessionStorage)") == []
    page.go_back()
    assert WORDS not in page.content()


def test_one_answer_counts_for_all_tabs(timed_page: Page) -> None:
    timed_page.clock.install()
    page = start(timed_page, SHARED)
    other = page.context.new_page()
    other.goto(EXERCISE)
    dialog = warned(page)
    other.get_by_role("button", name="I'm still here").click()
    page.clock.run_for(6000)
    expect(dialog).to_be_hidden()
