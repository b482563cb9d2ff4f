"""The credentials that open an account: its password, its recovery words. Each wraps the person's data key for itself.

`auth.password_hash` of a password is `$argon2id$v=19$m=…,t=…,p=…$salt$verifier`; of recovery words it is a JSON list
of keyed marks, one a word.
"""

import base64
import binascii
import hmac
import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from peewee import ModelDelete

from dreamtree import vault
from dreamtree.accounts import passwords, recovery_words
from dreamtree.accounts.models import Auth, User
from dreamtree.db import new_id, now, saving
from dreamtree.vault import Cost

T = TypeVar("T", str, bytes)
PASSWORD, RECOVERY = "password", "recovery"
VERIFIER = "password verifier"
NOBODY = "00000000-0000-0000-0000-000000000000"
SALT_BYTES = 16
STORED = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)")


@dataclass(frozen=True)
class PasswordHash:
    """A password as it is kept: what a guess costs, its salt, and what the right one leads to."""

    cost: Cost
    salt: bytes
    verifier: bytes


NOBODYS_HASH = PasswordHash(vault.TODAY, bytes(SALT_BYTES), bytes(vault.KEY_BYTES))
"""What a password is tried on where there is nobody, so that it takes as long."""


def password_credential(user: User, password: str) -> Auth:
    """A row that opens `user` with this password; write it with `replace`. Takes long: outside of transactions."""
    salt, cost = os.urandom(SALT_BYTES), vault.TODAY
    raw = vault.stretch(passwords.normal(password), salt, cost)
    stored = PasswordHash(cost, salt, vault.derive(raw, VERIFIER))
    return _row(user, PASSWORD, _written(stored), raw)


def recovery_credential(user: User, secret: bytes) -> Auth:
    """A row that opens `user` with the recovery words for `secret`; write it with `replace`."""
    marks = recovery_words.marks_of(user, recovery_words.words_from(secret))
    return _row(user, RECOVERY, json.dumps(marks), secret)


def replace(row: Auth) -> None:
    """Write a row, inside a transaction, in place of the one of its kind that was there."""
    ModelDelete(Auth).where(Auth.user_id == row.user_id, Auth.type == row.type).execute()
    row.save(force_insert=True)


def user_by_password(user_id: str | None, password: str) -> User | None:
    """The person whose password this is, key in hand. None when it is not, or when there is nobody: both take as long.

    A password that was set for less than guesses cost today, or in an earlier spelling, is kept anew.
    """
    row = credential_of(user_id or NOBODY, PASSWORD)
    stored = _read(row.password_hash or "") if row else NOBODYS_HASH
    keys = [vault.stretch(one, stored.salt, stored.cost) for one in passwords.spellings(password)]
    right = [key for key in keys if hmac.compare_digest(vault.derive(key, VERIFIER), stored.verifier)]
    user = _opened(row, right[0]) if row and right else None
    if user is not None and (stored.cost != vault.TODAY or right[0] != keys[0]):
        upgraded = password_credential(user, password)
        saving(lambda: replace(upgraded))
    return user


def user_by_words(user_id: str | None, secret: bytes) -> User | None:
    """The person whose recovery words spell `secret`, key in hand; None as in `user_by_password`."""
    row = credential_of(user_id or NOBODY, RECOVERY)
    return _opened(row or _nobodys_row(), secret)


def first_opened(by: Callable[[str | None, T], User | None], user_ids: Sequence[str], secret: T) -> User | None:
    """Whom of these people `secret` opens, key in hand; where there is nobody it takes as long as for one."""
    found = (by(user_id, secret) for user_id in user_ids or (None,))
    return next((user for user in found if user is not None), None)


def is_password(user: User, password: str) -> bool:
    """Whether this is the password of `user`."""
    return user_by_password(user.id, password) is not None


def credential_of(user_id: str, kind: str) -> Auth | None:
    """One credential of a person, its key still wrapped; None when the person has not set it up."""
    found: Auth | None = Auth.get_or_none(Auth.user_id == user_id, Auth.type == kind)
    return found


def _row(user: User, kind: str, proof: str, secret: bytes) -> Auth:
    if user.data_key is None:
        raise vault.Locked("the person's key is not in hand")
    wrapped = vault.wrap(user.data_key, secret, _label(user.id, kind))
    at = now()
    return Auth(
        user_id=user.id,
        id=new_id(),
        type=kind,
        password_hash=proof,
        wrapped_data_key=wrapped,
        created_at=at,
        updated_at=at,
    )


def _opened(row: Auth, secret: bytes) -> User | None:
    try:
        key = vault.unwrap(row.wrapped_data_key or "", secret, _label(row.user_id, row.type))
    except vault.Tampered:
        return None
    user: User | None = User.get_or_none(User.id == row.user_id)
    if user is not None:
        user.data_key = key
    return user


def _nobodys_row() -> Auth:
    """Something to try the words of nobody on."""
    return Auth(user_id=NOBODY, type=RECOVERY, wrapped_data_key=_NOBODYS_KEY)


def _label(user_id: str, kind: str) -> str:
    return f"{kind}|{user_id}"


_NOBODYS_KEY = vault.wrap(vault.new_key(), vault.new_key(), _label(NOBODY, RECOVERY))


def _written(stored: PasswordHash) -> str:
    cost = stored.cost
    parts = f"m={cost.memory},t={cost.rounds},p={cost.lanes}"
    return f"$argon2id$v=19${parts}${_base64(stored.salt)}${_base64(stored.verifier)}"


def _read(text: str) -> PasswordHash:
    found = STORED.fullmatch(text)
    if found is None:
        raise vault.Tampered("this is no stored password")
    memory, rounds, lanes = (int(found[place]) for place in (1, 2, 3))
    return PasswordHash(Cost(rounds, memory, lanes), _bytes(found[4]), _bytes(found[5]))


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise vault.Tampered("this is no stored password") from error
