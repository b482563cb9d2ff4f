"""A real server and a real Chromium.

A script that throws, or a thing that the content security policy refuses, fails the test whose page it is.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.contexts import Contexts
from tests.browser.kinds import Ask, all_in, asked, every_one, one_of_each_kind
from tests.browser.server import Server
from tests.browser.trees import EVERYWHERE
from tests.once import made_once

PHONE, TABLET, DESK = (390, 844), (768, 1024), (1280, 900)
Open = Callable[..., Page]
OfEachKind = Callable[..., dict[str, str]]

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def server(seeded: Path, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all journeys; each person who starts there has a tree of their own."""
    compiled = pytestconfig.cache.mkdir("templates")
    directory = tmp_path_factory.mktemp("server")
    shared = Server(directory, seeded, target="tests.browser.served:asgi", COMPILED_TEMPLATES=str(compiled))
    shared.start()
    yield shared
    shared.stop()


@pytest.fixture
def own_server(seeded: Path, tmp_path: Path) -> Iterator[Server]:
    """A server for this test alone, which it may stop, kill and start again."""
    own = Server(tmp_path, seeded)
    own.start()
    yield own
    own.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; a machine without one is told by `make test` how to get it."""
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """The contexts of all tests; they close with their browser."""
    return Contexts(browser)


@pytest.fixture(autouse=True)
def _nothing_thrown(contexts: Contexts) -> Iterator[None]:
    """Fails the test in which a script threw, and not the next that opens a page."""
    yield
    faults, contexts.faults = contexts.faults, []
    assert not faults, "\n".join(faults)


@pytest.fixture
def open_context(contexts: Contexts, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser without cookies; takes `size`, `javascript`, `server`, `by` and Playwright's options.

    It may have been another test's before. `fresh` is one that has fetched nothing and is nobody's afterwards: for who
    stops its clock, which a context keeps. Only one that is `moving` fades from page to page, which takes a while.
    """

    def open_one(
        size: tuple[int, int] = DESK,
        javascript: bool = True,
        server: Server | None = None,
        by: Browser | None = None,
        fresh: bool = False,
        moving: bool = False,
        **options: object,
    ) -> BrowserContext:
        at = server or request.getfixturevalue("server")
        options |= {
            "base_url": at.url,
            "viewport": {"width": size[0], "height": size[1]},
            "java_script_enabled": javascript,
            "reduced_motion": "no-preference" if moving else "reduce",
        }
        return contexts.lend(by, fresh or bool(server), **options)

    yield open_one
    contexts.take_back()


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext]) -> Open:
    """Opens a page of somebody new, with the options of `open_context`."""

    def open_one(**options: object) -> Page:
        return open_context(**options).new_page()

    return open_one


@pytest.fixture
def of_each_kind(pytestconfig: pytest.Config, open_page: Open, shared_directory: Path) -> OfEachKind:
    """Chooses, of the pages by name, one of each kind as the person of a page has them; with --everything all.

    What all pages of the trees in `but` show is no reason to choose a page; `ask` answers the HTML of one.
    """
    if pytestconfig.getoption("--everything"):
        return every_one

    def choose(
        page: Page, paths: dict[str, str], but: tuple[Callable[[Page], Page], ...] = (), ask: Ask = asked
    ) -> dict[str, str]:
        return one_of_each_kind(page, paths, set().union(*(shown_in(tree) for tree in but)), ask)

    def shown_in(tree: Callable[[Page], Page]) -> set[str]:
        """Asked for once a run."""
        file = shared_directory / f"kinds-{tree.__name__}.json"
        made_once(file, lambda path: path.write_text(json.dumps(sorted(all_in(tree(open_page()), EVERYWHERE)))))
        return set(json.loads(file.read_text()))

    return choose


@pytest.fixture
def page(open_page: Open) -> Page:
    """A page on a desk, 1280 by 900."""
    return open_page(size=DESK)


@pytest.fixture
def timed_page(open_page: Open) -> Page:
    """A page on a desk, whose clock the test may stop."""
    return open_page(size=DESK, fresh=True)


@pytest.fixture
def phone(open_page: Open) -> Page:
    """A page on a phone, 390 by 844, touched with a finger; it fades from page to page, as most people have it."""
    return open_page(size=PHONE, has_touch=True, is_mobile=True, moving=True)


@pytest.fixture
def page_without_javascript(open_page: Open) -> Page:
    """A page of a browser that runs no script."""
    return open_page(javascript=False)
