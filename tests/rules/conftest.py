"""Trees to sweep through: the sample person's, planted once and copied for each test, and somebody's empty one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from dreamtree import vault
from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.accounts.sessions import SAMPLE, TREE
from dreamtree.db import database, engine
from dreamtree.home import samples
from tests.conftest import Beginning, Queries
from tests.databases import database_path, keep, open_copy, run
from tests.grown import let_grow
from tests.once import made_once
from tests.rules.crawl import Reading, as_json, crawl, of_json
from tests.rules.long_logs import MANY, written
from tests.visitor import Visitor


class Story:
    """What one person does, told in chapters: each is lived once a run, and whoever goes on from it gets a copy."""

    def __init__(self, app: Flask, begun: tuple[Path, str], directory: Path) -> None:
        self.app, self.begun, self.directory = app, begun, directory

    def begin(self) -> Visitor:
        """The person at the beginning of every story: with a tree, and nothing said but its first answer."""
        return in_the_tree(self.app, self.begun, TREE)

    def after(self, chapter: str, tell: Callable[[], tuple[Visitor, str]]) -> tuple[Visitor, str]:
        """The person as the chapter leaves them, and the words that it ends with; `tell` lives it."""

        def live(path: Path) -> None:
            visitor, words = tell()
            cookie = visitor.client.get_cookie(TREE)
            assert cookie is not None
            path.with_name(f"{chapter}.json").write_text(json.dumps([cookie.value, words]))
            keep(path)

        file = made_once(self.directory / f"{chapter}.db", live)
        cookie, words = json.loads(file.with_suffix(".json").read_text())
        return in_the_tree(self.app, (file, cookie), TREE), words


@pytest.fixture
def story(app: Flask, _begun: tuple[Path, str], shared_directory: Path) -> Story:
    return Story(app, _begun, shared_directory)


@pytest.fixture(scope="session")
def planted(_opened: tuple[Flask, Path], seeded: Path, shared_directory: Path) -> tuple[Path, str]:
    """A database file with the sample tree in it, grown through the whole book, and the cookie that opens it."""
    cookie_file = shared_directory / "planted.cookie"

    def plant(file: Path) -> None:
        app, path = _opened
        open_copy(seeded, path)
        visitor = Visitor(app.test_client())
        home = visitor.press(visitor.get("/"), "Look at a sample tree")
        assert home.status == 200, home.words
        cookie = visitor.client.get_cookie(SAMPLE)
        assert cookie is not None
        found = people.authenticate(*cookie.value.split(".", 1))
        assert found is not None
        let_grow(found.user)
        cookie_file.write_text(cookie.value)
        keep(file)

    return made_once(shared_directory / "planted.db", plant), cookie_file.read_text()


@pytest.fixture(scope="session")
def own_tree(_opened: tuple[Flask, Path], seeded: Path, shared_directory: Path) -> Callable[[str, Path], User]:
    """Opens, at a path, a copy of a sample person's tree as somebody's own: it is written once a run."""

    def open_tree(name: str, path: Path) -> User:
        opened_by = shared_directory / f"tree-of-{name}.json"

        def write(file: Path) -> None:
            open_copy(seeded, _opened[1])
            arrival = people.new_tree(is_shared=False, device="a test")
            user = samples.write_sample(arrival, name)
            opened_by.write_text(json.dumps([str(user.id), arrival.token]))
            keep(file)

        open_copy(made_once(opened_by.with_suffix(".db"), write), path)
        found = people.authenticate(*json.loads(opened_by.read_text()))
        assert found is not None
        return found.user

    return open_tree


@pytest.fixture
def plant(app: Flask, own_tree: Callable[[str, Path], User]) -> Callable[[str], User]:
    """Opens a sample person's tree as somebody's own, in the database of the test."""
    return lambda name: own_tree(name, database_path())


@pytest.fixture(scope="session")
def _filled_database(
    _opened: tuple[Flask, Path], planted: tuple[Path, str], shared_directory: Path
) -> tuple[Path, str]:
    """The same file, in which the tree is somebody's own."""

    def make(file: Path) -> None:
        open_copy(planted[0], _opened[1])
        with database.atomic(engine().SAVING):
            run("UPDATE users SET is_sample = 0")
        keep(file)

    return made_once(shared_directory / "filled.db", make), planted[1]


@pytest.fixture
def sample(app: Flask, _beginning: Beginning, planted: tuple[Path, str]) -> Visitor:
    """Somebody who looks around in the sample tree."""
    return _opener(app, SAMPLE, planted[1]) if _beginning.who == "sample" else in_the_tree(app, planted, SAMPLE)


@pytest.fixture
def filled(app: Flask, _beginning: Beginning, _filled_database: tuple[Path, str]) -> Visitor:
    """Somebody whose own tree holds what the sample person wrote."""
    is_there = _beginning.who == "filled"
    return _opener(app, TREE, _beginning.cookie) if is_there else in_the_tree(app, _filled_database, TREE)


@pytest.fixture
def long(
    app: Flask, _filled_database: tuple[Path, str], shared_directory: Path, request: pytest.FixtureRequest
) -> Visitor:
    """Somebody whose log is longer than a page reads: the one that a test names `block`. It is written once a run."""
    block = request.getfixturevalue("block")

    def write(file: Path) -> None:
        written(in_the_tree(app, _filled_database, TREE), block, 0, MANY)
        keep(file)

    file = made_once(shared_directory / f"long-{block}.db", write)
    return in_the_tree(app, (file, _filled_database[1]), TREE)


def in_the_tree(app: Flask, planted: tuple[Path, str], cookie: str) -> Visitor:
    """Somebody whose browser opens the tree in a copy of that file."""
    open_copy(planted[0], database_path())
    return _opener(app, cookie, planted[1])


def _opener(app: Flask, cookie: str, value: str) -> Visitor:
    """Somebody with this cookie in their browser."""
    client = app.test_client()
    client.set_cookie(cookie, value)
    return Visitor(client)


@pytest.fixture(params=["new", "full"])
def crawled(
    request: pytest.FixtureRequest,
    app: Flask,
    queries: Queries,
    _begun: tuple[Path, str],
    _filled_database: tuple[Path, str],
    shared_directory: Path,
) -> dict[str, Reading]:
    """The pages of an empty tree and of a full one, each as somebody comes back to it."""
    tree = {"new": _begun, "full": _filled_database}[request.param]

    def read(path: Path) -> None:
        path.write_text(as_json(crawl(in_the_tree(app, tree, TREE), queries)), encoding="utf-8")

    return of_json(made_once(shared_directory / f"crawl-{request.param}.json", read).read_text(encoding="utf-8"))


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What each sealed text was bound to that has been opened, oldest first."""
    opened, decrypt = list[str](), vault._decrypt

    def note_and_decrypt(key: bytes, envelope: str, bound_to: str) -> bytes:
        opened.append(bound_to)
        return decrypt(key, envelope, bound_to)

    monkeypatch.setattr(vault, "_decrypt", note_and_decrypt)
    return opened
