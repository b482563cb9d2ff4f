"""The first page, starting, home, credits, and the sample tree."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import MultiDict

from dreamtree import db, web
from dreamtree.accounts import days, sessions
from dreamtree.accounts.messages import message_for_home
from dreamtree.accounts.models import User
from dreamtree.accounts.snoozes import snooze as snooze_line
from dreamtree.answers import responses
from dreamtree.answers.stored import SaveInfo
from dreamtree.content import book
from dreamtree.content.book import Block, Exercise
from dreamtree.home import pages, samples
from dreamtree.home.my_story import my_story
from dreamtree.home.today import A_YEAR, LOOK_AGAIN, today_lines
from dreamtree.home.what_i_bring import what_i_bring
from dreamtree.profile.counts import counts_in_words, totals_of
from dreamtree.saving import SaveRequest, progress, save
from dreamtree.tools import tool
from dreamtree.workbook import reminders
from dreamtree.workbook.carry import carried_exercise, carry_over
from dreamtree.workbook.gathered_pages import pages_begun

bp = Blueprint("home", __name__)
FREE_SAMPLES = 5
PUT_BACK = "Those exercises are back in your workbook."


@bp.get("/")
def landing() -> Response:
    """What this is, and the first question of the book."""
    return _landing()


@bp.post("/start")
def start() -> Response:
    """The first answer makes the person. Only the device that says it is one's own is taken for it."""
    if carried := carried_exercise(request.form):
        return _start_with(carried)
    exercise, block = first_prompt()
    fields = MultiDict(request.form.items(multi=True))
    answer, problems = tool(block.type).read(block, fields)
    problems = problems or tool(block.type).incomplete(block, answer)
    if problems:
        return _landing(answer, problems[0].message, 422)
    _save_first(_begin(), exercise, block, answer)
    return web.redirect_to(f"/workbook/{exercise.id}#{_following(exercise, block).anchor}")


@bp.post("/sample")
def sample() -> Response:
    """A fresh sample tree for a day, of the person chosen."""
    name = request.form.get("who", samples.PEOPLE[0])
    if name not in samples.PEOPLE:
        abort(400)
    if sessions.rate_limit("sample", FREE_SAMPLES):
        abort(429)
    new = sessions.new_tree(is_shared=False, is_sample=True)
    samples.write_sample(new, name)
    days.learn_zone(sessions.open_tree(new), request.form.get("time_zone", ""))
    return web.redirect_to("/home")


@bp.get("/home")
def home() -> Response:
    """Go on, progress, what was set aside, what needs another look."""
    current = sessions.require_current()
    user = current.user
    with db.reading():
        answers = responses.stored_answers_and_marks(user, ())
        complete = answers.complete
        totals, message = totals_of(user), message_for_home(current)
        today = today_lines(user, complete, totals)
    reached = progress.progress_at(answers, answers.stale)
    page = pages.show_home(user, reached, today, counts_in_words(totals.counts), len(complete))
    gathered = pages_begun(complete)
    return web.page(
        "home/home.html",
        page=page,
        notice=PUT_BACK if "put-back" in request.args else "",
        message=message,
        has_story=totals.counts["stories"] > 0,
        gathered=gathered,
    )


@bp.post("/snooze")
def snooze() -> Response:
    """*Remind me later* or *Not this year*, for one line that home or the pages of the workbook show."""
    current, kind = sessions.require_current(), request.form.get("kind", "")
    if kind == LOOK_AGAIN:
        snooze_line(current.user, kind, timedelta(days=A_YEAR))
    elif kind in reminders.kinds():
        reminders.put_off(current, kind)
    else:
        abort(400)
    return web.redirect_back("/home")


@bp.get("/what-i-bring")
def bring() -> Response:
    """What Roots has gathered, on one page; with `private=yes` pay and terms too."""
    user = sessions.require_person()
    page = what_i_bring(user, shows_private=request.args.get("private") == "yes")
    return web.page("home/what_i_bring.html", page=page)


@bp.get("/my-story")
def story() -> Response:
    """What Trunk has gathered, on one page."""
    return web.page("home/my_story.html", page=my_story(sessions.require_person()))


@bp.get("/credits")
def sources() -> Response:
    """Every source, alphabetical."""
    return web.page("home/credits.html", references=pages.all_credits())


def first_prompt() -> tuple[Exercise, Block]:
    """The first question of the book."""
    exercise = book().exercises[0]
    return exercise, exercise.answered_blocks[0]


def _following(exercise: Exercise, block: Block) -> Block:
    """The question after this one."""
    blocks = exercise.answered_blocks
    return blocks[min(blocks.index(block) + 1, len(blocks) - 1)]


def _begin() -> User:
    """The tree that the form begins, or the one that is open already, with the time zone that it tells."""
    user = sessions.start_tree(is_shared=request.form.get("device") != "own")
    days.learn_zone(user, request.form.get("time_zone", ""))
    return user


def _start_with(exercise: Exercise) -> Response:
    """A tree that begins with a page whose own tree could no longer be opened."""
    user = _begin()
    before = [one for one in book().exercises if one.order < exercise.order and one.is_required]
    db.saving(lambda: progress.set_aside_unpassed(user, before, db.now()))
    carry_over(user, exercise, request.form)
    return web.redirect_to(f"/workbook/{exercise.id}")


def _landing(answer: dict[str, Any] | None = None, error: str = "", code: int = 200) -> Response:
    _, block = first_prompt()
    return web.page(
        "home/landing.html",
        code,
        prompt=block,
        value=(answer or {}).get("value", ""),
        error=error,
        shared_first=web.application().settings.is_shared_by_default,
        tree=pages.whole_tree(),
        samples=samples.choices(),
        size=pages.book_size(),
    )


def _save_first(user: User, exercise: Exercise, block: Block, answer: dict[str, Any]) -> None:
    """A visitor whose tree is open already goes on with it; an answer that stands is not overwritten."""
    if responses.answer_to(user, block.key) is None:
        save_info = SaveInfo(0, secrets.token_urlsafe(12), 1, "save", db.now())
        save(user, SaveRequest(exercise, block, answer, save_info, db.new_id(), db.new_id(), {}))
