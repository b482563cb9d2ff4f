"""What cannot work is refused before anything is served, in a sentence that says what to do."""

import errno
import fcntl
import os
import socket
from pathlib import Path

from peewee import DatabaseError, ImproperlyConfigured, InterfaceError
from playhouse.migrations import Runner

from dreamtree.db import database

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = "in-use"
NEWER = (
    "The database was written by a newer DreamTree than this one (it has {name}). "
    "Start the newer version, or restore a backup from before the update."
)
OLDER = "The database is older than this DreamTree. Run: flask --app app migrate && flask --app app seed"
UNREADABLE = (
    "The database doesn't open: {error}. Check DREAMTREE_DATABASE_URL and that this user may read and write it."
)
READ_ONLY = "This user can't write to {path}. Give it write permission, or start DreamTree as the user who owns it."
IN_USE = (
    "Another DreamTree uses the folder {folder}: {holder}. Open that one, or stop it first. "
    "To run both, give this one a folder of its own in DREAMTREE_DATA_DIR."
)
TAKEN = "Something is already running on {address}. Stop it, or choose another port: make run PORT={other}"
NO_ADDRESS = "DreamTree can't listen on {address}: {error}. Choose another host or port."


class CannotStart(Exception):
    """Why not, and what to do about it."""


def refuse_unusable_database(*, may_be_older: bool = False) -> None:
    """Raises `CannotStart` when the database doesn't open, can't be written, or isn't that of this code.

    One that is older will do for what brings it up to date.
    """
    path = _file_of_database()
    if path and path.exists() and not os.access(path, os.W_OK):
        raise CannotStart(READ_ONLY.format(path=path))
    try:
        steps = runner().status()  # type: ignore[no-untyped-call]
    except (DatabaseError, InterfaceError, ImproperlyConfigured) as error:
        raise CannotStart(UNREADABLE.format(error=error)) from error
    finally:
        database.close()
    if ahead := [one.name for one in steps if one.path is None]:
        raise CannotStart(NEWER.format(name=ahead[-1]))
    if not may_be_older and any(one.applied is None for one in steps):
        raise CannotStart(OLDER)


def runner() -> Runner:
    """What brings the tables up to date, and knows which steps were taken."""
    return Runner(database.obj, str(MIGRATIONS))  # type: ignore[no-untyped-call]


def hold(folder: Path, address: str) -> int:
    """Keeps `folder` for this process, and for what it turns into, as long as it lives; raises `CannotStart`."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(handle, 200).decode(errors="replace") or "it says nothing of itself"
        os.close(handle)
        raise CannotStart(IN_USE.format(folder=folder, holder=holder)) from error
    os.truncate(handle, 0)
    os.write(handle, f"process {os.getpid()}, at {address}".encode())
    os.set_inheritable(handle, True)
    return handle


def refuse_taken_port(host: str, port: int) -> None:
    """Raises `CannotStart` unless `host` and `port` are free. The server itself would share a port in silence."""
    address = f"{host}:{port}"
    try:
        kind, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(TAKEN.format(address=address, other=port + 1)) from error
        raise CannotStart(NO_ADDRESS.format(address=address, error=error.strerror)) from error


def _file_of_database() -> Path | None:
    """Where SQLite keeps it; None with a database server."""
    name = str(database.obj.database)
    return Path(name) if database.obj.__class__.__name__.startswith("Sqlite") else None
