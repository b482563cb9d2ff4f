"""The account at a glance, and changing the password."""

import pytest
from flask.testing import FlaskClient

from dreamtree.accounts import credentials
from dreamtree.accounts.models import User
from dreamtree.web import Application
from tests.claimed import NAME, PASSWORD, another_browser, current_of, give_account, is_in, sessions_of
from tests.page import Page
from tests.rules.test_pages import sound
from tests.visitor import Visitor

ACCOUNT, CHANGE = "/account", "/account/password"
FIRST, LINE = "/workbook/1.1.1", "1.1.1.line:value"
NEW = "a shed full of bicycles"


@pytest.fixture
def user(app: Application, person: Visitor) -> User:
    return give_account(app, person)


@pytest.fixture
def sample(client: FlaskClient) -> Visitor:
    visitor = Visitor(client)
    visitor.press(visitor.get("/"), "Look at a sample tree")
    return visitor


def changed(visitor: Visitor, password: str = PASSWORD, new: str = NEW) -> Page:
    return visitor.press(visitor.get(CHANGE), "Change the password", {"password": password, "new_password": new})


def test_without_an_account_the_page_says_what_one_is_for(person: Visitor) -> None:
    page = sound(person.get(ACCOUNT))
    assert "Only this browser can open it" in page.words
    assert "nobody can open the tree again" in page.words


def test_a_sample_tree_has_none(sample: Visitor) -> None:
    assert "A sample tree has no account" in sound(sample.get(ACCOUNT)).words


def test_an_account_says_how_it_stands(person: Visitor, user: User) -> None:
    page = sound(person.get(ACCOUNT))
    for words in (NAME, "set today", "off, so you need only your password to sign in", "signed in here only"):
        assert words in page.words


@pytest.mark.parametrize("place", ["/home", FIRST, "/settings", "/data"])
def test_the_account_and_the_persons_data_are_found_from_everywhere(person: Visitor, place: str) -> None:
    page = person.get(place)
    assert page.has(".//a[@href='/account']")
    assert page.has(".//a[@href='/data']")


def test_a_sample_tree_is_not_led_to_data_of_its_own(sample: Visitor) -> None:
    assert not sample.get("/home").has(".//a[@href='/data']")


def test_a_changed_password_opens_and_the_old_one_does_not(person: Visitor, user: User) -> None:
    person.save(FIRST, fields={LINE: "A line of mine"})
    assert "Your password is changed." in sound(changed(person)).words
    assert not credentials.is_password(user, PASSWORD)
    opened = credentials.user_by_password(user.id, NEW)
    assert opened is not None
    assert opened.data_key == user.data_key
    assert person.get(FIRST).form()[LINE] == ["A line of mine"]


def test_every_other_device_is_signed_out_and_this_one_has_a_new_cookie(
    app: Application, person: Visitor, user: User
) -> None:
    other, before = another_browser(app, user), person.client.get_cookie("tree")
    changed(person)
    after = person.client.get_cookie("tree")
    assert before
    assert after
    assert before.value != after.value
    assert (is_in(person), is_in(other), sessions_of(user)) == (True, False, 1)
    thief = Visitor(app.test_client())
    thief.client.set_cookie("tree", before.value)
    assert not is_in(thief)


def test_a_page_that_stood_open_is_saved_after_it(person: Visitor, user: User) -> None:
    page = person.get(FIRST)
    changed(person)
    assert person.press(page, "Save", {LINE: "Typed before"}).status == 200
    assert person.get(FIRST).form()[LINE] == ["Typed before"]


def test_a_shared_device_stays_a_shared_one(app: Application, person: Visitor, user: User) -> None:
    library = another_browser(app, user, "Edge on Windows", is_shared=True)
    changed(library)
    now = current_of(library).session
    assert (now.is_shared, now.user_agent_label) == (1, "Edge on Windows")


@pytest.mark.parametrize("typed", ["", "not the password", PASSWORD.upper(), PASSWORD + " "])
def test_the_present_password_is_asked(app: Application, person: Visitor, user: User, typed: str) -> None:
    other = another_browser(app, user)
    page = sound(changed(person, typed), 422)
    assert page.by_id("password").get("aria-invalid") == "true"
    assert (page.one(".//title").text or "").startswith("Error:")
    assert credentials.is_password(user, PASSWORD)
    assert is_in(other)


@pytest.mark.parametrize("new", ["", "too short", "x" * 257, "mara@example.org", "password1234", "dreamtreedreamtree"])
def test_a_poor_new_password_is_refused(person: Visitor, user: User, new: str) -> None:
    page = sound(changed(person, new=new), 422)
    assert page.by_id("new-password").get("aria-invalid") == "true"
    assert credentials.is_password(user, PASSWORD)


def test_a_refused_page_holds_no_password(person: Visitor, user: User) -> None:
    for page in (changed(person, "wrong password here", NEW), changed(person, PASSWORD, "short pass")):
        assert all(word not in page.html for word in ("wrong password here", PASSWORD, NEW, "short pass"))


def test_guesses_at_the_present_password_have_to_wait(person: Visitor, user: User) -> None:
    for _ in range(12):
        page = changed(person, "a guess that is wrong")
    assert "Wait" in page.words
    assert changed(person).status == 429
    assert credentials.is_password(user, PASSWORD)
