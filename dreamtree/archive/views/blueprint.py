"""The blueprint of these pages, and who may use them."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.accounts.models import User
from dreamtree.answers.limits import LimitReached
from dreamtree.archive import rebuilding

SAMPLE = web.ErrorWords(
    "A sample tree has no copies",
    "It doesn’t belong to anyone, and it’s deleted after a day. Start your own tree to save everything in it.",
    (("Start your own", "/"),),
)

TRASH_LINK = (("Trash", "/data/trash"),)

bp = Blueprint("archive", __name__)
CATCH_UP = f"{bp.name}.catch_up"
"""The view that learns what a merge left."""


@bp.before_app_request
def catch_up_first() -> Response | None:
    """Sends whoever opens a page after a merge that was broken off to where its answers are learned first.

    That is done where nobody else waits for it. What is saved, or asked for within a page, does not wait: None.
    """
    user = sessions.current_person()
    if user is None or not rebuilding.is_behind(user) or request.endpoint == CATCH_UP:
        return None
    if request.method != "GET" or web.is_fragment():
        return None
    return web.redirect_to(f"/data/catch-up?{urlencode({'to': request.full_path.rstrip('?')})}")


@bp.app_errorhandler(LimitReached)
def tell_full(error: LimitReached) -> Response:
    """Answers where more entries or text would have come together than fit."""
    return web.error_response(409, web.ErrorWords("That’s more than there’s room for", error.words, TRASH_LINK))


def require_owner() -> User:
    """The person whose own tree is open, as `sessions.require_person`; a sample tree is refused with 403."""
    user = sessions.require_person()
    if user.is_sample:
        abort(web.error_response(403, SAMPLE))
    return user
