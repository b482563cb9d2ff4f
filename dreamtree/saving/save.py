"""Saving one block's answer."""

from dataclasses import replace
from uuid import UUID, uuid5

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import history, responses
from dreamtree.answers.stored import AnswerBody, StoredAnswer, hash_of
from dreamtree.saving import inputs, progress
from dreamtree.saving.begin import begin
from dreamtree.saving.records import write_records
from dreamtree.saving.request import SaveRequest, SaveResult
from dreamtree.tools import tool
from dreamtree.values import Answer


def save(user: User, attempt: SaveRequest) -> SaveResult:
    """Saves in one transaction, or writes nothing. When this returns `saved`, the text is on the disk."""
    return db.saving(lambda: save_within(user, attempt))


def save_within(user: User, attempt: SaveRequest) -> SaveResult:
    """`save` inside a transaction that is already open."""
    if tool(attempt.block.type).keeps_records:
        return _by_row(user, attempt)
    text = AnswerBody(attempt.answer, not tool(attempt.block.type).incomplete(attempt.block, attempt.answer))
    said = responses.answer_to(user, attempt.block.key)
    if said is None:
        return _first(user, attempt, text)
    if _is_repeat(user, attempt, said, text):
        return SaveResult("repeat", said)
    if said.content_hash == hash_of(user, text) and said.is_complete == text.is_complete:
        responses.adopt(user, said, attempt.stamp)
        return SaveResult("saved", said)
    return _next(user, attempt, said, text)


def _is_repeat(user: User, attempt: SaveRequest, said: StoredAnswer, text: AnswerBody) -> bool:
    """A latecomer, or the same once more. The last number with other words is a page that the browser brought back."""
    stamp = attempt.stamp
    if said.last_editor != stamp.editor or stamp.n > said.last_n:
        return False
    is_same = said.content_hash == hash_of(user, text)
    return stamp.n < said.last_n or is_same or (stamp.kind == "row" and not history.says_more(text.answer, said.answer))


def _by_row(user: User, attempt: SaveRequest) -> SaveResult:
    written = write_records(user, attempt)
    if written.refused_id:
        return SaveResult(
            "conflict", written.said, refused_id=written.refused_id, mine=written.mine, theirs=written.theirs
        )
    return _follow_up(user, attempt, written.said) if written.has_changed else SaveResult("saved", written.said)


def _first(user: User, attempt: SaveRequest, text: AnswerBody) -> SaveResult:
    said = begin(user, attempt, text)
    _keep_typed(user, attempt, said)
    return _follow_up(user, attempt, said)


def _next(user: User, attempt: SaveRequest, said: StoredAnswer, text: AnswerBody) -> SaveResult:
    written = responses.update(user, said, text, attempt.stamp)
    if written is None:
        refused = history.append_refused(user, attempt.revision_id, said, text, attempt.stamp)
        _keep_typed(user, attempt, said, said.answer)
        return SaveResult("conflict", said, refused_id=refused, mine=text.answer, theirs=said.answer)
    history.append_previous(user, attempt.revision_id, said, text, attempt.stamp)
    _keep_typed(user, attempt, written, said.answer)
    return _follow_up(user, attempt, written)


def _keep_typed(user: User, attempt: SaveRequest, said: StoredAnswer, *before: Answer) -> None:
    """What was typed and taken away by the same button is in the history all the same."""
    if attempt.typed is not None and history.says_more(attempt.typed, attempt.answer, *before):
        typed = replace(said, answer=attempt.typed, last_kind=attempt.stamp.kind, saved_at=attempt.stamp.at)
        history.append(user, str(uuid5(UUID(attempt.revision_id), "typed")), typed, attempt.stamp)


def _follow_up(user: User, attempt: SaveRequest, said: StoredAnswer) -> SaveResult:
    """What a committed answer sets off, in the same transaction."""
    block, at = attempt.block, attempt.stamp.at
    inputs.record_first(user, block, said.answer, attempt.shown, at)
    changed_sources = tool(block.type).learn(user, block, said.answer, at)
    inputs.notice_changes(user, changed_sources, at)
    inputs.recheck(user, block, said.answer, at)
    progress.note_save(user, attempt.exercise, at)
    if "starting_point" in changed_sources:
        progress.follow_chosen_way(user, said.answer, block, at)
    return SaveResult("saved", said, changed_sources)
