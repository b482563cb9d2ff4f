"""A page or fragment as a test reads it: parsed, with the words a person sees and the fields a browser would send."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from xml.etree.ElementTree import Element, TreeBuilder

from lxml import etree
from werkzeug.test import TestResponse

BUTTONS = {"submit", "button", "image", "reset"}
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "i",
    "kbd",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "tspan",
}
UNSEEN = {"script", "style", "template", "head"}


@dataclass(frozen=True)
class Page:
    """An answer of the server. Paths are those of `xml.etree`: `page.one(".//*[@id='progress']")`."""

    response: TestResponse

    @cached_property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @cached_property
    def root(self) -> Element:
        return parsed(self.html)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def words(self) -> str:
        """What stands on the page, white space folded."""
        return words_of(self.root)

    def all(self, path: str) -> list[Element]:
        return self.root.findall(path)

    def one(self, path: str) -> Element:
        """The only element at `path`; anything else fails the test."""
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} elements at {path} on {self.response.request.path}"
        return found[0]

    def by_id(self, name: str) -> Element:
        return self.one(f".//*[@id='{name}']")

    def has(self, path: str) -> bool:
        return bool(self.all(path))

    def form(self, path: str = ".//form[@id='exercise']") -> dict[str, list[str]]:
        """The fields of the form as a browser without JavaScript would send them, no button pressed."""
        return self.fields_in(self.one(path))

    def fields_in(self, form: Element) -> dict[str, list[str]]:
        fields: dict[str, list[str]] = {}
        for name, value in _sent(form):
            fields.setdefault(name, []).append(value)
        return fields

    def buttons(self, path: str = ".//form[@id='exercise']") -> list[str]:
        """The values of all `do` buttons of the form, in the order they stand."""
        return [button.get("value", "") for button in self.one(path).iter("button") if button.get("name") == "do"]


class _Builder(TreeBuilder):
    """Takes attributes as lxml gives them, and leaves out comments."""

    def start(self, tag: Any, attributes: Any, /) -> Element:
        return super().start(tag, dict(attributes))

    def comment(self, text: str | None, /) -> Any:
        return None


def parsed(html: str) -> Element:
    """The tree of a page or fragment, by a parser that is quick; `strict_html` has the one that is strict."""
    parser = etree.HTMLParser(encoding="utf-8", target=_Builder())
    root = cast(Element, etree.fromstring(html.encode(), parser))
    for field in root.iter("textarea"):
        field.text = (field.text or "").removeprefix("\n")
    return root


def words_of(element: Element) -> str:
    """The text in `element` that is there to be read, white space folded, blocks and rows apart."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if element.tag in UNSEEN or element.get("hidden") is not None:
        return
    edge = "" if element.tag in INLINE else " "
    yield edge + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield edge


def _sent(form: Element) -> Iterator[tuple[str, str]]:
    for field in _enabled(form):
        if name := field.get("name"):
            yield from ((name, value) for value in _values(field))


def _enabled(element: Element) -> Iterator[Element]:
    for child in element:
        if child.get("disabled") is None:
            yield child
            yield from _enabled(child)


def _values(field: Element) -> list[str]:
    if field.tag == "textarea":
        return ["".join(field.itertext())]
    if field.tag == "select":
        return _chosen(field)
    kind = field.get("type", "text")
    if field.tag != "input" or kind in BUTTONS:
        return []
    if kind in {"checkbox", "radio"}:
        return [field.get("value", "on")] if field.get("checked") is not None else []
    return [field.get("value", "")]


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", words_of(option)) for option in chosen]
