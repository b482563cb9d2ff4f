"""A link into the book, opened where nobody is signed in: it is not lost on the way in, and leads nowhere else."""

import pyotp
import pytest
import time_machine
from flask import Flask

from dreamtree.accounts import second_step
from dreamtree.accounts.second_step import STEP_SECONDS
from tests.claimed import current_of
from tests.page import Page
from tests.signing import NAME, OWN, PASSWORD, claim, sign_in, typed_back, words_on
from tests.visitor import Visitor

FIRST, LINE = "/workbook/1.1.1", "1.1.1.line:value"
LINK = "/workbook/1.1.1?change=1.1.1.line"
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/workbook",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/a\r\nX: y",
    "/%0d%0aX",
    "/workbook\x00",
    "workbook",
    "/no-such-page",
    "/leave",
    "/sign-out",
    "/sign-in?next=/workbook",
]


@pytest.fixture
def words(person: Visitor) -> list[str]:
    """The words of an account in whose tree a line stands."""
    person.save(FIRST, fields={LINE: "A line of mine"})
    return words_on(claim(person))


@pytest.fixture
def elsewhere(app: Flask, words: list[str]) -> Visitor:
    """A browser that has never been here."""
    return Visitor(app.test_client())


def follow(visitor: Visitor, page: Page, words: str) -> Page:
    """Clicks the first link on `page` that says `words`."""
    links = [one for one in page.all(".//a") if words in " ".join(one.itertext())]
    return visitor.get(links[0].get("href", ""))


def address_of(page: Page) -> str:
    return page.response.request.full_path.removesuffix("?")


def ask(visitor: Visitor) -> Page:
    """Opens the link; answers the form that signs in, behind the first page."""
    landing = visitor.get(LINK)
    assert landing.response.request.path == "/"
    assert "That page belongs to someone’s tree. Sign in to open it, or start a tree here." in landing.words
    return follow(visitor, landing, "Sign in to open it")


def test_a_link_leads_through_the_first_page_and_sign_in(elsewhere: Visitor) -> None:
    page = elsewhere.press(ask(elsewhere), OWN, {"name": NAME, "password": PASSWORD})
    assert address_of(page) == LINK


def test_a_wrong_password_on_the_way_loses_nothing(elsewhere: Visitor) -> None:
    again = elsewhere.press(ask(elsewhere), OWN, {"name": NAME, "password": "no such words"})
    assert address_of(elsewhere.press(again, OWN, {"name": NAME, "password": PASSWORD})) == LINK


def test_it_leads_through_the_second_step(frozen: time_machine.Traveller, elsewhere: Visitor, person: Visitor) -> None:
    key = second_step.new_app_key()
    second_step.turn_on(current_of(person).user, key, pyotp.TOTP(key).now(), second_step.codes_of("a token", "a form"))
    frozen.shift(STEP_SECONDS)
    code = elsewhere.press(ask(elsewhere), OWN, {"name": NAME, "password": PASSWORD})
    assert code.response.request.path == "/sign-in/code"
    assert "next=" in follow(elsewhere, code, "Use the recovery words").response.request.full_path
    wrong = elsewhere.press(code, "Sign in", {"code": "000000"})
    assert address_of(elsewhere.press(wrong, "Sign in", {"code": pyotp.TOTP(key).now()})) == LINK


def test_it_leads_through_the_recovery_words(elsewhere: Visitor, words: list[str]) -> None:
    form = follow(elsewhere, ask(elsewhere), "forgot my password")
    wrong = elsewhere.press(form, "Open it on my own device", {"name": NAME, "words": "a b", "password": "short"})
    fields = {"name": NAME, "words": " ".join(words), "password": "another hall in the south"}
    opened = elsewhere.press(wrong, "Open it on my own device", fields)
    assert address_of(follow(elsewhere, opened, "Continue")) == LINK


@pytest.mark.parametrize("is_joined", [True, False])
def test_it_leads_through_two_trees(app: Flask, words: list[str], is_joined: bool) -> None:
    visitor = Visitor(app.test_client())
    visitor.start()
    both = sign_in(visitor, path=f"/sign-in?next={LINK}")
    assert both.response.request.path == "/data/merge"
    if is_joined:
        page = follow(visitor, visitor.press(both, "Combine them"), "Continue")
    else:
        page = visitor.press(both, "Cancel")
    assert address_of(page) == LINK


def test_it_leads_through_the_making_of_an_account(person: Visitor) -> None:
    """Also past a form that was refused, and whether the words are checked now or later."""
    asked = Page(person.client.get("/account/claim", headers={"Referer": f"http://localhost{LINK}"}))
    refused = person.press(asked, "Make the account", {"name": "", "password": PASSWORD})
    made = person.press(refused, "Make the account", {"name": NAME, "password": PASSWORD})
    assert address_of(follow(person, made, "Skip for now")) == LINK
    checked = person.press(made, "Check the words", typed_back(made, words_on(made)))
    assert address_of(follow(person, checked, "Continue where you were")) == LINK


def test_a_page_that_needs_an_account_is_reached_once_there_is_one(person: Visitor) -> None:
    about = person.get("/account/password")
    made = person.press(
        follow(person, about, "Make an account"), "Make the account", {"name": NAME, "password": PASSWORD}
    )
    assert address_of(follow(person, made, "Skip for now")) == "/account/password"


def test_it_leads_back_to_the_page_that_was_locked_on_a_shared_device(elsewhere: Visitor) -> None:
    sign_in(elsewhere, device="Sign in on a shared device")
    locked = Page(
        elsewhere.client.post(
            "/leave", data={"csrf_token": _token(elsewhere)}, headers={"Referer": f"http://localhost{FIRST}"}
        )
    )
    again = follow(elsewhere, locked, "Sign in again")
    assert address_of(elsewhere.press(again, OWN, {"name": NAME, "password": PASSWORD})) == FIRST


@pytest.mark.parametrize("path", ELSEWHERE)
def test_it_leads_to_pages_of_this_house_only(elsewhere: Visitor, words: list[str], path: str) -> None:
    for door in ("/", "/sign-in", "/sign-in/words"):
        page = Page(elsewhere.client.get(door, query_string={"next": path}))
        ways = [one.get("href", "") for one in page.all(".//a")] + [
            one.get("action", "") for one in page.all(".//form")
        ]
        assert not any("next=" in way or "evil" in way for way in ways), door
    form = elsewhere.get("/sign-in").form(".//form[@id='signin-form']")
    data = {**form, "name": NAME, "password": PASSWORD, "device": "own", "next": path}
    assert elsewhere.client.post("/sign-in", data=data).location == "/home"
    assert elsewhere.client.get("/sign-in", query_string={"next": path}).location == "/home"
    cancelled = elsewhere.client.post(
        "/data/merge/cancel", query_string={"next": path}, data={"csrf_token": _token(elsewhere)}
    )
    assert cancelled.location == "/home"


def _token(visitor: Visitor) -> str:
    return visitor.get("/home").all(".//input[@name='csrf_token']")[0].get("value", "")
