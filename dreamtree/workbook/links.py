"""Where links of the workbook lead: from an exercise to what comes next, and to the answers at the end of a module."""

from dreamtree.content import book
from dreamtree.content.book import Exercise
from dreamtree.saving.progress import Progress
from dreamtree.workbook.shapes import Link, link_to


def next_link(exercise: Exercise, progress: Progress) -> Link:
    """The next exercise of its module that was not set aside; after the last one, the end of the module."""
    module = book().module(exercise.module_id)
    assert module is not None
    after = (one for one in module.exercises if one.order > exercise.order and one.id not in progress.set_aside)
    following = next(after, None)
    if following is None:
        return Link(f"the end of {module.title}", module_end_url(module.id))
    return link_to(following)


def module_end_url(module_id: str) -> str:
    """The address of the end of a module."""
    return f"/workbook/modules/{module_id}"


def answers_url(exercise: Exercise) -> str:
    """Where the end of its module shows the answers of this exercise, unfolded."""
    return f"{module_end_url(exercise.module_id)}?answers=yes#made-{exercise.id.replace('.', '-')}"
