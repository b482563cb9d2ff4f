"""Saving one block's answer."""

from dataclasses import replace

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers.stored import SaveRequest, SaveResult
from dreamtree.answers.writing import write
from dreamtree.profile import teach
from dreamtree.saving import inputs, progress
from dreamtree.tools import tool


def save(user: User, request: SaveRequest) -> SaveResult:
    """Saves in one transaction, or writes nothing. When this returns `saved`, the text is on the disk."""
    return db.saving(lambda: save_within(user, request))


def save_within(user: User, request: SaveRequest) -> SaveResult:
    """`save` inside a transaction that is already open."""
    result = write(user, request, tool(request.block.type))
    return _follow_up(user, request, result) if result.has_changed else result


def _follow_up(user: User, request: SaveRequest, result: SaveResult) -> SaveResult:
    """What a written answer sets off, in the same transaction."""
    block, answer, at = request.block, result.stored.answer, request.info.at
    built_on = inputs.record_first(user, block, answer, request.shown, at)
    changed_sources = teach(user, block, tool(block.type).lessons(block, answer), at)
    inputs.notice_changes(user, changed_sources, block, at)
    inputs.recheck(user, answer, built_on, at)
    progress.note_save(user, request.exercise, at)
    if block.sets_aside_others and answer.get("value") == block.sets_aside_others:
        progress.follow_short_way(user, at)
    return replace(result, changed_sources=changed_sources)
