"""Carrying out what a posted page asks: each touched block is saved by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import records
from dreamtree.answers.limits import LimitReached
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content.book import Block
from dreamtree.saving import SaveInfo, SaveRequest, SaveResult, save
from dreamtree.tools import Button, Inputs, Problem, Tool, canonical, tool
from dreamtree.values import Answer
from dreamtree.workbook.blocks import OPEN, BlockResult, served
from dreamtree.workbook.change_shapes import ConflictView
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer
from dreamtree.workbook.dates import moment_words
from dreamtree.workbook.posting import ENTER, Action, PostedForm
from dreamtree.workbook.settling import SETTLED_BY

TAKEN_OUT = "Nothing here: you removed it."
BlockOutcome = tuple[BlockResult | None, SaveResult | None]
"""What is to be shown again of a block, and what came of saving it."""


NOTHING_DONE: BlockOutcome = (None, None)


@dataclass(frozen=True)
class PostResult:
    """What came of a post: blocks to show again, by key, and what was saved.

    `reloads`: more changed than the saves tell, a connection that was switched off say.
    """

    results: Mapping[str, BlockResult] = field(default_factory=dict)
    saves: tuple[SaveResult, ...] = ()
    reloads: bool = False

    @property
    def changed_sources(self) -> frozenset[str]:
        """The nouns of the profile that changed."""
        return frozenset[str]().union(*(one.changed_sources for one in self.saves))

    @property
    def code(self) -> int:
        """409 when texts met, 422 when something is open or cannot be stored, else 200."""
        if any(result.conflict for result in self.results.values()):
            return 409
        return 422 if any(result.problems for result in self.results.values()) else 200


@dataclass(frozen=True)
class BlockPost:
    """One block of a posted page: what the page rests on, the form, and what is to be done with the block."""

    context: PageContext
    form: PostedForm
    block: Block
    action: Action

    @property
    def user(self) -> User:
        """Who posted it."""
        return self.context.user

    @property
    def tool(self) -> Tool:
        """The tool that answers the block."""
        return tool(self.block.type)

    @property
    def stored(self) -> StoredAnswer | None:
        """The answer as it stood when the post arrived; None before a first one."""
        return self.context.stored.get(self.block.key)

    @property
    def is_mine(self) -> bool:
        """Whether the button stands in this block."""
        return self.action.block == self.block.key


def carry_out(context: PageContext, form: PostedForm, blocks: Iterable[Block]) -> PostResult:
    """Saves what was touched in `blocks`, and does what the button says."""
    results: dict[str, BlockResult] = {}
    saves: list[SaveResult] = []
    for block in blocks:
        if form.holds(block) or form.action.block == block.key:
            result, saved = _one_block(BlockPost(context, form, block, form.action))
            saves += [saved] if saved else []
            results |= {block.key: result} if result else {}
    return PostResult(results, tuple(saves), form.action.verb in SETTLED_BY)


def _one_block(post: BlockPost) -> BlockOutcome:
    if post.is_mine and post.action.verb in SETTLED_BY:
        return _settled_block(post)
    return _answered_block(post if post.is_mine else _only_stored(post))


def _only_stored(post: BlockPost) -> BlockPost:
    """A button of one block only stores what was typed in the others."""
    return replace(post, action=replace(post.action, verb="row", block="")) if post.action.block else post


def _settled_block(post: BlockPost) -> BlockOutcome:
    """What was typed is stored first; then the connection or the conflict is settled."""
    if post.form.holds(post.block):
        typed = _answered_block(_only_stored(post))
        if typed[0] is not None:
            return typed
    saved = SETTLED_BY[post.action.verb](post.context, post.form, post.block)
    return _conflict_in(post, saved.stored.answer, saved) if saved else None, saved


def _answered_block(post: BlockPost) -> BlockOutcome:
    kind, block, action = post.tool, post.block, post.action
    if action.verb == OPEN:
        return _answered_block(_only_stored(post)) if post.form.holds(block) else NOTHING_DONE
    inputs = inputs_of(post.context, block)
    before = post.stored.answer if post.stored else shown_answer(post.context, block)
    part, answer, problems = _read(post, before, inputs)
    if kind.keeps_records and action.verb == "undo" and action.argument:
        answer = records.with_removed(post.user, block.key, answer, action.argument)
    if problems:
        return BlockResult(answer, tuple(problems), view_state=_view_state(post), is_refused=True), None
    if only_shows(block, action):
        return BlockResult(answer, view_state=_view_state(post)), None
    typed = answer
    if action.block and action.verb not in ("save", ENTER):
        answer = kind.act(block, answer, Button(action.verb, action.argument, post.form.fields, inputs))
    elif not (_is_touched(post, part) or _is_complete_by_now(post, answer)):
        return _still_open(post, answer), None
    try:
        saved = save(post.user, _request(post, answer, typed))
    except LimitReached as full:
        return BlockResult(answer, (Problem("", full.words),), view_state=_view_state(post), is_refused=True), None
    return _conflict_in(post, answer, saved) or _still_open(post, answer), saved


def only_shows(block: Block, action: Action) -> bool:
    """Whether a button of this block saves nothing in it: it only shows something."""
    return action.block == block.key and action.verb in tool(block.type).readonly_actions


def _read(post: BlockPost, before: Answer, inputs: Inputs) -> tuple[Answer, Answer, list[Problem]]:
    """What the fields say, the whole answer with it, and what forbids storing it.

    A block without its form, at rest say, stands as it was.
    """
    kind, block = post.tool, post.block
    if not post.form.holds(block):
        return kind.form_part(before), before, []
    part, problems = kind.read(block, post.form.fields)
    problems = [*problems, *kind.contextual_errors(block, part, before, inputs)]
    return part, kind.merge_posted(block, part, before, inputs), problems


def is_typed_in(context: PageContext, form: PostedForm, block: Block) -> bool:
    """Whether the fields of a block say something else than they were served with."""
    part, _ = tool(block.type).read(block, form.fields)
    return served(context.user, block, part) != form.served(block)


def _is_touched(post: BlockPost, part: Answer) -> bool:
    """Equal to what was served is untouched; but saving a draft on purpose makes it one's own.

    A row that was emptied is touched, also where a new page would have no fields for it.
    """
    kind, block, stored = post.tool, post.block, post.stored
    if not post.form.holds(block):
        return False
    emptied = set(part.get("dropped") or ()) if kind.keeps_records else set()
    if stored and emptied and emptied & {row["key"] for row in stored.answer["rows"]}:
        return True
    is_accepted = stored is None and (post.action.verb == "go" or (post.action.verb == "save" and post.is_mine))
    if is_accepted and canonical(part) != canonical(kind.empty(block)):
        return True
    return served(post.user, block, part) != post.form.served(block)


def _is_complete_by_now(post: BlockPost, answer: Answer) -> bool:
    """Going on with an answer that was saved incomplete, and that its sources have completed since."""
    if post.action.verb != "go" or post.stored is None or post.stored.is_complete:
        return False
    return not post.tool.incomplete(post.block, answer)


def _still_open(post: BlockPost, answer: Answer) -> BlockResult | None:
    """After an explicit save, what is still open in a block that is needed; an optional exercise can be left so."""
    goes_on = post.action.verb == "go" and post.context.exercise.is_required
    asks = post.action.is_explicit and (goes_on or post.is_mine)
    open_ = post.tool.incomplete(post.block, answer) if asks and post.block.is_required else []
    return BlockResult(answer, tuple(open_)) if open_ else None


def _request(post: BlockPost, answer: Answer, typed: Answer) -> SaveRequest:
    form, block, action = post.form, post.block, post.action
    kind = "autosave" if action.is_autosave else "save" if action.verb in ("save", "go") else "row"
    return SaveRequest(
        exercise=post.context.exercise,
        block=block,
        answer=answer,
        info=SaveInfo(_base(post), form.editor, form.n, kind, db.now()),
        answer_id=post.stored.id if post.stored else db.new_id(),
        revision_id=db.new_id(),
        shown=form.shown(block),
        typed=typed,
        before=post.stored,
    )


def _base(post: BlockPost) -> int:
    """The revision that a post rests on; where the page had no fields, it is the one that stands."""
    if post.form.holds(post.block) or post.stored is None:
        return post.form.base(post.block)
    return post.stored.revision


def _view_state(post: BlockPost) -> dict[str, str]:
    """The block's fields as they were posted, and the button that was pressed, as `Tool.show` takes them."""
    prefix = f"{post.block.key}:"
    typed = {name.removeprefix(prefix): value for name, value in post.form.fields.items() if name.startswith(prefix)}
    return typed | {"verb": post.form.action.verb, "argument": post.form.action.argument}


def _conflict_in(post: BlockPost, answer: Answer, saved: SaveResult) -> BlockResult | None:
    """Both texts, when they met."""
    if saved.status != "conflict":
        return None
    kind, block, number = post.tool, post.block, saved.stored.revision
    conflict = ConflictView(
        mine=kind.long_form(block, saved.mine) or TAKEN_OUT,
        theirs=kind.long_form(block, saved.theirs) or TAKEN_OUT,
        mine_at="Not saved yet",
        theirs_at=moment_words(post.user, saved.stored.saved_at),
        join=kind.joins_texts,
        mine_value=f"{block.key}|mine|{number}:{saved.refused_id}",
        theirs_value=f"{block.key}|theirs|{number}",
        join_value=f"{block.key}|join|{number}",
        is_private=kind.has_private(saved.mine) or kind.has_private(saved.theirs),
    )
    return BlockResult(answer, conflict=conflict)
