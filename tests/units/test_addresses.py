"""The email or name of an account: one way of writing it, sealed, and found again."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dreamtree import vault
from dreamtree.accounts import addresses
from dreamtree.accounts.addresses import EMPTY, NO_EMAIL, NOT_PLAIN, Secrets, Taken, normal, problem_with
from dreamtree.accounts.models import Email, User
from dreamtree.db import saving
from tests.people import new_person

OLD, NEW = "the secret of last year, long enough", "the secret of this year, long enough"


def somebody() -> User:
    return new_person(device="Firefox on Linux")


def kept(secrets: Secrets, user: User, typed: str) -> Email:
    row = addresses.new_row(secrets, user.id, typed)
    saving(lambda: addresses.insert(secrets, row))
    return row


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Mara@Example.ORG ", "mara@example.org"),
        ("Mara   of the\tHall", "mara of the hall"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ｍａｒａ", "mara"),
        ("Å", "å"),
        ("A\u030a", "å"),
        ("\u200emara@example.org\u202c", "mara@example.org"),
        ("Ma\u00adra\ufeff", "mara"),
    ],
)
def test_there_is_one_way_of_writing_an_address(typed: str, text: str) -> None:
    assert normal(typed) == text


@given(st.text(max_size=80))
def test_writing_it_that_way_again_changes_nothing(typed: str) -> None:
    assert normal(normal(typed)) == normal(typed)


@pytest.mark.parametrize(
    "typed", ["mara@example.org", "m@x", "Mara", "the gardener of row 5", "李小龙", "m+trees@sub.example.org"]
)
def test_an_email_or_a_name_will_do(typed: str) -> None:
    assert problem_with(typed) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", EMPTY),
        ("  ", EMPTY),
        ("ab", EMPTY),
        ("x" * 61, "That’s too long by 1. Use at most 60 characters."),
        ("mara@", NO_EMAIL),
        ("@example.org", NO_EMAIL),
        ("a@b@c", NO_EMAIL),
        ("mara voss@example.org", NO_EMAIL),
        ("x" * 250 + "@example.org", "That’s too long by 8. Use at most 254 characters."),
        ("mara\x00", NOT_PLAIN),
    ],
)
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    assert problem_with(typed) == said


def test_it_is_found_however_it_is_typed_and_opens_for_its_row_only(app: Flask) -> None:
    mara, tom = somebody(), somebody()
    row = kept([NEW], mara, "Mara@Example.org")
    other = kept([NEW], tom, "tom")
    assert addresses.owners_of([NEW], " MARA@example.ORG") == [mara.id]
    assert addresses.owners_of([NEW], "nobody") == []
    assert [one.text for one in addresses.addresses_of([NEW], mara.id)] == ["mara@example.org"]
    other.email = row.email
    with pytest.raises(vault.Tampered):
        addresses.open_row([NEW], other)


def test_the_database_tells_no_address(app: Flask) -> None:
    row = kept([NEW], somebody(), "mara@example.org")
    assert "mara" not in str(row.__data__)
    assert addresses.lookups([OLD], "mara@example.org") != addresses.lookups([NEW], "mara@example.org")
    with pytest.raises(vault.Tampered):
        addresses.open_row([OLD], row)


def test_an_earlier_secret_still_finds_and_opens(app: Flask) -> None:
    mara = somebody()
    row = kept([OLD], mara, "mara@example.org")
    assert addresses.owners_of([NEW, OLD], "mara@example.org") == [mara.id]
    assert addresses.open_row([NEW, OLD], row).text == "mara@example.org"
    assert addresses.is_taken([NEW, OLD], "mara@example.org")
    assert addresses.owners_of([NEW], "mara@example.org") == []


def test_an_address_belongs_to_one_person_also_across_secrets(app: Flask) -> None:
    kept([OLD], somebody(), "mara@example.org")
    with pytest.raises(Taken):
        kept([NEW, OLD], somebody(), "Mara@example.org")


def test_only_the_active_one_signs_in(app: Flask) -> None:
    mara = somebody()
    kept([NEW], mara, "mara@example.org")
    Email.update(is_active=0).execute()
    assert addresses.owners_of([NEW], "mara@example.org") == []
    assert addresses.is_taken([NEW], "mara@example.org")
