"""From SQLite to a server: three people's trees, the copies of both sides compared, and a move that was broken off."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.cli import moving
from dreamtree.cli.moving import CannotMove, move
from dreamtree.cli.starting import runner
from dreamtree.content.seed import load_seed
from dreamtree.db import database, open_database
from dreamtree.engines import Server, Sqlite
from dreamtree.home import samples
from tests.copies import copied
from tests.databases import shut, url_of
from tests.rules.seeded import SEED

pytestmark = pytest.mark.a_server
Trees = dict[str, tuple[bytes, bytes]]
"""By the id of each person: the key of their tree, and its copy."""


@pytest.fixture(scope="module")
def source(_opened: tuple[Flask, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trees]:
    """A file of SQLite in which three people live."""
    path = tmp_path_factory.mktemp("moving") / "old.db"
    shut()
    open_database(f"sqlite:///{path}")
    runner().up()  # type: ignore[no-untyped-call]
    load_seed(SEED)
    trees: Trees = {}
    for name in samples.PEOPLE:
        user = samples.write_sample(people.new_tree(is_shared=False, device="a test", is_sample=True), name)
        assert user.data_key is not None
        trees[str(user.id)] = (user.data_key, copy_of(read_anew(str(user.id), user.data_key)))
    shut()
    return path, trees


def read_anew(identity: str, key: bytes) -> User:
    user: User = User.get_by_id(identity)
    user.data_key = key
    return user


def copy_of(user: User) -> bytes:
    with time_machine.travel("2027-03-01T09:00:00Z", tick=False):
        return copied(user)


@pytest.fixture(scope="module")
def moved(source: tuple[Path, Trees], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[str]]]:
    """A server to which they moved, and what was told of it."""
    engine = Server(url_of(tmp_path_factory.mktemp("moved") / "new.db"))
    told: list[str] = []
    assert move(Sqlite(str(source[0])), engine, told.append) > 10_000
    yield engine, told
    engine.close_all()


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Server]:
    engine = Server(url_of(tmp_path / "new.db"))
    yield engine
    engine.close_all()


def after_copying(patch: pytest.MonkeyPatch, table: str, act: Callable[[Server], None]) -> None:
    """`act` happens to the new database as soon as this table is there."""
    copy = moving._copy

    def copy_and_act(here: Sqlite, there: Server, name: str) -> None:
        copy(here, there, name)
        if name == table:
            act(there)

    patch.setattr(moving, "_copy", copy_and_act)


def test_three_trees_move_and_their_copies_are_equal(
    source: tuple[Path, Trees], moved: tuple[Server, list[str]]
) -> None:
    engine, told = moved
    assert "users: 3 rows" in told
    database.initialize(engine)
    for identity, (key, before) in source[1].items():
        assert copy_of(read_anew(identity, key)) == before


def test_rows_that_are_compared_stay_on_the_server_until_their_turn(moved: tuple[Server, list[str]]) -> None:
    """By itself a server sends all of them at once, a history of years into the memory of the command."""
    rows = moving.rows_of(moved[0], "skills")
    next(rows)
    assert moved[0].execute_sql("SELECT count(*) FROM pg_cursors").fetchone() == (1,)
    rows.close()
    assert moved[0].execute_sql("SELECT count(*) FROM pg_cursors").fetchone() == (0,)


def test_somebodys_rows_are_left_alone(source: tuple[Path, Trees], moved: tuple[Server, list[str]]) -> None:
    with pytest.raises(CannotMove, match="already rows in the table"):
        move(Sqlite(str(source[0])), moved[0], lambda _: None)


def test_broken_off_it_goes_on_where_it_was(
    source: tuple[Path, Trees], target: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_broken_off(_: Server) -> None:
        raise KeyboardInterrupt

    after_copying(monkeypatch, "users", be_broken_off)
    with pytest.raises(KeyboardInterrupt):
        move(Sqlite(str(source[0])), target, lambda _: None)
    monkeypatch.undo()
    told: list[str] = []
    move(Sqlite(str(source[0])), target, told.append)
    assert any(line.startswith("skills: ") and line.endswith("already there") for line in told)
    assert "users: 3 rows" in told
    assert moving.UNFINISHED not in target.get_tables()


def test_a_row_that_is_not_the_same_is_seen(
    source: tuple[Path, Trees], target: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_one(there: Server) -> None:
        there.execute_sql("DELETE FROM user_settings WHERE user_id = (SELECT MIN(user_id) FROM user_settings)")

    after_copying(monkeypatch, "user_settings", lose_one)
    with pytest.raises(CannotMove, match="user_settings isn’t the same on both sides: 3 rows here, 2 there"):
        move(Sqlite(str(source[0])), target, lambda _: None)
