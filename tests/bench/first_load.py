"""What a browser that was never here loads before a person can type."""

import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import Server

ROUNDS = 10
PATH = "/workbook/1.1.1"
FIELD = "main textarea"
CLOCKED = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
EMPTY = "data:text/html,<main><textarea></textarea></main>"
"""A page with a field and nothing else, which nobody sends: what it takes is the browser's own."""


@dataclass(frozen=True)
class FirstLoad:
    """One exercise page with an empty cache; bytes as they came over the wire, headers too.

    `ready_ms` is taken from outside, and has the ways between the browser and whoever drives it in it; `clocked_ms` is
    by the browser's own clock, from navigation until the page is there and its scripts have run. `empty_ms` is what the
    browser takes until somebody can type into a page that is nothing but a field.
    """

    requests: int
    bytes_received: int
    ready_ms: float
    ready_again_ms: float
    empty_ms: float
    clocked_ms: float


def first_load(server: Server) -> FirstLoad:
    """Opens an exercise of a sample tree, each time as a browser with nothing kept; medians."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        person = chromium.new_context(base_url=server.url)
        _start(person.new_page())
        cookies = person.cookies()
        weights, ready, again, empty, clocked = [], [], [], [], []
        for _ in range(ROUNDS):
            fresh = chromium.new_context(base_url=server.url)
            fresh.add_cookies(cookies)  # type: ignore[arg-type]
            page = fresh.new_page()
            weights.append(_weight(fresh, page))
            ready.append(weights[-1][2])
            clocked.append(float(page.evaluate(CLOCKED)))
            again.append(_ready(page))
            fresh.close()
            empty.append(_empty(chromium))
        chromium.close()
    medians = map(statistics.median, (ready, again, empty, clocked))
    return FirstLoad(weights[-1][0], weights[-1][1], *medians)


def _empty(chromium: Browser) -> float:
    context = chromium.new_context()
    took = _ready(context.new_page(), EMPTY)
    context.close()
    return took


def _start(page: Page) -> None:
    page.goto("/")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Start on my own device").click()
    page.wait_for_url(f"**{PATH}*")


def _weight(context: BrowserContext, page: Page) -> tuple[int, int, float]:
    """Requests and bytes of one load, and when one could type."""
    wire, sizes = context.new_cdp_session(page), list[int]()
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    ready = _ready(page)
    page.wait_for_load_state("networkidle")
    return len(sizes), sum(sizes), ready


def _ready(page: Page, address: str = PATH) -> float:
    """Milliseconds from navigation until a field of the page takes a key, its scripts having run."""
    began = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    page.locator(FIELD).first.focus()
    page.keyboard.press("a")
    return (time.perf_counter() - began) * 1000
