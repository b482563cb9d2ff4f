"""Making an account: of a tree, with a name and a password, and twelve words that are shown once."""

import re
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from dreamtree import vault
from dreamtree.accounts import addresses, sessions
from dreamtree.accounts.models import Auth, Email, Session, User
from tests.databases import contents
from tests.page import Page
from tests.rules.strict_html import faults
from tests.signing import NAME, PASSWORD, another_browser, claim, typed_back, words_on
from tests.visitor import Visitor

LINE = "1.1.1.line:value"
FIRST = "/workbook/1.1.1"


def cookie_of(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie("tree")
    assert cookie is not None
    return cookie.value


def test_before_the_claim_it_is_said_who_can_open_it(person: Visitor) -> None:
    page = person.get("/account/claim")
    assert faults(page.html) == []
    assert "If you lose both, nobody can open it again: not you, and not us." in page.words
    assert page.one(".//input[@name='password']").get("autocomplete") == "new-password"
    assert page.one(".//input[@name='name']").get("autocomplete") == "username"


def test_a_claimed_tree_keeps_everything_and_opens_elsewhere(person: Visitor, app: Flask) -> None:
    person.save(FIRST, fields={LINE: "A line of mine"})
    page = claim(person)
    assert page.status == 200, page.words
    assert "A line of mine" in person.get(FIRST).html
    assert "A line of mine" in another_browser(app).get(FIRST).html
    assert [row.is_anonymous for row in User.select()] == [0]


@pytest.mark.parametrize("name", ["the gardener of row 5", "李小龙", "MARA"])
def test_a_name_is_enough(person: Visitor, app: Flask, name: str) -> None:
    assert claim(person, name).status == 200
    another_browser(app, name=f"  {name.lower()} ")


def test_the_words_are_shown_once_in_no_other_page_and_kept_nowhere(person: Visitor) -> None:
    page = claim(person)
    words = words_on(page)
    assert len(words) == 12
    assert faults(page.html) == []
    assert "no-store" in page.response.headers["Cache-Control"]
    for path in ("/account/words", "/home"):
        later = person.get(path)
        assert not any(re.search(rf"\b{one} {two}\b", later.html) for one, two in pairwise(words))
    rows = str([row.__data__ for row in Auth.select()])
    assert " ".join(words) not in rows


def test_claiming_ends_the_old_session_and_keeps_open_forms_good(person: Visitor, app: Flask) -> None:
    before, form = cookie_of(person), person.get(FIRST).form()
    claim(person)
    assert cookie_of(person) != before
    old = app.test_client()
    old.set_cookie("tree", before)
    assert old.get("/home").status_code == 303
    assert Session.select().count() == 1
    answer = person.client.post(FIRST, data={**form, LINE: "Typed before the claim"})
    assert answer.status_code == 303
    assert "Typed before the claim" in person.get(FIRST).html


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("", PASSWORD, "Type an email address, or a name with at least three characters."),
        ("mara@", PASSWORD, "That doesn’t look like an email address."),
        (NAME, "", "That’s too short by 12. Use at least 12 characters."),
        (NAME, "two birds", "That’s too short by 3. Use at least 12 characters."),
        (NAME, "qwerty123456", "built on a common password"),
        (NAME, "mara@example.org", "This is mostly your name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(person: Visitor, name: str, password: str, said: str) -> None:
    page = claim(person, name, password)
    assert page.status == 422
    assert page.one("./head/title").text.startswith("Error: ")  # type: ignore[union-attr]
    assert said in page.words
    assert faults(page.html) == []
    assert page.one(".//input[@name='name']").get("value") == name
    assert page.one(".//input[@name='password']").get("value") is None
    assert not password or password not in page.html.replace(f'value="{name}"', "")
    assert User.get().is_anonymous == 1


def test_two_mistakes_stand_in_a_summary(person: Visitor) -> None:
    page = claim(person, "", "short")
    links = [one.get("href") for one in page.by_id("errors").iter("a")]
    assert links == ["#name", "#password"]
    assert faults(page.html) == []


def test_a_form_refused_for_its_name_says_that_the_password_was_fine(person: Visitor) -> None:
    assert "The one you typed was fine. Type it again." in claim(person, "", PASSWORD).words
    assert "was fine" not in claim(person, "", "northern hall").words


def test_a_password_that_is_easy_to_guess_is_refused_with_what_would_help(person: Visitor) -> None:
    page = claim(person, password="1qaz2wsx2026")
    assert page.status == 422
    assert "built on a common password" in page.words
    assert "Use three or four words of your own that don’t belong together." in page.words


def test_a_taken_name_says_so_however_it_is_written(person: Visitor, stranger: Visitor) -> None:
    claim(stranger)
    page = claim(person, " MARA@Example.org ")
    assert page.status == 422
    assert "There’s already an account with this email or name. Sign in, or choose another email or name." in page.words
    assert (Email.select().count(), Auth.select().count()) == (1, 2)


def test_asking_who_is_here_slows_down(person: Visitor, stranger: Visitor, frozen: object) -> None:
    claim(stranger)
    pages = [claim(person) for _ in range(20)]
    assert {one.status for one in pages[:19]} == {422}
    assert pages[-1].status == 429
    assert "Wait 1 second, then try again." in pages[-1].words
    assert pages[-1].response.headers["Retry-After"] == "1"


def test_a_second_claim_changes_nothing(person: Visitor) -> None:
    form = person.get("/account/claim").form(".//form[@action='/account/claim']")
    claim(person)
    before = [row.__data__ for row in Auth.select()]
    answer = person.client.post("/account/claim", data={**form, "name": "another", "password": PASSWORD})
    assert answer.status_code == 409
    assert [row.__data__ for row in Auth.select()] == before
    assert person.client.get("/account/claim").location == "/account"


def test_whoever_pressed_twice_sees_the_same_words_again(person: Visitor) -> None:
    """The browser throws the first answer away, with its cookie and the words on it."""
    old, form = cookie_of(person), person.get("/account/claim").form(".//form[@action='/account/claim']")
    sent = {**form, "name": NAME, "password": PASSWORD}
    first = Page(person.client.post("/account/claim", data=sent))
    person.client.set_cookie("tree", old)
    again = Page(person.client.post("/account/claim", data=sent))
    assert words_on(again) == words_on(first)
    assert len(words_on(again)) == 12
    assert person.press(again, "Check the words", typed_back(again, words_on(first))).status == 200
    assert person.get(FIRST).status == 200


@pytest.mark.parametrize("sent", [{"password": "another than that one"}, {"name": "lin"}])
def test_nobody_else_sees_them_again(person: Visitor, sent: dict[str, str]) -> None:
    old, form = cookie_of(person), person.get("/account/claim").form(".//form[@action='/account/claim']")
    claim(person)
    person.client.set_cookie("tree", old)
    answer = Page(person.client.post("/account/claim", data={**form, "name": NAME, "password": PASSWORD, **sent}))
    assert answer.status == 401
    assert words_on(answer) == []


@pytest.mark.parametrize("later", ["they were typed back", "a quarter of an hour has passed"])
def test_nor_does_anybody_later(person: Visitor, later: str) -> None:
    old, form = cookie_of(person), person.get("/account/claim").form(".//form[@action='/account/claim']")
    page = claim(person)
    if later == "they were typed back":
        person.press(page, "Check the words", typed_back(page, words_on(page)))
    else:
        Auth.update(created_at="2020-01-01T00:00:00.000Z").execute()
    person.client.set_cookie("tree", old)
    answer = Page(person.client.post("/account/claim", data={**form, "name": NAME, "password": PASSWORD}))
    assert answer.status == 401
    assert words_on(answer) == []


def test_two_claims_at_once_lead_to_the_same_words(person: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both were let in before either had written anything."""
    old, form = cookie_of(person), person.get("/account/claim").form(".//form[@action='/account/claim']")
    sent, begin = {**form, "name": NAME, "password": PASSWORD}, sessions.new_session
    first: list[Page] = []

    def claim_in_between(*given: Any) -> Any:
        monkeypatch.setattr(sessions, "new_session", begin)
        other = person.client.application.test_client()
        other.set_cookie("tree", old)
        other.set_cookie("csrf", person.client.get_cookie("csrf").value)  # type: ignore[union-attr]
        first.append(Page(other.post("/account/claim", data=sent)))
        return begin(*given)

    monkeypatch.setattr(sessions, "new_session", claim_in_between)
    second = Page(person.client.post("/account/claim", data=sent))
    assert words_on(second) == words_on(first[0]) != []


def test_new_words_asked_for_twice_are_the_same_and_later_ones_are_not(person: Visitor) -> None:
    claim(person)
    page = person.get("/account/words")
    first = words_on(person.press(page, "Show me new words", {"password": PASSWORD}))
    assert words_on(person.press(page, "Show me new words", {"password": PASSWORD})) == first != []
    later = person.press(person.get("/account/words"), "Show me new words", {"password": PASSWORD})
    assert words_on(later) != first


def test_three_words_are_asked_back_and_the_day_is_kept(person: Visitor) -> None:
    page = claim(person)
    words = words_on(page)
    page = person.press(page, "Check the words", typed_back(page, [one[:4].upper() for one in words]))
    assert page.response.request.path == "/account/words"
    assert "Those are right. You still have your words." in page.words
    assert "You last checked them on" in page.words
    assert faults(page.html) == []


def test_a_wrong_word_is_named_by_its_place_and_the_others_stay(person: Visitor) -> None:
    page = claim(person)
    typed = dict(typed_back(page, words_on(page)))
    field = next(iter(typed))
    page = person.press(page, "Check the words", {**typed, field: "xyz"})
    assert page.status == 422
    assert f"That’s not word {field.removeprefix('word-')}. Check your list again." in page.words
    assert [page.by_id(one).get("value") for one in typed] == ["xyz", *list(typed.values())[1:]]
    assert faults(page.html) == []
    assert "You haven’t checked them yet." in person.get("/account/words").words


@pytest.mark.parametrize("places", ["", "1 1 1", "1 2", "0 1 2", "11 12 13", "1 2 3 4", "x y z", "²  1 2"])
def test_made_up_places_are_answered_with_other_ones(person: Visitor, places: str) -> None:
    claim(person)
    form = person.get("/account/words").form(".//form[@action='/account/words/check']")
    answer = person.client.post("/account/words/check", data={**form, "places": places})
    assert answer.status_code == 422


def test_the_words_come_as_a_file(person: Visitor) -> None:
    page = claim(person)
    words = words_on(page)
    answer = person.press(page, "Save as a file")
    assert answer.response.headers["Content-Disposition"] == 'attachment; filename="dreamtree-recovery-words.txt"'
    assert answer.response.mimetype == "text/plain"
    assert re.findall(r"^ ?\d+ (\w+)$", answer.html, re.MULTILINE) == words


def test_nothing_but_words_goes_into_that_file(person: Visitor) -> None:
    page = claim(person)
    form = page.form(".//form[@action='/account/words/file']")
    answer = person.client.post("/account/words/file", data={**form, "words": "<script>alert(1)</script>"})
    assert answer.status_code == 422
    assert "script>alert" not in answer.text


def test_new_words_take_the_password_and_make_the_old_ones_useless(person: Visitor) -> None:
    before = words_on(claim(person))
    page = person.press(person.get("/account/words"), "Show me new words", {"password": "not the password"})
    assert page.status == 422
    assert "That’s not the password for this account." in page.words
    page = person.press(person.get("/account/words"), "Show me new words", {"password": PASSWORD})
    assert page.status == 200
    words = words_on(page)
    assert words != before
    page = person.press(page, "Check the words", typed_back(page, words))
    assert "Those are right. You still have your words." in page.words


def test_the_database_alone_opens_nothing_and_names_nobody(person: Visitor, app: Flask) -> None:
    """Without the server's secret no address opens; without token, password or words no key does."""
    words = words_on(claim(person))
    token = cookie_of(person).partition(".")[2]
    raw = b"".join(contents().values())
    for one in (NAME, "mara@", PASSWORD, token, " ".join(words), *map(" ".join, pairwise(words))):
        assert one.encode() not in raw
    stored = [value for row in [*Auth.select(), *Session.select()] for value in row.__data__.values() if value]
    for row in [*Auth.select(), *Session.select()]:
        for secret in stored:
            for label in (f"password|{row.user_id}", f"recovery|{row.user_id}", f"session|{row.user_id}"):
                with pytest.raises(vault.Tampered):
                    vault.unwrap(row.wrapped_data_key, str(secret).encode(), label)
    with pytest.raises(vault.Tampered):
        addresses.open_row(["another secret, as long as the first one"], Email.get())
    assert addresses.owners_of(["another secret, as long as the first one"], NAME) == []
