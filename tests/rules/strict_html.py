"""What is wrong with a page: parse errors, and what a browser forgives but a screen reader does not.

Each check takes the parsed page and answers one line for each fault; `faults` asks them all.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as ERROR_WORDS

from tests.page import words_of

Check = Callable[[Element], Iterator[str]]

BUTTON_TYPES = {"submit", "button", "reset", "image"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
ID_LISTS = [
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "for",
    "form",
    "headers",
    "list",
    "popovertarget",
]


def faults(html: str) -> list[str]:
    """Everything wrong with a whole page; an empty list is a sound one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(html)
    return _parse_errors(parser) + [fault for check in (*PAGE, *ANYWHERE) for fault in check(page)]


def fragment_faults(html: str) -> list[str]:
    """Everything wrong with a fragment by itself; references may lead to the page it is put into."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    fragment = parser.parseFragment(html, container="div")
    return _parse_errors(parser) + [fault for check in ANYWHERE for fault in check(fragment)]


def _parse_errors(parser: html5lib.HTMLParser) -> list[str]:
    return [f"line {line}: {ERROR_WORDS.get(code, code) % details}" for (line, _), code, details in parser.errors]


def has_a_language_and_a_title(page: Element) -> Iterator[str]:
    if not page.get("lang"):
        yield "<html> has no lang"
    if not words_of_all(page, "title"):
        yield "no title"


def has_one_main_heading(page: Element) -> Iterator[str]:
    if (found := len(list(page.iter("h1")))) != 1:
        yield f"{found} h1 elements"
    if (found := len(list(page.iter("main")))) != 1:
        yield f"{found} main elements"


def headings_leave_no_level_out(page: Element) -> Iterator[str]:
    before = 0
    for heading in (element for element in page.iter() if element.tag in HEADINGS):
        level = HEADINGS.index(str(heading.tag)) + 1
        if level > before + 1:
            yield f"{shown(heading)} follows a heading of level {before}"
        before = level


def references_lead_somewhere(page: Element) -> Iterator[str]:
    ids = {element.get("id") for element in page.iter()}
    for element in page.iter():
        for attribute in ID_LISTS:
            for name in element.get(attribute, "").split():
                if name not in ids:
                    yield f"{shown(element)}: {attribute} names #{name}, which is not there"
        href = element.get("href", "")
        if element.tag == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in ids:
            yield f"{shown(element)} leads to {href}, which is not there"


def ids_are_unique(page: Element) -> Iterator[str]:
    counted = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in counted.items() if count > 1 or not name)


def controls_have_labels(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if words_of(label)}
    inside = {id(control) for label in page.iter("label") if words_of(label) for control in label.iter()}
    for control in filter(_needs_label, page.iter()):
        if not (control.get("id") in labelled or id(control) in inside or _named_by_aria(control)):
            yield f"{shown(control)} has no label"


def _needs_label(element: Element) -> bool:
    if element.tag == "input":
        return element.get("type", "text") not in BUTTON_TYPES | {"hidden"}
    return element.tag in {"select", "textarea", "meter", "progress"}


def buttons_and_links_have_names(page: Element) -> Iterator[str]:
    for element in filter(_needs_name, page.iter()):
        if not (words_of(element) or _named_by_aria(element) or element.get("value") or _named_by_picture(element)):
            yield f"{shown(element)} has no name"


def _needs_name(element: Element) -> bool:
    is_button = element.tag == "input" and element.get("type") in BUTTON_TYPES
    return is_button or element.tag in {"button", "summary"} or (element.tag == "a" and element.get("href") is not None)


def _named_by_aria(element: Element) -> bool:
    return bool((element.get("aria-label") or element.get("aria-labelledby") or "").strip())


def _named_by_picture(element: Element) -> bool:
    return any(child.get("alt") or child.get("aria-label") for child in element.iter())


def pictures_say_what_they_show(page: Element) -> Iterator[str]:
    yield from (f"{shown(picture)} has no alt" for picture in page.iter("img") if picture.get("alt") is None)


def groups_say_what_they_are(page: Element) -> Iterator[str]:
    for tag, title in (("fieldset", "legend"), ("details", "summary"), ("table", "th")):
        for group in page.iter(tag):
            if not words_of_all(group, title) and not _named_by_aria(group):
                yield f"{shown(group)} has no {title}"
    for dialog in page.iter("dialog"):
        if not _named_by_aria(dialog):
            yield f"{shown(dialog)} has no aria-label or aria-labelledby"


def controls_stand_apart(page: Element) -> Iterator[str]:
    for outer in (element for tag in ("a", "button", "summary") for element in page.iter(tag)):
        for inner in outer.iter():
            if inner is not outer and inner.tag in INTERACTIVE:
                yield f"{shown(inner)} stands inside {shown(outer)}"


def style_and_script_stay_outside(page: Element) -> Iterator[str]:
    for element in page.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline <{element.tag}>"
        yield from (f"{shown(element)} carries {name}" for name in element.attrib if _is_code(name))
        if element.get("href", "").startswith("javascript:"):
            yield f"{shown(element)} runs script"


def _is_code(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith(("on", "hx-on"))


def focus_follows_the_page(page: Element) -> Iterator[str]:
    for element in page.iter():
        if element.get("tabindex", "0") not in {"0", "-1"}:
            yield f"{shown(element)} has a tabindex of its own"
        if element.get("accesskey") is not None:
            yield f"{shown(element)} has an accesskey"


def words_of_all(page: Element, tag: str) -> str:
    return "".join("".join(element.itertext()) for element in page.iter(tag)).strip()


def shown(element: Element) -> str:
    """The element's opening tag, short enough for a list of faults."""
    kept = {name: element.get(name) for name in ("id", "name", "type", "value", "class", "href")}
    return f"<{' '.join([str(element.tag), *(f'{name}={value!r}' for name, value in kept.items() if value)])}>"


PAGE: tuple[Check, ...] = (
    has_a_language_and_a_title, has_one_main_heading, headings_leave_no_level_out, references_lead_somewhere,
)  # fmt: skip
ANYWHERE: tuple[Check, ...] = (
    ids_are_unique, controls_have_labels, buttons_and_links_have_names, pictures_say_what_they_show,
    groups_say_what_they_are, controls_stand_apart, style_and_script_stay_outside, focus_follows_the_page,
)  # fmt: skip
