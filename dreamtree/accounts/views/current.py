"""What every template knows of the current person; and leaving."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import people, sessions
from dreamtree.accounts.views.blueprint import bp

DEFAULT_LOOK = ("cream", "charcoal", "system")
NO_LOOK = ("", "", "")
ONLY_KEY = web.ErrorWords(
    "You would lose this tree",
    "Only this browser can open it. Make an account or save a copy before you leave.",
    (("Make an account", "/account/claim"), ("Save a copy", "/data")),
)


@dataclass(frozen=True)
class Viewer:
    """What a template may know of the current person. The look is empty until one is chosen: the system's counts.

    `idle_seconds` is 0 where a session does not end by standing still. `asks_zone`: the time zone is not known yet.
    """

    signed_in: bool = False
    is_sample: bool = False
    is_shared: bool = False
    hides_private: bool = False
    idle_seconds: int = 0
    background: str = ""
    text: str = ""
    font: str = ""
    asks_zone: bool = True
    has_account: bool = False


@dataclass(frozen=True)
class BackLink:
    """A link back."""

    title: str
    url: str


@bp.app_context_processor
def about_current_person() -> dict[str, Any]:
    """`viewer`, `nav`, `own_nav` and where one wanted to go, for every template, without a query."""
    viewer = _viewer()
    links = {"next_page": sessions.next_page(), "with_next": sessions.with_next, "back_link": back_link}
    if not viewer.signed_in:
        return {"viewer": viewer, "nav": (), "own_nav": (), **links}
    return {"viewer": viewer, "nav": web.navigation(), "own_nav": _own_nav(viewer), **links}


def back_link() -> BackLink:
    """To the page one came from, for a list to look things up in; else to where such lists are used."""
    if page := sessions.page_before():
        return BackLink("Back to where you were", page)
    return BackLink("Workbook", "/workbook") if sessions.current() else BackLink("Back to start", "/")


def _own_nav(viewer: Viewer) -> list[web.NavLink]:
    """A sample tree has settings and nothing else of its own."""
    return [link for link in web.own_navigation() if not viewer.is_sample or link[1] == "/settings"]


def _viewer() -> Viewer:
    current = sessions.current()
    if current is None:
        return Viewer()
    settings, is_shared = current.settings, bool(current.session.is_shared)
    idle = int(people.SHARED_IDLE.total_seconds()) if is_shared else 0
    look = (settings.background_color, settings.text_color, settings.font)
    flags = (True, bool(current.user.is_sample), is_shared, bool(settings.hides_private), idle)
    return Viewer(
        *flags,
        *(look if look != DEFAULT_LOOK else NO_LOOK),
        asks_zone=not current.user.time_zone,
        has_account=not current.user.is_anonymous,
    )


@bp.app_errorhandler(web.CsrfFailed)
def refuse_token(_: Exception) -> Response:
    """A page whose token is of no use: the browser's cookies may be gone with the session. Its words are not."""
    web.note_refused("csrf")
    if web.is_fragment():
        return web.csrf_retry()
    if web.is_cross_site() or not web.is_tagged():
        return web.error_response(400, web.CSRF)
    sessions.load_current()
    user = sessions.current_person()
    if user is None:
        return sessions.unauthorized_response()
    if not sessions.is_person_tag(user, request.form.get("person", "")):
        return sessions.other_tree_response()
    return web.error_response(400, web.CSRF, is_passing=True)


@bp.post("/leave")
def leave() -> Response:
    """Lock and leave. A tree without an account would be lost by it: on one's own device that is refused.

    On a shared one the button asks first (`ask=yes`). Without that word it ends at once: so does the script of a page
    at which nobody sat for long.
    """
    current = sessions.require_current()
    is_only_key = current.user.is_anonymous and not current.user.is_sample
    if is_only_key and not current.session.is_shared:
        abort(web.error_response(403, ONLY_KEY))
    if is_only_key and request.form.get("ask") == "yes":
        return web.page("accounts/confirm_leave.html", keep_links=web.keep_links())
    sessions.leave()
    if current.user.is_sample:
        return web.redirect_to("/")
    sign_in_url = "" if is_only_key else sessions.with_next("/sign-in", sessions.page_before())
    return web.page("accounts/leave.html", sign_in_url=sign_in_url)
