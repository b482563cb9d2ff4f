"""Draws the two pictures of the README anew, from the first sample person's tree: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.setting import seeded_database
from tests.browser.chromium import launch
from tests.browser.preview import ROOT
from tests.browser.server import Server

PICTURES = ROOT / "docs" / "pictures"
PHONE, DESK = (390, 844), (1100, 1260)


def draw(browser: Browser, server: Server) -> None:
    """An exercise on a phone with what an earlier one brought, and home with the tree."""
    _shoot(_sample(browser, server, PHONE), "/workbook/1.1.4", "exercise.png", to=".recall")
    _shoot(_sample(browser, server, DESK), "/home", "home.png")


def _sample(browser: Browser, server: Server, size: tuple[int, int]) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    page = browser.new_page(base_url=server.url, viewport=viewport, locale="en-US", timezone_id="America/Chicago")  # type: ignore[arg-type]
    page.goto("/")
    page.get_by_role("button", name="Look at a sample tree").click()
    page.wait_for_url("**/home")
    return page


def _shoot(page: Page, path: str, name: str, to: str = "main") -> None:
    page.goto(path)
    page.locator(to).first.evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 16)")
    page.screenshot(path=PICTURES / name, animations="disabled")
    page.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        directory = Path(place) / "server"
        directory.mkdir()
        running = Server(directory, seeded_database(Path(place) / "seeded"), workers=1)
        running.start()
        chromium = launch(playwright.chromium)
        try:
            draw(chromium, running)
        finally:
            chromium.close()
            running.stop()
