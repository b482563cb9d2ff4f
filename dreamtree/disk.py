"""The disk: what it refuses for a while, what is to survive a power cut, and what nobody else may read."""

import errno
import os
from contextlib import suppress
from pathlib import Path

OWN, OTHERS = 0o600, 0o077
PASSING = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM),
}


def is_passing(error: BaseException) -> bool:
    """Whether the same may work once somebody has made room."""
    return isinstance(error, OSError) and error.errno in PASSING


def code_of(error: BaseException) -> str:
    """The system's name for it, such as ENOSPC; "" where it isn't about the system."""
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number or 0, "")


def bring_to_disk(path: Path) -> None:
    """Waits until a file, or the names in a folder, would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes, draft: Path) -> None:
    """Writes a file that whoever reads it meanwhile finds whole, or not at all.

    `draft` is a name on the same disk where nobody looks. When it fails, nothing is left there.
    """
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def keep_to_oneself(path: str) -> None:
    """Makes the file of a database, and lets nobody else on this machine read it; SQLite makes what is beside it alike.

    Where this can't be done, SQLite says why when it opens the file. One that is there is never opened here: closing it
    would end the locks of every connection of this process, and then another process throws the log of saves away
    (https://sqlite.org/howtocorrupt.html, "Posix advisory locks canceled").
    """
    with suppress(OSError):
        if not os.path.exists(path):  # noqa: PTH110
            os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, OWN))
        for name in (path, f"{path}-wal", f"{path}-shm"):
            if os.path.exists(name) and os.stat(name).st_mode & OTHERS:  # noqa: PTH110, PTH116
                os.chmod(name, OWN)  # noqa: PTH101
