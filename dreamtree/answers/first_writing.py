"""The first text of a block: in a new row, or above what lies in the trash of it."""

from dataclasses import replace

from dreamtree.answers import history, responses, trash
from dreamtree.answers.records import KEYS, own_fields
from dreamtree.answers.stored import SaveRequest, StoredAnswer
from dreamtree.values import Answer
from dreamtree.vault import Keyholder

IN_TRASH = "trashed"
"""The kind of an earlier text that lay in the trash when its block was answered anew."""


def write_first(user: Keyholder, request: SaveRequest, answer: Answer, is_complete: bool) -> StoredAnswer:
    """Writes the first answer. What lies in the trash of this block goes into the new answer's history."""
    key, info = request.block.key, request.info
    trashed = trash.trashed_answer(user, key)
    if trashed is None:
        first = responses.TABLE.first(user, request.answer_id, key, answer, is_complete, info)
        responses.insert(user, first, request.exercise)
        return first
    before = own_fields(trashed.answer) if KEYS in trashed.answer else trashed.answer
    if any(before.values()):
        history.append(user, request.revision_id, replace(trashed, answer=before, last_kind=IN_TRASH), info.at)
    trash.forget_inputs(user, key)
    renewed = replace(responses.TABLE.next(user, trashed, answer, is_complete, info), begun_at=info.at)
    responses.TABLE.update(user, trashed, renewed)
    return renewed
