"""Every page fits its screen: what is seen can be pressed, at 200 % too nothing is cut, and no word is too long."""

from typing import cast

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, OfEachKind, Open
from tests.browser.fit import misfit, off_a_phone
from tests.browser.looking import visit
from tests.browser.server import Server
from tests.browser.signing import with_account
from tests.browser.test_pages import CHANGED
from tests.browser.trees import ASKING, HISTORY, OTHERS, PATHS, empty, filled, go_on, stale
from tests.rules.canaried import write
from tests.rules.filling import Canaries
from tests.rules.seeded import BLOCKS, EXERCISES, SUMMARIES, exercise_of
from tests.visitor import Visitor
from tests.wire import Wire

EVERYWHERE = {"landing": "/", **PATHS, **OTHERS, **HISTORY}
ACCOUNT = (
    *("/sign-in", "/sign-in/words", "/data", "/data/restore", "/data/erase", "/data/merge", "/data/format"),
    *("/account", "/account/devices", "/account/password", "/account/addresses", "/account/second-step"),
)
"""Pages that a sample tree does not have."""
HISTORIES = {key: f"/workbook/{exercise_of(key)}/{key}/history" for key in BLOCKS}
SUMMED_UP = {path: f"{path}?private=yes" for path in (*SUMMARIES, "/what-i-bring")}


class Unbroken(Canaries):
    """Words of 90 characters without a place to break them, as an address has none."""

    def for_(self, field: str, kind: str = "words") -> str:
        words = super().for_(field, kind)
        if kind != "words":
            return words
        address = f"https://example.org/{words}/".ljust(90, "w")
        self.typed[address] = self.typed.pop(words)
        return address


@pytest.fixture(scope="module")
def unbroken(server: Server) -> list[dict[str, str]]:
    """The cookies of somebody who wrote such a word into every field of the book."""
    wire, words = Wire(server.url), Unbroken()
    visitor = Visitor(cast(FlaskClient, wire))
    visitor.start()
    for one in EXERCISES:
        write(visitor, f"/workbook/{one}", words)
    return [{"name": name, "value": value, "url": server.url} for name, value in wire.cookies.items()]


def misfit_where_it_changed(page: Page) -> list[str]:
    """A page on which nothing moved is the one of the sample person's tree."""
    return misfit(page) if CHANGED.search(page.locator("main").inner_text()) else []


def test_everything_fits(page: Page, of_each_kind: OfEachKind) -> None:
    visit(page, of_each_kind(filled(page), EVERYWHERE), misfit)


def test_everything_fits_where_nothing_is_said(page: Page, of_each_kind: OfEachKind) -> None:
    visit(page, of_each_kind(empty(page), EVERYWHERE), misfit)


def test_everything_fits_where_something_changed(page: Page, of_each_kind: OfEachKind) -> None:
    visit(page, of_each_kind(stale(page), EVERYWHERE), misfit_where_it_changed)


def test_everything_fits_on_the_pages_of_an_account(page: Page) -> None:
    visit(with_account(page, "fits everywhere"), {path: path for path in ACCOUNT}, misfit)


def test_everything_fits_beside_errors(page: Page, of_each_kind: OfEachKind) -> None:
    for path in of_each_kind(empty(page), ASKING).values():
        page.goto(path)
        go_on(page)
        page.locator("#errors").wait_for()
        assert misfit(page) == [], path


def test_words_without_a_break_stay_on_the_screen(
    open_page: Open, of_each_kind: OfEachKind, unbroken: list[dict[str, str]]
) -> None:
    page = open_page(size=PHONE)
    page.context.add_cookies(cast("list[object]", unbroken))
    visit(page, of_each_kind(page, {**EVERYWHERE, **HISTORIES, **SUMMED_UP}), off_a_phone)
