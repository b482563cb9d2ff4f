"""The short list that lines may be picked from."""

from collections.abc import Sequence

from dreamtree.content.book import Block
from dreamtree.tools.fields import Choice, choices_of
from dreamtree.tools.list_builder.lines import ListLine


def picks_of(block: Block) -> tuple[Choice, ...]:
    """The picks that a block offers."""
    return choices_of({"choices": block.options.get("pick", ())})


def picks_left(block: Block, rows: Sequence[ListLine]) -> tuple[tuple[str, str], ...]:
    """The picks that are not on the list yet: value and label."""
    chosen = {row.kind for row in rows}
    return tuple((one.value, one.label) for one in picks_of(block) if one.value not in chosen)
