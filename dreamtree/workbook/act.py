"""Carrying out what a posted page asks: each touched block is saved by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import history, inputs, records, responses
from dreamtree.answers.stored import SaveInfo, StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Connection, Exercise
from dreamtree.saving import SaveRequest, SaveResult, save
from dreamtree.saving.inputs import agree_to_all, agree_to_one
from dreamtree.tools import Button, canonical, tool
from dreamtree.values import Answer, Item
from dreamtree.workbook.blocks import BlockResult, served
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer
from dreamtree.workbook.dates import moment_words
from dreamtree.workbook.posting import NUMBER, Action, BadForm, PostedForm
from dreamtree.workbook.shapes import ConflictView

TAKEN_OUT = "Nothing stands here: it was taken out."


@dataclass(frozen=True)
class PostResult:
    """What came of a post: trials of blocks to show again, and the nouns of the profile that changed."""

    trials: Mapping[str, BlockResult] = field(default_factory=dict)
    changed_sources: frozenset[str] = frozenset()
    saved: tuple[str, ...] = ()

    @property
    def code(self) -> int:
        """409 when texts met, 422 when something is open or cannot be stored, else 200."""
        if any(trial.conflict for trial in self.trials.values()):
            return 409
        return 422 if any(trial.problems for trial in self.trials.values()) else 200


def carry_out(
    user: User, exercise: Exercise, found: PageContext, sheet: PostedForm, blocks: tuple[Block, ...]
) -> PostResult:
    """Saves what was touched in `blocks`, and does what the button says."""
    trials: dict[str, BlockResult] = {}
    changed_sources: frozenset[str] = frozenset()
    saved: list[str] = []
    for block in blocks:
        if sheet.holds(block) or sheet.wish.block == block.key:
            trial, outcome = _one_block(user, exercise, block, found, sheet)
            changed_sources |= outcome.changed_sources if outcome else frozenset()
            saved += [block.key] if outcome and outcome.status == "saved" else []
            if trial is not None:
                trials[block.key] = trial
    return PostResult(trials, changed_sources, tuple(saved))


def _one_block(
    user: User, exercise: Exercise, block: Block, found: PageContext, sheet: PostedForm
) -> tuple[BlockResult | None, SaveResult | None]:
    wish = sheet.wish if sheet.wish.block == block.key else _for_other_blocks(sheet.wish)
    if wish.block and wish.verb in SETTLED_BY:
        return _settled_block(user, exercise, block, found, sheet)
    return _answered_block(user, exercise, block, found, sheet, wish)


def _settled_block(
    user: User, exercise: Exercise, block: Block, found: PageContext, sheet: PostedForm
) -> tuple[BlockResult | None, SaveResult | None]:
    """What was typed is stored first; then the connection or the conflict is settled."""
    if sheet.holds(block):
        stored = _answered_block(user, exercise, block, found, sheet, _for_other_blocks(sheet.wish))
        if stored[0] is not None:
            return stored
    outcome = SETTLED_BY[sheet.wish.verb](user, exercise, block, sheet, sheet.wish)
    if outcome is not None and outcome.status == "conflict":
        return BlockResult(outcome.stored.answer, conflict=_conflict(user, block, outcome)), outcome
    return None, outcome


def _answered_block(
    user: User, exercise: Exercise, block: Block, found: PageContext, sheet: PostedForm, wish: Action
) -> tuple[BlockResult | None, SaveResult | None]:
    one, given, said = tool(block.type), inputs_of(exercise, block, found), found.said.get(block.key)
    bare, problems = one.read(block, sheet.fields)
    stored = said.answer if said else shown_answer(block, found, given)
    problems = [*problems, *one.contextual_errors(block, bare, stored, given)]
    answer = one.merge_posted(block, bare, stored, given)
    if one.keeps_records and wish.verb == "undo" and wish.argument:
        answer = records.with_removed(user, block.key, answer, wish.argument)
    if problems:
        return BlockResult(answer, tuple(problems), asked=_asked(block, sheet), is_refused=True), None
    if wish.block and wish.verb in one.readonly_actions:
        return BlockResult(answer, asked=_asked(block, sheet)), None
    typed = answer
    if wish.block and wish.verb != "save":
        answer = one.act(block, answer, Button(wish.verb, wish.argument, sheet.fields, given))
    elif not (_is_touched(user, block, bare, found, sheet, wish) or _is_complete_by_now(block, answer, found, wish)):
        return _open_trial(block, answer, wish), None
    outcome = save(user, replace(_attempt(exercise, block, answer, sheet, wish), typed=typed))
    if outcome.status == "conflict":
        return BlockResult(answer, conflict=_conflict(user, block, outcome)), outcome
    return _open_trial(block, answer, wish), outcome


def _for_other_blocks(wish: Action) -> Action:
    """A button of one block only stores what was typed in the others."""
    return replace(wish, verb="row", block="") if wish.block else wish


def _is_touched(user: User, block: Block, bare: Answer, found: PageContext, sheet: PostedForm, wish: Action) -> bool:
    """Equal to what was served is untouched; but saving a draft on purpose makes it one's own.

    A row that was emptied is touched, also where a new page would have no fields for it.
    """
    said, one = found.said.get(block.key), tool(block.type)
    emptied = set(bare.get("dropped") or ()) if one.keeps_records else set()
    if said and emptied and emptied & {row["key"] for row in said.answer["rows"]}:
        return True
    is_accepted = said is None and (wish.verb == "go" or (wish.verb == "save" and wish.block == block.key))
    if is_accepted and canonical(bare) != canonical(one.empty(block)):
        return True
    return served(user, block, bare) != sheet.served(block)


def _is_complete_by_now(block: Block, answer: Answer, found: PageContext, wish: Action) -> bool:
    """Going on with an answer that was saved incomplete, and that its sources have completed since."""
    said = found.said.get(block.key)
    return (
        wish.verb == "go"
        and said is not None
        and not said.is_complete
        and not tool(block.type).incomplete(block, answer)
    )


def _open_trial(block: Block, answer: Answer, wish: Action) -> BlockResult | None:
    """After an explicit save, what is still open in a block that the exercise needs."""
    asks = wish.is_explicit and (wish.verb == "go" or wish.block == block.key)
    open_ = tool(block.type).incomplete(block, answer) if asks and block.is_required else []
    return BlockResult(answer, tuple(open_)) if open_ else None


def _attempt(exercise: Exercise, block: Block, answer: Answer, sheet: PostedForm, wish: Action) -> SaveRequest:
    kind = "autosave" if wish.is_autosave else "save" if wish.verb in ("save", "go") else "row"
    stamp = SaveInfo(sheet.base(block), sheet.editor, sheet.n, kind, db.now())
    return SaveRequest(exercise, block, answer, stamp, db.new_id(), db.new_id(), sheet.shown(block))


def _asked(block: Block, sheet: PostedForm) -> dict[str, str]:
    prefix = f"{block.key}:"
    typed = {name.removeprefix(prefix): value for name, value in sheet.fields.items() if name.startswith(prefix)}
    return typed | {"verb": sheet.wish.verb, "argument": sheet.wish.argument}


def _conflict(user: User, block: Block, outcome: SaveResult) -> ConflictView:
    one, theirs = tool(block.type), outcome.stored
    number = theirs.revision
    return ConflictView(
        mine=one.long_form(block, outcome.mine) or TAKEN_OUT,
        theirs=one.long_form(block, outcome.theirs) or TAKEN_OUT,
        mine_at="Now, on this page",
        theirs_at=moment_words(user, theirs.saved_at),
        join=block.type in ("text", "textarea"),
        mine_value=f"{block.key}|mine|{number}:{outcome.refused_id}",
        theirs_value=f"{block.key}|theirs|{number}",
        join_value=f"{block.key}|join|{number}",
    )


def _switch(user: User, _: Exercise, block: Block, __: PostedForm, wish: Action) -> None:
    connection, at = _connection(block, wish.argument), db.now()
    db.saving(lambda: inputs.switch(user, block.key, connection.id, wish.verb == "off", at))


def _note(user: User, _: Exercise, block: Block, __: PostedForm, wish: Action) -> None:
    connection, at = _connection(block, wish.argument), db.now()
    db.saving(lambda: agree_to_all(user, block, connection, at))


def _settle(user: User, exercise: Exercise, block: Block, _: PostedForm, wish: Action) -> SaveResult | None:
    """*Add it*, *take it out*, *use the new words* (accept), or *keep mine*, for one item that moved upstream."""
    number, key = wish.argument.split(":", 1) if ":" in wish.argument else (wish.argument, "")
    connection, at = _connection(block, number), db.now()
    said = responses.answer_to(user, block.key)
    if said is None:
        return None
    item = db.saving(lambda: agree_to_one(user, block, said.answer, connection, key, at))
    if wish.verb == "keep-mine":
        return None
    return save(user, _again(exercise, block, _with(block, said.answer, item, key), said, "row"))


def _with(block: Block, answer: Answer, item: Item | None, key: str) -> Answer:
    one = tool(block.type)
    return one.apply_upstream(block, answer, item) if item else one.drop_upstream(block, answer, key)


def _use_mine(user: User, exercise: Exercise, block: Block, _: PostedForm, wish: Action) -> SaveResult | None:
    """The refused text becomes the current one; the other stays in history. One that nobody saw is another conflict."""
    number, revision_id = [*wish.argument.split(":", 1), ""][:2]
    said = responses.answer_to(user, block.key)
    earlier = history.earlier_text(user, said, revision_id) if said else None
    if said is None or earlier is None:
        raise BadForm("revision")
    return save(user, _again(exercise, block, earlier.answer, _as_shown(said, number), "save"))


def _join(user: User, exercise: Exercise, block: Block, sheet: PostedForm, wish: Action) -> SaveResult | None:
    said = responses.answer_to(user, block.key)
    if said is None:
        return None
    joined, _ = tool(block.type).read(
        block, MultiDict({f"{block.key}:value": sheet.fields.get(f"{block.key}:joined", "")})
    )
    return save(user, _again(exercise, block, joined, _as_shown(said, wish.argument), "save"))


def _as_shown(said: StoredAnswer, number: str) -> StoredAnswer:
    """The answer at the revision that the page showed."""
    if not NUMBER.fullmatch(number):
        raise BadForm("revision")
    return replace(said, revision=int(number))


def _leave_theirs(*_: object) -> None:
    """Nothing to write: the saved text stands, the other is in history."""


def _again(exercise: Exercise, block: Block, answer: Answer, said: StoredAnswer, kind: str) -> SaveRequest:
    """A save on what stands now. It is an editor of its own, so that it is no repeat of the page's last save."""
    stamp = SaveInfo(said.revision, db.new_id(), 1, kind, db.now())
    return SaveRequest(exercise, block, answer, stamp, said.id, db.new_id(), {})


def _connection(block: Block, number: str) -> Connection:
    found = book().connection(int(number)) if number.isdecimal() else None
    if found is None or found not in block.connections:
        raise BadForm("connection")
    return found


SETTLED_BY: Mapping[str, Callable[[User, Exercise, Block, PostedForm, Action], SaveResult | None]] = {
    "off": _switch,
    "on": _switch,
    "noted": _note,
    "accept": _settle,
    "keep-mine": _settle,
    "mine": _use_mine,
    "theirs": _leave_theirs,
    "join": _join,
}
"""Verbs that settle a connection or a conflict and leave the block's own fields alone."""
