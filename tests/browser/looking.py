"""Looking at a page as it stands in a browser: what axe finds, and what is wider than the screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.axe import COLORS, LEVELS, SEEN, axe
from tests.browser.trees import here_whole, unfold

NARROW = (320, 640)
"""A small phone."""
WIDER = """() => [...document.querySelectorAll("body *")].filter(one =>
  one.checkVisibility() && !one.closest(".visually-hidden, .skip, svg, .scroll")
  && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(one => one.outerHTML.slice(0, 160))"""
SIDEWAYS = f"""() => {{
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const found = ({WIDER})();
  return found.length ? found : ["scrolls sideways"];
}}"""
IS_WIDE = "wide => innerWidth === wide"
HAS_SCRIPTS = "() => matchMedia('(scripting: enabled)').matches"
Look = Callable[[Page], list[str]]


def resize(page: Page, size: tuple[int, int]) -> None:
    """Shows the page on a screen of that size, and waits where the browser takes a moment for it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if not page.evaluate(IS_WIDE, size[0]):
        page.wait_for_function(IS_WIDE, arg=size[0], polling=20)


@contextmanager
def resized(page: Page, size: tuple[int, int]) -> Iterator[None]:
    """The page as it stands, on another screen."""
    before = page.viewport_size
    resize(page, size)
    yield
    if before:
        page.set_viewport_size(before)


def visit(page: Page, paths: dict[str, str], look: Look) -> None:
    """Looks at each page, at rest; whatever is found anywhere fails, all of it at once."""
    assert paths, "there is no page to look at"
    page.emulate_media(reduced_motion="reduce")
    found: list[str] = []
    for name, path in paths.items():
        page.goto(path)
        found += [f"{name}: {fault}" for fault in look(page)]
    assert not found, "\n".join(found)


def wider(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(SIDEWAYS)
    return found


def axe_unfolded(page: Page) -> list[str]:
    unfold(page)
    return axe(page)


def axe_in_the_dark(page: Page, rules: dict[str, object] = LEVELS) -> list[str]:
    """On a small phone."""
    unfold(page)
    with resized(page, NARROW):
        page.emulate_media(color_scheme="dark")
        found = [*axe(page, rules), *wider(page)]
        page.emulate_media(color_scheme="light")
    return found


def axe_in_two_sizes(page: Page) -> list[str]:
    """As it is in everything; in the dark and on a small phone in what colors and width decide."""
    return [*axe_unfolded(page), *(f"dark, small: {fault}" for fault in axe_in_the_dark(page, SEEN))]


def axe_in_both_looks(page: Page) -> list[str]:
    """Light in everything, dark in what colors decide."""
    unfold(page)
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {fault}" for fault in axe(page, COLORS)]
    page.emulate_media(color_scheme="light")
    return found + [f"light: {fault}" for fault in axe(page)]


def look(page: Page) -> list[str]:
    """What is wrong with the page in the light and in the dark; where scripts are off, axe cannot run."""
    here_whole(page)
    return [*wider(page), *(axe_in_both_looks(page) if page.evaluate(HAS_SCRIPTS) else [])]
