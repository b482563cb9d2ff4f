"""Signing in with a tree in hand: the account's tree and the one of this browser become one, or stay as they are."""

from flask import Response, request

from dreamtree import db, web
from dreamtree.accounts import sessions
from dreamtree.accounts.models import User
from dreamtree.archive import merging
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.views.blueprint import bp, require_owner

OVER = web.ErrorWords(
    "Your trees weren’t combined",
    "You had 15 minutes to decide, and they’re up. Both trees are just as they were. Sign in again.",
    (("Sign in", "/sign-in"),),
)


@bp.get("/data/merge")
@web.takes_long
def both_trees() -> Response:
    """What is here and what is in the account, module by module, and which of it stays on top."""
    other, waiting = require_owner(), sessions.waiting_merge()
    if waiting is None or not _may_be_joined(other):
        return web.page("archive/nothing_waits.html")
    with db.reading():
        _, merged = merging.would_join(waiting.user, read_snapshot(other))
    return web.page("archive/merge.html", both=merging.comparison(waiting.user, merged))


@bp.post("/data/merge")
@web.takes_long
def bring_together() -> Response:
    """One tree of both, in the account; the other is erased, and the account is who is here."""
    other, waiting = require_owner(), sessions.waiting_merge()
    if waiting is None or not _may_be_joined(other):
        return web.error_response(409, OVER)
    report = merging.join(waiting, other)
    db.checkpoint()
    sessions.finish_merge(waiting)
    return web.page("archive/joined.html", report=report)


@bp.post("/data/merge/cancel")
def stay_apart() -> Response:
    """Nobody is signed in, and the tree that was here is here still."""
    require_owner()
    sessions.cancel_merge()
    return web.redirect_to(sessions.next_page() or "/home")


@bp.get("/data/catch-up")
@web.takes_long
def catch_up() -> Response:
    """Learns what a merge that was broken off had not learned, then goes on to the page that was asked for."""
    merging.catch_up(sessions.require_person())
    to = request.args.get("to", "")
    return web.redirect_to(to if web.is_shown(to.partition("?")[0]) else "/home")


def _may_be_joined(other: User) -> bool:
    """Only a tree that has no account of its own goes into another."""
    return bool(other.is_anonymous)
