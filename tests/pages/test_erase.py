"""The page on which everything is erased, and its receipt."""

from dataclasses import replace

import pytest
from flask import Flask

from dreamtree.accounts import credentials
from dreamtree.accounts.models import Session, Throttle, User
from dreamtree.accounts.people import authenticate
from dreamtree.db import saving
from dreamtree.web import Application
from tests.page import Page
from tests.rules.strict_html import faults
from tests.visitor import Fields, Visitor

PASSWORD = "three grey herons and a boat"


def erase(visitor: Visitor, fields: Fields) -> Page:
    return visitor.press(visitor.get("/data/erase"), "Erase everything now", fields)


def password_credential(visitor: Visitor) -> None:
    cookie = visitor.client.get_cookie("tree")
    assert cookie is not None
    here = authenticate(*cookie.value.split("."))
    assert here is not None
    row = credentials.password_credential(here.user, PASSWORD)
    saving(lambda: credentials.replace(row))


def test_it_says_what_goes_that_it_is_final_and_offers_a_copy_first(filled: Visitor) -> None:
    page = filled.get("/data/erase")
    assert faults(page.html) == []
    assert "This deletes all of it right away. Nobody can get it back" in page.words
    assert "answers" in page.words
    assert "earlier versions" in page.words or "log entries" in page.words
    assert "are kept for up to 30 more days" in page.words
    assert page.has(".//main//a[@href='/data']")
    assert not page.has(".//input[@name='password']")


@pytest.mark.parametrize(
    ("days", "words"), [(0, "We don’t keep any backups here."), (1, "up to 1 more day"), (7, "7 more days")]
)
def test_it_says_how_long_the_operators_backups_live(
    person: Visitor, app: Application, monkeypatch: pytest.MonkeyPatch, days: int, words: str
) -> None:
    monkeypatch.setattr(app, "settings", replace(app.settings, backup_days=days))
    assert words in person.get("/data/erase").words


@pytest.mark.parametrize("word", ["", "yes", "erase it", "eras"])
def test_without_the_word_nothing_is_erased(person: Visitor, word: str) -> None:
    page = erase(person, {"word": word})
    assert page.status == 422
    assert faults(page.html) == []
    assert (page.one("./head/title").text or "").startswith("Error: ")
    assert "Type erase and nothing else." in page.words
    assert User.select().count() == 1


@pytest.mark.parametrize("word", ["erase", " Erase ", "ERASE"])
def test_the_receipt_says_when_and_how_many_and_no_word(person: Visitor, word: str) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "Not on the receipt"})
    page = erase(person, {"word": word})
    assert page.status == 200
    assert faults(page.html) == []
    assert page.one(".//h1").text == "Erased"
    assert "2 answers" in page.words
    assert "entries of this tree were deleted" in page.words
    assert "Not on the receipt" not in page.html
    assert not page.has(".//a[@href='/home']")
    assert User.select().count() == Session.select().count() == 0


def test_the_browser_forgets_it_and_every_session_is_dead(person: Visitor, app: Flask) -> None:
    cookie = person.client.get_cookie("tree")
    assert cookie is not None
    answer = erase(person, {"word": "erase"}).response
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert person.client.get_cookie("tree") is None
    other = app.test_client()
    other.set_cookie("tree", cookie.value)
    assert other.get("/home").status_code == 303


def test_where_there_is_a_password_it_is_asked(person: Visitor) -> None:
    password_credential(person)
    asked = person.get("/data/erase")
    assert asked.has(".//input[@name='password']")
    for fields, words in (
        ({"word": "erase"}, "Type your password."),
        ({"word": "erase", "password": "three grey herons"}, "That’s not the password for this account."),
        ({"word": "", "password": PASSWORD}, "Type erase and nothing else."),
    ):
        page = erase(person, fields)
        assert page.status == 422
        assert words in page.words
        assert faults(page.html) == []
        assert PASSWORD not in page.html
    assert User.select().count() == 1
    assert "Erased" in erase(person, {"word": "erase", "password": PASSWORD}).words
    assert User.select().count() == 0


def test_guessing_the_password_is_slowed_down(person: Visitor) -> None:
    password_credential(person)
    Throttle.delete().execute()
    pages = [erase(person, {"word": "erase", "password": "x"}) for _ in range(12)]
    assert "There were too many tries. Wait" in pages[-1].words


def test_a_sample_tree_is_not_erased(sample: Visitor) -> None:
    assert sample.client.get("/data/erase").status_code == 403
