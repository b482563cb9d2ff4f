"""Where a profile row was written: the provenance that every recalled value carries."""

from dreamtree.content import book
from dreamtree.values import Provenance


def provenance(block_key: str, written_at: str) -> Provenance:
    """The exercise and moment behind a row. A block no longer in the book keeps its id as its title."""
    exercise_id, current = exercise_of(block_key), book()
    exercise, block = current.exercise(exercise_id), current.block(block_key)
    return Provenance(
        exercise_id,
        exercise.title if exercise else exercise_id,
        block_key,
        written_at,
        block.is_private if block else False,
    )


def exercise_of(block_key: str) -> str:
    """`1.1.4.story-1` → `1.1.4`."""
    return ".".join(block_key.split(".")[:3])


def maker(makes: str, exercise_id: str = "") -> str | None:
    """The key of the first block that makes this, in one exercise or anywhere; None when no block does."""
    blocks = (block for block in book().making(makes) if exercise_id in ("", block.exercise_id))
    return next((block.key for block in blocks), None)
