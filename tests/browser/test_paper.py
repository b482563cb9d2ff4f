"""On paper: one sheet for what I bring, the answers of a module in full, and nothing to press on either."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Open
from tests.browser.fit import BROKEN
from tests.browser.looking import resized
from tests.browser.test_pages import CONTROLS
from tests.browser.trees import MODULES, PATHS, filled, furthest, stand_at

PAPER = {"A4": (672, 950), "Letter": (694, 884)}
"""Between the margins."""
SHEETS = list(PAPER)
LINES = [f"Line {number} of a long answer." for number in range(1, 161)]
SCROLLING = """() => [...document.querySelectorAll("main textarea, main .scroll")].filter(one =>
  one.checkVisibility() && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
).map(one => one.outerHTML.slice(0, 160))"""
ONE_SHEET = ("/what-i-bring", "/resume")


@pytest.fixture
def sample(page: Page) -> Page:
    """The sample person's tree."""
    return filled(page)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("path", [f"{path}{asked}" for path in ONE_SHEET for asked in ("", "?private=yes")])
def test_what_i_bring_and_a_resume_are_one_page(sample: Page, sheet: str, path: str) -> None:
    sample.goto(path)
    assert pages(sample, sheet) == 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_was_made_fills_pages(sample: Page, sheet: str) -> None:
    sample.goto(MODULES["module 1.2"])
    open_ = pages(sample, sheet)
    sample.get_by_label("Include private answers").check()
    sample.get_by_role("button", name="Update the page").click()
    expect(sample).to_have_url(re.compile("private=yes"))
    assert 1 <= open_ <= pages(sample, sheet) <= 3


def test_paper_has_nothing_to_press(sample: Page) -> None:
    sample.emulate_media(media="print")
    for path in (*ONE_SHEET, *MODULES.values()):
        sample.goto(path)
        expect(sample.locator("h1")).to_be_visible()
        expect(sample.locator(f"{CONTROLS}, .unprinted, form").filter(visible=True)).to_have_count(0)


def test_private_answers_are_on_paper_only_when_they_are_ticked(sample: Page) -> None:
    sample.emulate_media(media="print")
    for path, words in (
        ("/what-i-bring", "The lowest pay I need"),
        (MODULES["module 1.2"], "What do you have, what comes in"),
    ):
        sample.goto(path)
        expect(sample.get_by_text(words).filter(visible=True)).to_have_count(0)
        sample.goto(f"{path}?private=yes")
        expect(sample.get_by_text(words).filter(visible=True).first).to_be_visible()


def pages(page: Page, sheet: str) -> int:
    """How many pages the browser prints; each is an object of its own in the file."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=sheet)))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_long_answer_is_on_paper_to_its_last_line(page: Page, tmp_path: Path, sheet: str) -> None:
    stand_at(page, "1.1.4")
    page.locator("textarea:visible").first.fill("\n".join(LINES))
    file = tmp_path / "printed.pdf"
    file.write_bytes(page.pdf(format=sheet))
    printed = " ".join(" ".join(one.extract_text() for one in PdfReader(file).pages).split())
    assert [line for line in LINES if line not in printed] == []


@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_on_paper_is_in_a_box_that_scrolls(open_page: Open, javascript: bool) -> None:
    """Without a script too, a field is as high as its words."""
    page = filled(open_page(javascript=javascript))
    page.emulate_media(media="print")
    for path in (PATHS["1.1.4"], PATHS["1.2.4"], PATHS["1.5.3"]):
        page.goto(path)
        assert page.evaluate(SCROLLING) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_paths_by_years_are_whole_on_paper(page: Page, sheet: str) -> None:
    furthest(page).goto(PATHS["2.4.1"])
    page.emulate_media(media="print")
    with resized(page, PAPER[sheet]):
        assert page.locator(".lanes").count() == 3
        assert [*page.evaluate(SCROLLING), *page.evaluate(BROKEN)] == []
