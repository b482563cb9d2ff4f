"""Turning the server's secret while people go on working."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dreamtree.accounts import addresses, rotation
from dreamtree.accounts.models import Email, User
from dreamtree.accounts.rotation import Rotation
from dreamtree.db import saving
from dreamtree.web import Application
from tests.claimed import NAME, PASSWORD, give_account, is_in
from tests.visitor import PARTIAL, Visitor

FIRST, LINE = "/workbook/1.1.1", "1.1.1.line:value"
NEW = "another secret, of this year, also long enough"

Restart = Callable[..., None]


@pytest.fixture
def restart(app: Application, monkeypatch: pytest.MonkeyPatch) -> Restart:
    """The application goes on with other secrets."""

    def go_on(secret: str, *fallbacks: str) -> None:
        monkeypatch.setattr(app, "settings", replace(app.settings, secret_key=secret, secret_key_fallbacks=fallbacks))
        monkeypatch.setitem(app.config, "SECRET_KEY", secret)
        monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", list(fallbacks))

    return go_on


def rotated(app: Application) -> str:
    result = app.test_cli_runner().invoke(args=["rotate-secret"])
    assert result.exit_code == 0, result.output
    return result.output


def signs_in(app: Application, password: str = PASSWORD) -> bool:
    """Whether the name and this password open the account in a browser that was never here before."""
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/sign-in"), "Sign in on my own device", {"name": NAME, "password": password})
    return is_in(visitor)


def test_a_secret_is_turned_while_people_go_on(
    app: Application, restart: Restart, person: Visitor, stranger: Visitor
) -> None:
    old = app.settings.secret_key
    give_account(app, person)
    give_account(app, stranger, "tom")
    restart(NEW, old)
    assert is_in(person)
    assert signs_in(app)
    assert rotated(app) == "2 addresses sealed again; 0 were already up to date.\n"
    assert rotated(app) == "0 addresses sealed again; 2 were already up to date.\n"
    restart(NEW)
    assert is_in(person)
    assert signs_in(app)
    assert not signs_in(app, "a wrong password")
    assert NAME in person.get("/account").words


def test_an_address_that_no_secret_opens_is_told_and_left(app: Application, restart: Restart, person: Visitor) -> None:
    give_account(app, person)
    before = Email.get().email
    restart(NEW)
    result = app.test_cli_runner().invoke(args=["rotate-secret"])
    assert result.exit_code == 1
    assert "1 addresses don't open with any of these secrets" in result.output
    assert Email.get().email == before


def test_a_name_that_two_took_is_told_and_both_accounts_open(
    app: Application, restart: Restart, person: Visitor, stranger: Visitor, start: Callable[[], Visitor]
) -> None:
    """As in a rolling restart: one server knows the new secret, another one does not yet."""
    old, other = app.settings.secret_key, "another password, for the second one"
    first = give_account(app, person)
    third = give_account(app, start(), "tom")
    restart(NEW)
    give_account(app, stranger, password=other)
    restart(NEW, old)
    for _ in range(2):
        assert (signs_in(app), signs_in(app, other), signs_in(app, "a wrong password")) == (True, True, False)
        result = app.test_cli_runner().invoke(args=["rotate-secret"])
        assert result.exit_code == 1
        assert first.id in result.output
        assert third.id not in result.output
        assert NAME not in result.output
    assert "0 addresses sealed again; 2 were already up to date." in result.output
    assert NAME in person.get("/account").words


def test_more_people_than_are_read_at_once(app: Application, person: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    user = give_account(app, person)
    rows = [addresses.new_row([NEW], user.id, f"mara number {number}") for number in range(7)]
    saving(lambda: [addresses.insert([NEW], row) for row in rows])
    monkeypatch.setattr(rotation, "BATCH_ROWS", 3)
    assert rotation.rotate([*app.settings.secrets, NEW]) == Rotation(resealed=7, up_to_date=1)


def test_a_page_from_before_is_saved_with_a_fresh_token(app: Application, restart: Restart, person: Visitor) -> None:
    page = person.get(FIRST)
    restart(NEW)
    sent = page.form() | {LINE: ["Typed before the turn"]}
    refused = person.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL)
    assert refused.status_code == 400
    fresh = refused.get_data(as_text=True).partition('value="')[2].partition('"')[0]
    again = person.client.post(f"{FIRST}/1.1.1.line", data=sent | {"csrf_token": [fresh]}, headers=PARTIAL)
    assert again.status_code == 200
    assert person.get(FIRST).form()[LINE] == ["Typed before the turn"]


def test_without_javascript_such_a_page_says_what_to_do(app: Application, restart: Restart, person: Visitor) -> None:
    page = person.get(FIRST)
    restart(NEW)
    refused = person.press(page, "Save", {LINE: "Typed before the turn"})
    assert refused.status == 400
    assert "Typed before the turn" in refused.words
    assert person.press(refused, "Send it again").status == 200
    assert person.get(FIRST).form()[LINE] == ["Typed before the turn"]


def test_a_page_from_before_is_saved_while_the_earlier_secret_is_honored(
    app: Application, restart: Restart, person: Visitor
) -> None:
    page, old = person.get(FIRST), app.settings.secret_key
    restart(NEW, old)
    assert person.press(page, "Save", {LINE: "Typed before the turn"}).status in (200, 422)
    assert person.get(FIRST).form()[LINE] == ["Typed before the turn"]
    assert User.select().count() == 1
