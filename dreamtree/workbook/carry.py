"""Taking a page over into a new tree, when the tree it was written in can no longer be opened."""

import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.answers.stored import SaveInfo
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import SaveRequest, save
from dreamtree.tools import canonical, tool
from dreamtree.workbook.context import PageContext, inputs_of, load_context, shown_answer
from dreamtree.workbook.posting import plain_names

BASE = re.compile(r"(\d+\.\d+\.\d+)\.[\w-]+:base")


def carried_exercise(form: Mapping[str, str]) -> Exercise | None:
    """The exercise whose page was posted; None when it was no page of the workbook."""
    bases = (BASE.fullmatch(name) for name in form)
    return next((book().exercise(found[1]) for found in bases if found), None)


def carry_over(user: User, exercise: Exercise, form: MultiDict[str, str]) -> None:
    """Saves what was said on that page; what cannot be stored, and what already stands here, is left out."""
    fields, found = plain_names(form), load_context(user, exercise)
    for block in exercise.answered_blocks:
        if f"{block.key}:base" in fields and block.key not in found.said:
            _carry(user, exercise, block, found, fields)


def _carry(user: User, exercise: Exercise, block: Block, found: PageContext, fields: MultiDict[str, str]) -> None:
    one, given = tool(block.type), inputs_of(exercise, block, found)
    bare, problems = one.read(block, fields)
    if (
        problems
        or one.contextual_errors(block, bare, None, given)
        or canonical(bare) == canonical(one.form_part(one.empty(block)))
    ):
        return
    answer = one.merge_posted(block, bare, shown_answer(block, found, given), given)
    stamp = SaveInfo(0, db.new_id(), 1, "save", db.now())
    save(user, SaveRequest(exercise, block, answer, stamp, db.new_id(), db.new_id(), {}))
