"""Focus is seen and never covered, the bar keeps out of the way, the menu closes, a desk is used."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import keyboard
from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.fit import LARGE, PINNED, WITH_STYLE
from tests.browser.trees import PATHS, filled

OUTLINE = """() => {
  const at = document.activeElement;
  return [at, at.closest("label")].some(one => {
    const style = one && getComputedStyle(one);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
}"""
RATED = {"1.1.6.rate": ".scales", "1.1.6.energy": ".scale"}
TABBED = [
    *((PHONE, one) for one in ("1.1.1", "1.1.6", "1.1.9", "1.2.4", "1.5.3")),
    *((DESK, one) for one in ("1.1.1", "1.2.4")),
    *(pytest.param(DESK, one, marks=pytest.mark.everything) for one in ("1.1.6", "1.1.9", "1.5.3")),
]
SCREENS = [
    (PHONE, "", True),
    ((320, 640), "", True),
    ((320, 640), ":root { font-size: 125% }", True),
    ((320, 640), LARGE, False),
    (PHONE, LARGE, False),
    ((195, 422), "", False),
    ((740, 360), "", False),
]
"""A phone, a small one, both with larger text, one zoomed to 200 %, and one held sideways."""


@pytest.mark.parametrize(("size", "exercise"), TABBED)
def test_what_has_the_focus_is_never_covered(open_page: Open, size: tuple[int, int], exercise: str) -> None:
    page = filled(open_page(size=size))
    page.goto(PATHS[exercise])
    stops = keyboard.focus_order(page)
    assert len(stops) > 20
    assert stops[0] == "a Skip to the page"


def test_what_has_the_focus_has_a_ring(page: Page) -> None:
    filled(page).goto(PATHS["1.1.1"])
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE), f"{keyboard.focused(page)} has no ring"


@pytest.mark.parametrize(("size", "css", "is_pinned"), SCREENS)
def test_the_bar_stays_where_it_leaves_room(open_page: Open, size: tuple[int, int], css: str, is_pinned: bool) -> None:
    page = filled(open_page(size=size))
    for path in (PATHS["1.1.1"], "/home"):
        page.goto(path)
        page.evaluate(WITH_STYLE, css)
        bar = page.locator(".bar")
        expect(bar).to_be_in_viewport() if is_pinned else expect(bar).not_to_be_in_viewport()
        assert not page.evaluate(PINNED)
        bar.locator("a").first.focus()
        expect(bar).to_be_in_viewport()


def test_the_skip_link_leads_past_the_rail(page: Page) -> None:
    filled(page).goto(PATHS["1.1.1"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_escape_closes_the_contents_menu(open_page: Open, size: tuple[int, int]) -> None:
    page = filled(open_page(size=size))
    page.goto(PATHS["1.1.1"])
    summary = page.locator(".menu > summary")
    link = page.get_by_role("link", name="All exercises")
    summary.click()
    expect(link).to_be_in_viewport()
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(summary).to_be_focused()


def test_what_is_rated_is_one_row_on_a_desk(page: Page) -> None:
    filled(page)
    for width in (900, DESK[0]):
        page.set_viewport_size({"width": width, "height": DESK[1]})
        for key, scales in RATED.items():
            page.goto(f"{PATHS[key[:5]]}?change={key}")
            row = page.locator(f'[data-block="{key}"] .items > li').first
            name, beside = row.locator("legend").first.bounding_box(), row.locator(scales).first.bounding_box()
            assert name and beside
            assert name["x"] + name["width"] <= beside["x"]
            assert abs(name["y"] - beside["y"]) < name["height"]
