"""On paper: one sheet for what I bring, the answers of a module in full, and nothing to press on either."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import CONTROLS
from tests.browser.trees import MODULES, filled

SHEETS = ["A4", "Letter"]


@pytest.fixture
def sample(page: Page) -> Page:
    """The sample person's tree."""
    return filled(page)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("private", ["", "?private=yes"])
def test_what_i_bring_is_one_page(sample: Page, sheet: str, private: str) -> None:
    sample.goto(f"/what-i-bring{private}")
    assert pages(sample, sheet) == 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_was_made_fills_pages(sample: Page, sheet: str) -> None:
    sample.goto(MODULES["module 1.2"])
    open_ = pages(sample, sheet)
    sample.get_by_label("Print the private answers too").check()
    sample.get_by_role("button", name="Show it this way").click()
    expect(sample).to_have_url(re.compile("private=yes"))
    assert 1 <= open_ < pages(sample, sheet)


def test_paper_has_nothing_to_press(sample: Page) -> None:
    sample.emulate_media(media="print")
    for path in ("/what-i-bring", *MODULES.values()):
        sample.goto(path)
        expect(sample.locator("h1")).to_be_visible()
        expect(sample.locator(f"{CONTROLS}, .unprinted, form").filter(visible=True)).to_have_count(0)


def test_private_answers_are_on_paper_only_when_they_are_ticked(sample: Page) -> None:
    sample.emulate_media(media="print")
    for path, words in (("/what-i-bring", "The least I work for"), (MODULES["module 1.2"], "How long can you manage")):
        sample.goto(path)
        expect(sample.get_by_text(words).filter(visible=True)).to_have_count(0)
        sample.goto(f"{path}?private=yes")
        expect(sample.get_by_text(words).filter(visible=True).first).to_be_visible()


def pages(page: Page, sheet: str) -> int:
    """How many pages the browser prints; each is an object of its own in the file."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=sheet)))
