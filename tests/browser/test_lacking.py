"""A browser that lacks something optional, forbids it or has no room for it: everything typed is saved all the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.contexts import Contexts
from tests.browser.test_saving import EXERCISE, SAVED, field, reread, status
from tests.browser.trees import start

GONE = "Object.defineProperty({at}, '{name}', {{ configurable: true, get: () => {value} }})"
THROWS = "{ throw new DOMException('no', 'SecurityError') }"
OPTIONAL = {
    "sessionStorage": "window",
    "localStorage": "window",
    "indexedDB": "window",
    "crypto": "window",
    "matchMedia": "window",
    "BroadcastChannel": "window",
    "IntersectionObserver": "window",
    "ResizeObserver": "window",
    "reportError": "window",
    "Intl": "window",
    "performance": "window",
    "clipboard": "Navigator.prototype",
    "share": "Navigator.prototype",
    "onLine": "Navigator.prototype",
    "startViewTransition": "Document.prototype",
    "showPopover": "HTMLElement.prototype",
    "showModal": "HTMLDialogElement.prototype",
}
MISSING = {f"without {name}": GONE.format(at=at, name=name, value="undefined") for name, at in OPTIONAL.items()}
OTHERS = {
    "a null sessionStorage": GONE.format(at="window", name="sessionStorage", value="null"),
    "a forbidden sessionStorage": GONE.format(at="window", name="sessionStorage", value=f"(() => {THROWS})()"),
    "a full sessionStorage": f"Storage.prototype.setItem = () => {THROWS}",
    "a forbidden BroadcastChannel": f"window.BroadcastChannel = function () {THROWS}",
    "a forbidden dialog": f"HTMLDialogElement.prototype.showModal = () => {THROWS}",
    "no time zone": f"Intl.DateTimeFormat = () => {THROWS}",
    "no media queries": f"window.matchMedia = () => {THROWS}",
}
FEW = {name: script for name, script in OTHERS.items() if "sessionStorage" in name}
FEW["without any of them"] = ";".join(MISSING.values())
FEW["all others forbidden"] = ";".join(script for name, script in OTHERS.items() if name not in FEW)
LACKING = [
    *(pytest.param(script, id=name) for name, script in FEW.items()),
    *(
        pytest.param(script, id=name, marks=pytest.mark.everything)
        for name, script in (MISSING | OTHERS).items()
        if name not in FEW
    ),
]
"""Each in turn with --everything; else the storage, then all the others at once."""


@pytest.fixture(scope="module")
def somebody(browser: Browser, contexts: Contexts, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """One tree for all: each case is a page of its own in the same browser."""
    server = request.getfixturevalue("server")
    context = contexts.open(browser, base_url=server.url)
    start(context.new_page())
    yield context
    context.close()


def page_with(somebody: BrowserContext, script: str) -> Page:
    page = somebody.new_page()
    page.add_init_script(script)
    page.goto(EXERCISE)
    return page


@pytest.mark.parametrize("script", LACKING)
def test_words_are_saved_and_buttons_work_without_it(
    somebody: BrowserContext, request: pytest.FixtureRequest, script: str
) -> None:
    page, words = page_with(somebody, script), f"Typed in {request.node.name}"
    field(page).fill(words)
    expect(status(page)).to_have_text(SAVED)
    assert reread(page) == words
    page.evaluate("window.isThisPage = true")
    page.locator(".find input").first.fill("teach")
    page.locator('button[value*="|find|"]').first.click()
    expect(page.get_by_role("group", name="Found").first).to_be_visible()
    assert page.evaluate("window.isThisPage")
    assert reread(page) == words
    page.close()
