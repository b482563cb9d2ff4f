"""Where an account is signed in: listed in the person's words, ended one by one or all at once."""

import pytest
import time_machine

from dreamtree.accounts.models import User
from dreamtree.db import saving
from dreamtree.web import Application
from tests.claimed import another_browser, current_of, give_account, is_in
from tests.page import words_of
from tests.visitor import Visitor

DEVICES = "/account/devices"


@pytest.fixture
def user(app: Application, person: Visitor) -> User:
    return give_account(app, person)


def ends_on(visitor: Visitor) -> list[str]:
    """Where the buttons lead that sign one device out."""
    return [form.get("action", "") for form in visitor.get(DEVICES).all(".//main//li/form")]


def test_this_browser_stands_first_and_cannot_be_ended_here(person: Visitor, user: User) -> None:
    page = person.get(DEVICES)
    assert "Your tree is open in this browser only." in page.words
    assert "this device" in words_of(page.all(".//main//li")[0])
    assert ends_on(person) == []
    assert person.client.post(f"{DEVICES}/{current_of(person).session.id}/end", data=token(person)).status_code == 404
    assert is_in(person)


def test_days_are_told_by_the_persons_clock(
    frozen: time_machine.Traveller, app: Application, person: Visitor, user: User
) -> None:
    saving(User.update(time_zone="Pacific/Pago_Pago").where(User.id == user.id).execute)
    phone = another_browser(app, user)
    frozen.shift(86400)
    assert is_in(phone)
    frozen.shift(86400)
    line = words_of(person.get(DEVICES).all(".//main//li")[1])
    assert "Safari on iPhone" in line
    assert "signed in February 28, 2027 · last used yesterday" in line


def test_one_device_is_signed_out_and_the_others_stay(app: Application, person: Visitor, user: User) -> None:
    phone, library = another_browser(app, user), another_browser(app, user, "Edge on Windows", is_shared=True)
    page = person.get(DEVICES)
    assert "open in 3 browsers" in page.words
    assert "a shared device" in page.words
    line = next(one for one in page.all(".//main//li") if "Edge" in words_of(one))
    button = words_of(next(line.iter("button")))
    assert "You’re signed out on that device." in person.press(page, button).words
    assert (is_in(person), is_in(phone), is_in(library)) == (True, True, False)


def test_all_others_are_signed_out_at_once(app: Application, person: Visitor, user: User) -> None:
    others = [another_browser(app, user) for _ in range(3)]
    assert (
        "You’re signed out on every other device."
        in person.press(person.get(DEVICES), "Sign out every other device").words
    )
    assert is_in(person)
    assert not any(is_in(one) for one in others)


def test_a_session_of_somebody_else_is_not_there(app: Application, person: Visitor, stranger: Visitor) -> None:
    give_account(app, person)
    theirs = current_of(stranger).session.id
    assert person.client.post(f"{DEVICES}/{theirs}/end", data=token(person)).status_code == 404
    assert is_in(stranger)


def test_others_are_left_alone_when_all_of_mine_are_ended(
    app: Application, person: Visitor, stranger: Visitor, user: User
) -> None:
    person.client.post(f"{DEVICES}/end-others", data=token(person))
    assert is_in(stranger)


def token(visitor: Visitor) -> dict[str, str]:
    """The form token of any page."""
    return {"csrf_token": visitor.get("/settings").all(".//input[@name='csrf_token']")[0].get("value", "")}
