"""What is still to be written of the places, and what does not fit."""

from collections.abc import Sequence

from dreamtree.text import ended, isolated
from dreamtree.tools.base import Problem
from dreamtree.tools.experience_builder.places import Place
from dreamtree.tools.wording import in_words


def open_in(rows: Sequence[Place], enough: int) -> list[Problem]:
    """What to write until so many places have a title and something that was done there."""
    if sum(bool(row.title and row.tasks) for row in rows) >= enough:
        return []
    untitled = [
        Problem(f"rows-{n}-title", "Say what it was, in a few words.") for n, row in enumerate(rows) if not row.title
    ]
    idle = [
        Problem(f"rows-{n}-tasks-0-text", f"Write one thing you did there: {ended(isolated(row.title))}")
        for n, row in enumerate(rows)
        if row.title and not row.tasks
    ]
    return [*untitled, *idle] or [Problem(f"rows-{len(rows)}-title", _more_places(enough))]


def backward_in(rows: Sequence[Place]) -> list[Problem]:
    """What to do about places that end before they start."""
    words = "This ends before it starts. Check both dates."
    return [Problem(f"rows-{n}-to", words, isolated(row.called)) for n, row in enumerate(rows) if row.is_backward]


def _more_places(enough: int) -> str:
    first = "Add one place, and one thing you did there"
    if enough > 1:
        first = f"Add at least {in_words(enough)} places, and one thing you did at each"
    return f"{first}. A job, a class, a year of taking care of someone: they all count."


def too_many_tasks(row: Place) -> str:
    """What to do with more lines than fit under a place."""
    over = len(row.tasks) - row.most
    return f"{row.most} lines fit under one place. Remove {over}, or move them to another place."
