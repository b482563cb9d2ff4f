"""The page of the resume."""

from flask import Blueprint, Response, request

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.resume.sheet import resume_of

bp = Blueprint("resume", __name__)


@bp.get("/resume")
def resume() -> Response:
    """A first resume, to read, change and print; with `private=yes` what is private stands on it too."""
    user = sessions.require_person()
    page = resume_of(user, shows_private=request.args.get("private") == "yes")
    return web.page("resume/resume.html", page=page)
