"""Rows that a block's own options bring: each with a key and a text."""

from collections.abc import Iterable, Mapping
from typing import Any

from dreamtree.text import as_line
from dreamtree.tools.fields import KEY


def ready_made(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Key → words of the rows that can stand."""
    found = {str(one["key"]): as_line(one["text"]) for one in items}
    return {key: words for key, words in found.items() if KEY.fullmatch(key) and words}
