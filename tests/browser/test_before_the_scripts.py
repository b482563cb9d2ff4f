"""On a slow line a page is read, and written in, before its scripts have come: they save what they find there."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.hands import by_name
from tests.browser.test_saving import EXERCISE, SAVED, block, field, reread, status
from tests.browser.trees import PATHS, stand_at, start

PLACES = "1.1.2.experiences"
SCRIPT = "**/app*.js"


def before_the_scripts(page: Page, path: str, work: Callable[[], object]) -> None:
    """Does the work on the page at `path` as soon as it can be seen; only then its scripts come, and save."""
    held: list[Route] = []
    page.route(SCRIPT, lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it is given)
    with page.expect_request(SCRIPT):
        page.goto(path, wait_until="commit")
    work()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        held[0].continue_()
    page.unroute(SCRIPT)


def test_words_and_a_choice_are_saved(page: Page) -> None:
    def write() -> None:
        field(page).fill("On a slow line.")
        block(page, "1.1.1.when").get_by_role("radio").first.check()

    before_the_scripts(start(page), EXERCISE, write)
    expect(status(page)).to_have_text(SAVED)
    expect(status(page, "1.1.1.when")).to_have_text(SAVED)
    assert reread(page) == "On a slow line."


def test_what_is_picked_is_saved(page: Page) -> None:
    kind = by_name(stand_at(page, PLACES[:5]), PLACES, "rows-0-kind")
    by_name(page, PLACES, "rows-0-title").fill("Bakery")
    expect(status(page, PLACES)).to_have_text(SAVED)
    before_the_scripts(page, PATHS[PLACES[:5]], lambda: kind.select_option("course"))
    expect(status(page, PLACES)).to_have_text(SAVED)
    page.reload()
    expect(kind).to_have_value("course")
