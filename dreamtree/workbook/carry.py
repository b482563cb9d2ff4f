"""Taking a page over into a new tree, when the tree it was written in can no longer be opened."""

import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import SaveInfo, SaveRequest, save
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
    fields, context = plain_names(form), load_context(user, exercise)
    for block in exercise.answered_blocks:
        if f"{block.key}:base" in fields and block.key not in context.stored:
            _carry(context, block, fields)


def _carry(context: PageContext, block: Block, fields: MultiDict[str, str]) -> None:
    kind, inputs = tool(block.type), inputs_of(context, block)
    part, problems = kind.read(block, fields)
    is_empty = canonical(part) == canonical(kind.form_part(kind.empty(block)))
    if problems or is_empty or kind.contextual_errors(block, part, None, inputs):
        return
    answer = kind.merge_posted(block, part, shown_answer(context, block), inputs)
    info = SaveInfo(0, db.new_id(), 1, "save", db.now())
    save(context.user, SaveRequest(context.exercise, block, answer, info, db.new_id(), db.new_id(), {}))
