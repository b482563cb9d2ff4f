"""A real server and a real Chromium.

A script that throws, or a thing that the content security policy refuses, fails the test whose page it is.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.contexts import Contexts
from tests.browser.kinds import every_one, one_of_each_kind
from tests.browser.server import Server

PHONE, TABLET, DESK = (390, 844), (768, 1024), (1280, 900)
Open = Callable[..., Page]
OfEachKind = Callable[[Page, dict[str, str]], dict[str, str]]

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def server(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all journeys; each person who starts there has a tree of their own."""
    shared = Server(tmp_path_factory.mktemp("server"), seeded)
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


@pytest.fixture
def open_context(contexts: Contexts, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser without cookies; takes `size`, `javascript`, `server`, `by` and Playwright's options.

    It may have been another test's before. `fresh` is one that has fetched nothing and is nobody's afterwards: for who
    stops its clock, which a context keeps.
    """

    def open_one(
        size: tuple[int, int] = DESK,
        javascript: bool = True,
        server: Server | None = None,
        by: Browser | None = None,
        fresh: bool = False,
        **options: object,
    ) -> BrowserContext:
        at = server or request.getfixturevalue("server")
        viewport = {"width": size[0], "height": size[1]}
        return contexts.lend(
            by, fresh or bool(server), base_url=at.url, viewport=viewport, java_script_enabled=javascript, **options
        )

    yield open_one
    contexts.take_back()
    faults, contexts.faults = contexts.faults, []
    assert not faults, "\n".join(faults)


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext]) -> Open:
    """Opens a page of somebody new, with the options of `open_context`."""

    def open_one(**options: object) -> Page:
        return open_context(**options).new_page()

    return open_one


@pytest.fixture
def of_each_kind(pytestconfig: pytest.Config) -> OfEachKind:
    """Chooses, of the pages by name, one of each kind as the person of a page has them; with --everything all."""
    return every_one if pytestconfig.getoption("--everything") else one_of_each_kind


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
    """A page on a phone, 390 by 844, touched with a finger."""
    return open_page(size=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def page_without_javascript(open_page: Open) -> Page:
    """A page of a browser that runs no script."""
    return open_page(javascript=False)
