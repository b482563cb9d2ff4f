"""Whether a page fits its screen: what can be seen can be pressed, nothing is cut, and nothing leaves the screen."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.looking import SIDEWAYS, resize
from tests.browser.trees import unfold

PHONES = (320, 390)
WIDTHS = (*PHONES, 768, 1099, 1100, 1920)
"""Phones, a tablet, both sides of where the margin begins, and a wide screen."""
HEIGHT = 844
UNREACHABLE = """() => {
  const pressable = "a[href], button, input:not([type=hidden]), select, textarea, summary, label";
  const seen = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !one.disabled
    && !one.closest(".visually-hidden, .skip, [inert]");
  const isAt = (one, at) => at && (one.contains(at) || (one.labels && [...one.labels].some(each => each.contains(at)))
    || (one.control && at === one.control));
  const faults = [];
  for (const one of document.querySelectorAll(pressable)) {
    if (!seen(one)) continue;
    const stands = one.getBoundingClientRect();
    if (stands.top < innerHeight / 4 || stands.bottom > innerHeight * 3 / 4) {
      one.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    }
    const places = [...one.getClientRects()].filter(place => place.width > 1 && place.height > 1);
    for (const place of places) {
      const at = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
      if (isAt(one, at)) continue;
      faults.push(`${one.outerHTML.slice(0, 120)} lies under ${at ? at.outerHTML.slice(0, 80) : "the edge"}`);
      break;
    }
  }
  scrollTo(0, 0);
  return faults;
}"""
CUT = """() => [...document.querySelectorAll("body *")].filter(one => {
  const place = one.getBoundingClientRect(), screen = document.documentElement.clientWidth;
  const isOff = place.width && (place.right > screen + 1 || place.left < -1);
  const isFull = one.clientWidth && one.scrollWidth > one.clientWidth + 1;
  if (!isOff && !isFull) return false;
  if (one.closest(".visually-hidden, .skip, svg, .scroll") || !one.checkVisibility()) return false;
  if (isOff) return true;
  if (one.matches("select, input, textarea")) return false;
  const style = getComputedStyle(one);
  if (style.webkitLineClamp !== "none") return false;
  return !style.display.startsWith("inline") || style.display === "inline-flex";
}).map(one => one.outerHTML.slice(0, 160))"""
DRAWN_OUTSIDE = """() => [...document.querySelectorAll("svg text")].filter(one => {
  const place = one.getBoundingClientRect(), frame = one.closest("svg").getBoundingClientRect();
  return one.checkVisibility() && place.width && (place.left < frame.left - 1 || place.right > frame.right + 1);
}).map(one => one.outerHTML.slice(0, 160))"""
PINNED = """() => {
  scrollTo(0, document.documentElement.scrollHeight / 3);
  const stays = [...document.querySelectorAll("body *")].filter(one => {
    const how = getComputedStyle(one).position;
    return (how === "fixed" || how === "sticky") && one.checkVisibility() && !one.closest(".visually-hidden, .skip");
  });
  const share = one => {
    const place = one.getBoundingClientRect();
    return Math.max(0, Math.min(place.bottom, innerHeight) - Math.max(place.top, 0)) / innerHeight;
  };
  const faults = stays.filter(one => share(one) > 0.2)
    .map(one => `${Math.round(share(one) * 100)} % of the screen is pinned: ` + one.outerHTML.slice(0, 80));
  scrollTo(0, 0);
  return faults;
}"""
"""What stays while the page is moved under it, and takes more than a fifth of a phone's height."""
BROKEN = """() => {
  const found = [], range = document.createRange();
  const lines = () => new Set([...range.getClientRects()].filter(one => one.width).map(one => Math.round(one.y))).size;
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const here = texts.currentNode, around = here.parentElement;
    range.selectNodeContents(here);
    if (lines() < 2 || around.closest(".visually-hidden, svg, textarea, script") || !around.checkVisibility()) continue;
    for (const word of here.textContent.matchAll(/(?<![^\\s(“])[A-Za-z’']{2,12}(?![^\\s.,:;!?)”])/g)) {
      range.setStart(here, word.index);
      range.setEnd(here, word.index + word[0].length);
      if (lines() > 1) found.push(`${word[0]} is broken in ${around.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}"""
"""Words of an ordinary length, ours or a person's, that stand on two lines."""
LARGE = ":root { font-size: 200% }"
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
"""The text spacing of WCAG 1.4.12."""
READERS = {"as it is": "", "at 200 %": LARGE, "with wider spacing": SPACED}
WITH_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
LOST = f"""readers => {{
  const dress = {WITH_STYLE}, looks = [{SIDEWAYS}, {CUT}, {PINNED}, {BROKEN}], found = {{}};
  for (const [how, css] of Object.entries(readers)) {{
    dress(css);
    found[how] = looks.flatMap(look => look());
  }}
  dress("");
  return found;
}}"""
"""What each reader loses, asked for at once: the way to the browser takes longer than most of the looks."""


def misfit(page: Page) -> list[str]:
    """At each width what is seen and cannot be hit at its center; on phones also what is cut or leaves the screen."""
    found: list[str] = []
    for width in _unfolded_at(page, WIDTHS):
        found += [f"{width}: {fault}" for fault in page.evaluate(UNREACHABLE)]
        found += _lost(page, width) if width in PHONES else []
    return found


def off_a_phone(page: Page) -> list[str]:
    """What is cut or leaves a phone's screen, however large its text."""
    return [fault for width in _unfolded_at(page, PHONES) for fault in _lost(page, width)]


def _unfolded_at(page: Page, widths: tuple[int, ...]) -> Iterator[int]:
    """Each of the widths, while the page has it and everything on it is open."""
    before = page.viewport_size
    unfold(page)
    for width in widths:
        resize(page, (width, HEIGHT))
        yield width
    if before:
        page.set_viewport_size(before)


def _lost(page: Page, width: int) -> list[str]:
    found = [f"{width}: {fault}" for fault in page.evaluate(DRAWN_OUTSIDE)]
    for how, faults in page.evaluate(LOST, READERS).items():
        found += [f"{width} {how}: {fault}" for fault in sorted(set(faults))]
    return found
