"""The first text of a block: in a new row, or above what lies in the trash of it."""

from dataclasses import replace

from dreamtree.accounts.models import User
from dreamtree.answers import history, responses, trash
from dreamtree.answers.records import KEYS, own_fields
from dreamtree.answers.stored import AnswerBody, StoredAnswer
from dreamtree.saving.request import SaveRequest
from dreamtree.tools import tool

IN_TRASH = "trashed"
"""The kind of an earlier text that lay in the trash when its block was answered anew."""


def begin(user: User, attempt: SaveRequest, text: AnswerBody) -> StoredAnswer:
    """Writes the first answer. What lies in the trash of this block goes into the new answer's history."""
    block, stamp = attempt.block, attempt.stamp
    trashed = trash.trashed_answer(user, block.key)
    if trashed is None:
        return responses.insert(user, attempt.answer_id, block.key, attempt.exercise.full_id, text, stamp)
    before = trashed.said
    if tool(block.type).keeps_records:
        before = replace(before, answer=own_fields(before.answer))
    if any(value for name, value in before.answer.items() if name != KEYS):
        history.append(user, attempt.revision_id, replace(before, last_kind=IN_TRASH), stamp)
    trash.forget_inputs(user, block.key)
    return trash.answer_anew(user, trashed, text, stamp)
