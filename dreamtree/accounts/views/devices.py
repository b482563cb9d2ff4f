"""Where a person is signed in, and ending that."""

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import sessions, signed_in
from dreamtree.accounts.views.room import bp

NOTICES = {"one": "That device is signed out.", "others": "Every other device is signed out."}


@bp.get("/account/devices")
def devices() -> Response:
    """Every browser that is signed in, this one marked."""
    here = sessions.require_account()
    notice = NOTICES.get(request.args.get("ended", ""), "")
    return web.page("accounts/devices.html", devices=signed_in.devices_of(here.user, here.session), notice=notice)


@bp.post("/account/devices/<session_id>/end")
def end_device(session_id: str) -> Response:
    """Sign one device out. This one is left by its own button."""
    here = sessions.require_account()
    if session_id == here.session.id or not signed_in.end_one(here.user, session_id):
        abort(404)
    return web.go_to("/account/devices?ended=one")


@bp.post("/account/devices/end-others")
def end_other_devices() -> Response:
    """Sign every device out but this one."""
    here = sessions.require_account()
    signed_in.end_others(here.user, here.session)
    return web.go_to("/account/devices?ended=others")
