"""Moving an answer into the trash, and bringing it back."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import records, responses, trash
from dreamtree.answers.records import Record, forced
from dreamtree.answers.stored import SaveInfo, SaveRequest, StoredAnswer
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.profile import teach
from dreamtree.profile.skill_lists import own_skills
from dreamtree.saving import progress, upstream
from dreamtree.saving.save import save_within
from dreamtree.saving.skill_names import is_naming
from dreamtree.tools import tool


@dataclass(frozen=True)
class BlockPlace:
    """Where in the book an answer belongs."""

    exercise: Exercise
    block: Block


def block_place(block_key: str) -> BlockPlace | None:
    """The exercise and block of an answer; None when the book no longer asks it."""
    block = book().block(block_key)
    exercise = book().exercise(block.exercise_id) if block else None
    return BlockPlace(exercise, block) if exercise and block else None


def move_to_trash(user: User, place: BlockPlace) -> bool:
    """The block is unanswered again and teaches nothing; text and history are kept. False when there is no answer."""
    info = _info()
    return db.saving(lambda: _move(user, place, info))


def bring_back_answer(user: User, answer_id: str) -> StoredAnswer | None:
    """The answer as it was, taught again; None when it is not in the trash: it was answered anew, say."""
    info = _info()
    return db.saving(lambda: _bring_back(user, answer_id, info))


def bring_back_record(user: User, record_id: str) -> Record | None:
    """One entry, as *undo* brings it back, and its answer if that lies in the trash too; None when it isn’t there."""
    info, new_id, revision_id = _info(), db.new_id(), db.new_id()
    return db.saving(lambda: _bring_back_record(user, record_id, info, new_id, revision_id))


def delete_for_good(user: User, row_id: str) -> bool:
    """An answer or entry in the trash with its history. False when it is not there."""
    return db.saving(lambda: _delete(user, row_id))


def unlearn(user: User, place: BlockPlace, at: str) -> None:
    """The tree forgets what a block taught; whatever was built on it is flagged."""
    upstream.notice_changes(user, teach(user, place.block, (), at), place.block.key, at)
    progress.note_save(user, place.exercise, responses.complete_keys(user), at)


def _info() -> SaveInfo:
    return SaveInfo(0, db.new_id(), 1, "row", db.now())


def _move(user: User, place: BlockPlace, info: SaveInfo) -> bool:
    stored = responses.stored_answer(user, place.block.key)
    if stored is None:
        return False
    trash.put_away(user, stored, info)
    trash.settle_inputs(user, place.block.key)
    unlearn(user, place, info.at)
    return True


def _bring_back(user: User, answer_id: str, info: SaveInfo) -> StoredAnswer | None:
    found = _answer_in_the_trash(user, answer_id)
    if found is None:
        return None
    trash.bring_back(user, found, info)
    place = block_place(found.block_key)
    if place is not None:
        _name_anew(user, place, info)
        _learn_again(user, place, info.at)
    return found


def _name_anew(user: User, place: BlockPlace, info: SaveInfo) -> None:
    """Own words for skills that got another name while the answer lay in the trash."""
    kind, stored = tool(place.block.type), responses.answer_to(user, place.block.key)
    if stored is None or not is_naming(place.block, stored.answer):
        return
    if kind.with_own_names(place.block, stored.answer, own_skills(user)) != stored.answer:
        again = replace(info, base=stored.revision, n=info.n + 1, kind="restored")
        revision_id = str(uuid5(UUID(info.editor), place.block.key))
        save_within(user, SaveRequest(place.exercise, place.block, stored.answer, again, stored.id, revision_id, {}))


def _learn_again(user: User, place: BlockPlace, at: str) -> None:
    """What the answer teaches, dated as it was written; what it was built on, as that is now."""
    block, stored = place.block, responses.answer_to(user, place.block.key)
    if stored is not None:
        lessons = tool(block.type).lessons(block, stored.answer)
        upstream.notice_changes(user, teach(user, block, lessons, stored.saved_at), block.key, at)
        upstream.compare_answer(user, stored, at)
        progress.note_save(user, place.exercise, responses.complete_keys(user), at)


def _bring_back_record(user: User, record_id: str, info: SaveInfo, new_id: str, revision_id: str) -> Record | None:
    record = _record_in_the_trash(user, record_id)
    place = block_place(record.block_key) if record else None
    if record is None or place is None:
        return None
    own = trash.trashed_answer(user, record.block_key)
    if own is not None:
        trash.bring_back(user, own, info, alone=True)
    stored = responses.stored_answer(user, record.block_key)
    answer = forced({"rows": [record.row]})
    again = replace(info, kind="restored")
    request = SaveRequest(place.exercise, place.block, answer, again, stored.id if stored else new_id, revision_id, {})
    save_within(user, request)
    return record


def _delete(user: User, row_id: str) -> bool:
    answer, record = _answer_in_the_trash(user, row_id), _record_in_the_trash(user, row_id)
    if answer is not None:
        trash.erase_answer(user, answer)
    elif record is not None:
        trash.erase_record(user, record)
    return answer is not None or record is not None


def _answer_in_the_trash(user: User, answer_id: str) -> StoredAnswer | None:
    return next((one for one in trash.trashed_answers(user) if one.id == answer_id), None)


def _record_in_the_trash(user: User, record_id: str) -> Record | None:
    return next((one for one in records.records_in_the_trash(user) if one.id == record_id), None)
