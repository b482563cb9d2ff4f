"""Where a person is signed in, and ending that."""

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import sessions
from dreamtree.accounts.devices import devices_of, end_one, end_others
from dreamtree.accounts.views.blueprint import bp

NOTICES = {"one": "You’re signed out on that device.", "others": "You’re signed out on every other device."}


@bp.get("/account/devices")
def devices() -> Response:
    """Every browser that is signed in, this one marked."""
    current = sessions.require_account()
    notice = NOTICES.get(request.args.get("ended", ""), "")
    return web.page("accounts/devices.html", devices=devices_of(current.user, current.session), notice=notice)


@bp.post("/account/devices/<session_id>/end")
def end_device(session_id: str) -> Response:
    """Sign one device out. This one is left by its own button."""
    current = sessions.require_account()
    if session_id == current.session.id or not end_one(current.user, session_id):
        abort(404)
    return web.redirect_to("/account/devices?ended=one")


@bp.post("/account/devices/end-others")
def end_other_devices() -> Response:
    """Sign every device out but this one."""
    current = sessions.require_account()
    end_others(current.user, current.session)
    return web.redirect_to("/account/devices?ended=others")
