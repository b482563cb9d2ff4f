"""Back in with the twelve words."""

import pytest
from flask import Flask

from dreamtree.accounts import people, second_step
from dreamtree.accounts.models import Auth, Session
from dreamtree.db import now
from tests.page import Page
from tests.rules.strict_html import faults
from tests.signing import NAME, PASSWORD, claim, sign_in, words_on
from tests.visitor import Visitor

FIRST, LINE = "/workbook/1.1.1", "1.1.1.line:value"
NEW = "another hall in the south"
OTHER_WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
SAID = "This name and these words don’t go together. Check both, then try again."


@pytest.fixture
def words(person: Visitor) -> str:
    """The words of an account in whose tree a line stands."""
    person.save(FIRST, fields={LINE: "A line of mine"})
    return " ".join(words_on(claim(person)))


@pytest.fixture
def elsewhere(app: Flask) -> Visitor:
    return Visitor(app.test_client())


def recover(visitor: Visitor, words: str, name: str = NAME, password: str = NEW) -> Page:
    fields = {"name": name, "words": words, "password": password}
    return visitor.press(visitor.get("/sign-in/words"), "Open it on my own device", fields)


def test_the_page_is_sound_and_says_when_nobody_can_help(elsewhere: Visitor) -> None:
    page = elsewhere.get("/sign-in/words")
    assert faults(page.html) == []
    assert "nobody can open the tree, and neither can we" in page.words
    assert elsewhere.get("/sign-in").has(".//a[@href='/sign-in/words']")


def test_the_words_open_everything_and_set_a_new_password(words: str, elsewhere: Visitor, app: Flask) -> None:
    page = recover(elsewhere, words)
    assert page.status == 200, page.words
    assert "Your tree is open" in page.words
    assert faults(page.html) == []
    assert "A line of mine" in elsewhere.get(FIRST).html
    fresh = Visitor(app.test_client())
    assert sign_in(fresh).status == 422, "the old password opens nothing"
    assert sign_in(fresh, password=NEW).response.request.path == "/home"


def test_all_other_sessions_end_and_the_second_step_is_off(words: str, person: Visitor, elsewhere: Visitor) -> None:
    Auth.create(
        user_id=Auth.get().user_id,
        id="a-step",
        type=second_step.TYPE,
        password_hash='{"key": "{}", "last": 0, "marks": []}',
        created_at=now(),
        updated_at=now(),
    )
    page = recover(elsewhere, words)
    assert "The second step at sign-in is off." in page.words
    assert Auth.select().where(Auth.type == second_step.TYPE).count() == 0
    assert person.client.get("/home").status_code == 303
    assert Session.select().count() == 1


def test_words_are_read_as_people_type_them(words: str, elsewhere: Visitor) -> None:
    typed = "\n".join(f"{place}. {word[:4].upper()}" for place, word in enumerate(words.split(), 1))
    assert recover(elsewhere, typed, name=" Mara@EXAMPLE.org").status == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "You typed 0 of the twelve words. Type all twelve."),
        ("zoo zoo", "You typed 2 of the twelve words. Type all twelve."),
        ("zoo " * 12, "One of the twelve words is wrong or in the wrong place. Check each word and the order."),
        ("frog " * 11 + "xylophone", "isn’t one of the words we use."),
    ],
)
def test_what_is_wrong_with_the_words_is_said_whoever_they_are_for(elsewhere: Visitor, typed: str, said: str) -> None:
    page = recover(elsewhere, typed)
    assert page.status == 422
    assert said in page.words
    assert faults(page.html) == []
    assert page.by_id("words").text == typed
    assert NEW not in page.html


def test_unknown_and_wrong_get_the_same_answer(words: str, elsewhere: Visitor) -> None:
    for name, typed in ((NAME, OTHER_WORDS), ("ghost", words), ("ghost", OTHER_WORDS)):
        page = recover(elsewhere, typed, name)
        assert page.status == 422
        assert SAID in page.words


def test_a_weak_new_password_changes_nothing(words: str, elsewhere: Visitor) -> None:
    page = recover(elsewhere, words, password="short")
    assert page.status == 422
    assert "Use at least 12 characters" in page.words
    assert sign_in(elsewhere).response.request.path == "/home"


def test_guessing_words_waits_with_guessing_passwords(words: str, elsewhere: Visitor, frozen: object) -> None:
    for _ in range(5):
        recover(elsewhere, OTHER_WORDS)
        sign_in(elsewhere, password="a wrong password")
    page = recover(elsewhere, words)
    assert page.status == 429
    assert "Wait 1 second" in page.words
    assert page.by_id("words").text == words


def test_with_a_tree_in_hand_both_wait(words: str, elsewhere: Visitor) -> None:
    elsewhere.start()
    form = elsewhere.get("/sign-in/words").form(".//form[@action='/sign-in/words']")
    data = {**form, "name": NAME, "words": words, "password": NEW, "device": "own"}
    assert elsewhere.client.post("/sign-in/words", data=data).location == "/data/merge"
    assert Session.select().where(Session.state == people.MERGE).count() == 1


def test_that_words_were_used_counts_as_checked(words: str, elsewhere: Visitor) -> None:
    recover(elsewhere, words)
    assert "You last checked them on" in elsewhere.get("/account/words").words


@pytest.mark.parametrize("password", [PASSWORD])
def test_the_words_still_count_afterwards(words: str, elsewhere: Visitor, app: Flask, password: str) -> None:
    recover(elsewhere, words)
    assert recover(Visitor(app.test_client()), words, password=password).status == 200
