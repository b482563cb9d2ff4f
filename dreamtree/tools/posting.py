"""What a form posts of an answer, as its page posts it."""

from collections.abc import Iterator
from typing import Any

from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block
from dreamtree.values import Answer


def posted_of(block: Block, part: Answer) -> MultiDict[str, str]:
    """A posted part of an answer as the fields of its form: `rows-0-text`, "1" for a tick, a list by one name."""
    named = (_posted(f"{block.key}:{name}", value) for name, value in part.items())
    return MultiDict([pair for pairs in named for pair in pairs])


def _posted(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _posted(f"{name}-{inner}", one)
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from _posted(f"{name}-{n}" if isinstance(one, dict) else name, one)
    elif value is not None and value is not False:
        yield name, "1" if value is True else str(value)
