"""How much a copy may hold: more than any tree, and little enough to be read and brought in beside everyone else.

The book asks about 60 exercises. A copy may have a few entries a day for years, and a history of many years of writing.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from dreamtree.archive.shapes import BadFile

MOST_ANSWERS = 1_000
MOST_RECORDS = 5_000
MOST_OF_A_BLOCK = 2_500
MOST_EARLIER = 12_000
MOST_OF_A_TEXT = 3_000
MOST_SEEN = 2_000
MOST_CHOICES = 2_000
TOO_MANY = (
    "There are {count:,} {what} in this file. A tree has room for {most:,}, so we can’t use it. Choose another copy."
)


def require_bounded(file: dict[str, Any]) -> None:
    """Raises `BadFile` for more of something than a tree has room for. Nothing of the file was looked at before."""
    blocks, records = list(_blocks(file)), _list(file.get("tool_instances"))
    histories = [len(_list(_dict(one).get("history"))) for one in (*blocks, *records)]
    by_block = Counter(str(_dict(one).get("block_key")) for one in records)
    counts = (
        ("answers", len(blocks), MOST_ANSWERS),
        ("entries", len(records), MOST_RECORDS),
        ("entries in one place", max(by_block.values(), default=0), MOST_OF_A_BLOCK),
        ("earlier texts", sum(histories), MOST_EARLIER),
        ("earlier texts of one answer", max(histories, default=0), MOST_OF_A_TEXT),
        ("notes of what answers were built on", len(_list(file.get("seen"))), MOST_SEEN),
        ("choices", len(_list(file.get("choices"))), MOST_CHOICES),
    )
    for what, count, most in counts:
        if count > most:
            raise BadFile(TOO_MANY.format(count=count, what=what, most=most))


def _blocks(file: dict[str, Any]) -> Iterator[Any]:
    for module in _dict(file.get("modules")).values():
        for exercise in _dict(_dict(module).get("exercises")).values():
            yield from _dict(_dict(exercise).get("blocks")).values()


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
