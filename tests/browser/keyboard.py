"""A walk with the keyboard only: nothing here clicks or sets focus by script."""

from playwright.sync_api import Locator, Page, expect

HERE = """() => {
  const at = document.activeElement;
  const name = at.name || at.id || at.textContent.trim().slice(0, 40);
  return at === document.body ? "" : `${at.tagName.toLowerCase()} ${name}`;
}"""
IS_IN_GROUP = "name => document.activeElement?.type === 'radio' && document.activeElement.name === name"
WHERE = f"""element => {{
  const at = document.activeElement;
  const isBehind = Boolean(at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING);
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one =>
    !one.disabled && one.type !== "hidden" && one.tabIndex === 0 && !one.closest("[inert]")
    && one.checkVisibility({{visibilityProperty: true}}));
  const [first, last] = isBehind ? [element, at] : [at, element];
  const between = stops.filter(one => first.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
    && one.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING);
  const groups = new Set(between.map((one, n) => one.type === "radio" ? one.name : n));
  [at, element].forEach(one => groups.delete(one.type === "radio" && one.name));
  return [element.isConnected, element === at, isBehind, ({HERE})(), groups.size];
}}"""
"""Whether the element is there, has the focus, lies behind; what has it; and about how many stops lie between."""
IS_SEEN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), labels = [...(at.labels || [])];
  const isOn = y => {
    const top = document.elementFromPoint(box.x + box.width / 2, y);
    return Boolean(top) && (at.contains(top) || top.contains(at) || labels.some(label => label.contains(top)));
  };
  const isWritten = at.matches("textarea");
  return isOn(box.y + Math.min(box.height / 2, 20)) && (isWritten || isOn(box.bottom - 2));
}"""
"""Whether all of what has the focus is in sight, from its top on; of a long text a browser shows where the caret is."""


def reach(page: Page, target: Locator, at_most: int = 200) -> None:
    """Presses Tab, or Shift+Tab if it lies behind, until `target` has the focus; else fails with the way taken.

    It looks where it is when it should be there, not at every stop.
    """
    element = target.element_handle()
    way: list[str] = []
    for _ in range(at_most):
        is_on_page, is_there, is_behind, focused_now, between = page.evaluate(WHERE, element)
        if not is_on_page:
            element = target.element_handle()
            continue
        if is_there:
            return
        way.append(focused_now)
        for _ in range(between + 1):
            page.keyboard.press("Shift+Tab" if is_behind else "Tab")
    raise AssertionError(f"{target} cannot be reached; the way: {' → '.join(way[-30:])}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Goes to `target` and presses `key` there."""
    reach(page, target)
    page.keyboard.press(key)


def write(page: Page, target: Locator, text: str) -> None:
    """Goes to the field `target` and types `text` in place of what it holds."""
    reach(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    expect(target).to_have_value(text)


def choose(page: Page, target: Locator) -> None:
    """Goes to a radio button's group and moves with the arrows until `target` is chosen; checks a checkbox."""
    if target.get_attribute("type") == "checkbox":
        press(page, target, "Space")
    else:
        _choose_radio(page, target)
    expect(target).to_be_checked()


def _choose_radio(page: Page, target: Locator) -> None:
    name = target.get_attribute("name") or ""
    group = page.locator(f"input[type=radio][name={_quoted(name)}]")
    for _ in range(200):
        if page.evaluate(IS_IN_GROUP, name):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(group.count()):
        if target.is_checked():
            return
        page.keyboard.press("ArrowDown")


def focused(page: Page) -> str:
    """What has the focus, in short; "" when nothing has."""
    return str(page.evaluate(HERE))


def focus_order(page: Page, at_most: int = 300) -> list[str]:
    """Every stop of the Tab key from the top of the page to its end; each must be in sight, not under a bar."""
    stops: list[str] = []
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if not (stop := focused(page)):
            break
        assert page.evaluate(IS_SEEN), f"{stop} has the focus and is covered"
        stops.append(stop)
    return stops


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
