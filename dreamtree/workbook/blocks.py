"""How one block is shown: answer, recalls, changes upstream, saved state. Pure: nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dreamtree.accounts.models import User
from dreamtree.answers.stored import StoredAnswer
from dreamtree.connections.resolve import digest_of
from dreamtree.connections.sources import REFERENCE_SOURCES, SOURCES
from dreamtree.content.book import Block, Connection, Exercise
from dreamtree.tools import Problem, canonical, tool
from dreamtree.values import Answer
from dreamtree.vault import digest
from dreamtree.workbook.changes import change_of
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer
from dreamtree.workbook.dates import saved_words
from dreamtree.workbook.recalls import brought_to, recalls_of
from dreamtree.workbook.shapes import BlockView, ConflictView, ExampleView, FieldError, ReferenceLink, StatusView


@dataclass(frozen=True)
class BlockResult:
    """What came of posting one block, where the page must show it: errors, the typed answer, the other version."""

    answer: Answer | None = None
    problems: tuple[Problem, ...] = ()
    conflict: ConflictView | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    is_refused: bool = False


NO_RESULT = BlockResult()


def show_block(
    user: User, exercise: Exercise, block: Block, found: PageContext, trial: BlockResult = NO_RESULT
) -> BlockView:
    """One prompt or tool as the page shows it, with everything that belongs to it."""
    one, said = tool(block.type), found.said.get(block.key)
    given = inputs_of(exercise, block, found)
    standing = shown_answer(block, found, given)
    answer = trial.answer if trial.answer is not None else standing
    before, after = recalls_of(user, block, found)
    return replace(
        read_block(block, exercise),
        template=one.template,
        tool=one.show(block, answer, given, trial.asked),
        recalls_before=before,
        recalls_after=after,
        references=_references(block),
        status=_status(user, exercise, block, said, trial, has_draft=bool(given.draft) and answer != one.empty(block)),
        change=change_of(block, found),
        errors=tuple(_field_error(block, problem) for problem in trial.problems),
        conflict=trial.conflict,
        base=said.revision if said else 0,
        served=served(user, block, one.form_part(standing)),
        shown=_shown(user, block, found),
        post_url=_post_url(exercise, block),
        brought=brought_to(user, block, found),
    )


def show_beside(user: User, exercise: Exercise, block: Block, found: PageContext) -> BlockView:
    """What stands around the fields of an answered prompt or tool, for a page that has the fields."""
    before, after = recalls_of(user, block, found)
    return replace(
        read_block(block, exercise),
        recalls_before=before,
        recalls_after=after,
        change=change_of(block, found),
        post_url=_post_url(exercise, block),
    )


def _post_url(exercise: Exercise, block: Block) -> str:
    return f"/workbook/{exercise.id}/{block.key}"


def read_block(block: Block, exercise: Exercise) -> BlockView:
    """A block as somebody reads it ahead: its question and one example, nothing to fill in."""
    return BlockView(
        key=block.key,
        anchor=block.anchor,
        kind=block.kind,
        type=block.type,
        html=block.html,
        label=block.label,
        help=block.help,
        who=block.who,
        size=block.size,
        is_private=block.is_private,
        is_required=block.is_required,
        examples=_examples(exercise, block) if block.is_answered else (),
    )


def served(user: User, block: Block, bare: Answer) -> str:
    """The digest of what a block's fields hold: a post with an equal one was not touched."""
    return digest(user, "served", block.key + canonical(bare))


def _status(
    user: User, exercise: Exercise, block: Block, said: StoredAnswer | None, trial: BlockResult, *, has_draft: bool
) -> StatusView:
    if trial.is_refused:
        return StatusView("Not saved yet", "unsaved", None)
    if said is None:
        return StatusView("From earlier, not saved yet", "draft") if has_draft else StatusView("", "empty")
    return StatusView(saved_words(user, said.saved_at), "saved", f"/workbook/{exercise.id}/{block.key}/history")


def _references(block: Block) -> tuple[ReferenceLink, ...]:
    return tuple(
        ReferenceLink(one.sentence, _reference_url(one)) for one in block.connections if one.source in REFERENCE_SOURCES
    )


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


def _shown(user: User, block: Block, found: PageContext) -> tuple[tuple[int, str], ...]:
    return tuple(
        (one.id, digest_of(user, one, found.items[one.id]))
        for one in block.connections
        if one.source in SOURCES and one.id in found.items and (block.key, one.id) not in found.seen
    )


def _field_error(block: Block, problem: Problem) -> FieldError:
    anchor = f"{block.anchor}-{problem.field}" if problem.field else block.anchor
    return FieldError(problem.field, anchor, block.label, problem.message)
