"""Signing in with a tree in hand: both are shown, and become one, or stay as they are."""

from unicodedata import normalize

import pytest
import time_machine
from flask import Flask

from dreamtree.accounts.models import Session, User
from tests.page import words_of
from tests.pages.test_restore import FIRST, LINE, state
from tests.rules.strict_html import faults
from tests.rules.test_pages import open_up
from tests.signing import PASSWORD, SHARED, another_browser, claim, sign_in
from tests.visitor import Visitor

HISTORY = f"{FIRST}/1.1.1.line/history"


@pytest.fixture
def account(person: Visitor) -> Visitor:
    """Somebody with an account and a line in it."""
    person.save(FIRST, fields={LINE: "The line of the account"})
    claim(person)
    return person


@pytest.fixture
def waiting(account: Visitor, stranger: Visitor) -> Visitor:
    """Somebody who wrote a line without an account and then signed in to one."""
    stranger.save(FIRST, fields={LINE: "The line of this browser"})
    sign_in(stranger)
    return stranger


def line_in(visitor: Visitor) -> str:
    return visitor.get(FIRST).form()[LINE][0]


def test_signing_in_with_a_tree_in_hand_shows_both(waiting: Visitor) -> None:
    page = waiting.get("/data/merge")
    assert (page.status, faults(page.html)) == (200, [])
    assert "1.1" in page.words
    assert "In this browser 2 answers" in page.words
    assert "In the account 2 answers" in page.words
    assert "Together 2 answers" in page.words
    assert "You’ll see the answer that’s in this browser, and the other one stays in its history:" in page.words


def test_one_tap_in_a_new_tree_is_not_said_to_win_over_all_that_was_written(
    account: Visitor, stranger: Visitor
) -> None:
    """What each side holds stands first, and which answer shows is said of the one question that both answer."""
    account.save(FIRST, fields={LINE: "I used to know what I wanted, and then the clinic closed its doors"})
    stranger.save(FIRST, fields={"1.1.1.brings:value": "ended"})
    sign_in(stranger)
    page = stranger.get("/data/merge")
    whole, module = (words_of(one) for one in page.all(".//dl[@class='sides']"))
    assert whole == module
    assert whole.startswith("In this browser 1 answer last changed")
    assert "In the account 2 answers, about 15 words last changed" in whole
    assert whole.endswith("Together 2 answers, about 15 words")
    said = words_of(page.one(".//li[@class='met']"))
    assert said.endswith(
        "Both trees answer this question. You’ll see the answer that’s in this browser, "
        "and the other one stays in its history: What brings you here?"
    )
    stranger.press(page, "Combine them")
    assert line_in(stranger).startswith("I used to know what I wanted")


def test_looking_at_it_changes_nothing(waiting: Visitor) -> None:
    before = state()
    waiting.get("/data/merge")
    assert state() == before


def test_brought_together_there_is_one_tree_in_the_account(waiting: Visitor, account: Visitor) -> None:
    gone = waiting.client.get_cookie("tree")
    page = waiting.press(waiting.get("/data/merge"), "Combine them")
    assert (page.status, faults(page.html)) == (200, [])
    assert "There is one tree now" in page.words
    for visitor in (waiting, account):
        assert line_in(visitor) == "The line of this browser"
        assert "The line of the account" in visitor.get(HISTORY).words
    assert waiting.client.get_cookie("merge") is None
    assert waiting.client.get_cookie("tree").value != gone.value
    assert User.select().count() == 1
    assert Session.select().where(Session.state != "open").count() == 0


def test_the_newer_module_of_the_account_stays(account: Visitor, stranger: Visitor) -> None:
    stranger.save(FIRST, fields={LINE: "The line of this browser"})
    account.save(FIRST, fields={LINE: "A newer line of the account"})
    sign_in(stranger)
    page = stranger.get("/data/merge")
    assert "You’ll see the answer that’s in the account, and the other one stays in its history" in page.words
    stranger.press(page, "Combine them")
    assert line_in(stranger) == "A newer line of the account"
    assert "The line of this browser" in stranger.get(HISTORY).words


def test_what_only_this_browser_has_comes_along_with_what_it_taught(account: Visitor, stranger: Visitor) -> None:
    open_up(stranger, "1.1.2")
    stranger.save("/workbook/1.1.2", fields=_an_experience("Night warden"))
    sign_in(stranger)
    stranger.press(stranger.get("/data/merge"), "Combine them")
    assert "Night warden" in stranger.get("/workbook/1.1.2").html
    assert "1 thing you have done" in stranger.get("/home").words


def _an_experience(title: str) -> dict[str, str]:
    return {"1.1.2.experiences:rows-0-title": title, "1.1.2.experiences:rows-0-kind": "job"}


def test_cancel_changes_nothing(waiting: Visitor, account: Visitor) -> None:
    page = waiting.press(waiting.get("/data/merge"), "Cancel")
    assert page.response.request.path == "/home"
    assert waiting.client.get_cookie("merge") is None
    assert line_in(waiting) == "The line of this browser"
    assert "The line of the account" not in waiting.get(HISTORY).words
    assert line_in(account) == "The line of the account"
    assert User.select().count() == 2
    assert Session.select().where(Session.state == "merge").count() == 0


def test_pressed_twice_it_is_done_once(waiting: Visitor) -> None:
    page = waiting.get("/data/merge")
    waiting.press(page, "Combine them")
    before = state()
    again = waiting.press(page, "Combine them")
    assert again.status in {400, 409}
    assert state() == before


def test_after_a_quarter_of_an_hour_nothing_is_brought_together(
    frozen: time_machine.Traveller, account: Visitor, stranger: Visitor
) -> None:
    stranger.save(FIRST, fields={LINE: "The line of this browser"})
    sign_in(stranger)
    page = stranger.get("/data/merge")
    frozen.shift(16 * 60)
    before = state()
    again = stranger.press(page, "Combine them")
    assert again.status == 409
    assert "Both trees are just as they were" in again.words
    assert state() == before
    assert "No second tree is waiting" in stranger.get("/data/merge").words


def test_with_nobody_waiting_the_page_says_so(person: Visitor) -> None:
    page = person.get("/data/merge")
    assert (page.status, faults(page.html)) == (200, [])
    assert "No second tree is waiting" in page.words


def test_somebody_elses_sign_in_is_not_mine(waiting: Visitor, start: object, app: Flask) -> None:
    """The cookie of the waiting session opens nothing but this page, and only for the tree that is here."""
    thief = Visitor(app.test_client())
    merge = waiting.client.get_cookie("merge")
    thief.client.set_cookie("tree", merge.value)
    assert thief.client.get("/home").status_code == 303


def test_on_a_shared_device_the_account_stays_only_while_it_is_used(account: Visitor, stranger: Visitor) -> None:
    stranger.save(FIRST, fields={LINE: "The line of this browser"})
    sign_in(stranger, device=SHARED)
    stranger.press(stranger.get("/data/merge"), "Combine them")
    assert stranger.client.get_cookie("tree").max_age is None
    assert "Lock and leave" in stranger.get("/home").words


def test_the_account_still_opens_with_its_password(waiting: Visitor, app: Flask) -> None:
    waiting.press(waiting.get("/data/merge"), "Combine them")
    elsewhere = another_browser(app, password=PASSWORD)
    assert line_in(elsewhere) == "The line of this browser"


def test_an_answer_that_moved_on_is_in_the_history_with_where_it_came_from(waiting: Visitor) -> None:
    waiting.press(waiting.get("/data/merge"), "Combine them")
    assert "from another tree of yours" in waiting.get(HISTORY).words


@pytest.mark.parametrize("theirs", ["Café planning", normalize("NFD", "Café planning"), "CAFÉ  planning"])
def test_a_word_that_both_trees_named_is_one_skill(account: Visitor, stranger: Visitor, theirs: str) -> None:
    account.save(FIRST, fields={"1.1.1.thanks:value": "The clinic, for how I planned its café"})
    keep_skill(account, "1.1.1.skills", "Café planning")
    stranger.save(FIRST)
    stranger.press(stranger.get("/workbook/1.1.7"), "Skip everything before this")
    keep_skill(stranger, "1.1.7.ways", theirs)
    keep_skill(stranger, "1.1.7.ways", "Humming while I work")
    sign_in(stranger)
    stranger.press(stranger.get("/data/merge"), "Combine them")
    own = [words_of(one) for one in stranger.get("/my-skills").all(".//main//bdi")]
    assert sorted(one.casefold() for one in own) == ["café planning", "humming while i work"]
    for exercise in ("1.1.1", "1.1.7"):
        assert min(own, key=str.casefold) in stranger.open(f"/workbook/{exercise}").words


def keep_skill(visitor: Visitor, block: str, words: str) -> None:
    """Keeps a word of one's own, as the button under the search does."""
    page = visitor.open(f"/workbook/{block[:5]}")
    key = page.form()[f"{block}:rows-0-key"][0]
    visitor.send(page, f"{block}|keep|{key}", {f"{block}:find-0": words})
