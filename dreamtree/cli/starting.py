"""What cannot work is refused before anything is served, in a sentence that says what to do."""

import errno
import fcntl
import multiprocessing
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import DatabaseError, ImproperlyConfigured, InterfaceError
from playhouse.migrations import Runner

from dreamtree.cli.failing import in_a_line
from dreamtree.db import database
from dreamtree.engines import Server

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = "in-use"
MIGRATING = "migrating"
HOLDER = re.compile(r"process (\d+)")
TRIES, PAUSE = 20, 0.05
NEWER = (
    "The database was written by a newer DreamTree than this one (it has {name}). "
    "Start the newer version, or restore a backup from before the update."
)
OLDER = "The database is older than this DreamTree. Run: flask --app app migrate && flask --app app seed"
UNREADABLE = (
    "The database doesn't open: {error}. Check DREAMTREE_DATABASE_URL, that this user may read and write it, "
    "and that its disk has room."
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
        with migrating_alone(database.obj):
            steps = runner().status()  # type: ignore[no-untyped-call]
    except (DatabaseError, InterfaceError, ImproperlyConfigured, OSError) as error:
        raise CannotStart(UNREADABLE.format(error=in_a_line(error))) from error
    finally:
        database.close()
    if ahead := [one.name for one in steps if one.path is None]:
        raise CannotStart(NEWER.format(name=ahead[-1]))
    if not may_be_older and any(one.applied is None for one in steps):
        raise CannotStart(OLDER)


@contextmanager
def migrating_alone(engine: Any) -> Iterator[None]:
    """Waits until no other process looks at the tables of this database to change them, and keeps others waiting."""
    if isinstance(engine, Server):
        with engine.alone():
            yield
        return
    path = Path(engine.database)
    if not path.parent.is_dir():
        yield
        return
    handle = os.open(path.with_name(MIGRATING), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def runner() -> Runner:
    """What brings the tables up to date, and knows which steps were taken."""
    return runner_of(database.obj)


def runner_of(engine: Any) -> Runner:
    """The same for another engine than the one that is open."""
    return Runner(engine, str(MIGRATIONS))  # type: ignore[no-untyped-call]


def bring_up_to_date(engine: Any) -> list[str]:
    """Takes the steps that the tables of an engine still lack; answers their names."""
    with migrating_alone(engine):
        applied: list[str] = runner_of(engine).up()  # type: ignore[no-untyped-call]
    engine.order_by_bytes()
    return applied


def lock_folder(folder: Path, address: str) -> int:
    """Keeps `folder` for this process, and for what it turns into, as long as it lives; answers the open lock file.

    Raises `CannotStart` when another process has it.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if not _locks(handle, fcntl.LOCK_EX):
        holder = _holder_words(handle)
        os.close(handle)
        raise CannotStart(IN_USE.format(folder=folder, holder=holder))
    _write_holder(handle, f"process {os.getpid()}, at {address}")
    os.set_inheritable(handle, True)
    return handle


def share_folder_lock(folder: Path) -> int | None:
    """Keeps `folder` for the server that this process works for, also where that was started without `flask serve`.

    All workers of one server share it. None where the server holds it already. Raises `CannotStart` when another one
    has it; a worker of ours that is just about to say whose it is, or a server that is just ending, gets a second.
    """
    server = (multiprocessing.parent_process() or multiprocessing.current_process()).pid
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(TRIES):
        if _is_first(handle, server) or (_holder(handle) == server and _locks(handle, fcntl.LOCK_SH)):
            return handle
        if _holder(handle) == server and server != os.getpid():
            os.close(handle)
            return None
        time.sleep(PAUSE)
    holder = _holder_words(handle)
    os.close(handle)
    raise CannotStart(IN_USE.format(folder=folder, holder=holder))


def _is_first(handle: int, server: int | None) -> bool:
    """Whether nobody had the folder; from now on the workers of `server` have it."""
    if not _locks(handle, fcntl.LOCK_EX):
        return False
    _write_holder(handle, f"process {server}")
    return _locks(handle, fcntl.LOCK_SH)


def _locks(handle: int, operation: int) -> bool:
    try:
        fcntl.flock(handle, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(handle: int) -> int | None:
    """The process that the file names."""
    named = HOLDER.match(_holder_words(handle))
    return int(named[1]) if named else None


def _holder_words(handle: int) -> str:
    return os.pread(handle, 200, 0).decode(errors="replace") or "unknown process"


def _write_holder(handle: int, words: str) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, words.encode(), 0)


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
