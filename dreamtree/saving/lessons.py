"""What an answer teaches."""

from dreamtree.content.book import Block
from dreamtree.once import worked_once
from dreamtree.tools import tool
from dreamtree.values import Answer, Item


@worked_once
def lessons_of(block: Block, answer: Answer) -> tuple[Item, ...]:
    """The items for the nouns that the block makes."""
    return tool(block.type).lessons(block, answer)
