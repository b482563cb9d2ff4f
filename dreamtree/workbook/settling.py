"""Buttons that settle a connection or a conflict and leave the block's own fields alone."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from dreamtree import db
from dreamtree.answers import history, inputs, responses
from dreamtree.answers.stored import StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Connection
from dreamtree.saving import SaveInfo, SaveRequest, SaveResult, save
from dreamtree.saving.inputs import agree_to_all, agree_to_one
from dreamtree.tools import tool
from dreamtree.values import Answer, Item
from dreamtree.workbook.context import PageContext
from dreamtree.workbook.posting import NUMBER, BadForm, PostedForm


def _switch(context: PageContext, form: PostedForm, block: Block) -> None:
    """*Don't use this here*, or *use it again*."""
    connection, is_off, at = _connection(block, form.action.argument), form.action.verb == "off", db.now()
    db.saving(lambda: inputs.switch(context.user, block.key, connection.id, is_off, at))


def _note(context: PageContext, form: PostedForm, block: Block) -> None:
    """*It is fine as it is*."""
    connection, at = _connection(block, form.action.argument), db.now()
    db.saving(lambda: agree_to_all(context.user, block, connection, at))


def _settle(context: PageContext, form: PostedForm, block: Block) -> SaveResult | None:
    """*Add it*, *take it out*, *use the new words* (accept), or *keep mine*, for one item that moved upstream."""
    user, (number, _, key) = context.user, form.action.argument.partition(":")
    connection, at = _connection(block, number), db.now()
    stored = responses.answer_to(user, block.key)
    if stored is None:
        return None
    item = db.saving(lambda: agree_to_one(user, block, stored.answer, connection, key, at))
    if form.action.verb == "keep-mine":
        return None
    return save(user, _again(context, block, _with(block, stored.answer, item, key), stored, "row"))


def _with(block: Block, answer: Answer, item: Item | None, key: str) -> Answer:
    one = tool(block.type)
    return one.apply_upstream(block, answer, item) if item else one.drop_upstream(block, answer, key)


def _use_mine(context: PageContext, form: PostedForm, block: Block) -> SaveResult | None:
    """The refused text becomes the current one; the other stays in history. One that nobody saw is another conflict."""
    user, (number, _, revision_id) = context.user, form.action.argument.partition(":")
    stored = responses.answer_to(user, block.key)
    earlier = history.earlier_text(user, stored, revision_id) if stored else None
    if stored is None or earlier is None:
        raise BadForm("revision")
    return save(user, _again(context, block, earlier.answer, _as_shown(stored, number), "save"))


def _join(context: PageContext, form: PostedForm, block: Block) -> SaveResult | None:
    """Both texts, joined by the person."""
    stored = responses.answer_to(context.user, block.key)
    if stored is None:
        return None
    fields = MultiDict({f"{block.key}:value": form.fields.get(f"{block.key}:joined", "")})
    joined, _ = tool(block.type).read(block, fields)
    return save(context.user, _again(context, block, joined, _as_shown(stored, form.action.argument), "save"))


def _leave_theirs(*_: object) -> None:
    """Nothing to write: the saved text stands, the other is in history."""


def _as_shown(stored: StoredAnswer, number: str) -> StoredAnswer:
    """The answer at the revision that the page showed."""
    if not NUMBER.fullmatch(number):
        raise BadForm("revision")
    return replace(stored, revision=int(number))


def _again(context: PageContext, block: Block, answer: Answer, stored: StoredAnswer, kind: str) -> SaveRequest:
    """A save on what stands now. It is an editor of its own, so that it is no repeat of the page's last save."""
    info = SaveInfo(stored.revision, db.new_id(), 1, kind, db.now())
    return SaveRequest(context.exercise, block, answer, info, stored.id, db.new_id(), {})


def _connection(block: Block, number: str) -> Connection:
    found = book().connection(int(number)) if number.isdecimal() else None
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
