"""Accounts in a browser: made, and opened again."""

from playwright.sync_api import Locator, Page

from tests.browser.trees import begin_tree, post

PASSWORD = "a boat on the river"


def claim(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fills in the form that makes an account, and sends it."""
    page.get_by_label("Email or name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Make the account").click()


def with_account(page: Page, name: str) -> Page:
    """Somebody with an account of this name, at the first exercise."""
    begin_tree(page)
    post(page, "/account/claim", "/account/claim", {"name": name, "password": PASSWORD})
    page.goto("/workbook/1.1.1")
    return page


def sign_in(place: Page | Locator, name: str, password: str = PASSWORD) -> None:
    """Fills in the form, on its page or in the dialog, and sends it."""
    place.get_by_label("Email or name").fill(name)
    place.get_by_label("Password", exact=True).fill(password)
    place.get_by_role("button", name="Sign in on my own device").click()
