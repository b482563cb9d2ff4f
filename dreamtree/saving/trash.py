"""Moving an answer into the trash, and bringing it back."""

from dataclasses import dataclass, replace

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers import records, responses, trash
from dreamtree.answers.records import Record, forced
from dreamtree.answers.stored import SaveInfo, StoredAnswer
from dreamtree.answers.trash import Trashed
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import inputs, progress
from dreamtree.saving.request import SaveRequest
from dreamtree.saving.save import save_within
from dreamtree.tools import tool


@dataclass(frozen=True)
class Place:
    """Where in the book an answer belongs."""

    exercise: Exercise
    block: Block


def place_of(block_key: str) -> Place | None:
    """The exercise and block of an answer; None when the book no longer asks it."""
    block = book().block(block_key)
    exercise = book().exercise(block.exercise_id) if block else None
    return Place(exercise, block) if exercise and block else None


def move_to_trash(user: User, place: Place) -> bool:
    """The block is unanswered again and teaches nothing; text and history are kept. False when there is no answer."""
    stamp = _stamp()
    return db.saving(lambda: _move(user, place, stamp))


def bring_back_answer(user: User, answer_id: str) -> StoredAnswer | None:
    """The answer as it was, taught again; None when it is not in the trash: it was answered anew, say."""
    stamp = _stamp()
    return db.saving(lambda: _bring_back(user, answer_id, stamp))


def bring_back_record(user: User, record_id: str) -> Record | None:
    """One entry, as *undo* brings it back; its answer comes with it when that lies in the trash too."""
    stamp, revision_id = _stamp(), db.new_id()
    return db.saving(lambda: _bring_back_record(user, record_id, stamp, revision_id))


def delete_for_good(user: User, row_id: str) -> bool:
    """An answer or entry in the trash with its history. False when it is not there."""
    return db.saving(lambda: _delete(user, row_id))


def _stamp() -> SaveInfo:
    return SaveInfo(0, db.new_id(), 1, "row", db.now())


def _move(user: User, place: Place, stamp: SaveInfo) -> bool:
    said = responses.stored_answer(user, place.block.key)
    if said is None:
        return False
    trash.put_away(user, said, stamp)
    trash.settle_inputs(user, place.block.key)
    unlearn(user, place, stamp.at)
    return True


def unlearn(user: User, place: Place, at: str) -> None:
    """The tree forgets what a block taught; whatever was built on it is flagged."""
    one, block = tool(place.block.type), place.block
    inputs.notice_changes(user, one.learn(user, block, one.empty(block), at), at)
    progress.note_save(user, place.exercise, at)


def _bring_back(user: User, answer_id: str, stamp: SaveInfo) -> StoredAnswer | None:
    found = next((one for one in trash.trashed_answers(user) if one.said.id == answer_id), None)
    if found is None:
        return None
    trash.bring_back(user, found, stamp)
    place = place_of(found.said.block_key)
    if place is not None:
        _learn_again(user, place, stamp.at)
    return found.said


def _learn_again(user: User, place: Place, at: str) -> None:
    """What the answer teaches, dated as it was written; what it was built on, as that is now."""
    block, said = place.block, responses.answer_to(user, place.block.key)
    if said is not None:
        inputs.notice_changes(user, tool(block.type).learn(user, block, said.answer, said.saved_at), at)
        inputs.compare(user, block, said.answer, at)
        progress.note_save(user, place.exercise, at)


def _bring_back_record(user: User, record_id: str, stamp: SaveInfo, revision_id: str) -> Record | None:
    record = next((one for one in records.records_in_the_trash(user) if one.id == record_id), None)
    place = place_of(record.block_key) if record else None
    if record is None or place is None:
        return None
    own = trash.trashed_answer(user, record.block_key)
    if own is not None:
        trash.bring_back(user, Trashed(own.said, ""), stamp)
    said = responses.stored_answer(user, record.block_key)
    answer_id = said.id if said else db.new_id()
    answer = forced({"rows": [record.row]})
    again = replace(stamp, kind="restored")
    save_within(user, SaveRequest(place.exercise, place.block, answer, again, answer_id, revision_id, {}))
    return record


def _delete(user: User, row_id: str) -> bool:
    answer = next((one for one in trash.trashed_answers(user) if one.said.id == row_id), None)
    record = next((one for one in records.records_in_the_trash(user) if one.id == row_id), None)
    if answer is not None:
        trash.erase_answer(user, answer)
    elif record is not None:
        trash.erase_record(user, record)
    return answer is not None or record is not None
