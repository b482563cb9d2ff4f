"""The page on which each part of the book gathers what it has brought together."""

from collections.abc import Container

from dreamtree.content import book
from dreamtree.content.book import Block, Part
from dreamtree.workbook.shapes import Link


def gathered_page(part: Part) -> Link | None:
    """The page of a part; None where the book names none."""
    return Link(part.page_title, part.page_address) if part.page_address else None


def brought_blocks(part_id: str) -> tuple[Block, ...]:
    """The blocks whose answers stand again at the end of a part."""
    part = book().part(part_id)
    return tuple(block for one in part.exercises for block in one.blocks if block.is_brought) if part else ()


def pages_begun(complete: Container[str]) -> tuple[Link, ...]:
    """The page of the first part, and of those of which something that is brought together is complete."""
    parts = book().parts
    begun = (one for one in parts if one is parts[0] or any(block.key in complete for block in brought_blocks(one.id)))
    return tuple(page for part in begun if (page := gathered_page(part)))
