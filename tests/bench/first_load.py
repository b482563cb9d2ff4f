"""What a browser that was never here loads before a person can type."""

import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import Server

ROUNDS = 10
PATH = "/workbook/1.1.1"
FIELD = "main textarea"


@dataclass(frozen=True)
class FirstLoad:
    """One exercise page with an empty cache; bytes as they came over the wire, headers too."""

    requests: int
    bytes_received: int
    ready_ms: float
    ready_again_ms: float


def first_load(server: Server) -> FirstLoad:
    """Opens an exercise of a sample tree, each time as a browser with nothing kept; medians."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        person = chromium.new_context(base_url=server.url)
        _start(person.new_page())
        cookies = person.cookies()
        weights, ready, again = [], [], []
        for _ in range(ROUNDS):
            fresh = chromium.new_context(base_url=server.url)
            fresh.add_cookies(cookies)  # type: ignore[arg-type]
            page = fresh.new_page()
            weights.append(_weight(fresh, page))
            ready.append(weights[-1][2])
            again.append(_ready(page))
            fresh.close()
        chromium.close()
    return FirstLoad(weights[-1][0], weights[-1][1], statistics.median(ready), statistics.median(again))


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


def _ready(page: Page) -> float:
    """Milliseconds from navigation until a field of the page takes a key, its scripts having run."""
    began = time.perf_counter()
    page.goto(PATH, wait_until="domcontentloaded")
    page.locator(FIELD).first.focus()
    page.keyboard.press("a")
    return (time.perf_counter() - began) * 1000
