"""Answers as their own pages show them, for pages that sum them up: rows from elsewhere in their words of today."""

from dataclasses import replace

from dreamtree.accounts.days import today_of
from dreamtree.accounts.models import User
from dreamtree.answers.stored import Answers, StoredAnswer
from dreamtree.connections.resolve import resolve
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.saving.progress import Progress
from dreamtree.tools import tool
from dreamtree.vault import digest
from dreamtree.workbook.context import PageContext, shown_answer

NO_PROGRESS = Progress(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def answers_now(user: User, stored: Answers, off: frozenset[tuple[str, int]]) -> dict[str, StoredAnswer]:
    """The answers with what they follow as it is upstream now; `off` are the connections that are not used.

    Whether a source moved since an answer was saved is not remembered: what answers follow is asked for again, each
    table once.
    """
    blocks = [block for key in stored if (block := book().block(key)) and _follows(block)]
    if not blocks:
        return dict(stored)
    context = _context(user, stored, off, blocks)
    return {**stored, **{block.key: _answer_now(context, block) for block in blocks}}


def _follows(block: Block) -> bool:
    """Whether a saved answer shows anything as it is elsewhere now, on its own page too."""
    follows = tool(block.type).follows
    return bool(follows) and (
        bool(block.options.get("rows_of")) or any(one.gives in follows for one in block.connections)
    )


def _context(user: User, stored: Answers, off: frozenset[tuple[str, int]], blocks: list[Block]) -> PageContext:
    """What reaches these blocks, as their pages have it."""
    followed = {
        one.id: one
        for block in blocks
        for one in block.connections
        if one.gives in tool(block.type).follows and (block.key, one.id) not in off
    }
    return PageContext(
        user=user,
        exercise=_exercise_of(blocks[0]),
        stored=stored,
        complete=frozenset(),
        seen={},
        off=off,
        progress=NO_PROGRESS,
        today=today_of(user).isoformat(),
        secret=digest(user, "row-keys", ""),
        items=resolve(user, followed.values()),
    )


def _answer_now(context: PageContext, block: Block) -> StoredAnswer:
    context_there = replace(context, exercise=_exercise_of(block))
    return replace(context.stored[block.key], answer=shown_answer(context_there, block))


def _exercise_of(block: Block) -> Exercise:
    exercise = book().exercise(block.exercise_id)
    assert exercise is not None
    return exercise
