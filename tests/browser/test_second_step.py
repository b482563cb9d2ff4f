"""The pages of an account in a browser, and a second step that is asked over the page."""

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.looking import NARROW, look, visit
from tests.browser.server import Server
from tests.browser.signing import PASSWORD, sign_in, with_account
from tests.browser.test_lost_connections import WORDS, end_session
from tests.browser.test_saving import EXERCISE, SAVED, field, reread, status
from tests.browser.trees import start

PLACES = ("", "/addresses", "/devices", "/password", "/second-step", "/words")
PAGES = {f"account{place}": f"/account{place}" for place in PLACES}


def set_up(page: Page) -> list[str]:
    """Turns the second step on; answers the backup codes."""
    page.goto("/account/second-step")
    key = page.locator("input[name=key]").input_value()
    page.get_by_label("The six digits").fill(pyotp.TOTP(key).now())
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your backup codes")).to_be_visible()
    codes = page.locator(".codes li")
    expect(codes).to_have_count(10)
    return codes.all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_pages_of_an_account_on_a_small_phone(open_page: Open, javascript: bool) -> None:
    page = open_page(size=NARROW, javascript=javascript)
    name = f"somebody-with-a-name-as-long-as-it-may-be-{javascript}".lower()
    visit(start(open_page(size=NARROW, javascript=javascript)), {"without one": "/account"}, look)
    with_account(page, name)
    visit(page, PAGES, look)
    set_up(page)
    assert look(page) == []
    visit(page, {"on": "/account/second-step"}, look)
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, name)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    assert look(page) == []


def test_the_second_step_is_asked_over_the_page(page: Page, server: Server) -> None:
    with_account(page, "Rosa of the second step")
    codes = set_up(page)
    page.goto(EXERCISE)
    end_session(server, page)
    field(page).fill(WORDS)
    dialog = page.get_by_role("dialog")
    sign_in(dialog, "Rosa of the second step")
    code = dialog.get_by_label("Code")
    code.fill("000000")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_contain_text("not the code your app shows now")
    code.fill(codes[0])
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == WORDS
