"""Answers as their own pages show them, for pages that sum them up: rows from elsewhere in their words of today."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from dreamtree.accounts.days import today_of
from dreamtree.accounts.models import User
from dreamtree.answers import inputs
from dreamtree.answers.stored import StoredAnswer
from dreamtree.connections.resolve import resolve
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.saving.progress import Progress
from dreamtree.vault import digest
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer

Answers = Mapping[str, StoredAnswer]
NOBODYS = Progress(*[frozenset()] * 5)


def answers_now(user: User, stored: Answers, moved: Collection[str]) -> dict[str, StoredAnswer]:
    """The answers with live rows as they are upstream now; `moved` are the blocks whose sources say something else.

    Only these are asked for again: two queries at most, and one a source.
    """
    blocks = [block for key in stored if (block := book().block(key)) and (key in moved or _is_behind(block, stored))]
    if not blocks:
        return dict(stored)
    context = _context(user, stored, blocks)
    return {**stored, **{block.key: _now(context, block) for block in blocks}}


def _is_behind(block: Block, stored: Answers) -> bool:
    """Whether a block whose rows are of another block of its page was saved before that one, or that one is gone."""
    others = (stored.get(f"{block.exercise_id}.{name}") for name in block.options.get("rows_of", ()))
    return any(other is None or other.saved_at > stored[block.key].saved_at for other in others)


def _context(user: User, stored: Answers, blocks: list[Block]) -> PageContext:
    """What reaches these blocks, as their pages have it."""
    inside = [one for block in blocks for one in block.connections if one.is_inside]
    return PageContext(
        user=user,
        exercise=_of(blocks[0]),
        stored=stored,
        complete=frozenset(),
        seen={},
        off=inputs.switched_off(user, [block.key for block in blocks]),
        progress=NOBODYS,
        today=today_of(user).isoformat(),
        secret=digest(user, "row-keys", ""),
        items=resolve(user, inside),
    )


def _now(context: PageContext, block: Block) -> StoredAnswer:
    here = replace(context, exercise=_of(block))
    return replace(context.stored[block.key], answer=shown_answer(here, block, inputs_of(here, block)))


def _of(block: Block) -> Exercise:
    exercise = book().exercise(block.exercise_id)
    assert exercise is not None
    return exercise
