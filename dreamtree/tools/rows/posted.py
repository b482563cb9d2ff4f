"""Posted rows: the fields `rows-<n>-<field>` of a block, a form of its own for each n."""

import re
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from dreamtree.tools.base import Posted

ROW_NUMBER = "n"
"""Under this name a posted row knows the number it was posted under."""
PAGE_FIELDS = (ROW_NUMBER, "key", "own", "live", "given", "kind", "was", "origin")
"""Fields that a page has by itself: nobody said anything in them."""


def posted_rows(posted: Posted, prefix: str, name: str = "rows", most: int = 400) -> list[Posted]:
    """The rows that the form of one block holds, in the order of n, blank ones too; `most` of them at the most."""
    pattern = re.compile(rf"{re.escape(prefix)}{name}-([0-9]{{1,4}})-([a-z0-9_-]{{1,60}})")
    found: dict[int, Posted] = {}
    for posted_name, value in posted.items(multi=True):
        if place := pattern.fullmatch(posted_name):
            found.setdefault(int(place[1]), MultiDict({ROW_NUMBER: place[1]})).add(place[2], value)
    return [found[n] for n in sorted(found)[:most]]


def says(row: Posted, page_fields: Iterable[str] = PAGE_FIELDS) -> bool:
    """Whether anything was said in a posted row."""
    return any(value.strip() for name, value in row.items(multi=True) if name not in page_fields)


def with_rows(row: Posted, name: str, inner: Iterable[Posted]) -> Posted:
    """A posted row with these rows within it, counted from 0."""
    others = [(key, value) for key, value in row.items(multi=True) if not key.startswith(f"{name}-")]
    counted = [
        (f"{name}-{n}-{key}", value)
        for n, one in enumerate(inner)
        for key, value in one.items(multi=True)
        if key != ROW_NUMBER
    ]
    return MultiDict([*others, *counted])
