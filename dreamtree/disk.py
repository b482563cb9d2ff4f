"""What the system refuses for a while: there's no room left, or no further file."""

import errno

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
