"""The pages of an account fit their screen, and on every page the longest words do; test_pages.py has the others."""

from typing import cast

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, OfEachKind, Open
from tests.browser.fit import misfit, off_a_phone
from tests.browser.looking import visit
from tests.browser.server import Server
from tests.browser.signing import with_account
from tests.browser.trees import EVERYWHERE
from tests.rules.canaried import write
from tests.rules.filling import Canaries
from tests.rules.seeded import BLOCKS, EXERCISES, ONE_OF_EACH_KIND, SUMMARIES, exercise_of
from tests.visitor import Visitor
from tests.wire import Wire

ACCOUNT = (
    *("/sign-in", "/sign-in/words", "/data", "/data/restore", "/data/erase", "/data/merge", "/data/format"),
    *("/account", "/account/devices", "/account/password", "/account/addresses", "/account/second-step"),
)
"""Pages that a sample tree does not have."""
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


def test_everything_fits_on_the_pages_of_an_account(page: Page) -> None:
    visit(with_account(page, "fits everywhere"), {path: path for path in ACCOUNT}, misfit)


@pytest.mark.parametrize(
    "keys", [ONE_OF_EACH_KIND, pytest.param([*BLOCKS], marks=pytest.mark.everything)], ids=["of each kind", "all"]
)
def test_words_without_a_break_stay_on_the_screen(
    open_page: Open, of_each_kind: OfEachKind, unbroken: list[dict[str, str]], keys: list[str]
) -> None:
    page = open_page(size=PHONE)
    page.context.add_cookies(cast("list[object]", unbroken))
    histories = {key: f"/workbook/{exercise_of(key)}/{key}/history" for key in keys}
    visit(page, of_each_kind(page, {**EVERYWHERE, **histories, **SUMMED_UP}), off_a_phone)
