"""Passwords and recovery words open exactly one tree, and nothing else does."""

import os
import unicodedata

import pytest
from argon2.profiles import RFC_9106_LOW_MEMORY
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dreamtree import vault
from dreamtree.accounts import credentials, passwords, recovery_words
from dreamtree.accounts.models import Auth, User
from dreamtree.db import saving
from dreamtree.vault import Cost
from tests.people import new_person

FULL = Cost(RFC_9106_LOW_MEMORY.time_cost, RFC_9106_LOW_MEMORY.memory_cost, RFC_9106_LOW_MEMORY.parallelism)
PASSWORD = "wires in the northern hall"
any_password = st.text(min_size=12, max_size=256)
keystrokes = st.sampled_from(["é", "e\u0301", "Å", "A\u030a", " ", "🌱", "👩‍🌾", "ñ", "x"])
with_accents = st.lists(keystrokes, min_size=12, max_size=60)
in_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def mara(app: Flask) -> User:
    return new_person(device="Firefox on Linux")


def lock(user: User, password: str) -> Auth:
    row = credentials.password_credential(user, password)
    saving(lambda: credentials.replace(row))
    return row


@in_one_database
@given(any_password)
def test_any_password_opens_what_it_closed(mara: User, password: str) -> None:
    lock(mara, password)
    opened = credentials.user_by_password(mara.id, password)
    assert opened is not None
    assert opened.data_key == mara.data_key


@in_one_database
@given(any_password, any_password)
def test_no_other_password_does(mara: User, password: str, other: str) -> None:
    assume(passwords.normal(password) != passwords.normal(other))
    lock(mara, password)
    assert credentials.user_by_password(mara.id, other) is None


@in_one_database
@given(with_accents)
def test_every_keyboards_way_of_writing_an_accent_opens(mara: User, pieces: list[str]) -> None:
    password = "".join(pieces)
    lock(mara, unicodedata.normalize("NFD", password))
    assert credentials.is_password(mara, unicodedata.normalize("NFC", password))


ONE_PASSWORD = "Caf\u00e9 am Platz 2026 !"
SPELLINGS = {
    "composed": ONE_PASSWORD,
    "decomposed": unicodedata.normalize("NFD", ONE_PASSWORD),
    "digits of a wide keyboard": ONE_PASSWORD.replace("2026", "２０２６"),
    "no-break spaces": ONE_PASSWORD.replace(" ", "\u00a0"),
    "a wide space": ONE_PASSWORD.replace(" ", "\u3000"),
    "an ogham space": ONE_PASSWORD.replace(" ", "\u1680"),
    "all of them": unicodedata.normalize("NFD", ONE_PASSWORD).replace("2026", "２０２６").replace(" ", "\u202f"),
}


@pytest.mark.parametrize("set_as", SPELLINGS)
def test_every_keyboards_spaces_and_widths_open(mara: User, set_as: str) -> None:
    lock(mara, SPELLINGS[set_as])
    assert all(credentials.is_password(mara, typed) for typed in SPELLINGS.values())
    assert not credentials.is_password(mara, ONE_PASSWORD.lower())
    assert not credentials.is_password(mara, ONE_PASSWORD.replace(" ", ""))


def test_a_password_kept_in_its_earlier_spelling_opens_and_is_kept_anew(
    mara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = SPELLINGS["digits of a wide keyboard"]
    with monkeypatch.context() as earlier:
        earlier.setattr(passwords, "normal", lambda password: unicodedata.normalize("NFC", password))
        before = lock(mara, typed).password_hash
    assert not credentials.is_password(mara, ONE_PASSWORD)
    assert credentials.is_password(mara, typed)
    kept = credentials.credential_of(mara.id, credentials.PASSWORD)
    assert kept is not None
    assert kept.password_hash != before
    assert credentials.is_password(mara, ONE_PASSWORD)


@pytest.mark.parametrize("place", [0, 11, 71, 72, 73, 127, 255])
@pytest.mark.parametrize("letter", ["a", "é", "🌱"])
def test_every_character_counts_to_the_last(mara: User, place: int, letter: str) -> None:
    """Some ways of keeping passwords stop at byte 72."""
    password = letter * 256
    lock(mara, password)
    assert not credentials.is_password(mara, password[:place] + "b" + password[place + 1 :])
    assert not credentials.is_password(mara, password[:-1])
    assert credentials.is_password(mara, password)


def test_spaces_at_the_ends_count(mara: User) -> None:
    lock(mara, f" {PASSWORD} ")
    assert not credentials.is_password(mara, PASSWORD)


def test_the_full_price_is_paid_and_written_down(mara: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "TODAY", FULL)
    row = lock(mara, PASSWORD)
    assert str(row.password_hash).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert credentials.is_password(mara, PASSWORD)


def test_what_was_set_for_less_is_kept_anew_when_it_is_typed(mara: User, monkeypatch: pytest.MonkeyPatch) -> None:
    before = lock(mara, PASSWORD)
    monkeypatch.setattr(vault, "TODAY", Cost(rounds=2, memory=16, lanes=1))
    assert not credentials.is_password(mara, "another password")
    assert credentials.credential_of(mara.id, credentials.PASSWORD).password_hash == before.password_hash  # type: ignore[union-attr]
    assert credentials.is_password(mara, PASSWORD)
    after = credentials.credential_of(mara.id, credentials.PASSWORD)
    assert after is not None
    assert "$m=16,t=2,p=1$" in str(after.password_hash)
    assert after.wrapped_data_key != before.wrapped_data_key
    opened = credentials.user_by_password(mara.id, PASSWORD)
    assert opened is not None
    assert opened.data_key == mara.data_key


def test_nobody_is_opened_by_nothing(mara: User) -> None:
    assert credentials.user_by_password(None, PASSWORD) is None
    assert credentials.user_by_password(mara.id, PASSWORD) is None, "no password was set"
    assert credentials.user_by_words(None, bytes(16)) is None


def test_the_words_open_as_well_and_only_they(mara: User) -> None:
    secret = os.urandom(recovery_words.SECRET_BYTES)
    row = credentials.recovery_credential(mara, secret)
    saving(lambda: credentials.replace(row))
    opened = credentials.user_by_words(mara.id, secret)
    assert opened is not None
    assert opened.data_key == mara.data_key
    assert credentials.user_by_words(mara.id, os.urandom(recovery_words.SECRET_BYTES)) is None


def test_the_row_of_one_person_opens_nothing_in_another_ones_place(mara: User) -> None:
    tom = new_person(device="Chrome on Mac")
    row = lock(mara, PASSWORD)
    Auth.update(user_id=tom.id).where(Auth.id == row.id).execute()
    assert credentials.user_by_password(tom.id, PASSWORD) is None


def test_the_verifier_does_not_unwrap_and_the_key_is_in_no_column(mara: User) -> None:
    row = lock(mara, PASSWORD)
    assert mara.data_key is not None
    assert mara.data_key.hex() not in str(row.__data__)
    with pytest.raises(vault.Tampered):
        vault.unwrap(str(row.wrapped_data_key), str(row.password_hash).encode(), f"password|{mara.id}")


def test_without_the_key_no_way_in_can_be_made(mara: User) -> None:
    mara.data_key = None
    with pytest.raises(vault.Locked):
        credentials.password_credential(mara, PASSWORD)
    with pytest.raises(vault.Locked):
        credentials.recovery_credential(mara, os.urandom(recovery_words.SECRET_BYTES))


def test_setting_it_again_leaves_one_row(mara: User) -> None:
    for password in (PASSWORD, "another good password"):
        lock(mara, password)
    assert Auth.select().count() == 1
    assert not credentials.is_password(mara, PASSWORD)
    assert credentials.is_password(mara, "another good password")
