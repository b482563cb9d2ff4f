"""What a block says to the person who reads it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dreamtree.content.blocks import Block
from dreamtree.content.book import Exercise
from dreamtree.content.markdown import plain

SHOWN_OPTIONS = frozenset({"label", "text", "ask", "line", "help"})
"""Options of tools whose words are on the page."""
NAMED = re.compile(r"(?<!\*)\*[^*\n]+\*(?!\*)")


def own_texts(exercise: Exercise) -> Iterator[str]:
    """All that the book itself says in an exercise, as it is read; the examples are other people's."""
    for block in exercise.blocks:
        if block.type != "example":
            yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    """The texts of one block as they are read: body, question, help, words of its options, lines above recalls."""
    written = (block.label, block.help, block.at_end, *shown_options(block.options))
    above = (connection.sentence for connection in block.connections)
    yield from (plain(one) for one in (block.text, *written, *above) if one)


def shown_options(options: Any, name: str = "") -> Iterator[str]:
    """The words among the options of a tool: labels of its fields and choices, names of its lines."""
    if isinstance(options, Mapping):
        for key, value in options.items():
            yield from shown_options(value, key)
    elif isinstance(options, (tuple, list)):
        for value in options:
            yield from shown_options(value, name)
    elif isinstance(options, str) and name in SHOWN_OPTIONS:
        yield options


def without_names(markdown: str) -> str:
    """The text without the titles that it names in *…*: they are words of another page."""
    return NAMED.sub("*", markdown)
