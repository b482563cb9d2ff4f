"""Who is here: trees begun, recognized, left and forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask, Response
from flask.testing import FlaskClient

from dreamtree import vault
from dreamtree.accounts import people, sessions
from dreamtree.accounts.models import Auth, Session, User, UserSettings
from dreamtree.archive.maintaining import maintain
from dreamtree.content import book
from dreamtree.db import moment, saving
from dreamtree.web import Application
from tests.conftest import Queries

DEVICE = "Firefox on Linux"
PARTIAL = {"HX-Request-Type": "partial"}
PAGE = "/workbook"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Browser:
    """A browser with the cookie of one tree."""

    client: FlaskClient
    user: User
    cookie: str

    def is_in(self) -> bool:
        return self.client.get(PAGE).status_code == 200

    def session(self) -> Session | None:
        return Session.get_or_none(Session.user_id == self.user.id)


@pytest.fixture(autouse=True)
def _without_csrf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def browser_of(app: Flask, is_shared: bool = False, is_sample: bool = False) -> Browser:
    arrival = people.new_tree(is_shared, DEVICE, is_sample)
    user = saving(lambda: people.insert_tree(arrival))
    client = app.test_client()
    client.set_cookie("sample" if is_sample else "tree", arrival.cookie)
    return Browser(client, user, arrival.cookie)


@pytest.fixture
def own(app: Flask) -> Browser:
    return browser_of(app)


@pytest.fixture
def shared(app: Flask) -> Browser:
    return browser_of(app, is_shared=True)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def cookies_of_start(app: Flask, is_shared: bool, cookie: str = "") -> str:
    """The cookie a browser gets that starts a tree."""
    with app.test_request_context("/start", method="POST", headers={"Cookie": cookie, "User-Agent": FIREFOX}):
        app.preprocess_request()
        sessions.start_tree(is_shared)
        response: Response = app.process_response(app.make_response("started"))
        return next(one for one in response.headers.getlist("Set-Cookie") if "tree=" in one)


def test_a_tree_of_ones_own_lasts_in_the_browser(app: Flask) -> None:
    cookie = cookies_of_start(app, is_shared=False)
    assert cookie.startswith("tree=")
    assert all(part in cookie for part in ("; HttpOnly", "; SameSite=Lax", "; Path=/", f"Max-Age={400 * 86400}"))
    assert "Domain" not in cookie


def test_on_a_shared_device_the_cookie_ends_with_the_browser(app: Flask) -> None:
    cookie = cookies_of_start(app, is_shared=True)
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "settings", replace(app.settings, is_behind_tls=True))
    cookie = cookies_of_start(app, is_shared=False)
    assert cookie.startswith("__Host-tree=")
    assert "; Secure" in cookie


def test_a_planted_cookie_is_not_adopted(app: Flask) -> None:
    planted = f"{'0' * 8}-0000-4000-8000-{'0' * 12}.{'A' * 43}"
    assert planted not in cookies_of_start(app, False, cookie=f"tree={planted}")


def test_starting_again_goes_on_with_the_same_tree(own: Browser, app: Flask) -> None:
    with app.test_request_context("/start", method="POST", headers={"Cookie": f"tree={own.cookie}"}):
        app.preprocess_request()
        assert sessions.start_tree(False).id == own.user.id
    assert User.select().count() == 1


def test_starting_from_a_sample_leaves_it_and_returns_to_ones_own_tree(own: Browser, app: Flask) -> None:
    sample = browser_of(app, is_sample=True)
    cookie = f"tree={own.cookie}; sample={sample.cookie}"
    with app.test_request_context("/start", method="POST", headers={"Cookie": cookie}):
        app.preprocess_request()
        assert sessions.start_tree(False).id == own.user.id
    assert not sample.is_in()


def test_the_database_alone_opens_nothing(own: Browser) -> None:
    row = own.session()
    assert row is not None
    token = own.cookie.partition(".")[2]
    assert token not in str(row.__data__)
    for stolen in (row.id, row.id[:43], row.wrapped_data_key[:43]):
        own.client.set_cookie("tree", f"{own.user.id}.{stolen}")
        assert not own.is_in()
        with pytest.raises(vault.Tampered):
            vault.unwrap(row.wrapped_data_key, stolen.encode(), f"session|{own.user.id}")


def test_the_cookie_opens_what_was_sealed_with_the_key(own: Browser) -> None:
    sealed = vault.seal(own.user, "story.action", "1", "I wired the hall")
    here = people.authenticate(*own.cookie.split("."))
    assert here is not None
    assert vault.open_(here.user, "story.action", "1", sealed) == "I wired the hall"


def test_a_token_opens_no_other_persons_tree(own: Browser, shared: Browser) -> None:
    own.client.set_cookie("tree", f"{shared.user.id}.{own.cookie.partition('.')[2]}")
    assert not own.is_in()


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "'; DROP TABLE users; --", "é.é"])
def test_a_strange_cookie_is_nobody_and_asks_nothing(
    app: Flask, client: FlaskClient, queries: Queries, cookie: str
) -> None:
    with app.test_request_context(PAGE, headers={"Cookie": f"tree={cookie}"}):
        queries.clear()
        assert sessions.find_current() is None
        assert queries == []


def test_who_is_here_is_one_query(own: Browser, app: Flask, queries: Queries) -> None:
    with app.test_request_context(PAGE, headers={"Cookie": f"tree={own.cookie}"}):
        book()
        queries.clear()
        app.preprocess_request()
        assert len(queries) == 1
        assert sessions.require_person().id == own.user.id
        assert sessions.content_revision() is not None
        assert len(queries) == 1


def test_a_visitors_page_leads_to_the_first_one(client: FlaskClient) -> None:
    answer = client.get(PAGE)
    assert (answer.status_code, answer.location) == (303, "/?next=%2Fworkbook")


def test_a_visitors_save_keeps_the_text(client: FlaskClient) -> None:
    typed = {"1.1.1.after:value": "It worked <b>in the end", "1.1.1.after:base": "3 4", "do": "save"}
    answer = client.post(f"{PAGE}/1.1.1", data=typed, headers=PARTIAL)
    assert answer.status_code == 401
    assert answer.headers["HX-Retarget"] == "#signin"
    assert "It worked &lt;b&gt;in the end" in answer.text
    assert "3 4" not in answer.text
    assert client.post(f"{PAGE}/1.1.1", data=typed).status_code == 401


def test_a_look_around_writes_nothing(client: FlaskClient) -> None:
    client.get(PAGE)
    client.get("/")
    assert User.select().count() == Session.select().count() == 0


def test_last_seen_moves_once_a_day(clock: time_machine.Traveller, own: Browser) -> None:
    seen = []
    for hours in (0, 6, 12, 5, 2, 6):
        clock.shift(timedelta(hours=hours))
        assert own.is_in()
        seen.append(own.session().last_seen_at)  # type: ignore[union-attr]
    assert len(set(seen)) == 2


def test_an_anonymous_tree_stays_open_for_years_of_use_and_renews_its_cookie(
    clock: time_machine.Traveller, own: Browser
) -> None:
    for _ in range(5):
        clock.shift(timedelta(days=390))
        answer = own.client.get(PAGE)
        assert answer.status_code == 200
        assert f"Max-Age={400 * 86400}" in answer.headers["Set-Cookie"]
        clock.shift(timedelta(days=29))
        assert "tree=" not in own.client.get(PAGE).headers.get("Set-Cookie", "")
        clock.shift(timedelta(days=-29))


def test_an_anonymous_tree_ends_after_four_hundred_days_alone(clock: time_machine.Traveller, own: Browser) -> None:
    clock.shift(timedelta(days=401))
    assert not own.is_in()


def test_an_account_is_closed_after_thirty_days_alone_and_after_a_year_in_any_case(
    clock: time_machine.Traveller, own: Browser
) -> None:
    User.update(is_anonymous=0).execute()
    Session.update(expires_at=moment(datetime.now(UTC) + timedelta(days=30))).execute()
    for _ in range(13):
        clock.shift(timedelta(days=28))
        assert own.is_in()
    clock.shift(timedelta(days=2))
    assert not own.is_in()


def test_a_shared_device_closes_after_twenty_minutes_alone(clock: time_machine.Traveller, shared: Browser) -> None:
    for _ in range(4):
        clock.shift(timedelta(minutes=19))
        assert shared.is_in()
    clock.shift(timedelta(minutes=22))
    assert not shared.is_in()


def test_lock_and_leave_ends_the_session_and_clears_the_browser(shared: Browser) -> None:
    answer = shared.client.post("/leave")
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert any(one.startswith("tree=;") for one in answer.headers.getlist("Set-Cookie"))
    assert shared.session() is None
    shared.client.set_cookie("tree", shared.cookie)
    assert not shared.is_in()


def test_the_only_key_to_a_tree_is_not_thrown_away(own: Browser) -> None:
    assert own.client.post("/leave").status_code == 403
    assert own.is_in()


def test_leaving_a_sample_keeps_ones_own_tree(own: Browser, app: Flask) -> None:
    sample = browser_of(app, is_sample=True)
    own.client.set_cookie("sample", sample.cookie)
    answer = own.client.post("/leave")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Clear-Site-Data" not in answer.headers
    assert own.is_in()


def test_leaving_needs_a_post_and_somebody_who_is_there(client: FlaskClient) -> None:
    assert client.get("/leave").status_code == 405
    assert client.post("/leave").status_code == 401


def test_private_answers_start_folded_on_a_shared_device_only(own: Browser, shared: Browser) -> None:
    folded = {row.user_id: row.hides_private for row in UserSettings.select()}
    assert folded == {own.user.id: 0, shared.user.id: 1}


@pytest.mark.parametrize(("word", "hides"), [("yes", 1), ("no", 0)])
def test_private_answers_are_folded_and_shown_where_one_is(own: Browser, word: str, hides: int) -> None:
    provenance = {"Referer": "http://localhost/workbook/1.1.3?a=1"}
    for _ in range(2):
        answer = own.client.post("/private", data={"hide": word}, headers=provenance)
        assert (answer.status_code, answer.location) == (303, "/workbook/1.1.3?a=1")
        assert UserSettings.get_by_id(own.user.id).hides_private == hides


@pytest.mark.parametrize("referrer", ["https://evil.example/", "http://localhost.evil.example/", ""])
def test_nobody_is_sent_to_another_site(own: Browser, referrer: str) -> None:
    assert own.client.post("/private", headers={"Referer": referrer}).location == "/"


def test_two_slashes_stay_here(own: Browser) -> None:
    answer = own.client.post("/private", headers={"Referer": "http://localhost//evil.example"})
    assert answer.location == "/evil.example"


def test_a_form_knows_its_person_also_after_the_secret_changed(
    own: Browser, shared: Browser, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context():
        tag = sessions.person_tag(own.user)
        assert own.user.id not in tag
        assert not sessions.is_person_tag(shared.user, tag)
        turned = replace(app.settings, secret_key="b" * 40)
        monkeypatch.setattr(app, "settings", turned)
        assert sessions.is_person_tag(own.user, tag)


def test_maintenance_clears_what_nobody_can_open(app: Flask, clock: time_machine.Traveller) -> None:
    browser_of(app)
    claimed = browser_of(app, is_shared=True)
    User.update(is_anonymous=0).where(User.id == claimed.user.id).execute()
    at = moment(datetime.now(UTC))
    Auth.create(user_id=claimed.user.id, id="1", type="password", created_at=at, updated_at=at)
    clock.shift(timedelta(days=390))
    kept = browser_of(app)
    browser_of(app, is_shared=True)
    browser_of(app, is_sample=True)
    clock.shift(timedelta(days=11))
    told = [done.words for done in maintain()]
    assert {"Cleared 2 trees that nobody can open.", "Cleared 1 sample trees."} <= set(told)
    assert {row.id for row in User.select()} == {claimed.user.id, kept.user.id}
    assert [row.user_id for row in Session.select()] == [kept.user.id]
    assert not any(word in "123456789" for done in maintain() for word in done.words)
