"""The page on which each part of the book gathers what it has brought together."""

from collections.abc import Container, Mapping

from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.workbook.shapes import Link

PAGES: Mapping[str, Link] = {"1": Link("What I bring", "/what-i-bring"), "2": Link("My story so far", "/my-story")}
"""By part."""


def brought_blocks(part_id: str) -> tuple[Block, ...]:
    """The blocks whose answers stand again at the end of a part."""
    part = book().part(part_id)
    return tuple(block for one in part.exercises for block in one.blocks if block.is_brought) if part else ()


def pages_begun(complete: Container[str]) -> tuple[Link, ...]:
    """The page of the first part, and of those of which something that is brought together is complete."""
    first = book().parts[0].id
    return tuple(
        page
        for part, page in PAGES.items()
        if part == first or any(one.key in complete for one in brought_blocks(part))
    )
