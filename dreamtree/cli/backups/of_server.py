"""Backups of PostgreSQL: its own dumps in custom format, written and read by its own programs."""

import os
import shutil
import subprocess
from pathlib import Path

from peewee import DatabaseError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dreamtree.cli.backups.broken import BrokenBackup
from dreamtree.cli.backups.people import count_people
from dreamtree.engines import Server

MISSING = "{name} isn’t here. Install PostgreSQL’s client programs: apt-get install postgresql-client"
FAILED = "{name} says: {words}"
AS_WHOEVER_RESTORES = ("--no-owner", "--no-privileges")
OTHERS = """
    SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'dreamtree' AND pid <> pg_backend_pid()
"""
IN_USE = "{count} connections to this database are still open. Stop every DreamTree server that uses it first."


class ServerBackups:
    """Backups of the database that this engine works on."""

    suffix = ".dump"

    def __init__(self, engine: Server) -> None:
        self.engine = engine

    def write(self, path: Path) -> None:
        """One snapshot of all tables, while people go on writing."""
        self._run("pg_dump", "--format=custom", *AS_WHOEVER_RESTORES, f"--file={path}", f"--dbname={self._address()}")

    def check(self, path: Path) -> None:
        """Lists what is in it, then unpacks all of it to nowhere: a list alone says nothing of what was cut off."""
        self._run("pg_restore", "--list", str(path))
        self._run("pg_restore", f"--file={os.devnull}", str(path))

    def rows(self, path: Path, table: str) -> list[dict[str, str]]:
        """The rows of a table; none where it is missing."""
        lines = self._run("pg_restore", "--data-only", f"--table={table}", "--file=-", str(path)).splitlines()
        begins = next((index for index, line in enumerate(lines) if line.startswith("COPY ")), None)
        if begins is None:
            return []
        names = [name.strip('" ') for name in lines[begins].partition("(")[2].partition(")")[0].split(",")]
        values = lines[begins + 1 : lines.index("\\.", begins)]
        return [dict(zip(names, line.split("\t"), strict=True)) for line in values]

    def people(self) -> int | None:
        """How many there are; none in a database without tables. Raises `BrokenBackup` while others work on it."""
        try:
            if others := self.engine.execute_sql(OTHERS).fetchone()[0]:  # type: ignore[no-untyped-call]
                raise BrokenBackup(IN_USE.format(count=others))
            return count_people(self.engine)
        finally:
            self.engine.release()

    def put_in_place(self, path: Path, aside: Path | None) -> None:
        """What is there is dumped to `aside` before its tables go. The new ones come in one transaction."""
        if aside:
            aside.touch(mode=0o600)
            self.write(aside)
            self.check(aside)
        with self.engine.alone():
            try:
                with self.engine.atomic():
                    for table in self.engine.get_tables():
                        self.engine.execute_sql(f'DROP TABLE "{table}" CASCADE')  # type: ignore[no-untyped-call]
            except DatabaseError as error:
                raise BrokenBackup(str(error)) from error
            finally:
                self.engine.release()
            whole = ("--single-transaction", "--exit-on-error")
            self._run("pg_restore", *whole, *AS_WHOEVER_RESTORES, f"--dbname={self._address()}", str(path))

    def _address(self) -> str:
        """Where the database is, without its password: what a command is told, every user of the machine can see."""
        public = {name: value for name, value in self._connection_settings().items() if name != "password"}
        return make_conninfo(**public)

    def _connection_settings(self) -> dict[str, str]:
        return {name: str(value) for name, value in conninfo_to_dict(str(self.engine.database)).items()}

    def _run(self, name: str, *words: str) -> str:
        """What one of PostgreSQL's programs prints; raises `BrokenBackup`."""
        program = shutil.which(name)
        if program is None:
            raise BrokenBackup(MISSING.format(name=name))
        password = self._connection_settings().get("password")
        own = {**os.environ, **({"PGPASSWORD": password} if password else {})}
        done = subprocess.run([program, *words], capture_output=True, text=True, env=own, check=False)
        if done.returncode:
            raise BrokenBackup(FAILED.format(name=name, words=done.stderr.strip()))
        return done.stdout
