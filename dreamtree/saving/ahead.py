"""What a save works out before it holds the write lock, so that the others don't wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from dreamtree import profile
from dreamtree.accounts.models import User
from dreamtree.answers import history, responses, texts
from dreamtree.answers.stored import SaveRequest, hash_of
from dreamtree.answers.writing import is_enough
from dreamtree.once import working_once
from dreamtree.saving.lessons import lessons_of
from dreamtree.tools import tool
from dreamtree.vault import remembering


@contextmanager
def thinking_ahead() -> Iterator[None]:
    """Within it, what was opened or worked out before a save needs no time inside."""
    with remembering(), working_once():
        yield


def work_out(user: User, request: SaveRequest) -> None:
    """All that follows from the posted text and the one it will replace, whatever else is stored."""
    block, one, answer, before = request.block, tool(request.block.type), request.answer, request.before
    if one.keeps_records:
        return
    is_enough(one, block, answer)
    hash_of(user, answer)
    texts.sealed(user, responses.LABEL, request.answer_id, answer)
    profile.work_out(user, block, lessons_of(block, answer))
    if before is not None:
        if request.info.kind == "autosave":
            history.keeps_most(before, answer)
        profile.work_out(user, block, lessons_of(block, before))
