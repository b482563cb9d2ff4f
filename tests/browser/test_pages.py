"""Every page in every state: axe finds nothing, nothing is clipped or wider than the screen, print has no controls."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import DESK, Open
from tests.browser.trees import HISTORY, OTHERS, PATHS, empty, filled, go_on, stale, start
from tests.rules.seeded import EXERCISES

NARROW, ZOOMED = (320, 640), (640, 512)
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
WITH_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll("main *, nav *, aside *")].filter(one => {
  const style = getComputedStyle(one);
  if (one.closest(".visually-hidden, svg, .skip, select, input") || !one.checkVisibility()) return false;
  const cuts = [style.overflowX, style.overflowY].some(how => how === "hidden" || how === "clip");
  return cuts && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 120))"""
OVERLAPPING = """() => [...document.querySelectorAll(".button, .chip, .scale label, summary")].filter(one =>
  one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
).map(one => one.outerHTML.slice(0, 160))"""
WIDER = """() => [...document.querySelectorAll("body *")].filter(one =>
  one.checkVisibility() && !one.closest(".visually-hidden, .skip, svg, .scroll")
  && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(one => one.outerHTML.slice(0, 160))"""
INVISIBLE = """() => [...document.querySelectorAll("main :is(.button, .input, .chip)")].filter(one =>
  one.checkVisibility() && !one.matches(".button--quiet, .button--icon, [hidden]")
  && parseFloat(getComputedStyle(one).borderTopWidth) < 1
).map(one => one.outerHTML.slice(0, 160))"""
CONTROLS = ".bar, .rail, .button, .textbutton, .row__buttons, .status, .find, .pager"

Look = Callable[[Page], list[str]]
STATES = {"empty": empty, "filled": filled, "stale": stale}
EVERYWHERE = {"landing": "/", **PATHS, **OTHERS}


def visit(page: Page, paths: dict[str, str], look: Look) -> None:
    """Looks at each page; whatever is found anywhere fails, all of it at once."""
    found: list[str] = []
    for name, path in paths.items():
        page.goto(path)
        found += [f"{name}: {fault}" for fault in look(page)]
    assert not found, "\n".join(found)


def wider(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    is_wider = page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return page.evaluate(WIDER) or ["scrolls sideways"] if is_wider else []


def unfolded(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true })")


def axe_unfolded(page: Page) -> list[str]:
    unfolded(page)
    return axe(page)


def axe_in_both_looks(page: Page) -> list[str]:
    unfolded(page)
    found: list[str] = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {fault}" for fault in axe(page)]
    return found


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, state: str) -> None:
    visit(STATES[state](page), EVERYWHERE if state == "empty" else {**EVERYWHERE, **HISTORY}, axe_in_both_looks)


def test_axe_finds_nothing_before_the_start(page: Page) -> None:
    visit(page, {"landing": "/", "credits": "/credits"}, axe_in_both_looks)


def test_axe_finds_nothing_on_a_locked_page(page: Page) -> None:
    start(page)
    visit(page, {one: PATHS[one] for one in EXERCISES[1:]}, axe_unfolded)


def test_axe_finds_nothing_beside_errors(open_page: Open) -> None:
    """Going on with what is still open answers the page again, with what to do."""
    page = empty(open_page(size=NARROW))
    for name, path in PATHS.items():
        page.goto(path)
        go_on(page)
        expect(page.locator("#errors")).to_be_focused()
        assert page.title().startswith("Error: ")
        assert [*axe_in_both_looks(page), *wider(page)] == [], name


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_is_wider_than_a_small_phone(open_page: Open, state: str, javascript: bool) -> None:
    page = STATES[state](open_page(size=NARROW, javascript=javascript))
    visit(page, EVERYWHERE, wider)


def test_axe_finds_nothing_on_a_small_phone(open_page: Open) -> None:
    visit(filled(open_page(size=NARROW)), EVERYWHERE, lambda page: [*axe_unfolded(page), *wider(page)])


def test_nothing_is_lost_at_double_size(open_page: Open) -> None:
    page = filled(open_page(size=ZOOMED, device_scale_factor=2))
    visit(page, EVERYWHERE, lambda page: [*wider(page), *page.evaluate(CLIPPED)])


@pytest.mark.parametrize("size", [NARROW, DESK])
def test_wider_text_spacing_clips_nothing(open_page: Open, size: tuple[int, int]) -> None:
    """WCAG 1.4.12."""

    def spaced(page: Page) -> list[str]:
        page.evaluate(WITH_STYLE, SPACING)
        unfolded(page)
        return [*wider(page), *page.evaluate(CLIPPED), *page.evaluate(OVERLAPPING)]

    visit(filled(open_page(size=size)), EVERYWHERE, spaced)


def test_controls_are_seen_with_forced_colors(open_page: Open) -> None:
    page = filled(open_page(size=DESK, forced_colors="active"))
    visit(page, EVERYWHERE, lambda page: page.evaluate(INVISIBLE))
    page.goto(PATHS["1.1.1"])
    chosen, other = page.locator(".choice:has(:checked)").first, page.locator(".choice:not(:has(:checked))").first
    outline = "one => getComputedStyle(one).outlineStyle"
    assert (chosen.evaluate(outline), other.evaluate(outline)) == ("solid", "none")


def test_print_shows_the_words_and_no_controls(open_page: Open) -> None:
    page = filled(open_page(size=DESK))
    page.emulate_media(media="print")
    for path in (*PATHS.values(), *HISTORY.values(), "/home"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(CONTROLS).filter(visible=True)).to_have_count(0)
