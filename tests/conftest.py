"""What every test may ask for: an application with a fresh database, people, time, and the queries that ran."""

import gc
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import peewee
import pytest
import time_machine
from flask import Flask, has_request_context
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from dreamtree import create_app, vault
from dreamtree.accounts import credentials
from dreamtree.accounts.sessions import TREE
from dreamtree.config import Settings
from dreamtree.content import cache
from tests.databases import DATABASE_NAME, SERVER, keep, open_at, open_copy, shut, url_of
from tests.once import SEEDED_FROM, made_once, sum_of
from tests.passwords import CHEAP
from tests.timing import pytest_terminal_summary
from tests.visitor import Visitor
from tests.whose import names_nobody

__all__ = ["pytest_terminal_summary"]

# Machines are shared and slow now and then. `make test` tries the same examples each time, `make sweep` other ones.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("everything", deadline=None, max_examples=300)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
A_MORNING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
"""Where temporary files go, if so many bytes are free there."""
WAITING = ("browser", "postgres", "units")
"""Rooms whose tests wait for a browser, a server or a command much of their time, so that others work beside them."""
EARLY = 0.85
"""By so much of the run the last of their files is begun, so that no process still has one when the others are done."""
MADE_BY = {"filled": "_filled_database", "sample": "planted", "person": "_begun"}
"""Whose tree a test begins with, the first of these that it asks for → the fixture that makes it, once a run."""
NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--everything", action="store_true", help="every page and more examples, not one of each kind")


def pytest_xdist_auto_num_workers() -> int:
    """Two processes a core: a test in a browser waits for it a third of the time."""
    return (os.cpu_count() or 1) * 2


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files are kept in memory where there is room for them."""
    if config.getoption("--everything"):
        settings.load_profile("everything")
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what looks into a file, which a server has not, and what is like another test: see `--everything`."""
    order = _places_in_the_run([item.path for item in items])
    items.sort(key=lambda item: order[item.path])
    _leave_out(config, items, "a_file" if SERVER else "a_server")
    if config.getoption("--everything"):
        return
    _leave_out(config, items, "everything")


def _places_in_the_run(paths: list[Path]) -> dict[Path, float]:
    """Where each file stands, from 0 to 1: those that wait between those that work, of which the largest come first."""
    waits = {path: path.relative_to(ROOT / "tests").parts[0] in WAITING for path in paths}
    working = [path for path, _ in Counter(path for path in paths if not waits[path]).most_common()]
    waiting = [path for path in waits if waits[path]]
    places = {path: EARLY * at / len(waiting) for at, path in enumerate(waiting)}
    return places | {path: at / len(working) for at, path in enumerate(working)}


def _leave_out(config: pytest.Config, items: list[pytest.Item], mark: str) -> None:
    marked = [item for item in items if item.get_closest_marker(mark)]
    config.hook.pytest_deselected(items=marked)
    items[:] = [item for item in items if item not in marked]


def environment_in(directory: Path) -> dict[str, str]:
    """The settings of an installation that keeps everything in `directory`."""
    own = {"DREAMTREE_DATA_DIR": str(directory), "DREAMTREE_SECRET_KEY": "a secret that only the tests know about"}
    return own | ({"DREAMTREE_DATABASE_URL": url_of(directory / DATABASE_NAME)} if SERVER else {})


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """A guess costs next to nothing, at somebody as at nobody; tests/units/test_credentials.py pays the full price."""
    assert credentials.NOBODYS_HASH.cost == vault.TODAY, "a guess at nobody takes as long as one at somebody"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "TODAY", CHEAP)
        patch.setattr(credentials, "NOBODYS_HASH", replace(credentials.NOBODYS_HASH, cost=CHEAP))
        yield


@pytest.fixture(scope="session", autouse=True)
def _frozen_once() -> Iterator[None]:
    """What all tests share is out of the collector's way; a Book that one of them reads goes again."""
    gc.collect()
    gc.freeze()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "_freeze_for_the_collector", lambda: None)
        yield


@pytest.fixture(scope="session")
def seeded(pytestconfig: pytest.Config, shared_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database, migrated and seeded once for all tests; copy it, never open it. The next run finds the file again."""
    directory = tmp_path_factory.mktemp("seeded")
    kept = shared_directory if SERVER else pytestconfig.cache.mkdir("seeded")
    return made_once(kept / f"{sum_of(SEEDED_FROM)}.db", lambda path: _seed(directory, path))


@pytest.fixture(scope="session")
def shared_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that all processes of this run see, for what one of them makes and the others read."""
    own = tmp_path_factory.getbasetemp()
    directory = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    directory.mkdir(exist_ok=True)
    return directory


def _seed(directory: Path, path: Path) -> None:
    """Makes a new database at `path`, migrated and seeded; `directory` is for what an application needs besides."""
    runner = _create_app(directory).test_cli_runner()
    open_at(directory / DATABASE_NAME)
    for command in ("migrate", "seed"):
        result = runner.invoke(args=[command])
        assert result.exit_code == 0, f"flask {command} failed:\n{result.output}"
    keep(path)


def _create_app(directory: Path) -> Flask:
    app = create_app(Settings.from_environment(environment_in(directory)))
    app.testing = True
    return app


@pytest.fixture(scope="session")
def _opened(seeded: Path, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    """One application for all tests, which holds the Book; `app` gives it a fresh database each time."""
    directory = tmp_path_factory.mktemp("app")
    open_copy(seeded, directory / DATABASE_NAME)
    app = _create_app(directory)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(pytestconfig.cache.mkdir("templates")))
    return app, directory / DATABASE_NAME


@pytest.fixture(scope="session")
def _begun(_opened: tuple[Flask, Path], seeded: Path, shared_directory: Path) -> tuple[Path, str]:
    """A database file in which somebody started a moment ago, and the cookie that opens their tree."""

    def begin(file: Path) -> None:
        app, path = _opened
        open_copy(seeded, path)
        visitor = Visitor(app.test_client())
        visitor.start()
        cookie = visitor.client.get_cookie(TREE)
        assert cookie is not None
        (shared_directory / "begun.cookie").write_text(cookie.value)
        keep(file)

    return made_once(shared_directory / "begun.db", begin), (shared_directory / "begun.cookie").read_text()


class Beginning(NamedTuple):
    """The database that a test begins with, the fixture that is in it, and the cookie that opens the tree."""

    database: Path
    who: str = ""
    cookie: str = ""


@pytest.fixture
def _beginning(request: pytest.FixtureRequest, seeded: Path) -> Beginning:
    """With the tree of whoever the test asks for, so that no second copy is made for them."""
    asked = set(request.fixturenames) - ({"person"} if "frozen" in request.fixturenames else set())
    who = next((one for one in MADE_BY if one in asked), "")
    if not who:
        return Beginning(seeded)
    database, cookie = request.getfixturevalue(MADE_BY[who])
    return Beginning(database, who, cookie)


@pytest.fixture
def app(_opened: tuple[Flask, Path], _beginning: Beginning) -> Iterator[Flask]:
    """The application with a database that holds the content and, where a test asks for one, a tree."""
    app, path = _opened
    open_copy(_beginning.database, path)
    yield app
    shut()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that was never here before."""
    return app.test_client()


@pytest.fixture
def start(app: Flask) -> Callable[[], Visitor]:
    """Starts a tree on a device of one's own and answers whoever did; each call is another person."""

    def start_one() -> Visitor:
        visitor = Visitor(app.test_client())
        visitor.start()
        return visitor

    return start_one


@pytest.fixture
def person(app: Flask, _beginning: Beginning, start: Callable[[], Visitor]) -> Visitor:
    """Somebody who started a moment ago, without an account."""
    if _beginning.who != "person":
        return start()
    client = app.test_client()
    client.set_cookie(TREE, _beginning.cookie)
    return Visitor(client)


@pytest.fixture
def stranger(start: Callable[[], Visitor]) -> Visitor:
    """Somebody else, with a tree of their own."""
    return start()


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Time stands still on a Monday morning; `frozen.shift(seconds)` and `frozen.move_to(when)` move it."""
    with time_machine.travel(A_MORNING, tick=False) as traveller:
        yield traveller


class Queries(list[str]):
    """The statements that ran, oldest first. `clear()` before the step that is to be counted."""

    def __init__(self) -> None:
        super().__init__()
        self.while_rendering: list[str] = []
        self.of_nobody: list[str] = []

    def note(self, sql: str) -> None:
        if sql.lstrip().upper().startswith(NOT_QUERIES):
            return
        self.append(sql)
        if has_request_context() and names_nobody(sql):
            self.of_nobody.append(sql)
        if template := _template_on_the_stack():
            self.while_rendering.append(f"{template}: {sql}")


def _template_on_the_stack() -> str | None:
    """The template that is being rendered by the code that asks, however it was called."""
    frame = sys._getframe()
    while frame := frame.f_back:
        if "__jinja_template__" in frame.f_globals:
            return str(frame.f_globals.get("name"))
    return None


@pytest.fixture(autouse=True)
def queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queries]:
    """Every query of the test; one that runs while a template renders, or in a request without its person, fails it."""
    noted, execute = Queries(), peewee.Database.execute_sql

    def execute_and_note(self: peewee.Database, sql: str, *args: object, **options: object) -> object:
        noted.note(sql)
        return execute(self, sql, *args, **options)

    monkeypatch.setattr(peewee.Database, "execute_sql", execute_and_note)
    yield noted
    assert not noted.while_rendering, "queries while a template renders:\n" + "\n".join(noted.while_rendering)
    assert not noted.of_nobody, "rows of everybody:\n" + "\n".join(noted.of_nobody)
