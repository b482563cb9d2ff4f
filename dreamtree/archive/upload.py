"""A file that somebody sends: plain, locked with a passphrase, or our ZIP. Its tree, or what is wrong with it.

Nothing is unpacked or parsed before its size is bounded, and nothing in it is believed before it was read.
"""

import base64
import io
import re
import zipfile
import zlib
from typing import Any

from dreamtree.archive.bounds import LARGEST_TEXT, MEGABYTE, is_too_full
from dreamtree.archive.file_format import LOCKED_FORMAT, RESTORE_FILE
from dreamtree.archive.locked import unlock
from dreamtree.archive.parsing import (
    NOT_OURS,
    TOO_FULL,
    file_in,
    first_byte,
    is_locked,
    snapshot_in,
)
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import Snapshot
from dreamtree.archive.validate import validated

LARGEST_LOCKED = LARGEST_TEXT * 4 // 3 + 4096
"""Base64 makes four bytes of three, and a locked file says how it was closed."""
MOST_ENTRIES = 2_000
LARGEST_DIRECTORY = 512 * 1024
LARGEST_RATIO = 200
DEEPEST = 40
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
END_OF_DIRECTORY, END_OF_LARGE_DIRECTORY = b"PK\5\6", b"PK\6\7"
ENCRYPTED = 0x1
MARK_OF_LOCKED, LENGTH_OF_HEAD = LOCKED_FORMAT.encode(), 200
STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
UP_TO_BRACKETS = re.compile(rb'(?:[^"\[{\]}]++|' + STRING + rb"){0,64}+(?:([\[{]++)|([\]}]++))?", re.DOTALL)
OPENING, CLOSING = 1, 2
BRACKETS = (b"{", b"[")
DRIVE = re.compile(r"[A-Za-z]:")

TOO_LARGE = f"This file has more than {LARGEST_TEXT // MEGABYTE} MB of text, so we can’t use it. Choose another copy."
TOO_DEEP = "This file is nested more deeply than any DreamTree copy, so we can’t use it. Choose another copy."
BROKEN_ZIP = "This ZIP file is damaged. Part of it is missing, or something in it was changed. Choose another copy."
STRANGE_ZIP = "DreamTree didn’t make this ZIP file, so we didn’t open it. Choose the file you saved here."
NOT_IN_ZIP = (
    f"There is no {RESTORE_FILE} in this ZIP file, so there’s nothing to restore. Choose the file you saved here."
)
LOCKED_ZIP = "This ZIP file has its own password. Unzip it and choose the file inside."
EMPTY = "This file is empty. Choose the copy you saved."
NOT_CARRIED = "The whole file didn’t get here. Choose it again."
NEEDS_PASSPHRASE = "This copy is locked. Choose it again and type its passphrase."


class NeedsPassphrase(BadFile):
    """A locked file came without its passphrase."""


def text_in(raw: bytes, passphrase: str) -> bytes:
    """The plain file in these bytes, unlocked and unpacked, its contents not looked at yet. Raises `BadFile`."""
    text = _from_zip(raw) if raw.startswith(b"PK") else raw
    if MARK_OF_LOCKED not in text[:LENGTH_OF_HEAD]:
        return _bounded(text, LARGEST_TEXT)
    return _bounded(_opened(file_in(_bounded(text, LARGEST_LOCKED)), passphrase), LARGEST_TEXT)


def snapshot_in_text(text: bytes) -> Snapshot:
    """The tree in a plain file. Raises `BadFile`."""
    return validated(snapshot_in(file_in(_bounded(text, LARGEST_TEXT))))


def packed(text: bytes) -> str:
    """A plain file as a field of a form carries it: small, and in letters only."""
    return base64.b64encode(zlib.compress(text, 6)).decode()


def unpacked(field: str) -> bytes:
    """The file that `packed` made. Raises `BadFile`; never unpacks more than a file may hold."""
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(base64.b64decode(field, validate=True), LARGEST_TEXT + 1)
    except (zlib.error, ValueError):
        raise BadFile(NOT_CARRIED) from None
    return text


def _opened(file: dict[str, Any], passphrase: str) -> bytes:
    if not is_locked(file):
        raise BadFile(NOT_OURS)
    if not passphrase:
        raise NeedsPassphrase(NEEDS_PASSPHRASE)
    return unlock(file, passphrase)


def _bounded(text: bytes, largest: int) -> bytes:
    """The same bytes, once it is known that parsing them takes little memory and time."""
    if not text.strip():
        raise BadFile(EMPTY)
    if len(text) > largest:
        raise BadFile(TOO_LARGE)
    if first_byte(text) not in BRACKETS:
        raise BadFile(NOT_OURS)
    if is_too_full(text):
        raise BadFile(TOO_FULL)
    if _depth(text) > DEEPEST:
        raise BadFile(TOO_DEEP)
    return text


def _depth(text: bytes) -> int:
    """How deep the brackets go. One step after another, so that others go on in between."""
    deepest = depth = 0
    for found in UP_TO_BRACKETS.finditer(text):
        if found.lastindex == OPENING:
            depth += found.end() - found.start(OPENING)
            deepest = max(deepest, depth)
        elif found.lastindex == CLOSING:
            depth -= found.end() - found.start(CLOSING)
    return deepest


# Our ZIP


def _from_zip(raw: bytes) -> bytes:
    """The one entry that is read. What is broken in a ZIP makes `zipfile` raise any of these, and says nothing more."""
    _require_small_directory(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _require_harmless(archive.infolist())
            return _entry(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise BadFile(BROKEN_ZIP) from None


def _require_small_directory(raw: bytes) -> None:
    """Its table of contents is bounded before it is read: that of 100,000 entries alone would take a second."""
    start = raw.rfind(END_OF_DIRECTORY, max(0, len(raw) - 65_557))
    if start < 0 or len(raw) < start + 22:
        raise BadFile(BROKEN_ZIP)
    entries, size = (
        int.from_bytes(raw[start + 10 : start + 12], "little"),
        int.from_bytes(raw[start + 12 : start + 16], "little"),
    )
    if entries > MOST_ENTRIES or size > LARGEST_DIRECTORY or raw[max(0, start - 20) :][:4] == END_OF_LARGE_DIRECTORY:
        raise BadFile(STRANGE_ZIP)


def _require_harmless(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.orig_filename for entry in entries]
    if len(names) > MOST_ENTRIES or len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise BadFile(STRANGE_ZIP)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise BadFile(LOCKED_ZIP)


def _leads_out(name: str) -> bool:
    is_absolute = name.startswith("/") or bool(DRIVE.match(name))
    return is_absolute or "\\" in name or "\0" in name or ".." in name.split("/")


def _entry(archive: zipfile.ZipFile) -> bytes:
    """What it declares and what it holds are both bounded; it is unpacked no further than that."""
    entry = next((one for one in archive.infolist() if one.orig_filename.rsplit("/", 1)[-1] == RESTORE_FILE), None)
    if entry is None:
        raise BadFile(NOT_IN_ZIP)
    if entry.compress_type not in METHODS:
        raise BadFile(STRANGE_ZIP)
    if entry.file_size > LARGEST_TEXT or entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
        raise BadFile(TOO_LARGE)
    with archive.open(entry) as stream:
        return stream.read(LARGEST_TEXT + 1)
