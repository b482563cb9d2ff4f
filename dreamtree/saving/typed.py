"""What a person typed in an answer, as far as tools tell: the rest of it are ids, dates and choices."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from dreamtree.tools import all_tools


def typed_words(answer: Any) -> Iterator[str]:
    """Every text in an answer that may have been typed, whichever tool it was given in."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        yield from (words for name, one in answer.items() if name not in _chosen() for words in typed_words(one))
    elif isinstance(answer, list):
        yield from (words for one in answer for words in typed_words(one))


@cache
def _chosen() -> frozenset[str]:
    return frozenset[str]().union(*(one.chosen for one in all_tools().values()))
