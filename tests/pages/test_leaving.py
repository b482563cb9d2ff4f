"""Lock and leave on a shared device: a tree without an account is let go only by somebody who knows what that means."""

from dataclasses import replace

import pytest
from flask import Flask

from dreamtree.accounts.models import Session, User
from dreamtree.web import Application
from tests.page import Page, words_of
from tests.rules.strict_html import faults
from tests.visitor import Visitor


@pytest.fixture
def shared(app: Flask) -> Visitor:
    """Somebody who began a tree on a shared device."""
    visitor = Visitor(app.test_client())
    landing = visitor.get("/")
    first = landing.all(".//main//input[@type='radio']")[0]
    visitor.press(landing, "Start on a shared device", {first.get("name", ""): first.get("value", "")})
    return visitor


def ask(visitor: Visitor) -> Page:
    return visitor.press(visitor.get("/home"), "Lock and leave")


def test_it_first_says_that_nobody_can_open_it_again(shared: Visitor) -> None:
    page = ask(shared)
    assert faults(page.html) == []
    assert "If you leave, this tree is gone" in page.words
    assert [link.get("href") for link in page.all(".//main//a")] == ["/account/claim", "/data", "/home"]
    assert Session.select().count() == 1
    assert "Clear-Site-Data" not in page.response.headers
    assert shared.client.get("/home").status_code == 200


def test_let_go_it_ends_and_the_browser_forgets(shared: Visitor) -> None:
    page = shared.press(ask(shared), "Leave and delete this tree")
    assert "This browser has forgotten your tree" in page.words
    assert Session.select().count() == 0
    assert "Clear-Site-Data" in page.response.headers
    assert shared.client.get("/home").status_code == 303


def test_the_script_of_a_page_where_nobody_sits_ends_it_at_once(shared: Visitor) -> None:
    form = shared.get("/home").form(".//div[@class='rail__foot']//form[@action='/leave']")
    assert "ask" not in form, "only the button asks"
    assert shared.client.post("/leave", data=form).status_code == 200
    assert Session.select().count() == 0


def test_with_an_account_it_ends_at_once(shared: Visitor) -> None:
    User.update(is_anonymous=0).execute()
    assert "The next person here will see only the start page" in ask(shared).words
    assert Session.select().count() == 0


def test_that_it_locks_itself_is_on_the_page_without_a_script(shared: Visitor, person: Visitor) -> None:
    words = "If you’re away for 20 minutes, your tree locks itself."
    assert words in shared.get("/home").words
    assert words in shared.get("/workbook/1.1.1").words
    assert words not in person.get("/home").words


@pytest.mark.parametrize(
    ("path", "bar"),
    [
        *[(path, "bar") for path in ("/home", "/workbook", "/settings", "/data", "/credits", "/nowhere")],
        ("/workbook/1.1.1", "bar steps"),
    ],
)
def test_every_page_can_be_locked_on_a_phone_too(shared: Visitor, path: str, bar: str) -> None:
    """There the rail is not shown: the button stands in the bar, on an exercise in the menu of its steps."""
    button = "//form[@action='/leave']//button[@name='ask']"
    page = shared.get(path)
    assert page.has(f".//nav[@class='{bar}']{button}")
    assert page.has(f".//*[@class='rail__foot']{button}")


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_the_operator_may_make_shared_the_first_choice(
    app: Application, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def first() -> str:
        page = Visitor(app.test_client()).get(path)
        return next(words_of(one) for one in page.all(".//button[@name='device']"))

    assert first().endswith("on my own device")
    monkeypatch.setattr(app, "settings", replace(app.settings, is_shared_by_default=True))
    assert first().endswith("on a shared device")
