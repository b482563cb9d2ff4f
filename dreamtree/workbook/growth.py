"""How far the tree has grown."""

from dreamtree.content import book
from dreamtree.content.book import Module, Part
from dreamtree.drawing import TreeGrowth


def growth_of(done: frozenset[str], leaves: int, title: str = "Your tree", ended: Module | None = None) -> TreeGrowth:
    """How far a tree has grown: one root, ring or branch an exercise, one leaf a thing made.

    The roots of the module that has just `ended` are marked as new.
    """
    grown = {part.grows: tuple(one.id in done for one in part.exercises) for part in book().parts}
    return TreeGrowth(
        grown.get("roots", ()),
        grown.get("trunk", ()),
        grown.get("branches", ()),
        leaves,
        title,
        _fresh(ended) if ended else frozenset(),
        _share_with_exercises(_part_that_grows("trunk")),
    )


def _part_that_grows(name: str) -> Part | None:
    return next((part for part in book().parts if part.grows == name), None)


def _share_with_exercises(part: Part | None) -> float:
    """How many of the modules of a part have exercises by now, as a share."""
    modules = part.modules if part else ()
    return sum(bool(one.exercises) for one in modules) / max(len(modules), 1)


def _fresh(module: Module) -> frozenset[int]:
    """The indexes of a module's exercises among those that grow roots."""
    part = _part_that_grows("roots")
    exercises = part.exercises if part else ()
    return frozenset(index for index, one in enumerate(exercises) if one.module_id == module.id)
