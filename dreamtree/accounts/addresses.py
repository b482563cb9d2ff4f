"""The email or name that opens an account: sealed under the server's secret, found by a keyed digest.

The functions take `secrets`, the server's secret first, then earlier ones that are still honored.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import ModelDelete

from dreamtree import vault
from dreamtree.accounts.models import Email
from dreamtree.db import new_id, now
from dreamtree.text import without_unseen
from dreamtree.web import logs

Secrets = Sequence[str]
UNREADABLE = "a name that we can’t read right now"
SHORTEST, LONGEST, LONGEST_EMAIL = 3, 60, 254
FIND = "address lookup"
EMPTY = "Type an email address, or a name with at least three characters."
TOO_LONG = "That’s too long by {more}. Use at most {most} characters."
NOT_PLAIN = "There’s an invisible character in this. Type it again."
NO_EMAIL = "That doesn’t look like an email address. Type it like name@example.org, or use a name without an @."
TAKEN = "There’s already an account with this email or name. Sign in, or choose another email or name."


class Taken(Exception):
    """Somebody has this address already."""


@dataclass(frozen=True)
class Address:
    """One way to name an account, opened. `text` is "" where no secret opens it."""

    id: str
    text: str
    is_active: bool

    @property
    def words(self) -> str:
        """What pages call it."""
        return self.text or UNREADABLE


def normal(typed: str) -> str:
    """The one way of writing an address: trimmed, lower case, spaces folded, the same letters from every keyboard."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", without_unseen(typed)).casefold())
    return " ".join(folded.split())


def problem_with(typed: str) -> str:
    """Why this cannot name an account, as a sentence that says what to do; "" when it can."""
    text = normal(typed)
    if not all(letter.isprintable() for letter in text):
        return NOT_PLAIN
    if "@" in text:
        return _problem_with_email(text)
    if len(text) < SHORTEST:
        return EMPTY
    return TOO_LONG.format(most=LONGEST, more=len(text) - LONGEST) if len(text) > LONGEST else ""


def _problem_with_email(text: str) -> str:
    name, _, place = text.partition("@")
    if len(text) > LONGEST_EMAIL:
        return TOO_LONG.format(most=LONGEST_EMAIL, more=len(text) - LONGEST_EMAIL)
    is_one = name and place and "@" not in place and " " not in text and not place.startswith(".")
    return "" if is_one else NO_EMAIL


def owners_of(secrets: Secrets, typed: str) -> list[str]:
    """The ids of the people whose active address this is: of one person at the most, one query, whatever was typed.

    Of two where servers with another secret first each let somebody take it. Whose is sealed under the present one
    comes first.
    """
    marks = lookups(secrets, typed)
    found: Any = Email.select(Email.lookup, Email.user_id).where(Email.lookup.in_(marks), Email.is_active == 1)
    return [str(user_id) for _, user_id in sorted(found.tuples(), key=lambda row: marks.index(row[0]))]


def is_taken(secrets: Secrets, typed: str) -> bool:
    """Whether it names an account, in use or kept."""
    return bool(Email.select().where(Email.lookup.in_(lookups(secrets, typed))).exists())


def new_row(secrets: Secrets, user_id: str, typed: str) -> Email:
    """A row for this address, not yet written: see `insert`."""
    row = Email(user_id=user_id, id=new_id(), added_at=now())
    return seal_row(secrets, row, normal(typed))


def insert(secrets: Secrets, row: Email) -> None:
    """Write a row of `new_row`, inside a transaction. Raises `Taken` when somebody was quicker."""
    if is_taken(secrets, open_row(secrets, row).text):
        raise Taken
    row.save(force_insert=True)


def seal_row(secrets: Secrets, row: Email, text: str) -> Email:
    """Put the normal `text` into `row` under the present secret; nothing is written."""
    row.lookup = lookups(secrets, text)[0]
    row.email = vault.seal_with_secret(secrets[0].encode(), _label(row), text)
    return row


def open_row(secrets: Secrets, row: Email) -> Address:
    """What stands in `row`. Raises `vault.Tampered` when none of the secrets opens it."""
    for secret in secrets:
        try:
            text = vault.open_with_secret(secret.encode(), _label(row), row.email)
        except vault.Tampered:
            continue
        return Address(row.id, text, bool(row.is_active))
    raise vault.Tampered("no secret opens this address")


def addresses_of(secrets: Secrets, user_id: str) -> list[Address]:
    """All of a person's, the active one first, then the newest, one that no secret opens among them."""
    rows = Email.select().where(Email.user_id == user_id).order_by(Email.is_active.desc(), Email.added_at.desc())
    return [_opened(secrets, row) for row in rows]


def _opened(secrets: Secrets, row: Email) -> Address:
    try:
        return open_row(secrets, row)
    except vault.Tampered as error:
        logs.report(error)
        return Address(row.id, "", bool(row.is_active))


def active_of(secrets: Secrets, user_id: str) -> Address:
    """The one that signs in. Every account has it."""
    return addresses_of(secrets, user_id)[0]


def activate(user_id: str, row_id: str) -> None:
    """From now on this one of the person's signs in, and no other. Call it inside a transaction."""
    theirs = Email.user_id == user_id
    Email.update(is_active=0).where(theirs, Email.id != row_id).execute()
    Email.update(is_active=1).where(theirs, Email.id == row_id).execute()


def remove(user_id: str, row_id: str) -> None:
    """Forget one that does not sign in; anybody may take it from now on. Call it inside a transaction."""
    ModelDelete(Email).where(Email.user_id == user_id, Email.id == row_id, Email.is_active == 0).execute()


def lookups(secrets: Secrets, typed: str) -> list[str]:
    """By what an address is found: its digest under each secret, the present one first."""
    text = normal(typed)
    return [vault.digest_with_secret(secret.encode(), FIND, text) for secret in secrets]


def _label(row: Email) -> str:
    return f"address|{row.user_id}|{row.id}"
