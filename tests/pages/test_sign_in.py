"""Signing in and out: the two devices, equal answers, waiting, and where it leads."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.ctx import RequestContext
from flask.testing import FlaskClient

from dreamtree.accounts import people, sessions
from dreamtree.accounts.models import Session, Throttle, User
from dreamtree.answers.models import ExerciseResponse
from tests.conftest import Queries
from tests.page import Page
from tests.rules.strict_html import faults, fragment_faults
from tests.signing import NAME, OWN, PASSWORD, SHARED, another_browser, claim, sign_in
from tests.visitor import PARTIAL, Visitor

FIRST, LINE = "/workbook/1.1.1", "1.1.1.line:value"
SAID = "This name and this password don’t go together. Check both, then try again."


@pytest.fixture
def owner(person: Visitor) -> Visitor:
    """Somebody with an account and a line in the tree."""
    person.save(FIRST, fields={LINE: "A line of mine"})
    claim(person)
    return person


@pytest.fixture
def elsewhere(app: Flask, owner: Visitor) -> Visitor:
    """Another browser, in which nobody is signed in."""
    return Visitor(app.test_client())


def cookies_of(page: Page) -> dict[str, str]:
    """The cookies that the answer gave, or the one before a redirect."""
    answers = [*page.response.history, page.response]
    return {one.partition("=")[0]: one for answer in answers for one in answer.headers.getlist("Set-Cookie")}


def token_of(page: Page) -> dict[str, str]:
    """The CSRF token as any form of the page carries it."""
    return {"csrf_token": page.all(".//input[@name='csrf_token']")[0].get("value", "")}


def guess(visitor: Visitor, place: int) -> Page:
    """A wrong password for the account, from the address with this number."""
    sent = {**token_of(visitor.get("/sign-in")), "name": f" {NAME.upper()}", "password": "wrong"}
    return Page(visitor.client.post("/sign-in", data=sent, environ_base={"REMOTE_ADDR": f"192.0.2.{place}"}))


def end_sessions(visitor: Visitor) -> None:
    """The session ends on the server; the browser keeps its cookie."""
    Session.delete().execute()


def test_the_form_is_sound_and_keeps_the_name(elsewhere: Visitor) -> None:
    page = elsewhere.get("/sign-in")
    assert faults(page.html) == []
    assert page.by_id("signin-name").get("autocomplete") == "username"
    assert page.by_id("signin-password").get("autocomplete") == "current-password"
    page = sign_in(elsewhere, "Mara@Example.org", "a wrong password")
    assert page.status == 422
    assert faults(page.html) == []
    assert page.by_id("signin-name").get("value") == "Mara@Example.org"
    assert page.by_id("signin-password").get("value") is None
    assert "a wrong password" not in page.html


def test_on_ones_own_device_the_tree_stays_open(elsewhere: Visitor, frozen: time_machine.Traveller) -> None:
    page = sign_in(elsewhere)
    assert page.response.request.path == "/home"
    assert f"Max-Age={400 * 86400}" in cookies_of(page)["tree"]
    assert "A line of mine" in elsewhere.get(FIRST).html
    frozen.shift(timedelta(days=29))
    assert elsewhere.client.get("/home").status_code == 200


def test_on_a_shared_one_it_ends_with_the_browser_and_soon(elsewhere: Visitor, frozen: time_machine.Traveller) -> None:
    page = sign_in(elsewhere, device=SHARED)
    assert "Max-Age" not in cookies_of(page)["tree"]
    assert "Lock and leave" in page.words
    assert "Show private answers" in page.words, "private answers start folded"
    frozen.shift(timedelta(minutes=22))
    assert elsewhere.client.get("/home").status_code == 303


@pytest.mark.parametrize("device", ["", "shared", "OWN", "mine"])
def test_anything_but_ones_own_counts_as_shared(elsewhere: Visitor, device: str) -> None:
    form = elsewhere.get("/sign-in").form(".//form[@id='signin-form']")
    elsewhere.client.post("/sign-in", data={**form, "name": NAME, "password": PASSWORD, "device": device})
    assert sorted(one.is_shared for one in Session.select()) == [0, 1]


def test_unknown_and_wrong_get_the_same_answer(elsewhere: Visitor, queries: Queries) -> None:
    answers = []
    for name, password in ((NAME, "a wrong password"), ("ghost@example.org", PASSWORD), ("", "")):
        form = elsewhere.get("/sign-in").form(".//form[@id='signin-form']")
        queries.clear()
        answer = elsewhere.client.post("/sign-in", data={**form, "name": name, "password": password, "device": "own"})
        answers.append((answer.status_code, SAID in answer.text, len(queries), sorted(answer.headers.keys())))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][:2] == (422, True)


def test_a_new_session_and_new_tokens_each_time(elsewhere: Visitor) -> None:
    before = elsewhere.get("/sign-in").one(".//form[@id='signin-form']/input[@name='csrf_token']").get("value")
    sign_in(elsewhere)
    first = elsewhere.client.get_cookie("tree")
    answer = elsewhere.client.post("/private", data={"csrf_token": before, "hide": "yes"})
    assert answer.status_code == 400
    elsewhere.client.delete_cookie("tree")
    sign_in(elsewhere)
    assert elsewhere.client.get_cookie("tree") != first


def test_signing_in_again_ends_the_session_that_was_here(app: Flask, owner: Visitor, stranger: Visitor) -> None:
    claim(stranger, "tom")
    data = {**token_of(owner.get("/home")), "name": "tom", "password": PASSWORD, "device": "own"}
    assert owner.client.post("/sign-in", data=data).location == "/home"
    assert "A line of mine" not in owner.get(FIRST).html
    assert Session.select().count() == 2


def test_too_many_tries_wait_longer_each_time(elsewhere: Visitor, frozen: time_machine.Traveller) -> None:
    pages = [sign_in(elsewhere, password="a wrong password") for _ in range(11)]
    assert [one.status for one in pages] == [422] * 10 + [429]
    last = pages[-1]
    assert "There were too many tries. Wait 1 second, then try again." in last.words
    assert last.response.headers["Retry-After"] == "1"
    assert last.by_id("signin-name").get("value") == NAME
    assert faults(last.html) == []
    waits = []
    for place in range(8):
        frozen.shift(int(last.response.headers["Retry-After"]))
        assert guess(elsewhere, place).status == 422
        last = guess(elsewhere, place)
        waits.append(int(last.response.headers["Retry-After"]))
    assert waits[:3] == [2, 4, 8]
    assert max(waits) == 120, "a stranger's guesses never keep the owner out for long"


def test_waiting_counts_for_the_account_wherever_it_is_tried_from(
    app: Flask, elsewhere: Visitor, frozen: time_machine.Traveller
) -> None:
    assert [guess(elsewhere, place).status for place in range(11)] == [422] * 10 + [429]
    assert sign_in(elsewhere).status == 429
    frozen.shift(2)
    assert sign_in(elsewhere).response.request.path == "/home"
    fresh = Visitor(app.test_client())
    assert [sign_in(fresh, password="wrong").status for _ in range(10)] == [422] * 10, "forgotten after a success"


def test_unknown_accounts_wait_as_well(elsewhere: Visitor, frozen: object) -> None:
    pages = [sign_in(elsewhere, "ghost@example.org") for _ in range(11)]
    assert [one.status for one in pages] == [422] * 10 + [429]


def test_an_address_that_tries_many_accounts_waits(elsewhere: Visitor, frozen: object) -> None:
    pages = [sign_in(elsewhere, f"ghost {number}") for number in range(21)]
    assert [one.status for one in pages] == [422] * 20 + [429]
    rows = [str(row.__data__) for row in Throttle.select()]
    assert not [row for row in rows if "127.0.0.1" in row or "ghost" in row]


def test_a_class_full_of_people_signs_in_from_one_address(app: Flask, owner: Visitor, frozen: object) -> None:
    for _ in range(30):
        another_browser(app)


@pytest.mark.parametrize("path", ["/workbook/1.1.1", "/what-i-bring?private=yes"])
def test_it_leads_on_to_where_one_was_going(elsewhere: Visitor, path: str) -> None:
    page = sign_in(elsewhere, path=f"/sign-in?next={path}")
    assert page.response.request.path == path.partition("?")[0]


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a\r\nX: y", "/a b", "/%5c\\x"]
)
def test_it_never_leads_to_another_house(elsewhere: Visitor, path: str) -> None:
    form = elsewhere.get("/sign-in").form(".//form[@id='signin-form']")
    data = {**form, "name": NAME, "password": PASSWORD, "device": "own", "next": path}
    assert elsewhere.client.post("/sign-in", data=data).location == "/home"
    answer = elsewhere.client.get("/sign-in", query_string={"next": path})
    assert answer.location == "/home"


def test_who_is_signed_in_already_goes_on(owner: Visitor) -> None:
    assert owner.client.get("/sign-in?next=/workbook").location == "/workbook"


def test_a_page_of_an_ended_session_leads_through_sign_in(owner: Visitor) -> None:
    end_sessions(owner)
    answer = owner.client.get(FIRST)
    assert answer.location == "/sign-in?next=%2Fworkbook%2F1.1.1"
    assert sign_in(owner, path=answer.location).response.request.path == FIRST


def test_visitors_find_the_way_in(client: FlaskClient) -> None:
    for path in ("/", "/credits"):
        assert Visitor(client).get(path).has(".//nav/a[@href='/sign-in']")


def test_from_a_sample_one_signs_in_to_ones_own(app: Flask, owner: Visitor) -> None:
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/"), "Look at a sample tree")
    sign_in(visitor)
    assert "A line of mine" in visitor.get(FIRST).html
    assert "This is a sample tree" not in visitor.get("/home").words


# Signing out


def test_signing_out_clears_the_browser(owner: Visitor) -> None:
    page = owner.press(owner.get("/home"), "Sign out")
    assert page.status == 200
    assert "Signed out" in page.words
    assert faults(page.html) == []
    assert page.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert Session.select().count() == 0
    assert owner.client.get("/home").location == "/"
    assert sign_in(owner).response.request.path == "/home"


def test_without_an_account_one_is_told_why_not(person: Visitor) -> None:
    page = Page(person.client.post("/sign-out", data=token_of(person.get("/home"))))
    assert page.status == 403
    assert "Only this browser can open it, so if you sign out, you can’t get back in." in page.words
    assert faults(page.html) == []
    assert person.client.get("/home").status_code == 200


def test_a_tree_without_an_account_has_no_such_button(person: Visitor) -> None:
    assert not person.get("/home").has(".//form[@action='/sign-out']")


# A tree in hand


def test_an_empty_tree_in_hand_is_left_behind(app: Flask, owner: Visitor) -> None:
    visitor = Visitor(app.test_client())
    visitor.start()
    ExerciseResponse.delete().where(ExerciseResponse.user_id == User.get(User.is_anonymous == 1).id).execute()
    assert sign_in(visitor).response.request.path == "/home"
    assert Session.select().where(Session.state == people.MERGE).count() == 0
    assert "A line of mine" in visitor.get(FIRST).html


@pytest.fixture
def with_two(app: Flask, owner: Visitor, start: object) -> tuple[Visitor, str]:
    """Somebody who signs in with a tree in hand; and where that leads."""
    visitor = Visitor(app.test_client())
    visitor.start()
    form = visitor.get("/sign-in").form(".//form[@id='signin-form']")
    data = {**form, "name": NAME, "password": PASSWORD, "device": "own"}
    return visitor, str(visitor.client.post("/sign-in", data=data).location)


def test_with_a_tree_in_hand_both_wait(with_two: tuple[Visitor, str]) -> None:
    visitor, place = with_two
    assert place == "/data/merge"
    assert visitor.client.get_cookie("merge") is not None
    assert "A line of mine" not in visitor.get(FIRST).html, "the tree that was here is here still"
    row = Session.get(Session.state == people.MERGE)
    assert row.expires_at < people.moment(people.datetime.now(people.UTC) + timedelta(minutes=16))


def test_the_waiting_session_opens_nothing_by_itself(app: Flask, with_two: tuple[Visitor, str]) -> None:
    merge = with_two[0].client.get_cookie("merge")
    assert merge is not None
    client = app.test_client()
    client.set_cookie("tree", merge.value)
    assert client.get("/home").status_code == 303


# In place


def in_place(visitor: Visitor, **fields: str) -> Page:
    form = visitor.get("/sign-in").form(".//form[@id='signin-form']")
    data = {**form, "name": NAME, "password": PASSWORD, "device": "own", **fields}
    return Page(visitor.client.post("/sign-in", data=data, headers=PARTIAL))


def test_a_save_that_meets_the_end_of_a_session_asks_to_sign_in(owner: Visitor) -> None:
    form = owner.get(FIRST).form()
    end_sessions(owner)
    sent = {**form, LINE: "Words I would miss", "autosave": "1"}
    page = Page(owner.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL))
    assert page.status == 401
    assert page.response.headers["HX-Retarget"] == "#signin"
    assert fragment_faults(page.html) == []
    assert page.by_id("signin-form").get("data-hx-post") == "/sign-in"
    login = page.form(".//form[@id='signin-form']")
    data = {**login, "name": NAME, "password": PASSWORD, "device": "own"}
    answer = Page(owner.client.post("/sign-in", data=data, headers=PARTIAL))
    assert answer.status == 200
    assert answer.has(".//*[@id='signed-in']")
    assert fragment_faults(answer.html) == []
    assert answer.by_id("csrf").get("data-hx-swap-oob") is not None
    fresh = answer.one(".//*[@id='csrf']/input").get("value", "")
    saved = owner.client.post(f"{FIRST}/1.1.1.line", data={**sent, "csrf_token": fresh}, headers=PARTIAL)
    assert saved.status_code == 200
    assert "Words I would miss" in owner.get(FIRST).html


def test_a_wrong_password_in_place_gives_the_form_again(elsewhere: Visitor) -> None:
    page = in_place(elsewhere, password="wrong")
    assert page.status == 422
    assert fragment_faults(page.html) == []
    assert SAID in page.words
    assert page.by_id("signin-name").get("value") == NAME
    assert page.by_id("signin-form").get("data-hx-post") == "/sign-in"


def test_too_many_tries_in_place_say_how_long_to_wait(elsewhere: Visitor, frozen: object) -> None:
    pages = [in_place(elsewhere, password="wrong") for _ in range(11)]
    assert pages[-1].status == 429
    assert "Wait 1 second" in pages[-1].words
    assert pages[-1].has(".//*[@id='signin-form']")


def test_somebody_else_in_place_does_not_get_the_words(app: Flask, owner: Visitor, stranger: Visitor) -> None:
    claim(stranger, "tom")
    form = owner.get(FIRST).form()
    end_sessions(owner)
    in_place(owner, name="tom")
    token = owner.get("/home").all(".//input[@name='csrf_token']")[0].get("value", "")
    sent = {**form, LINE: "Words of Mara", "csrf_token": token, "autosave": "1"}
    assert owner.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL).status_code == 409
    assert "Words of Mara" not in owner.get(FIRST).html


# Without a script


def test_without_a_script_a_page_is_carried_through_sign_in(owner: Visitor) -> None:
    form = owner.get(FIRST).form()
    end_sessions(owner)
    typed = {LINE: 'Words with "quotes",\nand <b>two</b> lines'}
    page = Page(owner.client.post(FIRST, data={**form, **typed, "do": "save"}))
    assert page.status == 401
    assert faults(page.html) == []
    assert "Words with" in page.words
    page = owner.press(page, OWN, {"name": NAME, "password": "wrong"})
    assert page.status == 422
    assert faults(page.html) == []
    page = owner.press(page, OWN, {"name": NAME, "password": PASSWORD})
    assert "You’re signed in. Save what you typed" in page.words
    assert faults(page.html) == []
    page = owner.press(page, "Save what I typed")
    assert page.status == 200
    assert page.response.request.path == FIRST
    assert "Words with" in page.form()[LINE][0]


def test_a_carried_page_is_saved_for_its_own_person_only(owner: Visitor, stranger: Visitor) -> None:
    claim(stranger, "tom")
    form = owner.get(FIRST).form()
    end_sessions(owner)
    page = Page(owner.client.post(FIRST, data={**form, LINE: "Words of Mara, carried on", "do": "save"}))
    page = owner.press(page, OWN, {"name": "tom", "password": PASSWORD})
    page = owner.press(page, "Save what I typed")
    assert page.status == 409
    assert "Words of Mara, carried on" in page.words
    assert "Words of Mara" not in owner.get(FIRST).html


def test_who_has_no_account_is_offered_a_new_tree_as_before(person: Visitor) -> None:
    form = person.get(FIRST).form()
    Session.delete().execute()
    page = Page(person.client.post(FIRST, data={**form, LINE: "Words I would miss"}))
    assert page.status == 401
    assert "There’s no account to open that tree with." in page.words
    assert not page.has(".//*[@id='signin-form']")


def test_a_form_that_is_nobodys_in_particular_is_not_carried(owner: Visitor) -> None:
    """It may hold a password, or do to the next person what the last one meant for themselves."""
    sent = {**token_of(owner.get("/account/words")), "password": "a secret of Mara"}
    end_sessions(owner)
    page = Page(owner.client.post("/account/words", data=sent))
    assert page.status == 401
    assert "a secret of Mara" not in page.html
    assert faults(page.html) == []
    assert owner.press(page, OWN, {"name": NAME, "password": PASSWORD}).response.request.path == "/home"


def test_nor_is_it_put_into_a_tree_that_begins(person: Visitor) -> None:
    sent = {**token_of(person.get("/account/claim")), "name": "mara", "password": "a secret of Mara"}
    end_sessions(person)
    page = Page(person.client.post("/account/claim", data=sent))
    assert page.status == 401
    assert "a secret of Mara" not in page.html


# What the merge page works with


def in_browser(app: Flask, visitor: Visitor) -> RequestContext:
    """A request of the visitor's browser."""
    cookies = (visitor.client.get_cookie(name) for name in ("tree", "merge"))
    sent = "; ".join(f"{one.key}={one.value}" for one in cookies if one)
    return app.test_request_context("/", headers={"Cookie": sent})


def test_when_two_trees_are_one_the_account_is_who_is_here(app: Flask, with_two: tuple[Visitor, str]) -> None:
    visitor, _ = with_two
    merge = visitor.client.get_cookie("merge")
    assert merge is not None
    with in_browser(app, visitor):
        app.preprocess_request()
        waiting = sessions.waiting_merge()
        assert waiting is not None
        assert waiting.user.data_key is not None
        sessions.finish_merge(waiting)
        here = sessions.current()
        assert here is not None
        assert here.user.id == waiting.user.id
        given = app.process_response(app.make_response("")).headers.getlist("Set-Cookie")
    assert any(one.startswith(f"tree={merge.value};") and "Max-Age" in one for one in given)
    assert any(one.startswith("merge=;") for one in given)
    visitor.client.set_cookie("tree", merge.value)
    assert "A line of mine" in visitor.get(FIRST).html
    days = Session.get(Session.user_id == waiting.user.id, Session.is_shared == 0).expires_at
    assert days > people.moment(people.datetime.now(people.UTC) + timedelta(days=29))


def test_thinking_better_of_it_leaves_the_tree_that_was_here(app: Flask, with_two: tuple[Visitor, str]) -> None:
    visitor, _ = with_two
    before = visitor.get(FIRST).html.count("A line of mine")
    with in_browser(app, visitor):
        app.preprocess_request()
        sessions.cancel_merge()
        given = app.process_response(app.make_response("")).headers.getlist("Set-Cookie")
    assert any(one.startswith("merge=;") for one in given)
    assert Session.select().where(Session.state == people.MERGE).count() == 0
    assert visitor.get(FIRST).html.count("A line of mine") == before
    assert visitor.client.get("/home").status_code == 200


def test_after_a_quarter_of_an_hour_nothing_waits(
    app: Flask, with_two: tuple[Visitor, str], frozen: time_machine.Traveller
) -> None:
    frozen.move_to(people.datetime.now(people.UTC) + timedelta(days=400))
    with in_browser(app, with_two[0]):
        assert sessions.waiting_merge() is None
