"""Buttons that settle a connection or a conflict and leave the block's own fields alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from dreamtree import db
from dreamtree.answers import built_on, history, responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.saving import SaveInfo, SaveRequest, SaveResult, save
from dreamtree.saving.upstream import agree_to_all, agree_to_one
from dreamtree.tools import tool
from dreamtree.values import Answer, Item
from dreamtree.workbook.changes import change_through
from dreamtree.workbook.context import PageContext
from dreamtree.workbook.posting import NUMBER, BadForm, PostedForm


def _switch(context: PageContext, form: PostedForm, block: Block) -> None:
    """*Don’t show this here*, or *Show it again*."""
    connection, is_off, at = _connection(block, form.action.argument), form.action.verb == "off", db.now()
    db.saving(lambda: built_on.switch(context.user, block.key, connection.id, is_off, at))


def _note(context: PageContext, form: PostedForm, block: Block) -> None:
    """*Got it*, or *Keep all of mine*."""
    connection, at = _connection(block, form.action.argument), db.now()
    moved = change_through(context, block, connection)
    db.saving(lambda: agree_to_all(context.user, block, connection, at))
    for line in moved.lines if moved else ():
        for other, through in _also_asked(context, block, line.mark):
            _settle_one(context, other, through, line.key, "keep-mine")


def _settle(context: PageContext, form: PostedForm, block: Block) -> SaveResult | None:
    """*Add it*, *Remove it*, *Use the new words* (accept), or *Keep mine*, for one item that moved upstream.

    The answer counts for every block of the page that the same change reaches.
    """
    number, _, key = form.action.argument.partition(":")
    connection, verb = _connection(block, number), form.action.verb
    moved = change_through(context, block, connection)
    saved = _settle_one(context, block, connection, key, verb)
    for line in moved.lines if moved else ():
        if line.key == key:
            for other, through in _also_asked(context, block, line.mark):
                _settle_one(context, other, through, key, verb)
    return saved


def _also_asked(context: PageContext, block: Block, mark: tuple[str, str, str]) -> Iterator[tuple[Block, Connection]]:
    """The other blocks of the page that the same change reaches, each with its connection."""
    for other in context.exercise.answered_blocks:
        for connection in other.connections if other is not block else ():
            view = change_through(context, other, connection)
            if view and any(line.mark == mark for line in view.lines):
                yield other, connection


def _settle_one(context: PageContext, block: Block, connection: Connection, key: str, verb: str) -> SaveResult | None:
    user, at = context.user, db.now()
    stored = responses.answer_to(user, block.key)
    if stored is None:
        return None
    item = db.saving(lambda: agree_to_one(user, block, stored.answer, connection, key, at))
    if verb == "keep-mine":
        return None
    return save(user, _save_request(context, block, _with_upstream(block, stored.answer, item, key), stored, "row"))


def _with_upstream(block: Block, answer: Answer, item: Item | None, key: str) -> Answer:
    kind = tool(block.type)
    return kind.apply_upstream(block, answer, item) if item else kind.drop_upstream(block, answer, key)


def _use_mine(context: PageContext, form: PostedForm, block: Block) -> SaveResult | None:
    """The refused text becomes the current one; the other stays in history. One that nobody saw is another conflict."""
    user, (number, _, revision_id) = context.user, form.action.argument.partition(":")
    stored = responses.answer_to(user, block.key)
    earlier = history.earlier_text(user, stored, revision_id) if stored else None
    if stored is None or earlier is None:
        raise BadForm("revision")
    return save(user, _save_request(context, block, earlier.answer, _as_shown(stored, number), "save"))


def _join(context: PageContext, form: PostedForm, block: Block) -> SaveResult | None:
    """Both texts, joined by the person."""
    stored = responses.answer_to(context.user, block.key)
    if stored is None:
        return None
    fields = MultiDict({f"{block.key}:value": form.fields.get(f"{block.key}:joined", "")})
    joined, _ = tool(block.type).read(block, fields)
    return save(context.user, _save_request(context, block, joined, _as_shown(stored, form.action.argument), "save"))


def _leave_theirs(*_: object) -> None:
    """Nothing to write: the saved text stands, the other is in history."""


def _as_shown(stored: StoredAnswer, number: str) -> StoredAnswer:
    """The answer at the revision that the page showed."""
    if not NUMBER.fullmatch(number):
        raise BadForm("revision")
    return replace(stored, revision=int(number))


def _save_request(context: PageContext, block: Block, answer: Answer, stored: StoredAnswer, kind: str) -> SaveRequest:
    """A save on what stands now. It is an editor of its own, so that it is no repeat of the page's last save."""
    info = SaveInfo(stored.revision, db.new_id(), 1, kind, db.now())
    return SaveRequest(context.exercise, block, answer, info, stored.id, db.new_id(), {})


def _connection(block: Block, number: str) -> Connection:
    found = book().connection(int(number)) if NUMBER.fullmatch(number) else None
    if found is None or found not in block.connections:
        raise BadForm("connection")
    return found


SETTLED_BY: Mapping[str, Callable[[PageContext, PostedForm, Block], SaveResult | None]] = {
    "off": _switch,
    "on": _switch,
    "noted": _note,
    "accept": _settle,
    "keep-mine": _settle,
    "mine": _use_mine,
    "theirs": _leave_theirs,
    "join": _join,
}
"""By verb. Each gets what the page rests on, its form, and the block of the button."""
