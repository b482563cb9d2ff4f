"""The workbook's pages: contents, exercises, saving, history, and the reference data beside them."""

from dataclasses import replace

from flask import Blueprint, Response, abort, request
from werkzeug.routing import BaseConverter

from dreamtree import db, web
from dreamtree.accounts import days, sessions
from dreamtree.accounts.models import User
from dreamtree.answers import built_on, responses
from dreamtree.answers.records import Excerpt
from dreamtree.content import book, library
from dreamtree.content.book import Block, Exercise
from dreamtree.saving import progress, trash
from dreamtree.saving.ahead import work_cache
from dreamtree.saving.trash import BlockPlace
from dreamtree.tools import UnknownButton
from dreamtree.workbook import forgetting, history, pages, posting, reminders, replies, summaries
from dreamtree.workbook.act import PostResult, carry_out, only_shows
from dreamtree.workbook.answers_now import answers_now
from dreamtree.workbook.context import PageContext, load_context
from dreamtree.workbook.earlier import earlier_answers, gone_keys
from dreamtree.workbook.forgetting import Forgettable
from dreamtree.workbook.going_on import as_pressed
from dreamtree.workbook.occupations import occupations_page
from dreamtree.workbook.posting import BadForm, PostedForm
from dreamtree.workbook.sent_words import words_of_page


class ExerciseId(BaseConverter):
    """The id of an exercise in an address: `modules` is none."""

    regex = r"\d+\.\d+\.\d+"


bp = Blueprint("workbook", __name__)
bp.record_once(lambda state: state.app.url_map.converters.update(exercise=ExerciseId))
bp.record_once(lambda state: web.use_word_reader(state.app, words_of_page))


@bp.get("/workbook")
def contents() -> Response:
    """All exercises and how far the person is with each."""
    user = sessions.require_person()
    with db.reading():
        answered = responses.answered_keys(user)
        complete = frozenset(key for key, is_complete in answered.items() if is_complete)
        reached = progress.progress_of(user, complete, built_on.stale_keys(user))
    return web.page("workbook/contents.html", page=pages.contents(reached, complete | gone_keys(answered)))


@bp.get("/workbook/modules/<module_id>")
def show_module(module_id: str) -> Response:
    """The end of one module; with `answers=yes` they are unfolded, with `private=yes` the private ones print too."""
    user, module = sessions.require_person(), book().module(module_id)
    if module is None or not module.exercises:
        abort(404)
    with db.reading():
        wanted = summaries.shown_keys(module)
        all_answers = responses.stored_answers_and_marks(user, wanted)
        stored = answers_now(user, all_answers.answers(wanted), all_answers.off)
    reached = progress.progress_at(all_answers, all_answers.stale)
    display = summaries.ModuleDisplay(request.args.get("private") == "yes", request.args.get("answers") == "yes")
    page = summaries.show_module(user, module, stored, all_answers.complete, reached, display)
    reminder = reminders.after_module(sessions.require_current(), module) if page.made else None
    earlier = earlier_answers(user, module, all_answers.rows)
    return web.page("workbook/module.html", page=page, earlier=earlier, reminder=reminder, keep_links=web.keep_links())


@bp.get("/workbook/<exercise:exercise_id>")
def show_exercise(exercise_id: str) -> Response:
    """One exercise: to write in, or to read ahead; with `change=<block>` the form of a block that rests or waits.

    `change=<block>|<row>` opens it at that row, `older=<block>|<row>` shows what a log says before it.
    """
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    opened, until = _asked_for(exercise, "change"), _asked_for(exercise, "older")
    context = load_context(user, exercise, excerpt=Excerpt(frozenset(opened.values()), until))
    context = replace(context, opened={**dict.fromkeys(until, ""), **opened}, back=_back_to())
    return replies.whole_page(context, entered=request.args.get("entered", ""))


@bp.post("/workbook/<exercise:exercise_id>")
@work_cache()
def save_page(exercise_id: str) -> Response:
    """The whole form: every touched block is saved by itself, then the page does what its button says."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    context, form = _posted_page(user, exercise)
    form = as_pressed(context, form)
    outcome = _carry_out(context, form, exercise.answered_blocks)
    if form.action.verb == "not-now":
        db.saving(lambda: progress.set_aside(user, [exercise], db.now()))
        outcome = replace(outcome, reloads=True)
    return replies.after_page(context, form, outcome)


@bp.post("/workbook/<exercise:exercise_id>/<block_key>")
@work_cache()
def save_block(exercise_id: str, block_key: str) -> Response:
    """One block of the form: an autosave, or a button in it."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    block = _block_or_404(exercise, block_key)
    context, form = _posted_page(user, exercise, block)
    outcome = _carry_out(context, form, (block,) if web.is_fragment() else exercise.answered_blocks)
    return replies.after_block(context, form, block, outcome)


@bp.post("/workbook/<exercise:exercise_id>/open")
def open_exercise(exercise_id: str) -> Response:
    """*Skip everything before this*."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    before = [one for one in book().exercises if one.order < exercise.order]
    db.saving(lambda: progress.set_aside_unpassed(user, before, db.now()))
    return web.redirect_to(f"/workbook/{exercise.id}")


@bp.post("/workbook/<exercise:exercise_id>/take-up")
def take_up(exercise_id: str) -> Response:
    """Takes an exercise off the list of things set aside, and opens it."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    db.saving(lambda: progress.take_up(user, [exercise], db.now()))
    return web.redirect_to(f"/workbook/{exercise.id}")


@bp.post("/workbook/take-up")
def take_up_all() -> Response:
    """Takes everything that the short way leaves for later off the list of things set aside."""
    user = sessions.require_person()
    db.saving(lambda: progress.take_up_later(user, db.now()))
    return web.redirect_to("/home?put-back")


@bp.get("/workbook/<exercise:exercise_id>/<block_key>/history")
def block_history(exercise_id: str, block_key: str) -> Response:
    """Every earlier text of one answer."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    block = _block_or_404(exercise, block_key)
    stored = responses.answer_to(user, block.key) or abort(404)
    return web.page("workbook/history.html", page=history.show(user, exercise, block, stored))


@bp.post("/workbook/<exercise:exercise_id>/<block_key>/history/<revision_id>")
def restore(exercise_id: str, block_key: str, revision_id: str) -> Response:
    """An earlier text becomes the current one again; what stood there stays in the history."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    block = _block_or_404(exercise, block_key)
    if not history.restore(user, exercise, block, revision_id):
        abort(404)
    return web.redirect_to(f"/workbook/{exercise.id}#{block.anchor}")


@bp.post("/workbook/<exercise:exercise_id>/<block_key>/trash")
def move_to_trash(exercise_id: str, block_key: str) -> Response:
    """The question is open again; its answer waits in the trash."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    if not trash.move_to_trash(user, BlockPlace(exercise, _block_or_404(exercise, block_key))):
        abort(404)
    return web.redirect_to("/data/trash")


@bp.get("/workbook/<exercise:exercise_id>/<block_key>/forget")
def ask_to_forget(exercise_id: str, block_key: str) -> Response:
    """What would go for good, and the question whether it should."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    block = forgetting.forgettable(BlockPlace(exercise, _block_or_404(exercise, block_key)))
    page = forgetting.forget_page(user, block) or abort(404)
    return web.page("workbook/forget.html", page=page)


@bp.post("/workbook/<exercise:exercise_id>/<block_key>/forget")
def forget(exercise_id: str, block_key: str) -> Response:
    """Every text of this answer goes; the page lists the answers in which the same words still stand."""
    user, exercise = sessions.require_person(), _exercise_or_404(exercise_id)
    block = forgetting.forgettable(BlockPlace(exercise, _block_or_404(exercise, block_key)))
    if forgetting.forget_page(user, block) is None:
        abort(404)
    return web.page("workbook/forgotten.html", page=forgetting.forget(user, block))


@bp.get("/workbook/modules/<module_id>/earlier/<block_key>/forget")
def ask_to_forget_earlier(module_id: str, block_key: str) -> Response:
    """The same for an answer whose question is gone from the book."""
    user = sessions.require_person()
    page = forgetting.forget_page(user, _earlier_or_404(module_id, block_key)) or abort(404)
    return web.page("workbook/forget.html", page=page)


@bp.post("/workbook/modules/<module_id>/earlier/<block_key>/forget")
def forget_earlier(module_id: str, block_key: str) -> Response:
    """The same as `forget` for an answer whose question is gone from the book."""
    user, block = sessions.require_person(), _earlier_or_404(module_id, block_key)
    if forgetting.forget_page(user, block) is None:
        abort(404)
    return web.page("workbook/forgotten.html", page=forgetting.forget(user, block))


def _earlier_or_404(module_id: str, block_key: str) -> Forgettable:
    module = book().module(module_id) or abort(404)
    return forgetting.earlier_forgettable(module, block_key) or abort(404)


@bp.get("/reference/skills")
def skills() -> Response:
    """The library by kind of work: one kind of skill, with the way to the others."""
    category = request.args.get("category", "transferable")
    families = pages.families(library(), category) or abort(404)
    return web.page("workbook/skills.html", families=families, kinds=pages.skill_kinds(category))


@bp.get("/reference/personality-types")
def personality_types() -> Response:
    """All sixteen."""
    return web.page("workbook/personality_types.html", types=book().personality_types)


@bp.get("/reference/occupations")
def occupations() -> Response:
    """Jobs of one kind of work, with the way to the other kinds."""
    page = occupations_page(request.args.get("kind", "")) or abort(404)
    return web.page("workbook/occupations.html", page=page)


def _exercise_or_404(exercise_id: str) -> Exercise:
    """The exercise, or 404."""
    return book().exercise(exercise_id) or abort(404)


def _block_or_404(exercise: Exercise, block_key: str) -> Block:
    block = exercise.block(block_key)
    return block if block is not None and block.is_answered and block.key == block_key else abort(404)


def _asked_for(exercise: Exercise, name: str) -> dict[str, str]:
    """The blocks that the address or the form asks for by this name, each with its row or ""."""
    asked = (one.partition("|") for one in request.values.getlist(name))
    return {block.key: row for key, _, row in asked if (block := exercise.block(key))}


def _back_to() -> str:
    """The id of the module whose summary the page was opened from; "" for none."""
    module = book().module(request.values.get("back", ""))
    return module.id if module else ""


def _posted_page(user: User, exercise: Exercise, saved: Block | None = None) -> tuple[PageContext, PostedForm]:
    """The posted form of an exercise that is open to this person: 409 for another tree's page, 403 when locked.

    `saved` is the block that it is posted for, where that is one.
    """
    if not sessions.is_person_tag(user, request.form.get("person", "")):
        sessions.refuse_other_tree()
    days.learn_zone(user, request.form.get("time_zone", ""))
    try:
        form = posting.read_form(request.form)
    except BadForm:
        abort(400)
    excerpt = Excerpt(form.keys, _asked_for(exercise, "older"))
    context = load_context(user, exercise, None if saved and only_shows(saved, form.action) else saved, excerpt)
    if context.is_locked:
        abort(403)
    return replace(context, back=_back_to()), form


def _carry_out(context: PageContext, form: PostedForm, blocks: tuple[Block, ...]) -> PostResult:
    try:
        return carry_out(context, form, blocks)
    except (BadForm, UnknownButton):
        abort(400)
