"""The emails and names of an account: several, one of them signs in."""

import pytest

from dreamtree.accounts import addresses
from dreamtree.accounts.models import Email, User
from dreamtree.web import Application
from tests.claimed import NAME, PASSWORD, give_account
from tests.page import Page
from tests.rules.test_pages import sound
from tests.visitor import Visitor

ADDRESSES = "/account/addresses"


@pytest.fixture
def user(app: Application, person: Visitor) -> User:
    return give_account(app, person)


def add(visitor: Visitor, typed: str, password: str = PASSWORD, uses: bool = True) -> Page:
    sent: dict[str, str | list[str]] = {"address": typed, "password": password, "use": ["y"] if uses else []}
    return visitor.press(visitor.get(ADDRESSES), "Add it", sent)


def kept_page(visitor: Visitor) -> Page:
    """The page of the first address that does not sign in."""
    links = [one.get("href", "") for one in visitor.get(ADDRESSES).all(".//main//li/a")]
    return visitor.get(links[0])


def owner_of(app: Application, typed: str) -> str | None:
    return next(iter(addresses.owners_of(app.settings.secrets, typed)), None)


def test_another_one_signs_in_and_the_earlier_is_kept(app: Application, person: Visitor, user: User) -> None:
    page = sound(add(person, " Mara@Home.example "))
    assert "Use this one to sign in from now on." in page.words
    assert "mara@home.example you sign in with this" in page.words
    assert f"{NAME} saved, not used to sign in" in page.words
    assert owner_of(app, "mara@home.example") == user.id
    assert owner_of(app, NAME) is None
    assert "mara@home.example, and 1 more saved" in person.get("/account").words


def test_one_may_be_kept_without_signing_in(app: Application, person: Visitor, user: User) -> None:
    assert "It’s saved with your account." in sound(add(person, "Mara of the night shift", uses=False)).words
    assert owner_of(app, NAME) == user.id
    assert owner_of(app, "mara of the night shift") is None


def test_a_kept_one_is_used_again(app: Application, person: Visitor, user: User) -> None:
    add(person, "mara@home.example")
    page = sound(person.press(sound(kept_page(person)), "Use this one", {"password": PASSWORD}))
    assert f"{NAME} you sign in with this" in page.words
    assert owner_of(app, NAME) == user.id
    assert Email.select().where(Email.is_active == 1).count() == 1


def test_a_kept_one_is_removed_and_free_for_others(
    app: Application, person: Visitor, stranger: Visitor, user: User
) -> None:
    give_account(app, stranger, "tom")
    add(person, "mara@home.example")
    assert "There’s already an account with this email or name." in add(stranger, NAME).words
    page = sound(person.press(kept_page(person), "Remove it", {"password": PASSWORD}))
    assert "It’s removed." in page.words
    assert NAME not in page.words
    assert add(stranger, NAME).status == 200


def test_the_one_that_signs_in_cannot_be_removed_or_used_again(person: Visitor, user: User) -> None:
    row, page = Email.get(), add(person, "mara@home.example", uses=False)
    sent = page.fields_in(page.one(".//main//form")) | {"password": [PASSWORD]}
    for what in ("remove", "activate"):
        assert person.client.post(f"{ADDRESSES}/{row.id}/{what}", data=sent).status_code == 404
    assert person.get(f"{ADDRESSES}/{row.id}").status == 404
    assert Email.select().count() == 2


def test_the_address_of_somebody_else_is_not_there(
    app: Application, person: Visitor, stranger: Visitor, user: User
) -> None:
    other = give_account(app, stranger, "tom")
    add(stranger, "tom the second", uses=False)
    theirs = Email.get(Email.user_id == other.id, Email.is_active == 0).id
    page = person.get(ADDRESSES)
    sent = page.fields_in(page.one(".//main//form")) | {"password": [PASSWORD]}
    assert person.get(f"{ADDRESSES}/{theirs}").status == 404
    for what in ("remove", "activate"):
        assert person.client.post(f"{ADDRESSES}/{theirs}/{what}", data=sent).status_code == 404
    assert Email.select().where(Email.user_id == other.id).count() == 2


@pytest.mark.parametrize("typed", ["", "ab", "mara@", "@home", "a b@c", "x" * 61])
def test_what_cannot_be_a_name_is_refused_and_kept_in_its_field(person: Visitor, user: User, typed: str) -> None:
    page = sound(add(person, typed, uses=False), 422)
    assert page.by_id("address").get("aria-invalid") == "true"
    assert page.form(".//main//form")["address"] == [typed]
    assert "use" not in page.form(".//main//form")
    assert Email.select().count() == 1


@pytest.mark.parametrize("typed", [NAME, f" {NAME.upper()} "])
def test_ones_own_is_taken_too(person: Visitor, user: User, typed: str) -> None:
    assert "There’s already an account with this email or name." in add(person, typed).words


def test_without_the_password_nothing_is_told_or_changed(
    app: Application, person: Visitor, stranger: Visitor, user: User
) -> None:
    give_account(app, stranger, "tom")
    page = sound(add(person, "tom", "a wrong password"), 422)
    assert "There’s already an account" not in page.words
    assert "a wrong password" not in page.html
    add(person, "mara@home.example", uses=False)
    for button in ("Use this one", "Remove it"):
        page = sound(person.press(kept_page(person), button, {"password": "a wrong password"}), 422)
        assert page.by_id("password").get("aria-invalid") == "true"
    assert Email.select().where(Email.user_id == user.id).count() == 2
    assert owner_of(app, NAME) == user.id


def test_five_are_enough(person: Visitor, user: User) -> None:
    for number in range(4):
        assert add(person, f"mara number {number}").status == 200
    assert "You can save up to 5 emails and names. Remove one first." in sound(add(person, "one too many"), 422).words


def test_asking_whether_names_are_taken_is_slowed_down(person: Visitor, user: User) -> None:
    said = [add(person, NAME).words for _ in range(13)]
    assert "There’s already an account with this email or name." in said[0]
    assert "There were too many tries. Wait" in said[-1]


@pytest.mark.parametrize("path", ["/account", ADDRESSES, "/account/password", "/account/second-step"])
def test_a_name_that_no_secret_opens_is_told_and_keeps_nobody_out(
    app: Application, person: Visitor, user: User, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    Email.update(email=addresses.seal_row(["of another server"], Email.get(), "somebody").email).execute()
    page = sound(person.get(path))
    assert page.status == 200
    assert "Tampered" in caplog.text
    if "second" not in path and "password" not in path:
        assert "a name that we can’t read right now" in page.words
        assert page.response.headers["X-Request-Id"] in page.words


def test_beside_a_name_that_no_secret_opens_another_can_be_added(app: Application, person: Visitor, user: User) -> None:
    Email.update(email="broken").execute()
    assert "Use this one to sign in from now on." in add(person, "mara@home.example").words
    assert owner_of(app, "mara@home.example") == user.id
    assert "a name that we can’t read right now" in sound(kept_page(person)).words
    assert "It’s removed." in person.press(kept_page(person), "Remove it", {"password": PASSWORD}).words
