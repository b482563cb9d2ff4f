"""Saving one block's answer."""

from dataclasses import replace
from uuid import UUID, uuid5

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers.records import forced
from dreamtree.answers.responses import StoredAnswers
from dreamtree.answers.stored import Effects, SaveRequest, SaveResult
from dreamtree.answers.texts import as_stored
from dreamtree.answers.writing import write
from dreamtree.content import book
from dreamtree.metrics import SAVES, count_one
from dreamtree.profile import SKILLS_SOURCE, teach
from dreamtree.profile.skill_lists import own_skills
from dreamtree.saving import progress, upstream
from dreamtree.saving.ahead import work_cache, work_out
from dreamtree.saving.lessons import lessons_of
from dreamtree.saving.skill_names import answers_changed_by, is_naming, renamed_since
from dreamtree.tools import SkillChange, tool


def save(user: User, request: SaveRequest) -> SaveResult:
    """Saves in one transaction, or writes nothing. When this returns `saved`, the text is on the disk."""
    with work_cache():
        request = replace(request, answer=as_stored(request.answer))
        work_out(user, request)
        result = db.saving(lambda: save_within(user, request))
    count_one(SAVES, result.status)
    return result


def save_within(user: User, request: SaveRequest) -> SaveResult:
    """`save` inside a transaction that is already open. Own words for skills are stored as they are called now.

    So neither a page nor a text that is older than their new names brings the old ones back, and words that are typed
    again are no second skill. Where an answer gives one a new name, the others that hold it follow.
    """
    block, own = request.block, own_skills(user) if is_naming(request.block, request.answer) else ()
    answer = tool(block.type).with_own_names(block, request.answer, own)
    result = save_as_it_is(user, request if answer is request.answer else replace(request, answer=answer))
    for change in renamed_since(user, own) if SKILLS_SOURCE in result.changed_sources else ():
        if _follow_name(user, request, change):
            result = replace(result, effects=None)
    return result


def _follow_name(user: User, request: SaveRequest, change: SkillChange) -> bool:
    """Writes a skill's new name in every answer of other pages that holds it, as one step of the same typing.

    What the same page holds it shows as it is now, and may be about to save. Answers whether any other held it.
    """
    is_held = False
    for block, stored, answer in answers_changed_by(user, change):
        exercise = book().exercise(block.exercise_id)
        if exercise is not None and exercise != request.exercise:
            info = replace(request.info, base=stored.revision)
            text = forced(answer) if tool(block.type).keeps_records else answer
            revision_id = str(uuid5(UUID(request.revision_id), block.key))
            save_as_it_is(user, SaveRequest(exercise, block, text, info, stored.id, revision_id, {}))
            is_held = True
    return is_held


def save_as_it_is(user: User, request: SaveRequest) -> SaveResult:
    """`save_within` with the names of skills as the answer has them."""
    block = request.block
    before = upstream.stored_before(user, block)
    result = write(user, request, tool(block.type), before)
    return _follow_up(user, request, result, before) if result.has_changed else result


def _follow_up(user: User, request: SaveRequest, result: SaveResult, before: StoredAnswers) -> SaveResult:
    """What a written answer sets off, in the same transaction. `before` is what stood when it was written."""
    block, stored, at = request.block, result.stored, request.info.at
    is_first = result.replaced is None
    known = {place: one for place, one in before.seen().items() if not (is_first and place[0] == block.key)}
    written = upstream.Written(user, block, stored, before, at)
    seen = known | upstream.record_first(written, request.shown, known)
    lessons = lessons_of(block, stored.answer)
    taught = lessons_of(block, result.replaced) if result.replaced is not None else None
    changed_sources = teach(user, block, lessons, at, taught)
    moved, items = upstream.compare_after_save(written, seen, changed_sources)
    complete = before.complete - {block.key} | ({block.key} if stored.is_complete else set())
    progress.note_save(user, request.exercise, complete, at)
    effects = Effects(complete, seen | moved, items)
    if block.sets_aside_others in {item.text for item in lessons if item.text}:
        progress.follow_short_way(user, at)
        return replace(result, changed_sources=changed_sources)
    return replace(result, changed_sources=changed_sources, effects=effects)
