"""What a post is answered with: a page, a block with everything it changed around it, or the way on."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise, Module
from dreamtree.content.markdown import render
from dreamtree.tools import Problem
from dreamtree.web import Response
from dreamtree.workbook import pages, reminders
from dreamtree.workbook.act import PostResult
from dreamtree.workbook.blocks import NO_RESULT, BlockResult, show_beside, show_block
from dreamtree.workbook.context import PageContext, context_after, load_context
from dreamtree.workbook.posting import Action, PostedForm
from dreamtree.workbook.shapes import BlockView, FormTokens, Link

MORPH = "outerMorph"
PARTS_OF_ANSWERED = ("_recall.html", "_change.html")


def whole_page(
    context: PageContext, results: pages.BlockResults | None = None, code: int = 200, back: str = ""
) -> Response:
    """The page of an exercise, with what a post left open. `back` is the module whose summary one came from."""
    here, module = context.exercise, book().module(back)
    tag, editor = sessions.person_tag(context.user), secrets.token_urlsafe(12)
    form = FormTokens("", tag, editor, 1, f"/workbook/{here.id}", module.id if module else "")
    page = pages.show_exercise(context, form, results or {})
    back_to = Link(f"Back to what you made in {module.title}", _summary(module, here)) if module else None
    return web.page(
        "workbook/exercise.html",
        code,
        page=replace(page, care_note=_care_note(here), back=back_to),
        reminder=reminders.after(sessions.require_current(), here, context.progress),
        ways=web.ways_to_keep(),
    )


def after_page(before: PageContext, form: PostedForm, done: PostResult) -> Response:
    """After the whole form: the page again with what is open, or on to where the button leads."""
    here, back, action = before.exercise, form.fields.get("back", ""), form.action
    if done.results:
        return whole_page(_context_now(before, done), done.results, done.code, back)
    if action.verb == "go" and here.enough and here.id not in (now := _context_now(before, done)).progress.done:
        return whole_page(now, _one_more(here), 422, back)
    module = book().module(back)
    if module and not action.block:
        return web.redirect_to(_summary(module, here))
    if action.verb in ("go", "not-now"):
        return web.redirect_to(_way_on(here))
    return web.redirect_to(f"/workbook/{here.id}{f'?back={module.id}' if module else ''}{_anchor(here, action)}")


def after_block(before: PageContext, form: PostedForm, block: Block, done: PostResult) -> Response:
    """After one block: for htmx its status or the block itself, and what else on the page it changed."""
    if not web.is_fragment():
        return after_page(before, form, done)
    now, result = _context_now(before, done), done.results.get(block.key, NO_RESULT)
    main = _main_part(show_block(now, block, result), form, result)
    response = web.answer(main, *_around(now, block, done), code=done.code)
    if result.conflict:
        web.retarget(response, f"#{block.anchor}", MORPH)
    return response


def _context_now(before: PageContext, done: PostResult) -> PageContext:
    """What the page rests on after a post. Where other pages wrote meanwhile, all of it is read again."""
    if done.reloads or any(one.status != "saved" for one in done.saves):
        return load_context(before.user, before.exercise)
    return context_after(before, done.saves)


def _main_part(view: BlockView, form: PostedForm, result: BlockResult) -> str:
    """An autosave answers with the status alone and never with a field; a conflict with both texts."""
    if form.action.is_autosave and not result.conflict:
        return web.render("workbook/_status.html", block=view, problems=result.problems)
    return web.render("workbook/_block.html", block=view)


def _around(context: PageContext, block: Block, done: PostResult) -> Iterable[str]:
    """Progress, what was made in the module, and the other blocks that this one feeds.

    Those are whole while unanswered, else their recalls and what changed.
    """
    here = context.exercise
    yield web.render("workbook/_progress.html", progress=pages.progress_view(context), oob=True)
    if here.celebrates:
        yield web.render("workbook/_celebration.html", celebration=pages.celebration_of(context), oob=True)
    for other in here.answered_blocks:
        if other is not block and is_fed(other, block, done):
            is_answered = other.key in context.stored
            view = (show_beside if is_answered else show_block)(context, other)
            for part in PARTS_OF_ANSWERED if is_answered else ("_block.html",):
                yield web.render(f"workbook/{part}", block=view, oob=True)


def is_fed(other: Block, by: Block, done: PostResult) -> bool:
    """Whether `other` shows something that a save of `by` may have changed."""
    names = (*other.options.get("rows_of", ()), *other.options.get("about", ()))
    return by.name in names or any(connection.source in done.changed_sources for connection in other.connections)


def _one_more(here: Exercise) -> dict[str, BlockResult]:
    """What is said at the first question of a page of which any answer is enough, when there is none yet."""
    first = here.answered_blocks[0]
    words = f"{pages.enough_words(here)} to go on: here, or at any other question of this page."
    return {first.key: BlockResult(problems=(Problem("value" if first.kind == "prompt" else "", words),))}


def _care_note(here: Exercise) -> Markup:
    """Where to turn, in the operator's words, at the foot of pages that ask for hard things."""
    module = book().module(here.module_id)
    return render(web.application().settings.care_note) if module and module.needs_care else Markup()


def _summary(module: Module, here: Exercise) -> str:
    return f"/workbook/modules/{module.id}#made-{here.id.replace('.', '-')}"


def _way_on(here: Exercise) -> str:
    following = book().next_after(here.id)
    return f"/workbook/{following.id}" if following else "/home"


def _anchor(here: Exercise, action: Action) -> str:
    """Where the page goes on: at the block of the button; where that moved a row, at its buttons, which opens it."""
    block = here.block(action.block) if action.block else None
    row = f"-at-{action.moved}" if action.moved else ""
    return f"#{block.anchor}{row}" if block else ""
