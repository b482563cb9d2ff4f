"""Saving one block's answer."""

from dataclasses import replace

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers.stored import SaveRequest, SaveResult
from dreamtree.answers.writing import write
from dreamtree.profile import teach
from dreamtree.profile.skill_lists import own_skills
from dreamtree.saving import inputs, progress
from dreamtree.tools import tool


def save(user: User, request: SaveRequest) -> SaveResult:
    """Saves in one transaction, or writes nothing. When this returns `saved`, the text is on the disk."""
    return db.saving(lambda: save_within(user, request))


def save_within(user: User, request: SaveRequest) -> SaveResult:
    """`save` inside a transaction that is already open. Own words for skills are stored as they are called now.

    So neither a page nor a text that is older than their new names brings the old ones back.
    """
    one = tool(request.block.type)
    named = one.with_own_names(request.answer, own_skills(user)) if one.wants_own_skills else request.answer
    return save_as_it_is(user, replace(request, answer=named))


def save_as_it_is(user: User, request: SaveRequest) -> SaveResult:
    """`save_within` with the names of skills as the answer has them."""
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
