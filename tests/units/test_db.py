"""The two kinds of transaction: a save that is tried again, a reading that never waits."""

import contextlib
import logging
import multiprocessing
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from peewee import IntegrityError, OperationalError

from dreamtree import db, engines
from dreamtree.db import Conflict, database, reading, saving
from dreamtree.metrics import RETRIES
from tests.counting import count
from tests.databases import ask, open_at, run, shut

WRITERS, SAVES = 8, 25
PROCESSES = 2


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A database of its own, with one row that counts."""
    path = tmp_path / "tally.db"
    open_at(path)
    run("CREATE TABLE tally (id TEXT PRIMARY KEY, total INTEGER NOT NULL CHECK (total >= 0))")
    put("all", 0)
    yield path
    shut()


def put(name: str, total: int) -> None:
    run("INSERT INTO tally (id, total) VALUES (?, ?)", (name, total))


def total(name: str = "all") -> int:
    return int(ask("SELECT total FROM tally WHERE id = ?", (name,))[0][0])


def count_up() -> None:
    """Reads and then writes: a save that loses no other writer's step must hold the lock from its start."""
    run("UPDATE tally SET total = ? WHERE id = 'all'", (total() + 1,))


class Attempts:
    """A save that fails its first `failures` times, after it has written."""

    def __init__(self, failures: int, fail: Callable[[], object]) -> None:
        self.made, self.failures, self.fail = 0, failures, fail

    def __call__(self) -> str:
        self.made += 1
        count_up()
        if self.made <= self.failures:
            self.fail()
        return "done"


def meet() -> None:
    raise Conflict


def find_it_locked() -> None:
    raise OperationalError("database is locked")


def write_twice() -> None:
    put("all", 7)


def write_nonsense() -> None:
    put("less than nothing", -1)


def test_every_time_that_a_save_runs_again_is_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    retries = count(monkeypatch, RETRIES)
    saving(Attempts(2, meet))
    saving(Attempts(0, meet))
    assert retries.told == {(): 2}


@pytest.mark.parametrize("fail", [meet, find_it_locked, write_twice])
def test_a_save_that_met_another_begins_again_and_counts_once(file: Path, fail: Callable[[], object]) -> None:
    save = Attempts(2, fail)
    assert saving(save) == "done"
    assert (save.made, total()) == (3, 1)


@pytest.mark.parametrize(
    ("fail", "error"), [(meet, OperationalError), (find_it_locked, OperationalError), (write_twice, IntegrityError)]
)
def test_a_save_that_always_meets_another_gives_up_and_has_written_nothing(
    file: Path, fail: Callable[[], object], error: type[Exception]
) -> None:
    save = Attempts(1000, fail)
    with pytest.raises(error):
        saving(save)
    assert (save.made, total()) == (db.engine().TRIES, 0)


def test_a_mistake_is_not_tried_again(file: Path) -> None:
    save = Attempts(1, write_nonsense)
    with pytest.raises(IntegrityError):
        saving(save)
    assert (save.made, total()) == (1, 0)


@pytest.mark.a_file
def test_the_connection_is_set_up_for_answers_that_survive_a_power_cut(file: Path) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    set_to = {name: database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in asked}
    assert set_to == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


@pytest.mark.a_file
def test_a_save_takes_the_write_lock_at_its_start(file: Path) -> None:
    other = sqlite3.connect(file, timeout=0)

    def nobody_else_can_write() -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    saving(nobody_else_can_write)
    other.close()


def naps_until_free(other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Counts the naps instead of taking them; with the third, the other one gives up its lock."""
    naps = list[float]()

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            other.rollback()

    monkeypatch.setattr(engines.time, "sleep", nap)
    return naps


@pytest.mark.a_file
def test_a_save_takes_the_lock_as_soon_as_it_is_free(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks again after naps that are short beside a save, and leaves the connection as it was."""
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    naps = naps_until_free(other, monkeypatch)
    saving(count_up)
    assert total() == 1
    assert len(naps) == 3
    assert max(naps) <= engines.LONGEST_NAP
    assert database.execute_sql("PRAGMA busy_timeout").fetchone()[0] == 5000
    other.close()


@pytest.mark.a_file
def test_a_file_is_opened_as_soon_as_nobody_else_sets_it_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite refuses at once who opens a new file beside another, or one whose last reader is leaving."""
    path = tmp_path / "new.db"
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    naps = naps_until_free(other, monkeypatch)
    open_at(path)
    run("CREATE TABLE tally (id TEXT PRIMARY KEY)")
    assert len(naps) == 3
    assert database.execute_sql("PRAGMA busy_timeout").fetchone()[0] == 5000
    other.close()
    shut()


@pytest.mark.a_file
def test_a_save_that_never_gets_the_lock_ends(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.Sqlite.PRAGMAS, "busy_timeout", 1)
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        saving(count_up)
    other.rollback()
    saving(count_up)
    assert total() == 1
    other.close()


def test_a_reading_takes_no_lock_and_sees_one_moment(file: Path) -> None:
    with reading():
        before = total()
        in_another_thread(lambda: saving(count_up))
        assert total() == before
    assert total() == before + 1


def test_a_reader_does_not_wait_for_a_writer(file: Path) -> None:
    is_writing, may_end = threading.Event(), threading.Event()

    def write_slowly() -> None:
        count_up()
        is_writing.set()
        assert may_end.wait(10)

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(closing(lambda: saving(write_slowly)))
        assert is_writing.wait(10)
        with reading():
            assert total() == 0
        may_end.set()
        writer.result(10)
    assert total() == 1


def test_a_reading_inside_a_save_belongs_to_it(file: Path) -> None:
    def read_what_was_written() -> int:
        count_up()
        with reading():
            return total()

    assert saving(read_what_was_written) == 1


def test_eight_threads_that_write_at_once_lose_nothing(file: Path) -> None:
    write_at_once(WRITERS)
    assert total() == WRITERS * SAVES


@pytest.mark.a_file
def test_a_second_connection_of_a_process_leaves_the_locks_of_the_first_alone(file: Path) -> None:
    """Else the last connection of another process takes the file for its own, and its log of saves away."""
    with ThreadPoolExecutor(1) as another_thread:
        another_thread.submit(total).result()
        count_up()
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as another_process:
            another_process.submit(_look_into, str(file)).result()
            count_up()
            assert another_process.submit(_look_into, str(file)).result() == total() == 2
        another_thread.submit(database.close).result()


def _look_into(path: str) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT total FROM tally").fetchone()[0])


def test_processes_that_write_at_once_lose_nothing(file: Path) -> None:
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for process in [pool.submit(write_elsewhere, str(file)) for _ in range(PROCESSES)]:
            process.result(120)
    assert total() == WRITERS * SAVES


def write_elsewhere(path: str) -> None:
    """What a process of its own does: its share of the writers."""
    open_at(Path(path))
    write_at_once(WRITERS // PROCESSES)


def write_at_once(writers: int) -> None:
    with ThreadPoolExecutor(writers) as pool:
        for writer in [pool.submit(closing(write_often)) for _ in range(writers)]:
            writer.result(60)


def write_often() -> None:
    for _ in range(SAVES):
        saving(count_up)


def closing(act: Callable[[], object]) -> Callable[[], None]:
    """`act`, and then the connection of its thread closed."""

    def act_and_close() -> None:
        try:
            act()
        finally:
            database.close()

    return act_and_close


def in_another_thread(act: Callable[[], object]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(closing(act)).result(10)


def test_a_slow_query_is_logged_by_its_table_and_never_with_what_was_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engines, "SLOW_SECONDS", 0)
    monkeypatch.setattr(logging.getLogger("dreamtree"), "propagate", True)
    with caplog.at_level(logging.DEBUG, logger="dreamtree"):
        ask('SELECT total FROM "tally" WHERE id = ?', ("the bridge over the river",))
        ask("SELECT total FROM tally WHERE id = 'another bridge'")
    assert re.search(r"slow query on tally: \d+ ms", caplog.text)
    assert "bridge" not in caplog.text


def test_a_quick_query_is_not_logged(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        total()
    assert caplog.text == ""
