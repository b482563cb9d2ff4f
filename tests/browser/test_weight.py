"""How much a page weighs: what is fetched the first time and the second, from where, and that nothing moves."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Response

from tests.browser.conftest import OfEachKind
from tests.browser.looking import visit
from tests.browser.server import Server
from tests.browser.trees import PATHS, empty, filled

MOST_REQUESTS, MOST_BYTES = 7, 80_000
UNSEEN = 0.001
"""A sum of layout shifts that nobody sees: a busy browser may show a word a moment after its icon."""
HEAVIEST = PATHS["1.1.6"]
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
UNSAVED = "() => dreamtree.dirty().map(one => one.key)"
FETCHED_ANEW = (
    """() => performance.getEntriesByType("resource").filter(one => one.transferSize > 0).map(one => one.name)"""
)

OpenContext = Callable[..., BrowserContext]


def fetched(page: Page, path: str) -> list[Response]:
    """What the browser asked a server for, to show the page at `path`."""
    found: list[Response] = []
    page.on("response", lambda one: found.append(one))  # noqa: PLW0108 (Playwright wants a function of Python's)
    page.goto(path, wait_until="networkidle")
    return [one for one in found if not one.url.startswith("data:")]


def bytes_of(answers: list[Response]) -> int:
    sizes = [one.request.sizes() for one in answers]
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def newcomer(open_context: OpenContext, tree: Callable[[Page], Page]) -> Page:
    """Somebody with a tree whose browser has fetched nothing yet."""
    cookies = tree(open_context().new_page()).context.cookies()
    fresh = open_context(fresh=True)
    fresh.add_cookies(list(cookies))
    return fresh.new_page()


def test_the_first_load_is_light_and_from_here(open_context: OpenContext, server: Server) -> None:
    for tree in (empty, filled):
        answers = fetched(newcomer(open_context, tree), HEAVIEST)
        assert len(answers) <= MOST_REQUESTS, [one.url for one in answers]
        assert bytes_of(answers) <= MOST_BYTES, {one.url: one.request.sizes() for one in answers}
        assert {one.url.startswith(server.url) for one in answers} == {True}


def test_a_repeat_load_is_the_html_alone(page: Page) -> None:
    filled(page).goto(HEAVIEST, wait_until="networkidle")
    page.goto(PATHS["1.1.7"], wait_until="networkidle")
    assert page.evaluate("() => performance.getEntriesByType('resource').length") > 2
    assert page.evaluate(FETCHED_ANEW) == []


def test_nothing_moves_complains_or_has_anything_to_save(page: Page, of_each_kind: OfEachKind) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    visit(page, of_each_kind(filled(page), PATHS), lambda page: [*moved(page), *page.evaluate(UNSAVED)])
    assert complaints == []


def test_nothing_moves_on_a_phone(phone: Page, of_each_kind: OfEachKind) -> None:
    visit(phone, of_each_kind(filled(phone), PATHS), moved)


def moved(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    return [f"moved by {shift}"] if (shift := page.evaluate(SHIFTS)) >= UNSEEN else []
