"""What a post is answered with: a page, a block with everything it changed around it, or the way on."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.content.markdown import render
from dreamtree.tools import Problem, tool
from dreamtree.web import Response
from dreamtree.workbook import going_on, pages, reminders
from dreamtree.workbook.act import PostResult
from dreamtree.workbook.blocks import NO_RESULT, OPEN, BlockResult, show_beside, show_block
from dreamtree.workbook.context import PageContext, context_after, load_again, to_show
from dreamtree.workbook.links import answers_url, next_link
from dreamtree.workbook.occupations import jobs_of
from dreamtree.workbook.posting import ENTER, Action, PostedForm
from dreamtree.workbook.settling import SETTLED_BY
from dreamtree.workbook.shapes import BlockView, FormTokens, Link
from dreamtree.workbook.stages import Stage, is_asked, newly_asked, next_step, stage_of

MORPH = "outerMorph"
PARTS_OF_ANSWERED = ("workbook/_recall.html", "workbook/_change.html")


def whole_page(
    context: PageContext,
    results: pages.BlockResults | None = None,
    code: int = 200,
    entered: str = "",
) -> Response:
    """The page of an exercise, with what a post left open; `entered` is the block that Enter brought the page to."""
    exercise, module = context.exercise, book().module(context.back)
    tag, editor = sessions.person_tag(context.user), secrets.token_urlsafe(12)
    entered_block = exercise.block(entered)
    form = FormTokens(
        tag,
        editor,
        1,
        f"/workbook/{exercise.id}",
        context.back,
        entered_block.key if entered_block else "",
        going_on.older_in(context),
    )
    page = pages.show_exercise(to_show(context), form, results or {})
    back_to = Link(f"Back to your answers in {module.title}", answers_url(exercise)) if module else None
    return web.page(
        "workbook/exercise.html",
        code,
        page=replace(page, care_note=_care_note(exercise), back=back_to),
        reminder=reminders.after_exercise(sessions.require_current(), exercise, context.progress),
        keep_links=web.keep_links(),
    )


def after_page(before: PageContext, form: PostedForm, outcome: PostResult) -> Response:
    """After the whole form: the page again with what is open, or on to where the button leads."""
    exercise, action = before.exercise, form.action
    now = _with_its_form(_context_now(before, outcome), form, going_on.block_of(exercise, action))
    if outcome.results:
        return whole_page(now, outcome.results, outcome.code)
    if action.verb == ENTER and not action.block:
        onward = going_on.past_list(now, form)
        return web.redirect_to(onward) if onward else Response(status=204)
    if action.verb == "go" and exercise.is_required and exercise.enough and exercise.id not in now.progress.done:
        return whole_page(now, _one_more(exercise), 422)
    module = book().module(now.back)
    if module and not action.block:
        return web.redirect_to(answers_url(exercise))
    if action.verb == "go" and (step := _still_asked(before, now, form)):
        return web.redirect_to(f"/workbook/{exercise.id}#{step.anchor}")
    if action.verb in ("go", "not-now"):
        return web.redirect_to(next_link(exercise, now.progress).url)
    saved = outcome.saves[-1].stored.block_key if outcome.saves else ""
    return web.redirect_to(going_on.address(now, action, saved))


def _still_asked(before: PageContext, now: PageContext, form: PostedForm) -> Block | None:
    """The step of the page that one goes on to: one that the form has made a question, or one that it did not hold."""
    exercise = now.exercise
    if exercise.enough:
        return None
    held = (one.key for one in exercise.answered_blocks if form.holds(one))
    return newly_asked(before, now) or (next_step(now, held) if exercise.is_required else None)


def after_block(before: PageContext, form: PostedForm, block: Block, outcome: PostResult) -> Response:
    """After one block: for htmx its status or the block itself, and what else on the page it changed."""
    if not web.is_fragment():
        return after_page(before, form, outcome)
    before = _with_other_forms(before, form, block)
    now = to_show(_with_its_form(_with_other_forms(_context_now(before, outcome), form, block), form, block))
    result = outcome.results.get(block.key, NO_RESULT)
    view = going_on.after_button(now, show_block(now, block, result), form.action)
    is_status = form.action.is_autosave and not result.conflict
    main = _status_of(view, result) if is_status else web.render("workbook/_block.html", block=view)
    beside = _rendered(_beside_fields(view)) if is_status else ()
    response = web.response_of(main, *beside, *_parts_around(before, now, block, outcome), code=outcome.code)
    if result.conflict:
        web.retarget(response, f"#{block.anchor}", MORPH)
    return response


def _context_now(before: PageContext, outcome: PostResult) -> PageContext:
    """What the page rests on after a post. Where other pages wrote meanwhile, all of it is read again."""
    if outcome.reloads or any(one.status != "saved" for one in outcome.saves):
        return load_again(before)
    return context_after(before, outcome.saves)


def _with_its_form(now: PageContext, form: PostedForm, block: Block | None) -> PageContext:
    """The block that was saved alone, or whose button was pressed, keeps its form or gets it, unless that closes it."""
    action = form.action
    if block is None or _is_closed_by(now, action, block):
        return now
    if not form.holds(block) and action.verb in SETTLED_BY:
        return now
    return replace(now, opened={**now.opened, block.key: action.argument if action.verb == OPEN else ""})


def _with_other_forms(context: PageContext, form: PostedForm, block: Block) -> PageContext:
    """The other blocks whose form is on the page keep it: some that rest or wait were opened there by hand."""
    others = (one for one in context.exercise.answered_blocks if one is not block and form.holds(one))
    return replace(context, opened={one.key: "" for one in others})


def _is_closed_by(now: PageContext, action: Action, block: Block) -> bool:
    """Whether the block rests at once: after *Done*, and after the answer to its last question."""
    if action.is_autosave or action.verb == "save":
        return not action.is_autosave
    kind = tool(block.type)
    if action.verb not in kind.finishing or block.key not in now.complete:
        return False
    return not kind.has_more(block, now.stored[block.key].answer)


def _status_of(view: BlockView, result: BlockResult) -> str:
    """What an autosave is answered with: never a field."""
    return web.render("workbook/_status.html", block=view, problems=result.problems)


def _rendered(parts: Iterable[tuple[str, BlockView]]) -> Iterable[str]:
    """Parts of blocks, each to stand where the page has it."""
    return (web.render(template, block=view, oob=True) for template, view in parts)


def _beside_fields(view: BlockView) -> Iterable[tuple[str, BlockView]]:
    """What the answer has earned. Where it came from stays as it is: nothing above a field moves while it is used."""
    if view.results:
        yield view.results, view


def _parts_around(before: PageContext, context: PageContext, block: Block, outcome: PostResult) -> Iterable[str]:
    """Progress, jobs found by what was saved, and the other blocks that this one opens or feeds.

    Those are whole when they open and while unanswered, else their recalls, what changed and what they have earned.
    """
    exercise = context.exercise
    yield web.render("workbook/_progress.html", progress=pages.progress_view(context), oob=True)
    changed = [one for one in exercise.answered_blocks if one is block or is_fed(one, block, outcome)]
    for jobs in jobs_of(context, changed):
        yield web.render("workbook/_jobs.html", jobs=jobs, oob=True)
    for other in exercise.answered_blocks:
        if other is not block:
            yield from _rendered(_changed_parts(before, context, other, is_fed=is_fed(other, block, outcome)))


def _changed_parts(
    before: PageContext, context: PageContext, other: Block, *, is_fed: bool
) -> Iterable[tuple[str, BlockView]]:
    """What of another block is to be shown again; nothing of one that waits, for it shows nothing that could change."""
    if not is_fed and _keeps_stage(before, other) and _keeps_stage(context, other):
        return
    stage, stage_before = stage_of(context, other), stage_of(before, other)
    opens = stage is Stage.OPEN and stage_before is not Stage.OPEN
    comes_or_goes = Stage.NOT_ASKED in (stage, stage_before) and stage is not stage_before
    if opens or comes_or_goes or (is_fed and stage is Stage.OPEN and other.key not in context.stored):
        yield "workbook/_block.html", show_block(context, other)
    elif is_fed and stage not in (Stage.WAITS, Stage.NOT_ASKED):
        has_results = stage is Stage.OPEN and tool(other.type).has_results
        view = show_block(context, other) if has_results else show_beside(context, other)
        yield from ((part, view) for part in PARTS_OF_ANSWERED)
        yield from _beside_fields(view) if has_results else ()


def _keeps_stage(context: PageContext, block: Block) -> bool:
    """Whether a block is asked and answered, and not opened by hand: then only what feeds it can change its stage."""
    return block.key in context.stored and block.key not in context.opened and is_asked(context, block)


def is_fed(other: Block, by: Block, outcome: PostResult) -> bool:
    """Whether `other` shows something that a save of `by` may have changed."""
    names = (*other.options.get("rows_of", ()), *other.options.get("about", ()))
    return by.name in names or any(connection.source in outcome.changed_sources for connection in other.connections)


def _one_more(exercise: Exercise) -> dict[str, BlockResult]:
    """What is said at the first question of a page of which any answer is enough, when there is none yet."""
    first = exercise.answered_blocks[0]
    words = (
        f"{pages.enough_answers_words(exercise)} to continue. It can be this one, or any other question on this page."
    )
    return {first.key: BlockResult(problems=(Problem("value" if first.kind == "prompt" else "", words),))}


def _care_note(exercise: Exercise) -> Markup:
    """Where to turn, in the operator's words, at the foot of pages that ask for hard things."""
    module = book().module(exercise.module_id)
    return render(web.application().settings.care_note) if module and module.needs_care else Markup()
