"""The page of the resume."""

from flask import Blueprint, Response, request

from dreamtree import web
from dreamtree.accounts import naming, sessions
from dreamtree.accounts.models import User
from dreamtree.resume.sheet import resume_of
from dreamtree.text import clean_line
from dreamtree.tools.fields import too_long

bp = Blueprint("resume", __name__)


@bp.get("/resume")
def resume() -> Response:
    """A first resume, to read, change and print; with `private=yes` what is private stands on it too."""
    return _resume(sessions.require_person())


@bp.post("/resume")
def name() -> Response:
    """The name that stands on it."""
    user, typed = sessions.require_person(), request.form.get("display_name", "")
    if error := too_long(clean_line(typed), naming.LONGEST):
        return _resume(user, 422, typed=typed, error=error)
    naming.call(user, typed)
    return web.redirect_to("/resume?named=yes")


def _resume(user: User, code: int = 200, *, typed: str | None = None, error: str = "") -> Response:
    page = resume_of(user, shows_private=request.args.get("private") == "yes")
    notice = "Saved." if "named" in request.args else ""
    typed = page.name if typed is None else typed
    return web.page("resume/resume.html", code, page=page, typed=typed, error=error, notice=notice)
