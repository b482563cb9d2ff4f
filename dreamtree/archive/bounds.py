"""How much a copy may hold: more than any tree, and little enough to be read and brought in beside everyone else.

A copy may have as many entries as pages can write, and a history of many years of writing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from dreamtree.answers.limits import LOG_LIMIT, TREE_LIMIT
from dreamtree.archive.shapes import BadFile

MEGABYTE = 1024 * 1024
LARGEST_TEXT = 14 * MEGABYTE
"""So much that it fits, locked and in Base64, into the 20 MB that a request to restore may carry.

A full tree (see `answers/limits.py`) has about 9 MB of text, and 2.5 MB around its entries and answers.
"""
MOST_NESTS, MOST_PARTS, MOST_STRINGS = 150_000, 500_000, 900_000
"""How many lists and objects, commas and strings a file may hold: above any tree, and little memory to read."""

CHUNK_BYTES = 64 * 1024
"""So many bytes are weighed together."""
NO_MARKS = bytes(set(range(256)) - set(b'"{[,'))

MOST = {
    "answers": 1_000,
    "entries": TREE_LIMIT,
    "entries in one place": LOG_LIMIT,
    "earlier texts": 12_000,
    "earlier texts of one answer": 3_000,
    "notes of what answers were built on": 2_000,
    "choices": 2_000,
}
"""In words what is counted → how many there may be of it."""
TOO_MANY = (
    "There are {count:,} {what} in this file. A tree has room for {most:,}, so we can’t use it. Choose another copy."
)


@dataclass(frozen=True)
class Weight:
    """What it costs to read a file: its bytes, and how many brackets that open, commas and strings are in them.

    Within a string nothing is counted: what people write makes a file longer, but not fuller.
    """

    size: int = 0
    nests: int = 0
    parts: int = 0
    strings: int = 0

    @property
    def is_readable(self) -> bool:
        """Whether a file that weighs so much is read."""
        return self.size <= LARGEST_TEXT and not self.is_full

    @property
    def is_full(self) -> bool:
        """Whether it holds more than any tree, however few bytes it has."""
        return self.nests > MOST_NESTS or self.parts > MOST_PARTS or self.strings > MOST_STRINGS

    def times(self, count: int) -> "Weight":
        """What so many of the same weigh together."""
        return Weight(*(count * one for one in astuple(self)))

    def beyond(self, allowed: "Weight") -> "Weight":
        """What of it is above what is `allowed`."""
        return Weight(*(max(one - most, 0) for one, most in zip(astuple(self), astuple(allowed), strict=True)))

    def share_beside(self, bare: "Weight") -> float:
        """How much of what it holds besides `bare` has room together with that, at most 1; none where it's below 0."""
        limits = (LARGEST_TEXT, MOST_NESTS, MOST_PARTS, MOST_STRINGS)
        each = zip(limits, astuple(self), astuple(bare), strict=True)
        return min((most - least) / (whole - least) if whole > least else 1.0 for most, whole, least in each)


def total(weights: Iterable[Weight]) -> Weight:
    """What all of these weigh together."""
    return Weight(*map(sum, zip(*map(astuple, (Weight(), *weights)), strict=True)))


def weight_of(pieces: Iterable[bytes]) -> Weight:
    """What a file in these pieces weighs."""
    *_, weight = Weight(), *_weighed(pieces)
    return weight


def is_too_full(raw: bytes) -> bool:
    """Whether a file holds more than is read. What is counted up to where it stops being JSON is never too little."""
    return any(weight.is_full for weight in _weighed([raw]))


def _weighed(pieces: Iterable[bytes]) -> Iterator[Weight]:
    """What all weighs so far, a little at a time. Marks within strings are no marks.

    An escaped quote ends no string, and of two quotes with no mark between them none changes what is within one.
    """
    weight, quotes, before = Weight(), 0, b""
    for one in (piece[start : start + CHUNK_BYTES] for piece in pieces for start in range(0, len(piece), CHUNK_BYTES)):
        unescaped = (before + one).replace(rb"\\", b"").replace(rb"\"", b"")
        before = unescaped[-1:] if unescaped.endswith(b"\\") else b""
        marks = unescaped.translate(None, NO_MARKS)
        outside = b"".join(marks.replace(b'""', b"").split(b'"')[quotes % 2 :: 2])
        quotes += marks.count(b'"')
        weight = Weight(
            weight.size + len(one),
            weight.nests + outside.count(b"{") + outside.count(b"["),
            weight.parts + outside.count(b","),
            quotes // 2,
        )
        yield weight


def require_bounded(file: dict[str, Any]) -> None:
    """Raises `BadFile` for more of something than a tree has room for. Nothing of the file was looked at before."""
    blocks, records = list(_blocks(file)), _list(file.get("tool_instances"))
    histories = [len(_list(_dict(one).get("history"))) for one in (*blocks, *records)]
    by_block = Counter(str(key) for one in records if (key := _dict(one).get("block_key")))
    counts = {
        "answers": len(blocks),
        "entries": len(records),
        "entries in one place": max(by_block.values(), default=0),
        "earlier texts": sum(histories),
        "earlier texts of one answer": max(histories, default=0),
        "notes of what answers were built on": len(_list(file.get("seen"))),
        "choices": len(_list(file.get("choices"))),
    }
    for what, most in MOST.items():
        if counts[what] > most:
            raise BadFile(TOO_MANY.format(count=counts[what], what=what, most=most))


def _blocks(file: dict[str, Any]) -> Iterator[Any]:
    for module in _dict(file.get("modules")).values():
        for exercise in _dict(_dict(module).get("exercises")).values():
            yield from _dict(_dict(exercise).get("blocks")).values()


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
