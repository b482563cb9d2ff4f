"""Which passwords are good enough, and what is said of the others."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from dreamtree.accounts import guessing, passwords
from dreamtree.accounts.passwords import (
    COMMON,
    DATE,
    FEW_WORDS,
    KEYS,
    OWN,
    REPEATED,
    RUN,
    SHAKY,
    WORD,
    problem_with,
)

MARA = "mara.voss@example.org"
READINGS = "4@8({[<3691!|0$5+7%2"
"""Every mark and figure that may stand for a letter, some for two."""


def test_twelve_characters_are_enough_and_two_hundred_and_fifty_six_the_most() -> None:
    letters = "zinc kv moth, battery? staple! " * 9
    assert problem_with(letters[:12], MARA) == ""
    assert problem_with(letters[:256], MARA) == ""
    assert problem_with(letters[:11], MARA) == (
        "That’s too short by 1. Use at least 12 characters. A few words in a row are easy to remember."
    )
    assert problem_with(letters[:260], MARA) == "That’s too long by 4. Use at most 256 characters."


@pytest.mark.parametrize(
    "password",
    [
        "wires in the hall",
        "purple tractor lemon",
        "Lasagna-Tuesday-Bike",
        "X7#kq9Lm2$vT",
        "            x           y z",
        "ångström über ñandú",
        "🌱🌿🍂🌳🌰🍄🐝🐞🦋🐌🪱🌻",
        "пароль из пяти слов",
        "a" * 80 + " tall grey heron at noon",
    ],
)
def test_whatever_is_hard_to_guess_will_do(password: str) -> None:
    assert problem_with(password, MARA) == ""


def test_characters_are_counted_as_people_count_them() -> None:
    composed, apart = "é" * 6 + "abcdefgh", "e\u0301" * 6 + "abcdefgh"
    assert passwords.normal(apart) == composed
    assert problem_with("e\u0301" * 6 + "abcde", MARA).startswith("That’s too short by 1. Use at least 12 characters")


def test_nothing_is_stripped() -> None:
    assert passwords.normal("  a space at both ends  ") == "  a space at both ends  "


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("123456789012", COMMON),
        ("1qaz2wsx2026", COMMON),
        ("QWERTY123456", COMMON),
        ("p@ssw0rd1234", COMMON),
        ("Sunshine2024!", COMMON),
        ("password password", COMMON),
        ("p a s s w o r d 1 2", COMMON),
        ("qazwsxedcrfv", COMMON),
        ("hannahmontana", COMMON),
        ("1987jessica04", WORD),
        ("extraordinary", WORD),
        ("Photosynthesis!", WORD),
        ("understanding2026", WORD),
        ("correct horse", FEW_WORDS),
        ("abcdefghijkl", RUN),
        ("zyxwvutsrqponm", RUN),
        ("абвгдежзийкл", RUN),
        ("a-b-c-d-e-f-g-h", RUN),
        ("asdfghjkl;'1", KEYS),
        ("!@#$%^&*()_+", KEYS),
        ("йцукенгшщзхъ", KEYS),
        ("qwertzuiopü12", KEYS),
        ("aaaaaaaaaaaa", REPEATED),
        ("abcabcabcabc", REPEATED),
        ("sunshinesunshine", REPEATED),
        ("aAbBcCdDeEfF", RUN),
        ("kq7!kq7!kq7!", REPEATED),
        ("a" * 200, REPEATED),
        ("2024-11-28-2024", DATE),
    ],
)
def test_what_is_guessed_early_is_refused_with_what_would_help(password: str, words: str) -> None:
    assert problem_with(password, MARA) == words


@pytest.mark.parametrize(
    "password", ["mara.voss@example.org", "MaraVoss2024", "dreamtree mara", "DreamTreeDreamTree1", "example-voss-99"]
)
def test_ones_own_address_and_our_name_are_refused(password: str) -> None:
    assert problem_with(password, MARA) == OWN


def test_a_name_inside_a_longer_password_does_no_harm() -> None:
    assert problem_with("mara wires the northern hall", MARA) == ""


@pytest.mark.parametrize("around", ["{}", "{}1", "{}!", "{}2024", "2026{}", "{}{}"])
def test_no_long_entry_of_any_list_passes_with_a_year_a_mark_or_itself(around: str) -> None:
    words = [word for word in (*FREQUENCY_LISTS["passwords"], *guessing.common()) if len(word) >= 12]
    assert len(words) > 229
    if around != "{}":
        words = words[::9]
    assert [word for word in words if not problem_with(around.replace("{}", word), MARA)] == []


def test_no_single_word_of_a_dictionary_passes() -> None:
    words = [word for kind in FREQUENCY_LISTS.values() for word in kind if len(word) >= 12]
    assert [word for word in words[::29] if not problem_with(word, MARA)] == []


@pytest.mark.parametrize("password", [READINGS * 12, "aB3$" * 64, "1!|" * 85, "a" * 256, "qwerty1 " * 32])
def test_an_answer_comes_at_once_however_long_and_strange_the_password(password: str) -> None:
    begun = time.process_time()
    problem_with(password, MARA)
    assert time.process_time() - begun < 1.5


def test_every_reason_has_words_that_say_what_to_do() -> None:
    for words in passwords.WORDS_FOR.values():
        assert "Use " in words or "Add " in words
        assert "score" not in words
    assert passwords.WORDS_FOR[guessing.OTHER] == SHAKY


def test_the_list_is_long_enough() -> None:
    assert len(guessing.common()) >= 10_000
    assert "" not in guessing.common()


@given(st.text(min_size=0, max_size=300))
def test_there_is_an_answer_for_every_text(password: str) -> None:
    problem = problem_with(password, MARA)
    assert bool(problem) or 12 <= len(passwords.normal(password)) <= 256
