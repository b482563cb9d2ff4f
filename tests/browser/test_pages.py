"""Pages of each kind in every state: axe and every other look finds nothing. On all pages nothing is too wide."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OfEachKind, Open
from tests.browser.fit import SPACED, WITH_STYLE, misfit, off_a_phone
from tests.browser.hands import by_name
from tests.browser.looking import (
    NARROW,
    Look,
    axe_in_both_looks,
    axe_in_the_dark,
    axe_in_two_sizes,
    axe_unfolded,
    resized,
    visit,
    wider,
)
from tests.browser.trees import (
    ASKING,
    EVERYWHERE,
    HISTORY,
    OTHERS,
    PATHS,
    begin_tree,
    empty,
    filled,
    furthest,
    go_on,
    here_whole,
    refused,
    stale,
    unfold,
)
from tests.grown import BEYOND
from tests.rules.seeded import EXERCISES, exercise_of

ZOOMED, SHEET = (640, 512), (672, 950)
"""A desk at double size, A4 between its margins."""
CLIPPED = """() => [...document.querySelectorAll("main *, nav *, aside *")].filter(one => {
  const style = getComputedStyle(one);
  if (one.closest(".visually-hidden, svg, .skip, select, input") || !one.checkVisibility()) return false;
  const isPreview = style.webkitLineClamp !== "none" && !matchMedia("print").matches;
  if (isPreview || style.clipPath === "inset(50%)") return false;
  const cuts = [style.overflowX, style.overflowY].some(how => how === "hidden" || how === "clip");
  return cuts && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 120))"""
OVERLAPPING = """() => [...document.querySelectorAll(".button, .chip, .scale label, summary")].filter(one =>
  one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
).map(one => one.outerHTML.slice(0, 160))"""
LEAST = 24
SMALL = """least => [...document.querySelectorAll("a, button, summary, input, select, textarea")].filter(one => {
  if (!one.checkVisibility() || one.closest(".visually-hidden, .skip, p, li q, .prose")) return false;
  const place = (one.closest("label") ?? one).getBoundingClientRect();
  return place.width < least || place.height < least;
}).map(one => one.outerHTML.slice(0, 160))"""
INVISIBLE = """() => [...document.querySelectorAll("main :is(.button, .input, .chip)")].filter(one =>
  one.checkVisibility() && !one.matches(".button--quiet, .button--icon, [hidden]")
  && parseFloat(getComputedStyle(one).borderTopWidth) < 1
).map(one => one.outerHTML.slice(0, 160))"""
CONTROLS = ".bar, .rail, .button, .textbutton, .row__buttons, .status, .find, .pager"
CHANGED = {key: f"{PATHS[exercise_of(key)]}?change={key}" for key in ("1.1.3.skills", "1.1.6.rank", "1.2.4.budget")}
"""Forms that are open again: many chips, lines with buttons, amounts beside amounts."""
OUTLINES = "all => all.map(one => one.outerHTML.slice(0, 120))"
PRINTED = re.compile(r"/workbook/\d+\.\d+\.\d+|/home$")

REFUSED = {
    "1.1.2.experiences:rows-0-from": "before the war",
    "1.2.1.places:rows-0-text": "Nowhere in particular. " * 20,
    "1.2.4.budget:savings": "about ten",
    "1.3.3.week:rows-0-activity": "Waited for the bus",
}
"""A field and what cannot be taken there, or not without more."""


def as_it_stands(page: Page) -> list[str]:
    """In the light and in the dark, and whether it fits."""
    unfold(page)
    return [*axe_in_both_looks(page), *misfit(page)]


def too_small(page: Page) -> list[str]:
    """What a finger misses, or a mouse."""
    with resized(page, PHONE):
        found: list[str] = page.evaluate(SMALL, LEAST)
    return [*found, *page.evaluate(SMALL, LEAST)]


def lost_at_double_size(page: Page) -> list[str]:
    with resized(page, ZOOMED):
        return [*wider(page), *page.evaluate(CLIPPED)]


def cut_with_wider_spacing(page: Page) -> list[str]:
    """WCAG 1.4.12. Letters and lines that stand further apart need more room than those of the page as it is."""
    found = []
    unfold(page)
    page.evaluate(WITH_STYLE, SPACED)
    for size in (NARROW, DESK):
        with resized(page, size):
            found += [*wider(page), *page.evaluate(CLIPPED), *page.evaluate(OVERLAPPING)]
    page.evaluate(WITH_STYLE, "")
    return found


def unseen_with_forced_colors(page: Page) -> list[str]:
    page.emulate_media(forced_colors="active")
    found: list[str] = page.evaluate(INVISIBLE)
    page.emulate_media(forced_colors="none")
    return found


def wrong_on_paper(page: Page) -> list[str]:
    """Controls, folded items and cut words, on the pages that are for printing."""
    if not PRINTED.search(page.url):
        return []
    page.emulate_media(media="print")
    with resized(page, SHEET):
        shown = page.locator(CONTROLS).filter(visible=True).evaluate_all(OUTLINES)
        hidden = page.locator(".one-at-a-time > li").filter(visible=False).evaluate_all(OUTLINES)
        found = [*shown, *hidden, *page.evaluate(CLIPPED)]
    page.emulate_media(media="screen")
    return found


LOOKS: dict[str, Look] = {
    "to press": too_small,
    "on a desk and on a small phone": axe_in_two_sizes,
    "at every width": misfit,
    "with wider spacing": cut_with_wider_spacing,
    "at double size": lost_at_double_size,
    "with forced colors": unseen_with_forced_colors,
    "on paper": wrong_on_paper,
}


def in_every_look(page: Page) -> list[str]:
    """A page is loaded once and then looked at in every way."""
    return [f"{name}: {fault}" for name, look in LOOKS.items() for fault in look(page)]


def test_nothing_is_wider_than_a_small_phone_without_javascript(open_page: Open) -> None:
    visit(filled(open_page(size=NARROW, javascript=False)), EVERYWHERE, wider)


@pytest.mark.parametrize("paths", [PATHS, {**OTHERS, **HISTORY, "landing": "/"}], ids=["exercises", "others"])
def test_nothing_is_wrong_in_any_look(page: Page, of_each_kind: OfEachKind, paths: dict[str, str]) -> None:
    visit(page, of_each_kind(filled(page), paths), in_every_look)


def test_nothing_is_wrong_where_the_first_sample_person_has_not_come_to(page: Page, of_each_kind: OfEachKind) -> None:
    beyond = {one: PATHS[one] for one in sorted(BEYOND)} | {"my story": OTHERS["my story"]}
    visit(page, of_each_kind(furthest(page), beyond, but=(filled,)), in_every_look)


def test_nothing_is_wrong_where_nothing_is_said(page: Page, of_each_kind: OfEachKind) -> None:
    visit(page, of_each_kind(empty(page), EVERYWHERE, but=(filled,)), as_it_stands)


def test_words_stand_whole_in_forms_that_are_open_again(open_page: Open) -> None:
    visit(filled(open_page(size=PHONE)), CHANGED, off_a_phone)


def test_nothing_is_wrong_where_something_changed(page: Page, of_each_kind: OfEachKind) -> None:
    visit(page, of_each_kind(stale(page), EVERYWHERE, but=(filled, empty)), as_it_stands)


def test_the_name_of_an_answer_that_may_need_another_look_stands_whole(page: Page) -> None:
    """What it says of the change stands below the name, not beside it."""
    visit(stale(page), {"answers": "/workbook/modules/1.1?answers=yes"}, misfit)


def test_axe_finds_nothing_before_the_start(page: Page) -> None:
    visit(page, {"landing": "/", "credits": "/credits"}, axe_in_both_looks)


def test_axe_finds_nothing_on_a_locked_page(page: Page, of_each_kind: OfEachKind) -> None:
    begin_tree(page)
    visit(page, of_each_kind(page, {one: PATHS[one] for one in EXERCISES[1:]}), axe_unfolded)


def test_nothing_is_wrong_beside_errors(open_page: Open, of_each_kind: OfEachKind) -> None:
    """Going on with what is still open answers the page again, with what to do."""
    page = empty(open_page(size=NARROW))
    asking = of_each_kind(page, ASKING, but=(filled, empty), ask=refused)
    assert asking, "no page says what is still open"
    for name, path in asking.items():
        page.goto(path)
        go_on(page)
        expect(page.locator("#errors")).to_be_focused()
        here_whole(page)
        assert page.title().startswith("Error: ")
        assert [*axe_in_the_dark(page), *misfit(page)] == [], name


def test_axe_finds_nothing_beside_what_was_refused(open_page: Open) -> None:
    page = empty(open_page(size=NARROW))
    for field, text in REFUSED.items():
        page.goto(PATHS[exercise_of(field)])
        by_name(page, *field.split(":")).fill(text)
        go_on(page)
        expect(page.locator("#errors")).to_be_focused()
        here_whole(page)
        expect(page.locator("[aria-invalid], .field--error").first).to_be_visible()
        assert [*axe_in_both_looks(page), *wider(page)] == [], field


def test_what_is_chosen_is_outlined_with_forced_colors(open_page: Open) -> None:
    page = filled(open_page(size=DESK, forced_colors="active"))
    page.goto(PATHS["1.1.1"])
    chosen, other = page.locator(".choice:has(:checked)").first, page.locator(".choice:not(:has(:checked))").first
    outline = "one => getComputedStyle(one).outlineStyle"
    assert (chosen.evaluate(outline), other.evaluate(outline)) == ("solid", "none")
