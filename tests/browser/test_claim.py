"""Making an account and coming back to it, in a browser: every state of its pages, with a script and without."""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import Open
from tests.browser.looking import NARROW, look
from tests.browser.signing import PASSWORD, claim, sign_in
from tests.browser.trees import start

NEW = "another hall in the south"


@pytest.fixture
def name() -> str:
    """A name that nobody has; all tests share one server."""
    return f"mara {secrets.token_hex(6)}"


def words_on(page: Page) -> list[str]:
    words = page.locator(".twelve li")
    expect(words).to_have_count(12)
    return words.all_inner_texts()


def type_back(page: Page, words: list[str]) -> None:
    for field in page.locator("input[name^=word-]").all():
        place = (field.get_attribute("name") or "").removeprefix("word-")
        field.fill(words[int(place) - 1][:4])
    page.get_by_role("button", name="Check the words").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_claim_sign_out_and_come_back_with_the_words(open_page: Open, name: str, javascript: bool) -> None:
    page = start(open_page(size=NARROW, javascript=javascript))
    words = claimed(page, name)
    page.goto("/home")
    sign_out(page)
    page.goto("/sign-in")
    assert look(page) == []
    sign_in(page, name, "not the password")
    expect(page.get_by_text("don’t go together")).to_be_visible()
    assert look(page) == []
    page.get_by_role("link", name="I forgot my password").click()
    recover(page, name, words)
    expect(page.get_by_role("heading", name="Your tree is open")).to_be_visible()
    assert look(page) == []


def claimed(page: Page, name: str) -> list[str]:
    """Makes the account, at the second try, and answers its twelve words, three of them checked."""
    page.goto("/account/claim")
    assert look(page) == []
    claim(page, "", "short")
    expect(page.get_by_role("alert")).to_contain_text("Use at least 12 characters")
    assert look(page) == []
    claim(page, name)
    expect(page.get_by_role("heading", name="Your twelve words")).to_be_visible()
    assert look(page) == []
    words = words_on(page)
    type_back(page, words)
    expect(page.get_by_role("status").filter(has_text="Those are right. You still have your words.")).to_be_visible()
    assert look(page) == []
    return words


def recover(page: Page, name: str, words: list[str]) -> None:
    expect(page.get_by_label("The twelve words")).to_be_visible()
    assert look(page) == []
    page.get_by_label("Email or name").fill(name)
    page.get_by_label("The twelve words").fill(" ".join(words))
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Open it on my own device").click()


def sign_out(page: Page) -> None:
    """The button stands in the rail, which a small screen does not show."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})


def test_pressed_twice_the_words_are_still_seen(page: Page, name: str) -> None:
    start(page).goto("/account/claim")
    page.get_by_label("Email or name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").dblclick(no_wait_after=True)
    expect(page.get_by_role("heading", name="Your twelve words")).to_be_visible()
    assert all(words_on(page))


def test_one_mistake_takes_the_focus_to_its_field(page: Page, name: str) -> None:
    """More than one is told under the heading; both are read out where the person goes on."""
    start(page).goto("/account/claim")
    field = page.get_by_label("Password", exact=True)
    claim(page, name, "short")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("Use at least 12 characters"))
    claim(page, "", "short")
    expect(page.locator("#errors")).to_be_focused()


def test_a_password_can_be_shown_and_its_length_is_told(page: Page) -> None:
    start(page).goto("/account/claim")
    field, show = page.get_by_label("Password", exact=True), page.get_by_role("button", name="Show: Password")
    said = page.locator("password-field .hint")
    for typed, words in [("wires", "7 more"), ("abababababab", "Easy to guess"), ("wires in hall", "Long enough")]:
        field.fill(typed)
        expect(said).to_have_text(words)
    expect(show).to_have_attribute("aria-pressed", "false")
    show.press("Enter")
    expect(field).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    assert axe(page) == []
    show.press("Enter")
    expect(field).to_have_attribute("type", "password")


def test_without_a_script_there_is_no_button_that_does_nothing(open_page: Open) -> None:
    page = start(open_page(javascript=False))
    page.goto("/account/claim")
    expect(page.get_by_role("button", name="Show: Password")).to_be_hidden()
