"""Twelve words that stand for a key."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree import vault
from dreamtree.accounts import recovery_words
from dreamtree.accounts.models import User
from dreamtree.accounts.recovery_words import WrongWords

secrets = st.binary(min_size=16, max_size=16)
KNOWN = {
    "00000000000000000000000000000000": "abandon " * 11 + "about",
    "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f": "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "ffffffffffffffffffffffffffffffff": "zoo " * 11 + "wrong",
}
"""From the test vectors of BIP-39."""


def holder() -> User:
    user = User(id="mara")
    user.data_key = vault.new_key()
    return user


@pytest.mark.parametrize(("secret", "spelled"), KNOWN.items())
def test_the_words_are_those_of_the_standard(secret: str, spelled: str) -> None:
    assert recovery_words.words_from(bytes.fromhex(secret)) == tuple(spelled.split())
    assert recovery_words.secret_from(spelled).hex() == secret


@given(secrets)
def test_words_lead_back_to_the_secret(secret: bytes) -> None:
    assert recovery_words.secret_from(" ".join(recovery_words.words_from(secret))) == secret


@given(secrets, st.sampled_from([" ", "\n", ", ", " 2. ", "-", " \t\r\n "]))
def test_four_letters_any_case_and_any_spacing_are_enough(secret: bytes, between: str) -> None:
    typed = between.join(one[:4].upper() for one in recovery_words.words_from(secret))
    assert recovery_words.secret_from(f"1. {typed} ") == secret


@pytest.mark.parametrize(
    "between",
    ["\u00a0", "\u3000", "\u200b", "\u2028", ",", "，", "、 ", "، ", "; ", " · ", " — ", "\t1) ", " １２. ", ".\n• "],
)
@pytest.mark.parametrize("write", [str.title, str.upper, lambda text: "".join(chr(ord(one) + 0xFEE0) for one in text)])
def test_dictated_pasted_and_typed_on_any_keyboard_they_are_the_same_words(
    between: str, write: Callable[[str], str]
) -> None:
    secret = bytes(range(16))
    typed = between.join(write(one) for one in recovery_words.words_from(secret))
    assert recovery_words.secret_from(f"{typed}.") == secret


@given(secrets, st.integers(0, 11), st.sampled_from(recovery_words.all_words()))
def test_a_wrong_word_never_leads_to_the_secret(secret: bytes, place: int, other: str) -> None:
    spelled = list(recovery_words.words_from(secret))
    if spelled[place] == other:
        return
    spelled[place] = other
    with suppress(WrongWords):
        assert recovery_words.secret_from(" ".join(spelled)) != secret


def test_what_is_wrong_is_said() -> None:
    spelled = list(recovery_words.words_from(bytes(range(16))))
    for typed, said in [
        ("", "You typed 0 of the twelve words. Type all twelve."),
        (" ".join(spelled[:11]), "You typed 11 of the twelve words. Type all twelve."),
        (" ".join([*spelled, "abandon"]), "You typed 13 of the twelve words."),
        (" ".join([*spelled[:11], "xylophone"]), "“xylophone” isn’t one of the words we use."),
        (" ".join([*spelled[:11], "ab"]), "“ab” isn’t one of the words we use."),
    ]:
        with pytest.raises(WrongWords, match=said.replace(".", r"\.")):
            recovery_words.secret_from(typed)


AS_TYPED = {"Abandon": "abandon", "aban": "abandon", " ACT ": "act", "abandonned": "abandon"}


@pytest.mark.parametrize(("typed", "word"), [*AS_TYPED.items(), ("ac", None), ("", None), ("xyz", None)])
def test_a_word_is_known_by_its_beginning(typed: str, word: str | None) -> None:
    assert recovery_words.word_for(typed) == word


def test_the_first_four_letters_tell_every_word_apart() -> None:
    assert len(recovery_words.all_words()) == 2048
    assert len({one[:4] for one in recovery_words.all_words()}) == 2048


def test_single_words_can_be_checked_in_their_place_only() -> None:
    user, spelled = holder(), recovery_words.words_from(bytes.fromhex("7f" * 16))
    marks = recovery_words.marks_of(user, spelled)
    assert all(recovery_words.is_word(user, marks, place, word) for place, word in enumerate(spelled, 1))
    assert not recovery_words.is_word(user, marks, 1, spelled[1])
    assert not recovery_words.is_word(user, marks, 1, "nonsense")
    assert len(set(marks)) == 12, "the same word in two places has two marks"
    assert not recovery_words.is_word(holder(), marks, 1, spelled[0])
