"""The data key and what it seals."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamtree import vault


@dataclass
class Holder:
    id: str
    data_key: bytes | None


MARA = Holder("mara", vault.new_key())


@given(st.text(), st.text(min_size=1, max_size=40))
def test_what_was_sealed_opens_again(text: str, row: str) -> None:
    sealed = vault.seal(MARA, "story.action", row, text)
    assert vault.open_(MARA, "story.action", row, sealed) == text
    assert not text or len(text) < 4 or text not in sealed.envelope


def test_text_opens_only_for_its_person_label_and_row() -> None:
    sealed = vault.seal(MARA, "story.action", "1", "a bee")
    others = [
        (Holder("tom", MARA.data_key), "story.action", "1"),
        (MARA, "story.result", "1"),
        (MARA, "story.action", "2"),
        (Holder("mara", vault.new_key()), "story.action", "1"),
    ]
    for holder, label, row in others:
        with pytest.raises(vault.Tampered):
            vault.open_(holder, label, row, sealed)


def test_without_the_key_nothing_is_read_or_written() -> None:
    sealed = vault.seal(MARA, "story.action", "1", "a bee")
    locked = Holder("mara", None)
    with pytest.raises(vault.Locked):
        vault.seal(locked, "story.action", "1", "a bee")
    with pytest.raises(vault.Locked):
        vault.open_(locked, "story.action", "1", sealed)


def test_sealed_text_is_not_shown_by_accident() -> None:
    sealed = vault.seal(MARA, "story.action", "1", "a bee")
    with pytest.raises(TypeError):
        str(sealed)
    assert "ciphertext" not in repr(sealed)


def test_a_sealed_column_refuses_plain_text() -> None:
    with pytest.raises(vault.Locked):
        vault.SealedField().db_value("a bee")


def test_a_data_key_opens_only_with_its_secret_and_purpose() -> None:
    key = vault.new_key()
    wrapped = vault.wrap(key, b"a token of the session", "session|mara")
    assert vault.unwrap(wrapped, b"a token of the session", "session|mara") == key
    for secret, label in ((b"another token", "session|mara"), (b"a token of the session", "session|tom")):
        with pytest.raises(vault.Tampered):
            vault.unwrap(wrapped, secret, label)


@pytest.mark.parametrize("envelope", ["", "{}", "[]", "null", '{"iv":"!","ciphertext":"!"}', '{"iv":1}'])
def test_a_broken_envelope_is_tampered(envelope: str) -> None:
    with pytest.raises(vault.Tampered):
        vault.open_(MARA, "story.action", "1", vault.Sealed(envelope))


def test_equal_texts_of_one_person_have_equal_digests_and_no_others() -> None:
    digest = vault.digest(MARA, "shown", "a bee")
    assert digest == vault.digest(MARA, "shown", "a bee")
    assert digest != vault.digest(MARA, "served", "a bee")
    assert digest != vault.digest(Holder("mara", vault.new_key()), "shown", "a bee")


def test_an_envelope_opens_however_its_json_is_written() -> None:
    sealed = vault.seal(MARA, "story.action", "1", "a bee")
    written_anew = json.dumps(json.loads(sealed.envelope), indent=1, sort_keys=True)
    assert vault.open_(MARA, "story.action", "1", vault.Sealed(written_anew)) == "a bee"


def test_a_key_that_is_only_bytes_opens_the_same() -> None:
    plain = Holder("mara", bytes(MARA.data_key or b""))
    assert vault.open_(plain, "story.action", "1", vault.seal(MARA, "story.action", "1", "a bee")) == "a bee"
