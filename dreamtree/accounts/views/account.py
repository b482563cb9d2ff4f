"""The account at a glance; without one, what it is for."""

from flask import Response, request

from dreamtree import db, web
from dreamtree.accounts import addresses, overview, sessions, signed_in, told
from dreamtree.accounts.views.room import bp, secrets

NOTICES = {"password": "The password is changed. Every other device is signed out."}


@bp.get("/account")
def account() -> Response:
    """Name, password, words, second step, devices; for somebody without an account, what it is for."""
    here = sessions.require_present()
    if here.user.is_anonymous:
        return web.page("accounts/account.html", lines=(), notice="")
    with db.reading():
        names = [one.text for one in addresses.addresses_of(secrets(), here.user.id)]
        lines = overview.lines_of(here.user, names, signed_in.count_devices(here.user))
    return web.page("accounts/account.html", lines=lines, notice=NOTICES.get(request.args.get("changed", ""), ""))


@bp.post("/account/words/not-now")
def words_not_now() -> Response:
    """Home asked whether the recovery words can be found; it does not ask again."""
    told.not_now(sessions.require_account().user)
    return web.send_back("/home")
