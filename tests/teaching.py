"""What an answer teaches, as a save does it."""

from typing import Any

from dreamtree.accounts.models import User
from dreamtree.content.book import Block
from dreamtree.profile import teach
from dreamtree.tools import Tool
from dreamtree.values import Answer


def learn(tool: Tool, user: User | Any, block: Block, answer: Answer, at: str) -> frozenset[str]:
    """Teaches an answer of this tool; answers the sources that changed."""
    return teach(user, block, tool.lessons(block, answer), at)
