"""A file closed with a passphrase. It opens wherever DreamTree runs, with the passphrase and nothing else."""

import base64
import binascii
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import AEADEncryptionContext, Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from dreamtree.accounts import passwords
from dreamtree.archive.file_format import Kdf, LockedFile, canonical_bytes
from dreamtree.archive.shapes import BadFile, as_json, from_json

MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 4
MOST_PASSES = 10
MOST_LANES = 8
SALT_BYTES = 16
NONCE_BYTES = 12
KEY_BYTES = 32
CLOSED = "The file didn’t open. Either that’s not its passphrase, or the file was changed. Check it and try again."
STRANGE = "DreamTree didn’t lock this file, so we didn’t open it. Choose the file you saved here."


def passphrase_problems(passphrase: str, repeated: str) -> dict[str, str]:
    """What to mend before a file can be closed with it, by field; empty when nothing is."""
    if problem := passwords.problem_with(passphrase, address=""):
        return {"passphrase": problem}
    return {} if passphrase == repeated else {"passphrase_again": "The passphrases don’t match. Type both again."}


def lock(plain: Iterable[bytes], passphrase: str) -> Iterator[bytes]:
    """These bytes, closed: the JSON of a `LockedFile`, in pieces."""
    nonce, salt = os.urandom(NONCE_BYTES), os.urandom(SALT_BYTES)
    kdf = Kdf(memory_kib=MEMORY_KIB, passes=PASSES, lanes=LANES, salt=_base64(salt))
    file = LockedFile(kdf=kdf, iv=_base64(nonce), ciphertext="")
    closing = Cipher(AES(_key(passwords.normal(passphrase), kdf)), GCM(nonce)).encryptor()
    closing.authenticate_additional_data(_header(file))
    before, after = json.dumps(as_json(file), indent=1).encode().split(b'""')
    yield before + b'"'
    yield from _in_base64(_closed(closing, plain))
    yield b'"' + after


def unlock(raw: dict[str, Any], passphrase: str) -> bytes:
    """What `lock` closed. Raises `BadFile`, also for a file that would cost more to open than ours do."""
    file = from_json(LockedFile, raw)
    kdf = file.kdf
    if not (8 * kdf.lanes <= kdf.memory_kib <= MEMORY_KIB and 1 <= kdf.passes <= MOST_PASSES):
        raise BadFile(STRANGE)
    nonce, closed = _bytes(file.iv), _bytes(file.ciphertext)
    if len(nonce) != NONCE_BYTES or not 1 <= kdf.lanes <= MOST_LANES or len(_bytes(kdf.salt)) != SALT_BYTES:
        raise BadFile(STRANGE)
    for spelling in passwords.spellings(passphrase):
        with suppress(InvalidTag):
            return AESGCM(_key(spelling, kdf)).decrypt(nonce, closed, _header(file))
    raise BadFile(CLOSED)


def _closed(closing: AEADEncryptionContext, plain: Iterable[bytes]) -> Iterator[bytes]:
    for piece in plain:
        yield closing.update(piece)
    yield closing.finalize() + closing.tag


def _in_base64(raw: Iterable[bytes]) -> Iterator[bytes]:
    """The Base64 of all of it together: three bytes are four letters, so what is over three waits for the next."""
    rest = b""
    for piece in raw:
        rest += piece
        whole = len(rest) - len(rest) % 3
        yield base64.b64encode(rest[:whole])
        rest = rest[whole:]
    yield base64.b64encode(rest)


def _header(file: LockedFile) -> bytes:
    """What the seal is bound to: everything that is said before it."""
    return canonical_bytes({"format": file.format, "version": file.version, "kdf": as_json(file.kdf)})


def _key(spelling: str, kdf: Kdf) -> bytes:
    typed = spelling.encode("utf-8", "surrogatepass")
    costs = {"time_cost": kdf.passes, "memory_cost": kdf.memory_kib, "parallelism": kdf.lanes}
    return hash_secret_raw(typed, base64.b64decode(kdf.salt), **costs, hash_len=KEY_BYTES, type=Type.ID)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadFile(STRANGE) from None
