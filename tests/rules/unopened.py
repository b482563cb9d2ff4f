"""What stands on a page for whoever looks at it, before anything on it is opened."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.page import Page


def unopened(page: Page) -> str:
    """All text and all attributes of a page but what lies inside closed `<details>`.

    The line to open one with is seen; an open one inside a closed one is not. Attributes count whole, hidden fields
    too: a title, a label or a value is told by something. Only templates and scripts tell nobody.
    """
    return "\n".join(_told(page.root))


def inside_closed(page: Page) -> str:
    """The other half: what is told only once something is opened."""
    closed = (one for one in page.root.iter("details") if one.get("open") is None)
    return "\n".join(text for one in closed for text in _folded(one))


def _folded(details: Element) -> Iterator[str]:
    for child in details:
        if not _is_its_line(child, details):
            yield from _told(child)
        yield child.tail or ""


def _told(element: Element) -> Iterator[str]:
    if element.tag in ("script", "template"):
        return
    yield from element.attrib.values()
    yield element.text or ""
    is_closed = element.tag == "details" and element.get("open") is None
    for child in element:
        if not is_closed or _is_its_line(child, element):
            yield from _told(child)
        if not is_closed:
            yield child.tail or ""


def _is_its_line(child: Element, details: Element) -> bool:
    """Whether it is the line that opens `details`: the first summary among its children."""
    return child is details.find("summary")
