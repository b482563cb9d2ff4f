"""How far the tree has grown."""

from dreamtree.content import book
from dreamtree.drawing import TreeGrowth


def growth_of(done: frozenset[str], leaves: int, whose: str = "Your tree") -> TreeGrowth:
    """How far a tree has grown: one root, ring or branch an exercise, one leaf a thing made."""
    parts = {part.id: tuple(one.id in done for one in part.exercises) for part in book().parts}
    return TreeGrowth(parts.get("1", ()), parts.get("2", ()), parts.get("3", ()), leaves, whose)
