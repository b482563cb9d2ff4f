"""One crawl of the pages of a tree, whose answers all sweeps over pages read.

Every link of the house is followed, so that a page that is added is covered the day it is. A run crawls
each tree once, whichever of its processes asks first.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from tests.conftest import Queries
from tests.databases import rows_changed
from tests.page import parsed
from tests.rules.seeded import EXERCISES, OWN
from tests.visitor import Visitor

BEGINNINGS = (*OWN, *(f"/workbook/{one}" for one in EXERCISES))


@dataclass(frozen=True)
class Reading:
    """A page as somebody comes back to it: its answer, the queries that it took, and whether anything was written."""

    path: str
    status: int
    html: str
    queries: tuple[str, ...]
    is_written: bool

    @property
    def root(self) -> Element:
        return parsed(self.html)


def crawl(visitor: Visitor, queries: Queries) -> dict[str, Reading]:
    """Every page that a link leads to: path and query → what was read there. Files to download are left out."""
    waiting, found = list(BEGINNINGS), dict[str, Reading]()
    visitor.client.get(BEGINNINGS[0])  # whichever page is the first opens the Book
    while waiting:
        path = waiting.pop(0)
        if path in found or not (reading := _reading(visitor, queries, path)):
            continue
        found[path] = reading
        waiting += [link for link in links_in(reading.root, path) if link not in found]
    return found


def _reading(visitor: Visitor, queries: Queries, path: str) -> Reading | None:
    """The page, read again where being there the first time wrote something; None for a file."""
    first = _read(visitor, queries, path)
    return _read(visitor, queries, path) if first and first.is_written else first


def _read(visitor: Visitor, queries: Queries, path: str) -> Reading | None:
    before = rows_changed()
    queries.clear()
    answer = visitor.client.get(path)
    ran = tuple(queries)
    if answer.mimetype != "text/html":
        return None
    return Reading(path, answer.status_code, answer.get_data(as_text=True), ran, rows_changed() != before)


def links_in(page: Element, path: str) -> Iterator[str]:
    """Where the links of a page lead within the house, without their anchors."""
    for address, _ in anchors_in(page, path):
        if not address.startswith("/static/"):
            yield address


def anchors_in(page: Element, path: str) -> Iterator[tuple[str, str]]:
    """The links of a page you kept in the house: path and query, and the anchor there."""
    for link in page.iterfind(".//a[@href]"):
        address, anchor = urldefrag(urljoin(f"http://localhost{path}", link.get("href", "")))
        parts = urlsplit(address)
        if parts.netloc == "localhost":
            yield parts.path + (f"?{parts.query}" if parts.query else ""), anchor


def as_json(found: dict[str, Reading]) -> str:
    """A crawl as another process of the run can read it."""
    return json.dumps([asdict(one) for one in found.values()])


def of_json(text: str) -> dict[str, Reading]:
    """The crawl that `as_json` wrote."""
    read = (Reading(**{**one, "queries": tuple(one["queries"])}) for one in json.loads(text))
    return {one.path: one for one in read}
