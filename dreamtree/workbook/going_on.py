"""Where one goes on after a button: one rule, for the script (`focus`, `onward`) and for the address without."""

from dataclasses import replace
from urllib.parse import urlencode

from dreamtree.content.book import Block, Exercise
from dreamtree.tools import Button, tool
from dreamtree.workbook.act import is_typed_in
from dreamtree.workbook.context import PageContext, inputs_of, shown_answer
from dreamtree.workbook.posting import ENTER, Action, PostedForm
from dreamtree.workbook.settling import SETTLED_BY
from dreamtree.workbook.shapes import BlockView
from dreamtree.workbook.stages import Stage, is_asked, next_step, stage_of

MAIN = "go-on"
"""The id of the main button of the page."""


def block_of(exercise: Exercise, action: Action) -> Block | None:
    """The block whose button was pressed; None for a button of the page."""
    return exercise.block(action.block) if action.block else None


def as_pressed(context: PageContext, form: PostedForm) -> PostedForm:
    """`form` with the button that Enter stands for: of the last block that was typed in, or that was asked something.

    Where nothing was typed it is no block's, and nothing is to be done.
    """
    if form.action.verb != ENTER:
        return form
    held = [block for block in reversed(context.exercise.answered_blocks) if form.holds(block)]
    typed = [block for block in held if is_typed_in(context, form, block)]
    block = next((one for one in (*typed, *held) if one in typed or _entered(form, one)), None)
    if block is None:
        return form
    verb, _, argument = _entered(form, block).partition("|")
    return replace(form, action=Action(verb or ENTER, block.key, argument, is_entered=True))


def _entered(form: PostedForm, block: Block) -> str:
    return tool(block.type).entered(block, form.fields)


def past_list(context: PageContext, form: PostedForm) -> str:
    """Where Enter leads from the empty last line of a list: the next block, or the main button; "" for no such line.

    The list is the one that Enter brought the page to, else the only block with its form.
    """
    exercise = context.exercise
    held = [block for block in exercise.answered_blocks if form.holds(block)]
    block = next((one for one in held if one.key == form.entered or len(held) == 1), None)
    if block is None or not tool(block.type).ends_blank(block, form.fields):
        return ""
    later = exercise.answered_blocks[exercise.answered_blocks.index(block) + 1 :]
    following = next((one.anchor for one in later if is_asked(context, one)), MAIN)
    return _page(context, following)


def after_button(context: PageContext, view: BlockView, action: Action) -> BlockView:
    """A block says where one goes on; one just finished with which step, and how its last answer is taken back."""
    if action.is_autosave or action.verb in SETTLED_BY:
        return view
    if not view.rest:
        block = block_of(context.exercise, action)
        return replace(view, focus=_field(context, block, action)) if block else view
    step, undo = next_step(context, ()), tool(view.type).finishing.get(action.verb, "")
    rest = replace(view.rest, undo=f"{view.key}|{undo.format(action.argument)}" if undo else "")
    return replace(view, rest=rest, onward=step.anchor if step else "")


def older_in(context: PageContext) -> tuple[str, ...]:
    """Of which logs a page shows older entries, as its address says it: each block with the row before which."""
    return tuple(f"{key}|{row}" for key, row in context.excerpt.until.items())


def _page(context: PageContext, place: str, **arguments: str) -> str:
    """The address of the page as it stands: with the older entries that it shows, and the way back to one's answers."""
    known = {"back": context.back, "older": older_in(context), **arguments}
    query = urlencode({name: value for name, value in known.items() if value}, doseq=True)
    return f"/workbook/{context.exercise.id}{f'?{query}' if query else ''}#{place}"


def address(context: PageContext, action: Action, saved: str) -> str:
    """Where the page goes on: at the block of the button, with its form, where one would go on in it.

    After a button of the whole page it is the block `saved`, the last one that was; if none was, the end of the page.
    """
    exercise, block = context.exercise, block_of(context.exercise, action)
    arguments = dict[str, str]()
    if block and _is_opened(context, block):
        arguments["change"] = "|".join(filter(None, (block.key, context.opened[block.key])))
    elif block and _is_done_with(context, block, action):
        block, action = next_step(context, ()) or block, Action("")
    if action.is_entered:
        arguments["entered"] = action.block
    return _page(context, _place(context, block, action) or _anchor_of(exercise, saved), **arguments)


def _is_done_with(context: PageContext, block: Block, action: Action) -> bool:
    """Whether nothing of a tool is left to go on with: it rests, or its form has no place that comes next."""
    if block.key in context.opened or block.kind != "tool":
        return False
    return stage_of(context, block) is not Stage.OPEN or not _field(context, block, action)


def _is_opened(context: PageContext, block: Block) -> bool:
    """Whether its page would show it otherwise if its form, or one of its rows, had not been asked for."""
    if block.key not in context.opened:
        return False
    return bool(context.opened[block.key]) or stage_of(replace(context, opened={}), block) is not Stage.OPEN


def _place(context: PageContext, block: Block | None, action: Action) -> str:
    """The id of the row, the field or the block where one goes on after a button of `block`; "" for no block."""
    if block is None:
        return ""
    moved = f"{block.anchor}-at-{action.moved}" if action.moved else ""
    return moved or _field(context, block, action) or block.anchor


def _anchor_of(exercise: Exercise, key: str) -> str:
    return block.anchor if (block := exercise.block(key)) else MAIN


def _field(context: PageContext, block: Block, action: Action) -> str:
    """The id of the field where one goes on; "" for the block."""
    if action.block != block.key or action.verb in SETTLED_BY:
        return ""
    inputs = inputs_of(context, block)
    button = Button(action.verb, action.argument, inputs=inputs)
    name = tool(block.type).goes_on_at(block, shown_answer(context, block), button)
    return f"{block.anchor}-{name}" if name else ""
