"""The person's data key, and the text that only it opens.

Every person has a random 256-bit key. It is stored only wrapped under a secret that the server does
not keep (the session token, a password). Text is sealed with AES-256-GCM; the associated data binds it
to the person, a label that never changes and the row, so that a value moved elsewhere does not open.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from argon2.low_level import Type, hash_secret_raw
from argon2.profiles import RFC_9106_LOW_MEMORY
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from peewee import TextField

from dreamtree.once import Cache

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
BEFORE_NONCE, BETWEEN, AFTER = '{"v":1,"iv":"', '","ciphertext":"', '"}'
"""What stands around the two parts of an envelope, as `_encrypt` writes it."""
NONCE = slice(len(BEFORE_NONCE), len(BEFORE_NONCE) + NONCE_BYTES // 3 * 4)
CLOSED = slice(NONCE.stop + len(BETWEEN), -len(AFTER))


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: rounds, KiB of memory, lanes."""

    rounds: int
    memory: int
    lanes: int


TODAY = Cost(RFC_9106_LOW_MEMORY.time_cost, RFC_9106_LOW_MEMORY.memory_cost, RFC_9106_LOW_MEMORY.parallelism)
"""What is asked of a password set today; what was set for less is set anew when it is next typed."""


class Locked(Exception):
    """Private text was to be read or written without the person's key."""


class Tampered(Exception):
    """Sealed text does not belong to this person, label and row, or was changed."""


class DataKey(bytes):
    """A data key in hand. Its cipher is made once, for it takes as long as opening a line."""

    @cached_property
    def cipher(self) -> AESGCM:
        """What seals and opens with this key."""
        return AESGCM(self)


class Keyholder(Protocol):
    """Whoever may hold a data key: the `User` of this request."""

    id: Any
    data_key: bytes | None


class Sealed:
    """Text that is closed. Only `open_` turns it back; showing it by accident raises."""

    __slots__ = ("envelope",)

    def __init__(self, envelope: str) -> None:
        self.envelope = envelope

    def __str__(self) -> str:
        raise TypeError("sealed text cannot be shown; open it with vault.open_")

    def __repr__(self) -> str:
        return "<Sealed>"


class SealedField(TextField):
    """A column that carries only `Sealed`; plain text is refused before it reaches the database."""

    def db_value(self, value: Any) -> str | None:
        """The envelope as text. Raises `Locked` for anything that is not sealed."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise Locked("this column holds sealed text only")
        return value.envelope

    def python_value(self, value: Any) -> Sealed | None:
        """The column's text, still sealed."""
        return None if value is None else Sealed(value)


def new_key() -> DataKey:
    """A fresh data key, 32 random bytes."""
    return DataKey(os.urandom(KEY_BYTES))


def wrap(key: bytes, secret: bytes, label: str) -> str:
    """The data key, closed under `secret` (at least 128 bits of randomness) for the purpose `label`."""
    return _encrypt(derive(secret, label), key, label)


def unwrap(wrapped: str, secret: bytes, label: str) -> DataKey:
    """The data key that `wrap` closed. Raises `Tampered` when the secret is another one."""
    return DataKey(_decrypt(derive(secret, label), wrapped, label))


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a password by Argon2id, a secret for `derive` and `wrap`. Takes long: never in a transaction."""
    return hash_secret_raw(
        password.encode(), salt, cost.rounds, cost.memory, cost.lanes, hash_len=KEY_BYTES, type=Type.ID
    )


def derive(secret: bytes, label: str) -> bytes:
    """A key of 32 bytes for the purpose `label`; keys of other purposes tell nothing about it."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label.encode()).derive(secret)


def seal_with_secret(secret: bytes, label: str, text: str) -> str:
    """The envelope of `text` under a secret of the server, for the purpose and row that `label` names."""
    return _encrypt(derive(secret, label), text.encode(), label)


def open_with_secret(secret: bytes, label: str, envelope: str) -> str:
    """The text that `seal_with_secret` sealed. Raises `Tampered` when secret or label are others."""
    return _decrypt(derive(secret, label), envelope, label).decode()


def digest_with_secret(secret: bytes, label: str, text: str) -> str:
    """By what a text is found again without being kept: an HMAC under a secret of the server, 64 hex digits."""
    return hmac.new(derive(secret, label), text.encode(), hashlib.sha256).hexdigest()


def seal(user: Keyholder, label: str, row_id: str, text: str) -> Sealed:
    """`text`, readable only with the key of `user`, in the row and under the label given here.

    Raises `Locked` when the key is not in hand: a write of private text never falls back to plain.
    """
    bound_to = _bound_to(user, label, row_id)
    sealed = Sealed(_encrypt(_key_of(user), text.encode(), bound_to))
    OPENED.keep((sealed.envelope, bound_to), text)
    return sealed


def sealed_length(text: str) -> int:
    """How many characters a text has once it is sealed: four for three of its bytes, and some around it."""
    return NONCE.stop + len(BETWEEN) + -(-(len(text.encode()) + TAG_BYTES) // 3) * 4 + len(AFTER)


def open_(user: Keyholder, label: str, row_id: str, sealed: Sealed) -> str:
    """The text that `seal` closed. Raises `Locked` without the key, `Tampered` when it does not belong here."""
    key, bound_to = _key_of(user), _bound_to(user, label, row_id)
    return OPENED.once((sealed.envelope, bound_to), lambda: _decrypt(key, sealed.envelope, bound_to).decode())


OPENED = Cache("opened")
"""Texts that were sealed or opened: while it is open, they open again at once."""


def digest(user: Keyholder, label: str, text: str) -> str:
    """A short keyed fingerprint of `text`: equal texts of one person have equal digests, and no one else can tell."""
    return hmac.new(_key_of(user), f"{label}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]


def _key_of(user: Keyholder) -> bytes:
    if user.data_key is None:
        raise Locked("the person's key is not in hand")
    return user.data_key


def _bound_to(user: Keyholder, label: str, row_id: str) -> str:
    return f"{user.id}|{label}|{row_id}"


def _encrypt(key: bytes, text: bytes, bound_to: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    closed = _cipher(key).encrypt(nonce, text, bound_to.encode())
    return f"{BEFORE_NONCE}{_base64(nonce)}{BETWEEN}{_base64(closed)}{AFTER}"


def _decrypt(key: bytes, envelope: str, bound_to: str) -> bytes:
    try:
        nonce, closed = _parts(envelope)
        return _cipher(key).decrypt(nonce, closed, bound_to.encode())
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise Tampered("sealed text does not open here") from error


def _parts(envelope: str) -> tuple[bytes, bytes]:
    """The nonce and the closed text of an envelope, which is JSON; as we write it, it needs no reading as such."""
    if envelope.startswith(BEFORE_NONCE) and envelope.startswith(BETWEEN, NONCE.stop) and envelope.endswith(AFTER):
        return _bytes(envelope[NONCE]), _bytes(envelope[CLOSED])
    parts = json.loads(envelope)
    return _bytes(parts["iv"]), _bytes(parts["ciphertext"])


def _cipher(key: bytes) -> AESGCM:
    return key.cipher if isinstance(key, DataKey) else AESGCM(key)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(digits: str) -> bytes:
    return binascii.a2b_base64(digits)
