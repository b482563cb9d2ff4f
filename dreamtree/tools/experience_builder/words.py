"""What is still to be written of the places, and what does not fit."""

from collections.abc import Sequence

from dreamtree.text import isolated
from dreamtree.tools.base import Problem
from dreamtree.tools.experience_builder.places import Place


def open_in(rows: Sequence[Place], enough: int) -> list[Problem]:
    """What to write until so many places have a title and something that was done there."""
    if sum(bool(row.title and row.tasks) for row in rows) >= enough:
        return []
    untitled = [
        Problem(f"rows-{n}-title", "Say what it was, in a few words.") for n, row in enumerate(rows) if not row.title
    ]
    idle = [
        Problem(f"rows-{n}-tasks-0-text", f"Write one thing you did there: {isolated(row.title)}.")
        for n, row in enumerate(rows)
        if row.title and not row.tasks
    ]
    return [*untitled, *idle] or [Problem(f"rows-{len(rows)}-title", _more_places(enough))]


def _more_places(enough: int) -> str:
    first = "Write one place" if enough == 1 else f"Write {enough} places"
    return f"{first}, with one thing you did there. A job, a class, a year of taking care of someone: they all count."


def too_many_tasks(row: Place) -> str:
    """What to do with more lines than fit under a place."""
    over = len(row.tasks) - row.most
    return f"{row.most} lines fit under one place. Remove {over}, or move them to another place."
