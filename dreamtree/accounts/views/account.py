"""The account at a glance; without one, what it is for."""

from flask import Response, request

from dreamtree import db, web
from dreamtree.accounts import addresses, devices, messages, overview, sessions
from dreamtree.accounts.views.blueprint import bp, secrets, unreadable_note

NOTICES = {"password": "Your password is changed. You’re signed out on every other device."}


@bp.get("/account")
def account() -> Response:
    """Name, password, words, second step, devices; for somebody without an account, what it is for."""
    current = sessions.require_current()
    if current.user.is_anonymous:
        return web.page("accounts/account.html", lines=(), notice="")
    with db.reading():
        names = addresses.addresses_of(secrets(), current.user.id)
        lines = overview.account_lines(current.user, [one.words for one in names], devices.count_devices(current.user))
    notice = f"{NOTICES.get(request.args.get('changed', ''), '')} {unreadable_note(names)}"
    return web.page("accounts/account.html", lines=lines, notice=notice.strip())


@bp.post("/account/words/not-now")
def words_not_now() -> Response:
    """Home asked whether the recovery words can be found; it does not ask again."""
    messages.dismiss_words_question(sessions.require_account().user)
    return web.redirect_back("/home")
