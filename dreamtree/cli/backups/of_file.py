"""Backups of SQLite: one file, made by `VACUUM INTO`, which nobody who writes has to wait for."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from peewee import DatabaseError

from dreamtree.cli.backups.broken import BrokenBackup
from dreamtree.cli.backups.people import count_people
from dreamtree.disk import bring_to_disk
from dreamtree.engines import Sqlite

SIDE_FILES = ("-wal", "-shm")
RUNNING = "{name} is next to it, so it’s the database of a DreamTree that runs or has crashed, and not a backup"
NO_DATABASE = "it isn’t a database of SQLite: {error}"
DAMAGED = "it’s damaged: {words}"
LOST_OWNERS = "{count} rows in it belong to nobody"


class FileBackups:
    """Backups of the file that this engine works on."""

    suffix = ".db"

    def __init__(self, engine: Sqlite) -> None:
        self.engine, self.file = engine, Path(str(engine.database))

    def write(self, path: Path) -> None:
        """Copies what is live: neither the log nor what was deleted comes along."""
        try:
            self.engine.execute_sql("VACUUM INTO ?", (str(path),))  # type: ignore[no-untyped-call]
        except DatabaseError as error:
            raise BrokenBackup(str(error)) from error

    def check(self, path: Path) -> None:
        """Every page, every index, every reference."""
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise BrokenBackup(RUNNING.format(name=log.name))
        with _opened(path) as backup:
            wrong = [str(words) for (words,) in backup.execute("PRAGMA integrity_check(3)") if words != "ok"]
            if wrong:
                raise BrokenBackup(DAMAGED.format(words="; ".join(wrong)))
            if lost := len(backup.execute("PRAGMA foreign_key_check").fetchall()):
                raise BrokenBackup(LOST_OWNERS.format(count=lost))

    def rows(self, path: Path, table: str) -> list[dict[str, str]]:
        """The rows of a table; none where it is missing."""
        with _opened(path) as backup:
            if not backup.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                return []
            found = backup.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in found.description]
            return [dict(zip(names, map(str, row), strict=True)) for row in found]

    def people(self) -> int | None:
        """How many there are, none in a file without tables; None where it is damaged."""
        try:
            return count_people(self.engine)
        except DatabaseError:
            return None
        finally:
            self.engine.close()

    def put_in_place(self, path: Path, aside: Path | None) -> None:
        """The copy is checked once more where it will lie. The log of the file before goes with that file."""
        copied = self.file.with_name(f"{self.file.name}.restoring")
        copied.unlink(missing_ok=True)
        copied.touch(mode=0o600)
        shutil.copyfile(path, copied)
        self.check(copied)
        bring_to_disk(copied)
        for end in ("", *SIDE_FILES):
            before = self.file.with_name(self.file.name + end)
            if before.exists() and aside:
                before.rename(aside.with_name(aside.name + end))
            before.unlink(missing_ok=True)
        copied.rename(self.file)
        bring_to_disk(self.file.parent)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as it is, without a lock, and without anything written beside it; raises `BrokenBackup`."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise BrokenBackup(NO_DATABASE.format(error=error)) from error
