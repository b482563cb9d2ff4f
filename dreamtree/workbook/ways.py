"""Where one goes on from an exercise: the same by every button that leaves it. Pure."""

from dreamtree.content import book
from dreamtree.content.book import Exercise
from dreamtree.saving.progress import Progress
from dreamtree.workbook.shapes import Link, link_to


def way_on(exercise: Exercise, progress: Progress) -> Link:
    """The next exercise of its module that was not set aside; after the last one, the end of the module."""
    module = book().module(exercise.module_id)
    assert module is not None
    after = (one for one in module.exercises if one.order > exercise.order and one.id not in progress.set_aside)
    following = next(after, None)
    if following is None:
        return Link(f"the end of {module.title}", end_of(module.id))
    return link_to(following)


def end_of(module_id: str) -> str:
    """The address of the end of a module."""
    return f"/workbook/modules/{module_id}"


def answers_url(exercise: Exercise) -> str:
    """Where the end of its module shows the answers of this exercise, unfolded."""
    return f"{end_of(exercise.module_id)}?answers=yes#made-{exercise.id.replace('.', '-')}"
