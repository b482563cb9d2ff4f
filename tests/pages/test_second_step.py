"""The second step of a sign-in: set up, used, renewed, turned off."""

import pyotp
import pytest
import time_machine

from dreamtree.accounts import people, second_step
from dreamtree.accounts.models import Auth, User
from dreamtree.accounts.second_step import STEP_SECONDS, Verdict
from dreamtree.db import saving


@pytest.fixture
def user(app: object) -> User:
    return saving(lambda: people.write_arrival(people.plan_arrival(False, "Firefox on Linux")))


def code_of(key: str) -> str:
    return pyotp.TOTP(key).now()


def turned_on(user: User) -> tuple[str, tuple[str, ...]]:
    """The key and the backup codes of a second step that was set up just now."""
    key = second_step.new_key()
    codes = second_step.turn_on(user, key, code_of(key))
    assert codes
    return key, codes


def test_a_wrong_first_code_turns_nothing_on(frozen: time_machine.Traveller, user: User) -> None:
    key = second_step.new_key()
    for typed in ("", "000000", "12345", "1234567", "none", "٠٠٠٠٠٠", code_of(second_step.new_key())):
        assert second_step.turn_on(user, key, typed) is None
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
    fresh = second_step.renew_codes(user)
    assert second_step.check(user, codes[0]) is Verdict.WRONG
    assert second_step.check(user, fresh[0]) is Verdict.PASSED


def test_turned_off_nothing_passes_and_nothing_is_left(user: User) -> None:
    key, codes = turned_on(user)
    second_step.turn_off(user)
    assert Auth.select().count() == 0
    assert second_step.check(user, codes[0]) is Verdict.WRONG
    assert second_step.check(user, code_of(key)) is Verdict.WRONG
    assert second_step.renew_codes(user) == ()


def test_the_database_holds_neither_the_key_nor_a_code(user: User) -> None:
    key, codes = turned_on(user)
    row = str(Auth.get().__data__)
    assert key not in row
    assert not any(code in row or code.replace("-", "") in row for code in codes)


def test_the_picture_needs_no_style_of_its_own(user: User) -> None:
    picture = second_step.picture_of(second_step.new_key(), "Mara & <Tom>")
    assert "style=" not in picture
    assert "<title>" in picture
