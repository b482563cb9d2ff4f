"""axe-core in a page: what it finds against WCAG 2.2, levels A and AA."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js"
LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SEEN = {
    "type": "rule",
    "values": [
        *("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "button-name"),
        *("link-name", "label", "select-name", "summary-name", "input-button-name", "aria-command-name"),
    ],
}
"""Rules whose answer depends on colors, on room, or on words that some screens do not show."""
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
FIRST_OF_EACH_SORT = """() => {
  const sorts = new Map(), sortOf = one => {
    if (!one) return "";
    if (!sorts.has(one)) {
      const {color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight} = getComputedStyle(one);
      const own = [one.tagName, one.type, one.getAttribute("class"), color, backgroundColor, backgroundImage];
      sorts.set(one, [sortOf(one.parentElement), ...own, opacity, fontSize, fontWeight].join());
    }
    return sorts.get(one);
  };
  const isOff = one => one.matches(":disabled") || one.closest("label")?.control?.disabled;
  const hasWords = one => one.matches("input, select, textarea")
    || [...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const seen = [...document.querySelectorAll("body *")].filter(one => hasWords(one) && one.checkVisibility());
  return [...new Map(seen.filter(one => !isOff(one)).reverse().map(one => [sortOf(one), one])).values()];
}"""
"""Of all that has words the first of each sort. What has the same classes, size and colors as another, and is in
elements that have the same too, has the same contrast; to look at each takes longer than all other rules together."""
AT_ITS_END = f"""only => {{
  const firsts = ({FIRST_OF_EACH_SORT})();
  firsts.forEach(one => one.setAttribute("data-first", ""));
  axe.configure({{rules: [{{id: "color-contrast", selector: "[data-first]"}}]}});
  scrollTo({{top: document.body.scrollHeight, behavior: "instant"}});
  return axe.run(document, {{runOnly: only, resultTypes: ["violations"]}}).finally(() => {{
    scrollTo({{top: 0, behavior: "instant"}});
    firsts.forEach(one => one.removeAttribute("data-first"));
  }});
}}"""
"""A bar that stays on the screen covers something wherever the page stands, but at its end."""


def axe(page: Page, rules: dict[str, object] = LEVELS) -> list[str]:
    """One line for each violation: the rule, what it asks, and where; an empty list is a page without any.

    Half a megabyte takes a tenth of a second to the browser, so it goes there once: whatever `page` opens next has it.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.add_init_script(path=AXE)
    found = page.evaluate(AT_ITS_END, rules)
    return [f"{one['id']}: {one['help']}: {_places(one['nodes'])}" for one in found["violations"]]


def _places(nodes: list[dict[str, list[str]]]) -> str:
    return ", ".join(str(node["target"][-1]) for node in nodes[:5])
