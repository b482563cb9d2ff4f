"""Backups of the whole database, of either engine: written while people work, checked, kept for a while, restored."""

from pathlib import Path
from typing import Protocol

from dreamtree.cli.backups.broken import BrokenBackup
from dreamtree.cli.backups.of_file import FileBackups
from dreamtree.cli.backups.of_server import ServerBackups
from dreamtree.db import now
from dreamtree.disk import bring_to_disk
from dreamtree.engines import Engine, Sqlite

__all__ = ["FOLDER", "Backups", "BrokenBackup", "backups_of", "name_of_now", "write"]

FOLDER = "backups"
"""Where backups go unless somebody says where, in the data folder."""
UNFINISHED = ".part"


class Backups(Protocol):
    """How one engine is written to a file, and what such a file holds."""

    suffix: str

    def write(self, path: Path) -> None:
        """Writes one snapshot of everything to `path`; raises `BrokenBackup`."""

    def check(self, path: Path) -> None:
        """Reads all of it; raises `BrokenBackup` unless it is whole."""

    def rows(self, path: Path, table: str) -> list[dict[str, str]]:
        """The rows of a small table in it."""

    def people(self) -> int | None:
        """How many people are in the database as it stands, sample trees left out; None where nobody can tell."""

    def put_in_place(self, path: Path, aside: Path | None) -> None:
        """Makes the backup at `path` the database. What was there is kept at `aside`, or not at all."""


def backups_of(engine: Engine) -> Backups:
    """The backups of this engine."""
    return FileBackups(engine) if isinstance(engine, Sqlite) else ServerBackups(engine)


def name_of_now(backups: Backups) -> str:
    """The name of a backup that is written now: its day and its second, UTC."""
    return f"dreamtree-{now()[:19].replace('T', '-').replace(':', '')}{backups.suffix}"


def write(backups: Backups, path: Path) -> None:
    """Writes a backup to `path`, under its name only once it is on the disk and checked; raises `BrokenBackup`.

    Whoever owns the process may read it, and nobody else.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        unfinished.touch(mode=0o600)
        backups.write(unfinished)
        bring_to_disk(unfinished)
        backups.check(unfinished)
        unfinished.rename(path)
        bring_to_disk(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
