"""What a person can set: the time zone, and whether private answers are folded."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import days, people, sessions
from dreamtree.accounts.models import User
from dreamtree.accounts.views.blueprint import bp
from dreamtree.dates import WEEKDAYS, clock_words

UNKNOWN_ZONE = "We don’t know that time zone. Choose a place from the list that’s on your time."


@bp.get("/settings")
def settings() -> Response:
    """What a person can set: the time zone, and whether private answers are folded."""
    return _settings(sessions.require_person(), notice="Saved." if "saved" in request.args else "")


@bp.post("/settings")
def set_zone() -> Response:
    """The time zone that the person chose."""
    user = sessions.require_person()
    if days.choose_zone(user, request.form.get("time_zone", "")):
        return web.redirect_to("/settings?saved=yes")
    return _settings(user, 422, error=UNKNOWN_ZONE)


def _settings(user: User, code: int = 200, *, notice: str = "", error: str = "") -> Response:
    now = days.now_of(user)
    return web.page(
        "accounts/settings.html",
        code,
        clock=f"{WEEKDAYS[now.weekday()]} {clock_words(now)}",
        zone=user.time_zone,
        regions=days.zones_by_region(),
        notice=notice,
        error=error,
    )


@bp.post("/private")
def private() -> Response:
    """Fold the private answers of every page (`hide=yes`), or show them again (`hide=no`)."""
    user = sessions.require_person()
    people.hide_private(user, request.form.get("hide") == "yes")
    return web.redirect_back()
