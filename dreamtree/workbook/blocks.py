"""How one block is shown: answer, recalls, changes upstream, saved state. Pure: nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from dreamtree.accounts.models import User
from dreamtree.connections.resolve import digest_of
from dreamtree.connections.sources import OCCUPATIONS, REFERENCE_SOURCES, SOURCES
from dreamtree.content.book import Block, Connection, Exercise
from dreamtree.tools import Problem, canonical, tool
from dreamtree.values import Answer
from dreamtree.vault import digest
from dreamtree.workbook.change_shapes import ConflictView
from dreamtree.workbook.changes import change_of
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer
from dreamtree.workbook.dates import saved_words
from dreamtree.workbook.recalls import brought_to, recalls_of
from dreamtree.workbook.shapes import BlockView, ExampleView, FieldError, ReferenceLink, StatusView
from dreamtree.workbook.stages import Stage, is_finished, rest_of, rest_view, stage_of, waits_for


@dataclass(frozen=True)
class BlockResult:
    """What came of posting one block, where the page must show it: errors, the typed answer, the other version.

    `view_state` is what `Tool.show` takes, {} where no button was pressed; `is_refused`: it could not be stored.
    """

    answer: Answer | None = None
    problems: tuple[Problem, ...] = ()
    conflict: ConflictView | None = None
    view_state: Mapping[str, str] = field(default_factory=dict)
    is_refused: bool = False


NO_RESULT = BlockResult()
OPEN = "change"
"""The verb that opens the form of a block at rest, or of one that waits."""


def show_block(context: PageContext, block: Block, result: BlockResult = NO_RESULT) -> BlockView:
    """One prompt or tool as the page shows it, with everything that belongs to it."""
    if result == NO_RESULT and (stage := stage_of(context, block)) is not Stage.OPEN:
        return _closed(context, block, stage)
    kind, stored = tool(block.type), context.stored.get(block.key)
    inputs = inputs_of(context, block)
    standing = shown_answer(context, block)
    answer = result.answer if result.answer is not None else standing
    has_draft = bool(inputs.copied) and "draft" not in kind.follows and answer != kind.empty(block)
    view_state = result.view_state or {"verb": OPEN, "argument": context.opened.get(block.key, "")}
    return show_beside(
        context,
        block,
        template=kind.template,
        results=kind.results_template,
        tool=kind.show(block, answer, inputs, view_state),
        can_rest=kind.rest(block, answer) is not None,
        references=_references(block),
        status=_status(context, block, result, has_draft=has_draft),
        errors=tuple(_field_error(block, problem) for problem in result.problems),
        conflict=result.conflict,
        base=stored.revision if stored else 0,
        served=served(context.user, block, kind.form_part(standing)),
        shown=_shown_digests(context, block),
        brought=brought_to(context, block),
    )


def _closed(context: PageContext, block: Block, stage: Stage) -> BlockView:
    """A block without its form: at rest, waiting for the step before, or not asked."""
    if stage is Stage.NOT_ASKED:
        return read_block(context.exercise, block, post_url=_post_url(context, block), is_asked=False)
    rest, before = rest_of(context, block), waits_for(context, block)
    if stage is Stage.RESTS and rest:
        status = _status(context, block, NO_RESULT, has_draft=False)
        return show_beside(context, block, rest=rest_view(rest), status=status)
    words = f"This one comes after “{before.label}”" if before and block.is_required else "This one is optional."
    return read_block(context.exercise, block, waits=words, post_url=_post_url(context, block))


def show_beside(context: PageContext, block: Block, **more: Any) -> BlockView:
    """What stands around the fields of an answered prompt or tool, where a page has them; with `more` of its view."""
    before, after = recalls_of(context, block)
    return read_block(
        context.exercise,
        block,
        recalls_before=before,
        recalls_after=after,
        change=change_of(context, block),
        post_url=_post_url(context, block),
        page_url=_page_url(context),
        **more,
    )


def _post_url(context: PageContext, block: Block) -> str:
    return f"/workbook/{context.exercise.id}/{block.key}"


def _page_url(context: PageContext) -> str:
    back = f"{urlencode({'back': context.back})}&" if context.back else ""
    return f"/workbook/{context.exercise.id}?{back}"


def read_block(exercise: Exercise, block: Block, **more: Any) -> BlockView:
    """A block as somebody reads it ahead: its question and one example, nothing to fill in; with `more` of its view."""
    return BlockView(
        key=block.key,
        anchor=block.anchor,
        kind=block.kind,
        type=block.type,
        html=block.html,
        label=block.label,
        help=_help(exercise, block),
        who=block.who,
        size=block.size,
        is_private=block.is_private,
        is_required=block.is_required,
        examples=_examples(exercise, block) if block.is_answered else (),
        **more,
    )


def _help(exercise: Exercise, block: Block) -> str:
    """What helps to answer a block. Where something is typed that the exercise is done without, it says so, unless the
    seed says it itself.
    """
    if block.says_optional or not (block.is_answered and exercise.is_done_without(block) and tool(block.type).is_typed):
        return block.help
    return f"{block.help} You can skip this one.".strip()


def served(user: User, block: Block, part: Answer) -> str:
    """The digest of what a block's fields hold: a post with an equal one was not touched."""
    return digest(user, "served", block.key + canonical(part))


def _status(context: PageContext, block: Block, result: BlockResult, *, has_draft: bool) -> StatusView:
    stored = context.stored.get(block.key)
    if result.is_refused or result.conflict:
        return StatusView("Not saved yet", "unsaved", None)
    if stored is None:
        return StatusView("From earlier, not saved yet", "draft") if has_draft else StatusView("", "empty")
    if result.problems and stored.revision == 1 and not tool(block.type).long_form(block, stored.answer):
        return StatusView("", "empty")
    history = f"{_post_url(context, block)}/history"
    return StatusView(saved_words(context.user, stored.saved_at), "saved", history, is_finished(context, block))


def _references(block: Block) -> tuple[ReferenceLink, ...]:
    """Links to reference data that is the same for everybody; jobs are found for the person, at the end of the page."""
    linked = (one for one in block.connections if one.source in REFERENCE_SOURCES and one.source != OCCUPATIONS)
    return tuple(ReferenceLink(one.sentence, _reference_url(one)) for one in linked)


def _reference_url(connection: Connection) -> str:
    category = connection.filter.get("category")
    url = REFERENCE_SOURCES[connection.source]
    return f"{url}?category={category}" if category else url


def _examples(exercise: Exercise, block: Block) -> tuple[ExampleView, ...]:
    return tuple(
        ExampleView(one.who, one.size, one.html)
        for one in exercise.blocks
        if one.type == "example" and one.about in (block.name, block.key)
    )


def _shown_digests(context: PageContext, block: Block) -> tuple[tuple[int, str], ...]:
    """The digest of what each connection brought, until the first save remembers it."""
    return tuple(
        (one.id, digest_of(context.user, one, context.items[one.id]))
        for one in block.connections
        if one.source in SOURCES and one.id in context.items and context.seen_by(block, one) is None
    )


def _field_error(block: Block, problem: Problem) -> FieldError:
    anchor = f"{block.anchor}-{problem.field}" if problem.field else block.anchor
    return FieldError(problem.field, anchor, problem.question or block.label, problem.message)
