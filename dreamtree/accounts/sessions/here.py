"""Who is here: recognized by a cookie, beginning a tree, leaving."""

from flask import Response, abort, after_this_request, g, request, session

from dreamtree import web
from dreamtree.accounts import devices, people
from dreamtree.accounts.models import User
from dreamtree.accounts.people import Arrival, Present
from dreamtree.accounts.sessions.cookies import SAMPLE, TREE, cookie_in, give_cookie, take_cookie
from dreamtree.accounts.sessions.turned_away import turn_away
from dreamtree.db import saving

OF_A_SAMPLE = web.Words(
    "This is a sample tree", "It has no account and is gone tomorrow. Start your own tree for that."
)
NO_ACCOUNT = web.Words("This needs an account", "Make an account for this tree first. It takes a name and a password.")
HAS_ACCOUNT = web.Words("This tree has an account", "Nothing was changed. Go home, and open your account from there.")


def who() -> Present | None:
    """Who is here: the sample tree while its cookie lives, else the person's own. One query, none without a cookie."""
    return _holder_of(SAMPLE) or _holder_of(TREE)


def _holder_of(name: str) -> Present | None:
    sent = cookie_in(name)
    found = people.recognize(*sent) if sent else None
    if sent and found and people.touch(found):
        give_cookie(name, ".".join(sent), is_short=_is_short(found))
        session.modified = True
    return found


def recognize_visitor() -> None:
    """Before every view: remember who is here for this request."""
    g.present = who()


def present() -> Present | None:
    """Who is here, without a query."""
    found: Present | None = g.get("present")
    return found


def current_person() -> User | None:
    """The person who is here, with the data key in hand; None for a visitor."""
    here = present()
    return here.user if here else None


def content_revision() -> int | None:
    """The revision of the book as the database has it; None for a visitor, for whom nothing was asked."""
    here = present()
    return here.content_revision if here else None


def require_person() -> User:
    """The person who is here. A visitor's GET goes to the first page; a save answers 401 and keeps the text."""
    return require_present().user


def require_present() -> Present:
    """As `require_person`, with session and settings."""
    return present() or turn_away()


def require_account() -> Present:
    """As `require_present`, with an account. Without one a GET goes to the page that says what it is for."""
    here = require_present()
    if here.user.is_anonymous:
        abort(web.go_to("/account") if request.method in ("GET", "HEAD") else web.say(403, NO_ACCOUNT))
    return here


def require_anonymous() -> Present:
    """As `require_present`, without an account; with one a GET goes to the page about it. A sample never gets one."""
    here = require_present()
    if here.user.is_sample:
        abort(web.say(403, OF_A_SAMPLE))
    if not here.user.is_anonymous:
        abort(web.go_to("/account") if request.method in ("GET", "HEAD") else web.say(403, HAS_ACCOUNT))
    return here


def own_tree() -> Present | None:
    """The tree of one's own that this browser opens, also while a sample tree stands before it."""
    here = present()
    return _holder_of(TREE) if here is not None and here.user.is_sample else here


def start(is_shared: bool) -> User:
    """Start a tree for the visitor, or go on with the open one (decisions 33). Ends the sample they stood in."""
    leave_sample()
    if here := present():
        return here.user
    arrival = plan(is_shared)
    saving(lambda: people.write_arrival(arrival))
    return open_tree(arrival)


def plan(is_shared: bool, is_sample: bool = False) -> Arrival:
    """A new tree for this browser, nothing written yet: see `people.write_arrival`, then `open_tree`."""
    return people.plan_arrival(is_shared, devices.name_of(request.user_agent.string), is_sample)


def open_tree(arrival: Arrival) -> User:
    """Give the browser the cookie of a tree that was just written; it is who is here from now on."""
    here = arrival.present
    g.present = here
    give_cookie(SAMPLE if here.user.is_sample else TREE, arrival.cookie, is_short=_is_short(here))
    if not _is_short(here):
        session.permanent = True
    return here.user


def leave_sample() -> None:
    """Out of the sample tree, if it is what is here, and into one's own."""
    here = present()
    if here is not None and here.user.is_sample:
        _leave_sample(here)
        g.present = _holder_of(TREE)


def leave() -> None:
    """End the session that is here and clear its traces. Leaving a sample touches nothing of the person's own tree."""
    here = require_present()
    if here.user.is_sample:
        return _leave_sample(here)
    people.end_session(here.session)
    g.present = None
    web.renew_csrf()
    take_cookie(TREE)

    @after_this_request
    def clear(response: Response) -> Response:
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return None


def _leave_sample(here: Present) -> None:
    people.end_session(here.session)
    g.present = None
    take_cookie(SAMPLE)


def _is_short(here: Present) -> bool:
    return bool(here.session.is_shared or here.user.is_sample)
