"""Which passwords are good enough, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree.accounts import passwords
from dreamtree.accounts.passwords import COMMON, OWN, REPEATED, problem_with, strength

MARA = "mara.voss@example.org"


def test_twelve_characters_are_enough_and_two_hundred_and_fifty_six_the_most() -> None:
    letters = "correct horse, battery? staple! " * 9
    assert problem_with(letters[:12], MARA) == ""
    assert problem_with(letters[:256], MARA) == ""
    assert problem_with(letters[:11], MARA) == (
        "Use at least 12 characters: 1 more. A few words in a row are easy to keep in mind."
    )
    assert problem_with(letters[:260], MARA) == "Use at most 256 characters: 4 fewer."


@pytest.mark.parametrize(
    "password",
    ["            x           y z", "ångström über ñandú", "🌱🌿🍂🌳🌰🍄🐝🐞🦋🐌🪱🌻", "пароль из пяти слов"],
)
def test_any_characters_will_do(password: str) -> None:
    assert problem_with(password, MARA) == ""


def test_characters_are_counted_as_people_count_them() -> None:
    composed, apart = "é" * 6 + "abcdefgh", "e\u0301" * 6 + "abcdefgh"
    assert passwords.normal(apart) == composed
    assert problem_with("e\u0301" * 6 + "abcde", MARA).startswith("Use at least 12 characters: 1 more")


def test_nothing_is_stripped() -> None:
    assert passwords.normal("  a space at both ends  ") == "  a space at both ends  "


@pytest.mark.parametrize("password", ["qwerty123456", "QWERTY123456", "password1234", "Sunshine2024!", "1987jessica04"])
def test_what_everybody_uses_is_refused(password: str) -> None:
    assert problem_with(password, MARA) == COMMON


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "abcabcabcabc", "12121212121212", "sunshinesunshine"])
def test_the_same_thing_over_and_over_is_refused(password: str) -> None:
    assert problem_with(password, MARA) == REPEATED


@pytest.mark.parametrize(
    "password", ["mara.voss@example.org", "MaraVoss2024", "dreamtree mara", "DreamTreeDreamTree1", "example-voss-99"]
)
def test_ones_own_address_and_our_name_are_refused(password: str) -> None:
    assert problem_with(password, MARA) == OWN


def test_a_name_inside_a_longer_password_does_no_harm() -> None:
    assert problem_with("mara wires the northern hall", MARA) == ""


@pytest.mark.parametrize(
    ("password", "word"),
    [("abcabcabcabc", "easy to guess"), ("wires in the h", "fair"), ("wires in the hall", "strong")],
)
def test_strength_is_told_in_a_word(password: str, word: str) -> None:
    assert strength(password).word == word


def test_the_list_is_long_enough() -> None:
    assert len(passwords.common()) >= 10_000
    assert "" not in passwords.common()


@given(st.text(min_size=0, max_size=300))
def test_there_is_an_answer_for_every_text(password: str) -> None:
    problem = problem_with(password, MARA)
    assert bool(problem) or 12 <= len(passwords.normal(password)) <= 256
    assert strength(password).word
