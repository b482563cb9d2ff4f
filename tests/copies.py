"""Copies as a whole, where the application writes them a piece at a time."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from dreamtree.accounts.models import User
from dreamtree.archive import locked
from dreamtree.archive.export import copy_of
from dreamtree.archive.readable.zipped import write_zip


def copied(user: User) -> bytes:
    """The copy of this person's tree."""
    return b"".join(copy_of(user))


def file_of(user: User) -> dict[str, Any]:
    """What the copy of this person's tree says."""
    file: dict[str, Any] = json.loads(copied(user))
    return file


def written(file: Mapping[str, Any]) -> bytes:
    """A file as the bytes of a copy."""
    return json.dumps(file, ensure_ascii=False, indent=1, allow_nan=False).encode()


def lock(plain: bytes, passphrase: str) -> bytes:
    """A copy, closed."""
    return b"".join(locked.lock([plain], passphrase))


def zip_of(user: User, *, without_private: bool = False) -> bytes:
    """The copy to read."""
    target = BytesIO()
    write_zip(user, target, without_private=without_private)
    return target.getvalue()
