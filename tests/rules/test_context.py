"""What a page rests on after a save is what it would load anew: nothing that a save changes is taken from before."""

import pytest

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import SaveInfo, SaveRequest, SaveResult, save
from dreamtree.saving.trash import BlockPlace, move_to_trash
from dreamtree.values import Answer
from dreamtree.workbook.context import PageContext, context_after, load_context
from tests.rules.editing import edited
from tests.rules.seeded import EXERCISES
from tests.rules.test_tools import person_of
from tests.visitor import Visitor

EDITS = ((0, 0, 1), (3, 1, 2), (4, 0, 0))


def answered(user: User, exercise: Exercise, block: Block, answer: Answer) -> SaveResult:
    context = load_context(user, exercise)
    before = context.stored.get(block.key)
    info = SaveInfo(before.revision if before else 0, db.new_id(), 1, "save", db.now())
    result = save(user, SaveRequest(exercise, block, answer, info, db.new_id(), db.new_id(), {}))
    after = context_after(context, [result])
    assert differing(after, load_context(user, exercise)) == []
    return result


def differing(one: PageContext, other: PageContext) -> list[str]:
    return [name for name in vars(one) if getattr(one, name) != getattr(other, name)]


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_save_leaves_what_the_page_would_load(filled: Visitor, exercise_id: str) -> None:
    user, exercise = person_of(filled), book().exercise(exercise_id)
    assert exercise is not None
    saved = []
    for block in exercise.answered_blocks:
        stored = load_context(user, exercise).stored.get(block.key)
        if stored is None:
            continue
        saved += [answered(user, exercise, block, edited(block, stored.answer, edit)) for edit in EDITS]
        assert move_to_trash(user, BlockPlace(exercise, block))
        saved.append(answered(user, exercise, block, stored.answer))
    assert any(one.has_changed for one in saved)
