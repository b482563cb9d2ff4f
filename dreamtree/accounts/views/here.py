"""Who is here, leaving, and what a person can set."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import days, people, sessions
from dreamtree.accounts.models import User
from dreamtree.accounts.views.room import bp

DEFAULT_LOOK = ("cream", "charcoal", "system")
NO_LOOK = ("", "", "")
UNKNOWN_ZONE = "Choose a place from the list: its clock is the one that counts for you."


@dataclass(frozen=True)
class Who:
    """What a template may know of who is here. The look is empty until a person chooses one: then the system's counts.

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


@bp.app_context_processor
def about_who_is_here() -> dict[str, Any]:
    """`who`, `nav` and `own_places` for every template, without a query."""
    who = _who()
    if not who.signed_in:
        return {"who": who, "nav": (), "own_places": ()}
    return {"who": who, "nav": web.navigation(), "own_places": _own_places(who)}


def _own_places(who: Who) -> list[web.Place]:
    """A sample tree has settings and nothing else of its own."""
    return [place for place in web.own_places() if not who.is_sample or place[1] == "/settings"]


def _who() -> Who:
    here = sessions.present()
    if here is None:
        return Who()
    settings, is_shared = here.settings, bool(here.session.is_shared)
    idle = int(people.SHARED_IDLE.total_seconds()) if is_shared else 0
    look = (settings.background_color, settings.text_color, settings.font)
    flags = (True, bool(here.user.is_sample), is_shared, bool(settings.hides_private), idle)
    return Who(
        *flags,
        *(look if look != DEFAULT_LOOK else NO_LOOK),
        asks_zone=not here.user.time_zone,
        has_account=not here.user.is_anonymous,
    )


@bp.post("/leave")
def leave() -> Response:
    """Lock and leave. A tree without an account would be lost by it: on one's own device that is refused.

    On a shared one the button asks first (`ask=yes`). Without that word it ends at once: so does the script of a page
    at which nobody sat for long.
    """
    here = sessions.require_present()
    is_only_key = here.user.is_anonymous and not here.user.is_sample
    if is_only_key and not here.session.is_shared:
        abort(403)
    if is_only_key and request.form.get("ask") == "yes":
        return web.page("accounts/let_go.html", ways=web.ways_to_keep())
    sessions.leave()
    return web.go_to("/") if here.user.is_sample else web.page("accounts/leave.html")


@bp.get("/settings")
def settings() -> Response:
    """What a person can set: the time zone, and whether private parts are folded."""
    return _settings(sessions.require_person(), notice="Saved." if "saved" in request.args else "")


@bp.post("/settings")
def set_zone() -> Response:
    """The time zone that the person chose."""
    user = sessions.require_person()
    if days.choose_zone(user, request.form.get("time_zone", "")):
        return web.go_to("/settings?saved=yes")
    return _settings(user, 422, error=UNKNOWN_ZONE)


def _settings(user: User, code: int = 200, *, notice: str = "", error: str = "") -> Response:
    return web.page(
        "accounts/settings.html",
        code,
        clock=f"{days.now_of(user):%A %H:%M}",
        zone=user.time_zone,
        regions=days.zones_by_region(),
        notice=notice,
        error=error,
    )


@bp.post("/private")
def private() -> Response:
    """Fold the private parts of every page (`hide=yes`), or show them again (`hide=no`)."""
    user = sessions.require_person()
    people.hide_private(user, request.form.get("hide") == "yes")
    return web.send_back()
