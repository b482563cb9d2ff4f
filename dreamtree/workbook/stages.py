"""Which blocks of a page show their form: what is finished rests, and what comes after the next step waits. Pure."""

from collections.abc import Iterable
from enum import Enum

from dreamtree.content.book import Block, Exercise
from dreamtree.tools import Rest, tool
from dreamtree.workbook.changes import change_of
from dreamtree.workbook.context import PageContext, cached_on_page, shown_answer
from dreamtree.workbook.shapes import RestView

MOST_LINES = 10


class Stage(Enum):
    """How a block stands on its page: with its form, as its answers in words, as one line, or not at all."""

    OPEN = "open"
    RESTS = "rests"
    WAITS = "waits"
    NOT_ASKED = "not asked"


def stage_of(context: PageContext, block: Block) -> Stage:
    """How a block stands. One whose form was asked for is open; so is one that needs another look."""
    if not is_asked(context, block):
        return Stage.NOT_ASKED
    if block.key in context.opened:
        return Stage.OPEN
    if block.key in context.stored:
        return Stage.RESTS if is_finished(context, block) else Stage.OPEN
    return Stage.WAITS if waits_for(context, block) is not None else Stage.OPEN


def is_asked(context: PageContext, block: Block) -> bool:
    """Whether the choices after which a block is asked were made, as far as it names any."""
    others = ((context.exercise.block(name), values) for name, values in block.asked_if.items())
    return all(other is None or not _chosen(context, other).isdisjoint(values) for other, values in others)


def _chosen(context: PageContext, block: Block) -> set[str]:
    """What was chosen in a block, by its value."""
    stored = context.stored.get(block.key)
    return {item.text for item in tool(block.type).items(stored.answer)} if stored else set()


def waits_for(context: PageContext, block: Block) -> Block | None:
    """The step that comes before this one; None where it need not wait.

    In a walk of several tools the next step is open. One that is not required stands as a line when it is reached.
    """
    if block.kind != "tool" or block.key in context.stored:
        return None
    before = [one for one in steps_before(context.exercise, block) if one.is_required]
    left = [one for one in before if one.key not in context.complete]
    if left:
        return left[-1]
    return before[-1] if before and not block.is_required else None


def steps_before(exercise: Exercise, block: Block) -> list[Block]:
    """The tools that stand before this one on its page."""
    steps = [one for one in exercise.answered_blocks if one.kind == "tool"]
    return steps[: steps.index(block)] if block in steps else []


def next_step(context: PageContext, excluded: Iterable[str]) -> Block | None:
    """The first step that is still open and required, other than those with the keys `excluded`; None for none."""
    left = (one for one in context.exercise.answered_blocks if one.is_required and one.key not in context.complete)
    return next((one for one in left if one.key not in set(excluded)), None)


def newly_asked(before: PageContext, now: PageContext) -> Block | None:
    """The first unanswered block that a choice made since has brought onto the page; None for none."""
    unanswered = (one for one in now.exercise.answered_blocks if one.key not in now.stored)
    return next((one for one in unanswered if is_asked(now, one) and not is_asked(before, one)), None)


@cached_on_page
def rest_of(context: PageContext, block: Block) -> Rest | None:
    """What a block says at rest; None for one whose form stays."""
    return tool(block.type).rest(block, shown_answer(context, block))


def rest_view(rest: Rest) -> RestView:
    """A finished answer as its page shows it: the first lines, and how many more there are."""
    more = max(0, len(rest.lines) - MOST_LINES)
    return RestView(rest.lines[:MOST_LINES], more, rest.results, rest.is_order, rest.charts, rest.buttons)


@cached_on_page
def is_finished(context: PageContext, block: Block) -> bool:
    """Whether a block rests unless its form is asked for."""
    if block.key not in context.complete or change_of(context, block) is not None:
        return False
    return rest_of(context, block) is not None and not tool(block.type).incomplete(block, shown_answer(context, block))
