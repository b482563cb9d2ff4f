"""What home says of the account, in one line."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dreamtree.accounts.claiming import mark_checked
from dreamtree.accounts.models import Auth, Session, User
from dreamtree.accounts.people import ACCOUNT_LIFE
from dreamtree.db import moment, saving
from dreamtree.web import Application
from tests.claimed import another_browser, current_of, give_account
from tests.page import Page
from tests.rules.test_pages import sound
from tests.visitor import Visitor

QUESTION = "Can you still find your twelve words?"
NEVER_CHECKED = "Are your twelve words on paper?"
DAY = 86400


@pytest.fixture
def user(frozen: time_machine.Traveller, app: Application, person: Visitor) -> User:
    """An account made on Monday, March 1, 2027."""
    return give_account(app, person)


def home(visitor: Visitor) -> Page:
    return sound(visitor.get("/home"))


def test_a_week_after_the_claim_home_asks_for_the_words_once(
    frozen: time_machine.Traveller, person: Visitor, user: User
) -> None:
    frozen.shift(7 * DAY - 60)
    assert QUESTION not in home(person).words
    frozen.shift(120)
    page = home(person)
    assert QUESTION in page.words
    assert [one.get("href") for one in page.all(".//main//div[@class='notice']/a")] == [
        "/account/words#check",
        "/account/words#renew",
    ]
    assert QUESTION not in sound(person.press(page, "Skip for now")).words
    frozen.shift(20 * DAY)
    assert QUESTION not in home(person).words


def test_who_checked_them_meanwhile_is_not_asked(frozen: time_machine.Traveller, person: Visitor, user: User) -> None:
    frozen.shift(8 * DAY)
    checked = moment(datetime.now(UTC))
    saving(Auth.update(checked_at=checked).where(Auth.type == "recovery").execute)
    assert QUESTION not in home(person).words


def test_words_checked_at_the_claim_are_asked_for_all_the_same(
    frozen: time_machine.Traveller, person: Visitor, user: User
) -> None:
    mark_checked(user)
    assert home_says_nothing(person)
    frozen.shift(8 * DAY)
    assert QUESTION in home(person).words


def test_words_that_were_never_checked_are_asked_for_at_once(
    frozen: time_machine.Traveller, person: Visitor, user: User
) -> None:
    """Whoever pressed twice, or was cut off, has an account and never saw them."""
    page = home(person)
    assert NEVER_CHECKED in page.words
    person.press(page, "Skip for now")
    assert home_says_nothing(person)
    frozen.shift(7 * DAY)
    assert QUESTION in home(person).words


def home_says_nothing(visitor: Visitor) -> bool:
    words = home(visitor).words
    return NEVER_CHECKED not in words and QUESTION not in words


def test_not_now_is_said_for_oneself_only(
    frozen: time_machine.Traveller, app: Application, person: Visitor, stranger: Visitor, user: User
) -> None:
    give_account(app, stranger, "tom")
    frozen.shift(8 * DAY)
    person.press(home(person), "Skip for now")
    assert QUESTION in home(stranger).words


def test_on_a_shared_device_nothing_is_asked(
    frozen: time_machine.Traveller, app: Application, person: Visitor, user: User
) -> None:
    frozen.shift(8 * DAY)
    assert QUESTION not in home(another_browser(app, user, is_shared=True)).words


def test_the_end_of_the_year_is_told_two_weeks_before(
    frozen: time_machine.Traveller, app: Application, person: Visitor, user: User
) -> None:
    began = moment(datetime.now(UTC) - ACCOUNT_LIFE + timedelta(days=15))
    saving(Session.update(created_at=began).where(Session.user_id == user.id).execute)
    assert "sign you out here" not in home(person).words
    frozen.shift(DAY + 60)
    assert "We’ll sign you out here on March 16, 2027, a year after you signed in." in home(person).words


def test_a_tree_without_an_account_tells_that_it_closes(frozen: time_machine.Traveller, person: Visitor) -> None:
    assert "Only this browser can open this tree" not in home(person).words
    ends = moment(datetime.now(UTC) + timedelta(days=59))
    saving(Session.update(expires_at=ends).where(Session.id == current_of(person).session.id).execute)
    page = home(person)
    assert "Only this browser can open this tree, and only until April 29, 2027." in page.words
    assert page.has(".//main//a[@href='/account/claim']")
    assert page.has(".//main//a[@href='/data']")


def test_using_such_a_tree_keeps_it_open(frozen: time_machine.Traveller, person: Visitor) -> None:
    frozen.shift(350 * DAY)
    home(person)
    assert "Only this browser can open this tree" not in home(person).words
