"""`flask backup` and `flask restore-backup`: what they write, keep, take, and refuse."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from click.testing import Result
from flask import Flask

from dreamtree import create_app, db
from dreamtree.accounts.models import Email, User
from dreamtree.cli import starting
from dreamtree.cli.backups import rotation
from dreamtree.config import Settings
from dreamtree.db import new_id
from tests.browser.server import Server
from tests.conftest import environment_in
from tests.databases import SERVER, run, shut
from tests.postgres.savers import Saver, lost
from tests.wire import Wire

SUFFIX = ".dump" if SERVER else ".db"
Command = Callable[..., Result]


@pytest.fixture
def flask(app: Flask) -> Command:
    """Runs a command; what it writes to its output is apart from what it says to the operator."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])


def somebody() -> None:
    User.create(id=new_id(), created_at=db.now(), updated_at=db.now())


def test_a_backup_is_whole_and_only_its_owner_reads_it(flask: Command, tmp_path: Path) -> None:
    target = tmp_path / "kept" / f"copy{SUFFIX}"
    done = flask("backup", target)
    assert (done.exit_code, done.stdout) == (0, f"{target}\n"), done.output
    assert target.stat().st_mode & 0o077 == 0
    assert target.parent.stat().st_mode & 0o077 == 0
    assert [one.name for one in target.parent.iterdir()] == [target.name]
    assert "no use without the server’s secret" in done.stderr
    assert "DREAMTREE_SECRET_KEY" in done.stderr


def test_a_backup_never_overwrites(flask: Command, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    assert flask("backup", tmp_path / "copy").exit_code == 1
    assert (tmp_path / "copy").read_text() == "mine"


def test_a_backup_that_cannot_be_written_leaves_nothing(flask: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = flask("backup", tmp_path / "file" / "copy")
    assert done.exit_code == 1
    assert "no backup was written" in done.output


def test_older_backups_go_and_nothing_else_does(flask: Command, tmp_path: Path) -> None:
    old = [f"dreamtree-2020-01-0{day}-040000{SUFFIX}" for day in (1, 2)]
    for name in (*old, "notes.txt", "dreamtree-2020-01-01-before-the-update.db"):
        (tmp_path / name).touch()
    assert "no backup lives longer than 30 days" in flask("backup", tmp_path / "by-hand").stderr
    done = flask("backup", tmp_path, "--daily", 7, "--weekly", 4)
    assert all(f"removed {name}" in done.stderr for name in old), done.output
    assert "no backup lives longer" not in done.stderr
    left = sorted(one.name for one in tmp_path.iterdir() if "20" in one.name)
    assert "dreamtree-2020-01-01-before-the-update.db" in left
    assert not {*old} & {*left}
    assert (tmp_path / "notes.txt").exists()


def names(*days: date) -> list[str]:
    return [f"dreamtree-{day.isoformat()}-040000.db" for day in days]


def test_the_newest_of_each_day_and_of_each_week_stays() -> None:
    today = date(2027, 3, 1)
    days = [today - timedelta(days=back) for back in range(40)]
    gone = rotation.outdated(names(*days), daily=3, weekly=3, oldest=None)
    left = sorted(set(days) - {rotation.backup_day(name) for name in gone}, reverse=True)
    assert left == [today, date(2027, 2, 28), date(2027, 2, 27), date(2027, 2, 21)]
    morning, evening = "dreamtree-2027-03-01-040000.db", "dreamtree-2027-03-01-200000.db"
    assert rotation.outdated([evening, morning], daily=2, weekly=0, oldest=None) == [morning]


def test_what_is_older_than_people_are_told_goes_but_never_the_newest() -> None:
    days = [date(2027, 1, 1), date(2027, 1, 20)]
    assert rotation.outdated(names(*days), 7, 4, date(2027, 1, 10)) == names(days[0])
    assert rotation.outdated(names(*days), 0, 0, date(2027, 3, 1)) == names(days[0])


@pytest.fixture
def backup(flask: Command, tmp_path: Path) -> Path:
    """A backup with one person in it."""
    somebody()
    path = tmp_path / f"copy{SUFFIX}"
    assert flask("backup", path).exit_code == 0
    return path


def test_a_backup_replaces_people_only_when_told_and_keeps_them_aside(flask: Command, backup: Path) -> None:
    somebody()
    done = flask("restore-backup", backup)
    assert done.exit_code == 1
    assert "the database already has people in it: 2." in done.output
    done = flask("restore-backup", backup, "--replace")
    assert done.exit_code == 0, done.output
    assert "People in it: 1." in done.output
    aside = next(Path(word.rstrip(".")) for word in done.output.split() if "replaced-" in word)
    assert User.select().count() == 1
    done = flask("restore-backup", aside, "--replace")
    assert done.exit_code == 0, done.output
    assert User.select().count() == 2


def test_a_backup_that_was_cut_off_or_damaged_is_refused(flask: Command, backup: Path) -> None:
    whole = backup.read_bytes()
    middle = len(whole) // 2
    for broken in (whole[:middle], whole[:middle] + os.urandom(4096) + whole[middle + 4096 :], b"a letter", b""):
        backup.write_bytes(broken)
        done = flask("restore-backup", backup, "--replace")
        assert done.exit_code == 1
        assert "nothing was restored" in done.output
        assert User.select().count() == 1


@pytest.mark.a_file
def test_the_file_of_a_running_dreamtree_is_no_backup(flask: Command, backup: Path) -> None:
    backup.with_name(f"{backup.name}-wal").write_text("what was written last")
    assert "the database of a DreamTree that runs" in flask("restore-backup", backup, "--replace").output


def test_a_backup_of_a_newer_version_is_refused(flask: Command, tmp_path: Path) -> None:
    run("INSERT INTO schema_migration (name, applied) VALUES ('9999_to_come', '2030-01-01')")
    path = tmp_path / f"newer{SUFFIX}"
    flask("backup", path)
    done = flask("restore-backup", path, "--replace")
    assert (done.exit_code, "newer DreamTree than this one (it has 9999_to_come)" in done.output) == (1, True)


@pytest.mark.a_file
def test_a_database_of_something_else_is_refused(flask: Command, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (words TEXT)")
    other.close()
    assert "not one of DreamTree’s" in flask("restore-backup", tmp_path / "other.db", "--replace").output


def test_a_backup_without_its_secret_is_refused(flask: Command, tmp_path: Path) -> None:
    somebody()
    Email.create(user_id=User.get().id, id=new_id(), lookup="x", email="{}", added_at="")
    path = tmp_path / f"copy{SUFFIX}"
    flask("backup", path)
    done = flask("restore-backup", path, "--replace")
    assert done.exit_code == 1
    assert "1 of the 1 names of accounts in it don’t open with this server’s secret" in done.output
    assert flask("restore-backup", path, "--replace", "--without-its-secret").exit_code == 0


def test_nothing_is_restored_under_a_running_dreamtree(flask: Command, backup: Path, app: Flask) -> None:
    handle = starting.lock_folder(app.settings.data_directory, "http://127.0.0.1:8000")  # type: ignore[attr-defined]
    done = flask("restore-backup", backup, "--replace")
    os.close(handle)
    assert done.exit_code == 1
    assert "Another DreamTree uses the folder" in done.output


@pytest.mark.a_file
def test_a_damaged_database_gives_way(backup: Path, tmp_path: Path) -> None:
    """By the whole command: any other one refuses to start on it."""
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "dreamtree.db").write_bytes(b"no database " * 1000)
    command = [sys.executable, "-m", "flask", "--app", "app", "restore-backup", str(backup)]
    own = {**os.environ, **environment_in(folder)}
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "can’t be opened" in done.stderr) == (1, True), done.stderr
    done = subprocess.run([*command, "--replace"], env=own, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(folder / "dreamtree.db") as restored:
        assert restored.execute("SELECT COUNT(*) FROM users").fetchone() == (1,)
    restored.close()


def test_a_backup_that_is_written_while_people_save_has_all_that_was_shown_as_saved(
    seeded: Path, tmp_path: Path, app: Flask
) -> None:
    """Four people save without a rest; the backup is restored in another place, and they look for their texts there."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    server = Server(old, seeded)
    server.start()
    savers = [Saver(server.url, f"person {number}", 500) for number in range(4)]
    try:
        path, before = _backed_up(savers, old, tmp_path / f"while people save{SUFFIX}")
    finally:
        for one in savers:
            one.end()
        server.stop()
    assert all(len(one.saved) > texts > 5 for one, texts in zip(savers, before, strict=True)), "nobody saved meanwhile"
    _in(new, "restore-backup", str(path))
    again = Server(new, None)
    again.start()
    try:
        for one, texts in zip(savers, before, strict=True):
            one.told = [told for told in one.told if told.is_saved][:texts]
            cast(Wire, one._visitor.client).address = again.url
        assert lost(savers) == []
    finally:
        again.stop()


def _backed_up(savers: list[Saver], folder: Path, path: Path) -> tuple[Path, list[int]]:
    for one in savers:
        one.start()
    while min(len(one.saved) for one in savers) < 10:
        savers[0].join(0.05)
    before = [len(one.saved) for one in savers]
    _in(folder, "backup", str(path))
    while any(len(one.saved) <= count for one, count in zip(savers, before, strict=True)):
        savers[0].join(0.05)
    return path, before


def _in(folder: Path, *words: str) -> None:
    shut()
    done = create_app(Settings.from_environment(environment_in(folder))).test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    shut()
