"""The disk: what it refuses for a while, and what is to survive a power cut."""

import errno
import os
from pathlib import Path

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
