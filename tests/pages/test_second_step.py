"""The second step of a sign-in: set up, used, renewed, turned off."""

import re

import pyotp
import pytest
import time_machine

from dreamtree.accounts import people, second_step
from dreamtree.accounts.models import Auth, User
from dreamtree.accounts.second_step import STEP_SECONDS, Verdict
from dreamtree.db import saving
from dreamtree.web import Application
from tests.claimed import NAME, PASSWORD, current_of, give_account, is_in
from tests.page import Page, words_of
from tests.rules.strict_html import fragment_faults
from tests.rules.test_pages import sound
from tests.visitor import PARTIAL, Visitor

PLACE = "/account/second-step"
CODES = second_step.codes_of("a token", "a form")


@pytest.fixture
def user(app: object) -> User:
    return saving(lambda: people.insert_tree(people.new_tree(False, "Firefox on Linux")))


@pytest.fixture
def account(app: Application, person: Visitor) -> Visitor:
    """Somebody with an account, without a second step."""
    give_account(app, person)
    return person


def code_of(key: str) -> str:
    return pyotp.TOTP(key).now()


def turned_on(user: User) -> tuple[str, tuple[str, ...]]:
    """The key and the backup codes of a second step that was set up just now."""
    key = second_step.new_app_key()
    codes = second_step.turn_on(user, key, code_of(key), CODES)
    assert codes
    return key, codes


def test_a_wrong_first_code_turns_nothing_on(frozen: time_machine.Traveller, user: User) -> None:
    key = second_step.new_app_key()
    for typed in ("", "000000", "12345", "1234567", "none", "٠٠٠٠٠٠", code_of(second_step.new_app_key())):
        assert second_step.turn_on(user, key, typed, CODES) is None
    assert second_step.second_step_of(user) is None


def test_a_code_passes_once_and_spaces_do_not_matter(frozen: time_machine.Traveller, user: User) -> None:
    key, _ = turned_on(user)
    assert second_step.check(user, code_of(key)) is Verdict.USED
    frozen.shift(STEP_SECONDS)
    typed = code_of(key)
    assert second_step.check(user, f" {typed[:3]} {typed[3:]} ") is Verdict.PASSED
    assert second_step.check(user, typed) is Verdict.USED


def test_a_clock_may_be_half_a_minute_off_and_not_more(frozen: time_machine.Traveller, user: User) -> None:
    key, _ = turned_on(user)
    at = pyotp.TOTP(key)
    frozen.shift(10 * STEP_SECONDS)
    for off, verdict in ((-60, Verdict.WRONG), (60, Verdict.WRONG), (-30, Verdict.PASSED), (30, Verdict.PASSED)):
        frozen.shift(off)
        typed = at.now()
        frozen.shift(-off)
        assert second_step.check(user, typed) is verdict


def test_each_backup_code_opens_once_however_it_is_typed(user: User) -> None:
    _, codes = turned_on(user)
    assert len(set(codes)) == 10
    assert second_step.check(user, codes[0].upper().replace("-", " ")) is Verdict.PASSED
    assert second_step.check(user, codes[0]) is Verdict.WRONG
    assert all(second_step.check(user, code) is Verdict.PASSED for code in codes[1:])


def test_new_backup_codes_make_the_old_ones_void(user: User) -> None:
    _, codes = turned_on(user)
    fresh = second_step.renew_codes(user, second_step.codes_of("a token", "another"))
    assert second_step.check(user, codes[0]) is Verdict.WRONG
    assert second_step.check(user, fresh[0]) is Verdict.PASSED


def test_turned_off_nothing_passes_and_nothing_is_left(user: User) -> None:
    key, codes = turned_on(user)
    second_step.turn_off(user)
    assert Auth.select().count() == 0
    assert second_step.check(user, codes[0]) is Verdict.WRONG
    assert second_step.check(user, code_of(key)) is Verdict.WRONG
    assert second_step.renew_codes(user, second_step.codes_of("a token", "another")) == ()


def test_the_database_holds_neither_the_key_nor_a_code(user: User) -> None:
    key, codes = turned_on(user)
    row = str(Auth.get().__data__)
    assert key not in row
    assert not any(code in row or code.replace("-", "") in row for code in codes)


def test_the_picture_needs_no_style_of_its_own(user: User) -> None:
    picture = second_step.picture_of(second_step.new_app_key(), "Mara & <Tom>")
    assert "style=" not in picture
    assert "<title>" in picture


def set_up(visitor: Visitor, password: str = PASSWORD, code: str = "") -> tuple[str, Page]:
    """The key that the page gave, and what came of the first code."""
    page = sound(visitor.get(PLACE))
    key = page.form(f".//form[@action='{PLACE}']")["key"][0]
    return key, visitor.press(page, "Turn it on", {"code": code or code_of(key), "password": password})


def codes_on(page: Page) -> list[str]:
    return [words_of(one) for one in page.all(".//main//ol/li")]


def test_the_page_gives_the_key_as_a_picture_and_as_text(account: Visitor) -> None:
    page = sound(account.get(PLACE))
    key = page.form(f".//form[@action='{PLACE}']")["key"][0]
    assert " ".join(re.findall("....", key)) in page.words
    assert page.has(".//main//figure//svg/title")
    assert "style=" not in page.html
    assert Auth.select().where(Auth.type == "totp").count() == 0


def test_the_first_code_turns_it_on_and_shows_the_backup_codes_once(account: Visitor) -> None:
    _, page = set_up(account)
    assert len(codes_on(sound(page))) == 10
    again = sound(account.get(PLACE))
    assert "You have 10 left." in again.words
    assert not any(code in again.html for code in codes_on(page))
    assert "on, 10 backup codes left" in account.get("/account").words


def test_a_wrong_code_keeps_the_key_that_the_app_has(account: Visitor) -> None:
    key, page = set_up(account, code="000000")
    sound(page, 422)
    assert page.by_id("code").get("aria-invalid") == "true"
    assert page.form(f".//form[@action='{PLACE}']")["key"] == [key]
    page = account.press(page, "Turn it on", {"code": code_of(key), "password": PASSWORD})
    assert len(codes_on(page)) == 10


def test_setting_up_renewing_and_turning_off_ask_for_the_password(account: Visitor) -> None:
    _, page = set_up(account, "a wrong password")
    assert page.by_id("password").get("aria-invalid") == "true"
    assert Auth.select().where(Auth.type == "totp").count() == 0
    _, page = set_up(account)
    first = codes_on(page)
    for button, field in (("Make ten new codes", "renew-password"), ("Turn it off", "off-password")):
        page = sound(account.press(account.get(PLACE), button, {"password": "a wrong password"}), 422)
        assert page.by_id(field).get("aria-invalid") == "true"
    fresh = codes_on(sound(account.press(account.get(PLACE), "Make ten new codes", {"password": PASSWORD})))
    assert not set(first) & set(fresh)
    page = sound(account.press(account.get(PLACE), "Turn it off", {"password": PASSWORD}))
    assert "The second step is off." in page.words
    assert "off, so you need only your password to sign in" in account.get("/account").words


def test_what_was_sent_twice_shows_the_same_codes_twice(account: Visitor) -> None:
    """Until a quarter of an hour has passed, or one of them was used."""
    old = account.get(PLACE)
    key = old.form(f".//form[@action='{PLACE}']")["key"][0]
    sent = {"code": code_of(key), "password": PASSWORD}
    first = codes_on(account.press(old, "Turn it on", sent))
    assert codes_on(account.press(old, "Turn it on", sent)) == first
    assert codes_on(account.press(old, "Turn it on", {**sent, "password": "a wrong one"})) == []
    page = account.get(PLACE)
    fresh = codes_on(account.press(page, "Make ten new codes", {"password": PASSWORD}))
    assert codes_on(account.press(page, "Make ten new codes", {"password": PASSWORD})) == fresh != first
    assert codes_on(account.press(old, "Turn it on", sent)) == []


def test_setting_up_twice_leaves_the_first_alone(account: Visitor) -> None:
    old = account.get(PLACE)
    set_up(account)
    before = Auth.get(Auth.type == "totp").password_hash
    key = old.form(f".//form[@action='{PLACE}']")["key"][0]
    page = account.press(old, "Turn it on", {"code": code_of(key), "password": PASSWORD})
    assert "It’s on" in page.words
    assert Auth.get(Auth.type == "totp").password_hash == before


def test_the_codes_can_be_kept_as_a_file(account: Visitor) -> None:
    _, page = set_up(account)
    file = account.press(page, "Download").response
    assert file.headers["Content-Disposition"] == 'attachment; filename="dreamtree-backup-codes.txt"'
    assert file.mimetype == "text/plain"
    assert file.get_data(as_text=True).split()[-10:] == codes_on(page)


@pytest.mark.parametrize("sent", [[], ["<script>"], ["abcd-efgh", "no code"]])
def test_the_file_holds_codes_and_nothing_else(account: Visitor, sent: list[str]) -> None:
    _, page = set_up(account)
    fields = page.form(f".//form[@action='{PLACE}/file']") | {"codes": sent}
    assert account.client.post(f"{PLACE}/file", data=fields).status_code == 400


@pytest.mark.parametrize("key", ["", "short", "0" * 32, "a" * 32])
def test_a_key_that_is_none_of_ours_is_refused(account: Visitor, key: str) -> None:
    page = account.get(PLACE)
    sent = page.form(f".//form[@action='{PLACE}']") | {"key": [key], "code": ["000000"], "password": [PASSWORD]}
    assert account.client.post(PLACE, data=sent).status_code == 400


def sign_in(app: Application, account: Visitor, device: str = "Sign in on my own device") -> tuple[Visitor, Page]:
    """Another browser, once the password was typed in it, and the page that came."""
    visitor = Visitor(app.test_client())
    return visitor, visitor.press(visitor.get("/sign-in"), device, {"name": NAME, "password": PASSWORD})


def test_signing_in_asks_for_the_code_and_each_is_good_once(
    frozen: time_machine.Traveller, app: Application, account: Visitor
) -> None:
    key, _ = set_up(account)
    visitor, page = sign_in(app, account)
    assert sound(page).response.request.path == "/sign-in/code"
    assert not is_in(visitor)
    assert "already used" in sound(visitor.press(page, "Sign in", {"code": code_of(key)}), 422).words
    frozen.shift(STEP_SECONDS)
    page = visitor.press(page, "Sign in", {"code": code_of(key)})
    assert page.response.request.path == "/home"
    assert is_in(visitor)
    again, page = sign_in(app, account)
    assert "already used" in again.press(page, "Sign in", {"code": code_of(key)}).words
    assert not is_in(again)


def test_a_backup_code_signs_in_and_is_used_up(app: Application, account: Visitor) -> None:
    _, codes_page = set_up(account)
    code = codes_on(codes_page)[0]
    visitor, page = sign_in(app, account, "Sign in on a shared device")
    assert visitor.press(page, "Sign in", {"code": code}).response.request.path == "/home"
    assert current_of(visitor).session.is_shared == 1
    other, page = sign_in(app, account)
    assert "not the code" in sound(other.press(page, "Sign in", {"code": code}), 422).words
    assert "You have 9 left." in account.get(PLACE).words


def test_after_ten_minutes_the_password_is_asked_again(
    frozen: time_machine.Traveller, app: Application, account: Visitor
) -> None:
    key, _ = set_up(account)
    visitor, page = sign_in(app, account)
    frozen.shift(10 * 60 + 1)
    page = sound(visitor.press(page, "Sign in", {"code": code_of(key)}), 422)
    assert "Your ten minutes for the code are up." in page.words
    assert page.has(".//form[@action='/sign-in']")
    assert visitor.get("/sign-in/code").response.request.path == "/sign-in"
    assert not is_in(visitor)


def test_a_waiting_code_opens_nothing(app: Application, account: Visitor) -> None:
    set_up(account)
    visitor, _ = sign_in(app, account)
    waiting = visitor.client.get_cookie("code")
    assert waiting is not None
    visitor.client.set_cookie("tree", waiting.value)
    assert not is_in(visitor)


def test_guessing_codes_becomes_slow_and_ends_nothing(
    frozen: time_machine.Traveller, app: Application, account: Visitor
) -> None:
    key, _ = set_up(account)
    visitor, page = sign_in(app, account)
    said = [visitor.press(page, "Sign in", {"code": f"{guess:06}"}) for guess in range(8)]
    assert [one.status for one in said] == [422] * 5 + [429] * 3
    assert int(said[-1].response.headers["Retry-After"]) > 0
    other, fresh = sign_in(app, account)
    assert other.press(fresh, "Sign in", {"code": code_of(key)}).status == 429
    frozen.shift(60)
    assert visitor.press(page, "Sign in", {"code": code_of(key)}).response.request.path == "/home"


def test_in_place_the_code_is_asked_in_the_dialog(
    frozen: time_machine.Traveller, app: Application, account: Visitor
) -> None:
    key, _ = set_up(account)
    frozen.shift(STEP_SECONDS)
    visitor = Visitor(app.test_client())
    form = visitor.get("/sign-in")
    sent = form.fields_in(form.by_id("signin-form")) | {"name": [NAME], "password": [PASSWORD], "device": ["own"]}
    part = Page(visitor.client.post("/sign-in", data=sent, headers=PARTIAL))
    assert fragment_faults(part.html) == []
    assert part.by_id("signin-form").get("data-hx-post") == "/sign-in/code"
    sent = part.fields_in(part.by_id("signin-form"))
    wrong = Page(visitor.client.post("/sign-in/code", data=sent | {"code": ["000000"]}, headers=PARTIAL))
    assert wrong.status == 422
    assert wrong.by_id("signin-code").get("aria-invalid") == "true"
    right = Page(visitor.client.post("/sign-in/code", data=sent | {"code": [code_of(key)]}, headers=PARTIAL))
    assert right.status == 200
    assert right.by_id("csrf") is not None
    assert is_in(visitor)
