"""An answer to what was sent before somebody signed in over the page, and comes after: nobody is asked twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.server import Server
from tests.browser.signing import sign_in, with_account
from tests.browser.test_lost_connections import WORDS, end_session
from tests.browser.test_saving import POSTS, SAVED, field, reread, status

NOTE_OPENING = """() => {
  const dialog = document.getElementById("signin"), seen = globalThis.opened = [];
  new MutationObserver(() => seen.push(dialog.open)).observe(dialog, {attributeFilter: ["open"]});
}"""


@pytest.fixture
def ended(page: Page, server: Server) -> Callable[[str], Callable[[], None]]:
    """Somebody of this name who writes on as their session has ended: two saves are refused, and the second answer is
    on its way for as long as nobody calls what this answers."""

    def write_on(name: str) -> Callable[[], None]:
        sent: list[tuple[Route, APIResponse]] = []
        numbers = iter(range(10))
        with_account(page, name)
        end_session(server, page)
        page.route(POSTS, lambda one: sent.append((one, one.fetch())) if next(numbers) == 1 else one.fallback())
        field(page).fill(WORDS)
        expect(page.get_by_role("dialog").get_by_label("Email or name")).to_be_focused()
        page.evaluate(NOTE_OPENING)
        return lambda: sent[0][0].fulfill(response=sent[0][1])

    return write_on


def test_who_has_signed_in_is_not_asked_again(page: Page, ended: Callable[[str], Callable[[], None]]) -> None:
    answer = ended("Rosa of the late answer")
    sign_in(page.get_by_role("dialog"), "Rosa of the late answer")
    expect(page.get_by_role("dialog")).to_be_hidden()
    answer()
    expect(status(page)).to_have_text(SAVED)
    assert page.evaluate("opened") == [False]
    assert reread(page) == WORDS


def test_somebody_else_is_told_whose_page_it_is(
    page: Page, open_page: Open, ended: Callable[[str], Callable[[], None]]
) -> None:
    with_account(open_page(), "Theo of the late answer")
    answer = ended("Ines of the late answer")
    dialog = page.get_by_role("dialog")
    sign_in(dialog, "Theo of the late answer")
    expect(dialog).to_be_hidden()
    answer()
    expect(dialog).to_contain_text("This page belongs to another tree")
    expect(field(page)).to_have_value(WORDS)
