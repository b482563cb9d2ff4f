"""A database with many people in it, each with a whole tree, made through the save function.

SQLite lets one write at a time, so each process makes its people in a file of its own; then the files become one.
The file is kept: whoever takes it brings it up to date as any installation is, by migrating and seeding.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from itertools import chain, cycle
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

from dreamtree import db
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.people import NewTree
from dreamtree.answers import limits
from dreamtree.answers.records import forced
from dreamtree.answers.responses import answers_of
from dreamtree.answers.stored import SaveInfo, SaveRequest, StoredAnswer
from dreamtree.content import book
from dreamtree.db import BaseModel, database, open_database, tables_below
from dreamtree.home import samples
from dreamtree.saving import save
from dreamtree.values import Answer
from tests.databases import whole_file

COOKIES = 40
"""So many of the first people can be opened afterwards."""
SAVES = 150
"""So many answers everybody saved: all that their sample has, then texts of it that they wrote anew."""
LOGS = (100, 20_000)
"""Two people more have so many entries in their log; the second has more than pages take, to see what grows with it."""
LOG = "1.3.3.week"
AT = "2026-11-01T08:00:00Z"


def make_crowd(seeded: Path, path: Path, count: int) -> None:
    """Fills a copy of `seeded` at `path` with so many people; their cookies lie beside it, with `.json`.

    The last cookies are of those with a log, in the order of `LOGS`.
    """
    parts = min(os.cpu_count() or 1, count)
    shares = [count // parts + (number < count % parts) for number in range(parts)]
    files = [path.with_name(f"{path.name}.{number}") for number in range(parts)]
    with ProcessPoolExecutor(parts, get_context("spawn")) as pool:
        cookies = list(pool.map(_make_some, [seeded] * parts, files, shares))
    logs = path.with_name(f"{path.name}.logs")
    with_logs = _make(seeded, logs, _write_logs)
    files[0].rename(path)
    for other in (*files[1:], logs):
        _take_in(path, other)
        other.unlink()
    path.with_suffix(".json").write_text(json.dumps([*chain(*cookies)][:COOKIES] + with_logs))


def _make_some(seeded: Path, path: Path, count: int) -> list[str]:
    return _make(seeded, path, lambda: [_write_somebody(number) for number in range(count)])


def _make(seeded: Path, path: Path, write: Callable[[], list[NewTree]]) -> list[str]:
    """Lets `write` fill a copy of `seeded` at `path` with people; answers their cookies."""
    shutil.copyfile(seeded, path)
    open_database(f"sqlite:///{path}")
    database.execute_sql("PRAGMA synchronous = off")
    made = write()
    database.close()
    whole_file(path)
    return [one.cookie for one in made]


def _write_somebody(number: int) -> NewTree:
    new = people.new_tree(is_shared=False, device="a bench")
    name = samples.PEOPLE[number % len(samples.PEOPLE)]
    user = samples.write_sample(new, name)
    answers = answers_of(user, (entry["block"] for entry in samples.persona(name)["answer"]))
    texts = cycle([one.block_key for one in answers.values() if len(str(one.answer.get("value", ""))) > 40])
    for _ in range(SAVES - len(answers)):
        key = next(texts)
        answers[key] = _save(
            user, key, {"value": f"{answers[key].answer['value']} And I still think so."}, answers[key].revision
        )
    return new


def _write_logs() -> list[NewTree]:
    return [_write_log(count) for count in LOGS]


def _write_log(count: int) -> NewTree:
    """Somebody with so many moments, three a day, all in one save: one by one would read the others each time."""
    new = people.new_tree(is_shared=False, device="a bench")
    user = samples.write_sample(new, samples.PEOPLE[1])
    stored = answers_of(user, [LOG]).get(LOG)
    answer = forced({"rows": [_moment(number) for number in range(count)]})
    with patch.multiple(limits, LOG_LIMIT=2 * max(LOGS), TREE_LIMIT=2 * max(LOGS)):
        _save(user, LOG, answer, stored.revision if stored else 0)
    return new


def _moment(number: int) -> Answer:
    when = date(2026, 10, 31) - timedelta(days=number // 3)
    words = {"activity": f"Fixed the {number}th thing that nobody else wanted to look at", "reason": "It came apart."}
    at = {"when": when.isoformat(), "part": ("morning", "afternoon", "evening")[number % 3]}
    return {"key": f"moment-{number}", **words, **at, "energy": number % 5 - 2, "focus": number % 5 + 1}


def _save(user: User, key: str, answer: Answer, base: int) -> StoredAnswer:
    block = book().block(key)
    exercise = book().exercise(block.exercise_id) if block else None
    assert block is not None and exercise is not None, key
    info = SaveInfo(base, db.new_id(), 1, "save", AT)
    result = save(user, SaveRequest(exercise, block, answer, info, db.new_id(), db.new_id(), {}))
    assert result.status == "saved", f"{key}: {result.status}"
    return result.stored


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


def counted_in(path: Path) -> tuple[int, int, int]:
    """How many answers, entries of logs, and earlier texts there are."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("exercise_responses", "tool_instances", "answer_revisions")
        counts = [int(connection.execute(f'SELECT COUNT(*) FROM "{one}"').fetchone()[0]) for one in tables]
    return counts[0], counts[1], counts[2]
