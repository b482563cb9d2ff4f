"""A database with many people in it, each with a whole tree, made through the save function.

SQLite lets one write at a time, so each process makes its people in a file of its own; then the files become one.
"""

import json
import os
import shutil
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from dreamtree.accounts import people
from dreamtree.db import BaseModel, database, open_database, tables_below
from dreamtree.home import samples
from tests.databases import whole_file

COOKIES = 40
"""So many of the first people can be opened afterwards."""


def make_crowd(seeded: Path, path: Path, count: int) -> None:
    """Fills a copy of `seeded` at `path` with so many people; their cookies lie beside it, with `.json`."""
    parts = min(os.cpu_count() or 1, count)
    shares = [count // parts + (number < count % parts) for number in range(parts)]
    files = [path.with_name(f"{path.name}.{number}") for number in range(parts)]
    with ProcessPoolExecutor(parts, get_context("spawn")) as pool:
        cookies = list(pool.map(_make_some, [seeded] * parts, files, shares))
    files[0].rename(path)
    for other in files[1:]:
        _take_in(path, other)
        other.unlink()
    path.with_suffix(".json").write_text(json.dumps([*chain(*cookies)][:COOKIES]))


def _make_some(seeded: Path, path: Path, count: int) -> list[str]:
    shutil.copyfile(seeded, path)
    open_database(f"sqlite:///{path}")
    database.execute_sql("PRAGMA synchronous = off")
    made = [people.new_tree(is_shared=False, device="a bench") for _ in range(count)]
    for number, one in enumerate(made):
        samples.write_sample(one, samples.PEOPLE[number % len(samples.PEOPLE)])
    database.close()
    whole_file(path)
    return [one.cookie for one in made]


def _take_in(path: Path, other: Path) -> None:
    """Adds the people of another file, and all rows of theirs."""
    owned = [str(one._meta.table_name) for one in tables_below(BaseModel) if "user_id" in one._meta.fields]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS other", (str(other),))
        connection.execute("BEGIN")
        for table in ("users", *owned):
            names = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")'))
            connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM other."{table}"')
        connection.execute("COMMIT")
    whole_file(path)


def answers_in(path: Path) -> int:
    """How many answers there are."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM exercise_responses").fetchone()[0])
