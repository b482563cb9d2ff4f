"""Bytes on their way: in memory, or in a file without a name."""

import os
from contextlib import suppress
from io import BytesIO, RawIOBase
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

MEGABYTE = 1024 * 1024


class Memory:
    """How many bytes all spools of a process may keep in memory together."""

    def __init__(self, most: int) -> None:
        self.free = most
        self._lock = Lock()

    def take(self, size: int) -> bool:
        """Whether there was room for `size` more bytes, which is taken then."""
        with self._lock:
            if size > self.free:
                return False
            self.free -= size
            return True

    def give_back(self, size: int) -> None:
        """Makes room again for `size` bytes."""
        with self._lock:
            self.free += size


class Spool(RawIOBase):
    """Written from the beginning, then read once from the beginning.

    What is longer than a megabyte, or doesn't fit in memory, goes to the disk, encrypted with a key that is only in
    memory, since a person may have written it.
    """

    def __init__(self, memory: Memory, most: int = MEGABYTE) -> None:
        super().__init__()
        self.size = 0
        self._memory, self._most, self._taken = memory, most, 0
        self._file: IO[bytes] = BytesIO()
        self._cipher: Any = None
        self._key = b""

    def readable(self) -> bool:
        """Always; what was written is read once it is rewound."""
        return True

    def writable(self) -> bool:
        """Always; nothing is written once it is rewound."""
        return True

    def write(self, data: Any) -> int:
        """Adds `data` at the end."""
        size = len(data)
        if not self._key and not self._keeps(size):
            self._move_to_disk()
        self._file.write(self._cipher.update(data) if self._key else data)
        self.size += size
        return size

    def rewind(self) -> None:
        """Goes to the beginning; from here on it is read."""
        self._file.seek(0)
        self._cipher = self._new_cipher() if self._key else None

    def readinto(self, buffer: Any) -> int:
        """Fills `buffer` with what comes next; answers how many bytes that were."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = self._cipher.update(data) if self._key else data
        return len(data)

    def close(self) -> None:
        """Frees what it took; again does nothing. What found no room on the disk isn't tried again."""
        if not self.closed:
            with suppress(OSError):
                self._file.close()
            self._free_memory()
        super().close()

    def _keeps(self, size: int) -> bool:
        if self.size + size > self._most or not self._memory.take(size):
            return False
        self._taken += size
        return True

    def _move_to_disk(self) -> None:
        memory = self._file
        assert isinstance(memory, BytesIO)
        self._key = os.urandom(48)
        self._cipher = self._new_cipher()
        self._file = TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._file.write(self._cipher.update(memory.getvalue()))
        self._free_memory()

    def _new_cipher(self) -> Any:
        """Encrypts and decrypts alike (AES in counter mode); begins at the first byte."""
        return Cipher(algorithms.AES(self._key[:32]), modes.CTR(self._key[32:])).encryptor()

    def _free_memory(self) -> None:
        self._memory.give_back(self._taken)
        self._taken = 0
