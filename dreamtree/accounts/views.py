"""Pages about who is here."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, request

from dreamtree import web
from dreamtree.accounts import people, sessions

bp = Blueprint("accounts", __name__)
bp.before_app_request(sessions.recognize_visitor)
DEFAULT_LOOK = ("cream", "charcoal", "system")


@dataclass(frozen=True)
class Who:
    """What a template may know of who is here. The look is empty until a person chooses one: then the system's counts.

    `idle_seconds` is 0 where a session does not end by standing still.
    """

    signed_in: bool = False
    is_sample: bool = False
    is_shared: bool = False
    hides_private: bool = False
    idle_seconds: int = 0
    background: str = ""
    text: str = ""
    font: str = ""


@bp.app_context_processor
def about_who_is_here() -> dict[str, Any]:
    """`who` and `nav` for every template, without a query."""
    who = _who()
    return {"who": who, "nav": web.navigation() if who.signed_in else ()}


def _who() -> Who:
    here = sessions.present()
    if here is None:
        return Who()
    settings, is_shared = here.settings, bool(here.session.is_shared)
    idle = int(people.SHARED_IDLE.total_seconds()) if is_shared else 0
    look = (settings.background_color, settings.text_color, settings.font)
    flags = (True, bool(here.user.is_sample), is_shared, bool(settings.hides_private), idle)
    return Who(*flags, *look) if look != DEFAULT_LOOK else Who(*flags)


@bp.post("/leave")
def leave() -> Response:
    """Lock and leave. On one's own device a tree without an account would be lost by it: there it is refused."""
    here = sessions.require_present()
    is_only_key = here.user.is_anonymous and not here.session.is_shared and not here.user.is_sample
    if is_only_key:
        abort(403)
    sessions.leave()
    return web.go_to("/") if here.user.is_sample else web.page("accounts/leave.html")


@bp.post("/private")
def private() -> Response:
    """Fold the private parts of every page (`hide=yes`), or show them again (`hide=no`)."""
    user = sessions.require_person()
    people.hide_private(user, request.form.get("hide") == "yes")
    return web.send_back()
