"""Saving one block's answer."""

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import history, responses
from dreamtree.answers.said import Said, Text, hash_of
from dreamtree.saving import inputs, progress
from dreamtree.saving.attempt import Attempt, Outcome
from dreamtree.saving.records import write_records
from dreamtree.tools import tool


def save(user: User, attempt: Attempt) -> Outcome:
    """Saves in one transaction, or writes nothing. When this returns `saved`, the text is on the disk."""
    return db.saving(lambda: save_within(user, attempt))


def save_within(user: User, attempt: Attempt) -> Outcome:
    """`save` inside a transaction that is already open."""
    if tool(attempt.block.type).keeps_records:
        return _by_row(user, attempt)
    text = Text(attempt.answer, not tool(attempt.block.type).missing(attempt.block, attempt.answer))
    said = responses.answer_to(user, attempt.block.key)
    if said is None:
        return _first(user, attempt, text)
    if said.last_editor == attempt.stamp.editor and attempt.stamp.n <= said.last_n:
        return Outcome("repeat", said)
    if said.content_hash == hash_of(user, text) and said.is_complete == text.is_complete:
        responses.adopt(user, said, attempt.stamp)
        return Outcome("saved", said)
    return _next(user, attempt, said, text)


def _by_row(user: User, attempt: Attempt) -> Outcome:
    written = write_records(user, attempt)
    if written.refused_id:
        return Outcome(
            "conflict", written.said, refused_id=written.refused_id, mine=written.mine, theirs=written.theirs
        )
    return _follow_up(user, attempt, written.said) if written.has_changed else Outcome("saved", written.said)


def _first(user: User, attempt: Attempt, text: Text) -> Outcome:
    said = responses.insert(user, attempt.answer_id, attempt.block.key, attempt.exercise.full_id, text, attempt.stamp)
    return _follow_up(user, attempt, said)


def _next(user: User, attempt: Attempt, said: Said, text: Text) -> Outcome:
    written = responses.update(user, said, text, attempt.stamp)
    if written is None:
        refused = history.append_refused(user, attempt.revision_id, said, text, attempt.stamp)
        return Outcome("conflict", said, refused_id=refused)
    history.append_previous(user, attempt.revision_id, said, text, attempt.stamp)
    return _follow_up(user, attempt, written)


def _follow_up(user: User, attempt: Attempt, said: Said) -> Outcome:
    """What a committed answer sets off, in the same transaction."""
    block, at = attempt.block, attempt.stamp.at
    inputs.record_first(user, block, said.answer, attempt.shown, at)
    taught = tool(block.type).learn(user, block, said.answer, at)
    inputs.notice_changes(user, taught, at)
    inputs.recheck(user, block, said.answer, at)
    progress.note_save(user, attempt.exercise, at)
    if "starting_point" in taught:
        progress.follow_chosen_way(user, said.answer, block, at)
    return Outcome("saved", said, taught)
