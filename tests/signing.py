"""Making an account and signing in, the way a person does it: through the pages."""

from flask import Flask

from tests.page import Page, words_of
from tests.visitor import Fields, Visitor

NAME, PASSWORD = "mara@example.org", "wires in the northern hall"
OWN, SHARED = "Sign in on my own device", "Sign in on a shared device"


def claim(visitor: Visitor, name: str = NAME, password: str = PASSWORD) -> Page:
    """Makes an account of the tree that is open; answers the page that shows the twelve words."""
    return visitor.press(visitor.get("/account/claim"), "Make the account", {"name": name, "password": password})


def words_on(page: Page) -> list[str]:
    """The twelve words that the page shows."""
    return [words_of(one) for one in page.all(".//ol[@class='twelve']/li")]


def sign_in(
    visitor: Visitor, name: str = NAME, password: str = PASSWORD, device: str = OWN, path: str = "/sign-in"
) -> Page:
    """Fills in the sign-in form of the page at `path` and presses one of its two buttons."""
    return visitor.press(visitor.get(path), device, {"name": name, "password": password})


def another_browser(app: Flask, **fields: str) -> Visitor:
    """Somebody signed in to the account in a browser of its own."""
    visitor = Visitor(app.test_client())
    page = sign_in(visitor, **fields)
    assert page.response.request.path == "/home", page.words
    return visitor


def typed_back(page: Page, words: list[str]) -> Fields:
    """What somebody types who has the words: those that the page asks for."""
    places = page.one(".//input[@name='places']").get("value", "").split()
    return {f"word-{place}": words[int(place) - 1] for place in places}
