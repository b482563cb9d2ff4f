"""What cannot work is refused before anything is served: in a sentence, and with an exit code that says so."""

import fcntl
import os
import socket
import sqlite3
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from dreamtree.cli import starting
from dreamtree.cli.serving import serve
from dreamtree.cli.starting import CannotStart
from dreamtree.db import database, open_database

ROOT = Path(__file__).parents[2]
SECRET = "a secret of more than thirty-two characters"
SERVE = ("flask", "--app", "app", "serve", "--port", "1")
WORKERS = ("granian", "--interface", "asginl", "--port", "1", "--workers", "2", "app:asgi")


def refused(folder: Path, command: tuple[str, ...] = SERVE, **environ: str) -> str:
    """What a start says that fails. Port 1 would be refused last, so nothing is ever served here."""
    told = {f"DREAMTREE_{name}": value for name, value in environ.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DREAMTREE_")}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT, env={**kept, "DREAMTREE_DATA_DIR": str(folder), **told}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr


@pytest.fixture
def port() -> socket.socket:
    """A port somebody else listens on, ready to share_folder_lock it as another server would."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken


def test_a_port_that_is_taken_is_refused_before_the_database_is_touched(tmp_path: Path, port: socket.socket) -> None:
    number = port.getsockname()[1]
    with port:
        said = refused(tmp_path, (*SERVE[:-1], str(number)))
    assert f"already running on 127.0.0.1:{number}" in said
    assert f"make run PORT={number + 1}" in said
    assert not sqlite3.connect(tmp_path / "dreamtree.db").execute("SELECT name FROM sqlite_master").fetchall()


def test_a_folder_that_another_process_uses_is_refused_and_says_where_it_answers(tmp_path: Path) -> None:
    with (tmp_path / starting.LOCK).open("w") as held:
        held.write("process 4711, at http://127.0.0.1:8000")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        said = refused(tmp_path)
    assert "uses the folder" in said
    assert "process 4711, at http://127.0.0.1:8000" in said
    assert "DREAMTREE_DATA_DIR" in said


def test_workers_that_no_command_started_refuse_a_folder_in_use_too(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path / 'dreamtree.db'}")
    starting.runner().up()  # type: ignore[no-untyped-call]
    database.close()
    handle = starting.lock_folder(tmp_path, "http://127.0.0.1:8000")
    said = refused(tmp_path, WORKERS, SECRET_KEY=SECRET)
    os.close(handle)
    assert "uses the folder" in said
    assert f"process {os.getpid()}, at http://127.0.0.1:8000" in said


def work_for_this_server(folder: str, begun: Connection) -> None:
    """A worker: takes the folder, says so, and stays until it is told to go."""
    try:
        starting.share_folder_lock(Path(folder))
        begun.send("works")
        begun.recv()
    except CannotStart as problem:
        begun.send(str(problem))


def worker_of(folder: Path) -> tuple[BaseProcess, Connection]:
    ours, its = get_context("spawn").Pipe()
    worker = get_context("spawn").Process(target=work_for_this_server, args=(str(folder), its))
    worker.start()
    return worker, ours


def test_the_workers_of_one_server_share_the_folder_and_nobody_else_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "TRIES", 1)
    workers = [worker_of(tmp_path) for _ in range(2)]
    assert [said.recv() for _, said in workers] == ["works", "works"]
    assert (tmp_path / starting.LOCK).read_text() == f"process {os.getpid()}"
    with pytest.raises(CannotStart, match="uses the folder"):
        starting.lock_folder(tmp_path, "http://127.0.0.1:9")
    end(*workers[0])
    again = worker_of(tmp_path)
    assert again[1].recv() == "works"
    for one in (workers[1], again):
        end(*one)
    os.close(starting.lock_folder(tmp_path, "http://127.0.0.1:9"))


def end(worker: BaseProcess, said: Connection) -> None:
    said.send("go")
    worker.join(10)


def test_a_worker_whose_server_holds_the_folder_takes_it_as_its_own(tmp_path: Path) -> None:
    handle = starting.lock_folder(tmp_path, "http://127.0.0.1:8000")
    worker, said = worker_of(tmp_path)
    assert said.recv() == "works"
    end(worker, said)
    os.close(handle)


def test_the_folder_of_a_server_that_was_killed_is_free_again(tmp_path: Path) -> None:
    os.close(starting.lock_folder(tmp_path, "http://127.0.0.1:8000"))
    handle = starting.lock_folder(tmp_path, "http://127.0.0.1:9")
    assert (tmp_path / starting.LOCK).read_text() == f"process {os.getpid()}, at http://127.0.0.1:9"
    with pytest.raises(CannotStart, match=str(os.getpid())):
        starting.lock_folder(tmp_path, "http://127.0.0.1:10")
    os.close(handle)


def test_a_database_of_a_newer_version_is_left_alone_by_every_worker(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "dreamtree.db") as database:
        database.execute("CREATE TABLE schema_migration (id INTEGER PRIMARY KEY, name TEXT, applied TEXT)")
        database.execute("INSERT INTO schema_migration VALUES (1, '9999_to_come', '2030-01-01')")
    said = refused(tmp_path, WORKERS, SECRET_KEY=SECRET)
    assert "written by a newer DreamTree" in said
    assert "9999_to_come" in said
    assert "Start the newer version" in said


def test_a_file_that_is_no_database_is_refused(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database " * 1000)
    open_database(f"sqlite:///{tmp_path}/broken.db")
    with pytest.raises(CannotStart, match="The database doesn't open"):
        starting.refuse_unusable_database()


def test_a_folder_in_which_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, DATABASE_URL="sqlite:////proc/dreamtree.db")
    assert "The database doesn't open: [Errno 2] No such file or directory: '/proc/migrating'. Check" in said


def test_a_server_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    said = refused(tmp_path, DATABASE_URL="postgresql://127.0.0.1:1/dreamtree", SECRET_KEY=SECRET)
    assert "accepting TCP/IP connections. Check DREAMTREE_DATABASE_URL" in said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://dreamtree:hunter%zz@db.example/new", "the address of the new database can't be read. Write"),
        ("dreamtree-new", "the address of the new database must start with"),
        ("sqlite:///other.db", "this moves from SQLite to a database server"),
        ("postgresql://127.0.0.1:1/new", "accepting TCP/IP connections. What was copied already stays."),
    ],
)
def test_a_move_to_an_address_where_nothing_is_says_what_to_do(tmp_path: Path, url: str, words: str) -> None:
    open_database(f"sqlite:///{tmp_path / 'dreamtree.db'}")
    starting.runner().up()  # type: ignore[no-untyped-call]
    database.close()
    said = refused(tmp_path, ("flask", "--app", "app", "move-database", url), SECRET_KEY=SECRET)
    assert words in said
    assert "hunter" not in said


def test_no_secret_is_made_up_for_a_server_that_is_public(tmp_path: Path) -> None:
    said = refused(tmp_path, TLS="1")
    assert "DREAMTREE_SECRET_KEY: is needed with DREAMTREE_TLS=1. Make one:" in said
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(CannotStart, match="can't listen on 192"):
        starting.refuse_taken_port("192.0.2.1", 8000)


def test_a_port_outside_the_range_is_refused() -> None:
    assert CliRunner().invoke(serve, ["--port", "70000"]).exit_code == 2


def test_a_folder_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """Every command starts on tables that lack the newest columns: `flask migrate` could not add them otherwise."""
    open_database(f"sqlite:///{tmp_path / 'dreamtree.db'}")
    starting.runner().up("0007_book_facts")  # type: ignore[no-untyped-call]
    database.execute_sql("INSERT INTO content_revisions VALUES (1, '', '')")
    with pytest.raises(CannotStart, match="older than this DreamTree"):
        starting.refuse_unusable_database()
    database.close()
    for command in ("migrate", "seed", "check-book"):
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", command],
            cwd=ROOT, env={**os.environ, "DREAMTREE_DATA_DIR": str(tmp_path), "DREAMTREE_SECRET_KEY": SECRET},
            capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def test_three_who_bring_an_empty_folder_up_to_date_all_end_well_and_the_files_are_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    environ = {**os.environ, "DREAMTREE_DATA_DIR": str(folder), "DREAMTREE_SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "flask", "--app", "app", "migrate"]
    said = [
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(3)
    ]
    told = [one.communicate(timeout=120)[0] for one in said]
    assert [one.returncode for one in said] == [0, 0, 0], told
    assert sorted("up to date" in words for words in told) == [False, True, True]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.glob("dreamtree.db*")} == {0}


@pytest.mark.a_file
def test_a_database_that_others_could_read_is_closed_to_them_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "dreamtree.db"
    path.touch(mode=0o644)
    open_database(f"sqlite:///{path}")
    database.execute_sql("CREATE TABLE used (word TEXT)")
    assert {one.name[12:]: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == dict.fromkeys(
        ("", "-wal", "-shm"), 0o600
    )
    database.close()
