"""The blueprint of these pages, and who may use them."""

from flask import Blueprint, abort

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.accounts.models import User
from dreamtree.archive import rebuilding

SAMPLE = web.ErrorWords(
    "A sample tree has no copies",
    "It doesn’t belong to anyone, and it’s deleted after a day. Start your own tree to save everything in it.",
    (("Start your own", "/"),),
)

bp = Blueprint("archive", __name__)


@bp.before_app_request
def catch_up() -> None:
    """Whoever comes back after a merge that was broken off sees what all answers say."""
    user = sessions.current_person()
    if user is not None:
        rebuilding.catch_up(user)


def require_owner() -> User:
    """The person whose own tree is open, as `sessions.require_person`; a sample tree is refused with 403."""
    user = sessions.require_person()
    if user.is_sample:
        abort(web.error_response(403, SAMPLE))
    return user
