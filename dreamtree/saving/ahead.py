"""What a save works out before it holds the write lock, so that the others don't wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from dreamtree import profile
from dreamtree.accounts.models import User
from dreamtree.answers import history, record_writing, responses, texts
from dreamtree.answers.limits import size_of
from dreamtree.answers.stored import SaveRequest, hash_of
from dreamtree.answers.writing import is_answer_complete
from dreamtree.once import WORKED_OUT
from dreamtree.saving.lessons import lessons_of
from dreamtree.tools import tool
from dreamtree.values import Answer
from dreamtree.vault import OPENED


@contextmanager
def work_cache() -> Iterator[None]:
    """Within it, what is opened or worked out is kept, so that a save does not do it again while it holds the lock."""
    with OPENED.open(), WORKED_OUT.open():
        yield


def work_out(user: User, request: SaveRequest) -> None:
    """All that follows from the posted text and the one it will replace, whatever else is stored."""
    block, one, before = request.block, tool(request.block.type), request.before
    answer = record_writing.plan_save(user, request, one) if one.keeps_records else _whole_text(user, request)
    for text in (answer, before.answer if before else None):
        if text is not None:
            profile.work_out(user, block, lessons_of(block, text))


def _whole_text(user: User, request: SaveRequest) -> Answer:
    """What is to be known of an answer that is one text; answers that."""
    block, answer, before = request.block, request.answer, request.before
    is_answer_complete(tool(block.type), block, answer)
    hash_of(user, answer)
    size_of(answer)
    texts.sealed(user, responses.LABEL, request.answer_id, answer)
    if before is not None and request.info.kind == "autosave":
        history.keeps_most(before.answer, answer)
    return answer
