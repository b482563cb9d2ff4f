"""How far the tree has grown."""

from dreamtree.content import book
from dreamtree.content.book import Module
from dreamtree.drawing import TreeGrowth


def growth_of(done: frozenset[str], leaves: int, title: str = "Your tree", ended: Module | None = None) -> TreeGrowth:
    """How far a tree has grown: one root, ring or branch an exercise, one leaf a thing made.

    The roots of the module that has just `ended` are marked as new.
    """
    parts = {part.id: tuple(one.id in done for one in part.exercises) for part in book().parts}
    return TreeGrowth(
        parts.get("1", ()),
        parts.get("2", ()),
        parts.get("3", ()),
        leaves,
        title,
        _fresh(ended) if ended else frozenset(),
        _share_with_exercises("2"),
    )


def _share_with_exercises(part_id: str) -> float:
    """How many of the modules of a part have exercises by now, as a share."""
    part = book().part(part_id)
    modules = part.modules if part else ()
    return sum(bool(one.exercises) for one in modules) / max(len(modules), 1)


def _fresh(module: Module) -> frozenset[int]:
    """The places of a module's exercises among those of the first part."""
    first = book().parts[0]
    return frozenset(place for place, one in enumerate(first.exercises) if one.module_id == module.id)
