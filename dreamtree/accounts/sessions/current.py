"""The current person of a request: found by a cookie, beginning a tree, leaving."""

from flask import Response, abort, after_this_request, g, request, session

from dreamtree import web
from dreamtree.accounts import people, user_agents
from dreamtree.accounts.models import User
from dreamtree.accounts.people import Current, NewTree
from dreamtree.accounts.sessions.cookies import SAMPLE, TREE, cookie_in, give_cookie, take_cookie
from dreamtree.accounts.sessions.next_page import this_page, with_next
from dreamtree.accounts.sessions.unauthorized import refuse_unauthorized, unauthorized_response
from dreamtree.db import saving

IS_SAMPLE = web.ErrorWords(
    "This is a sample tree",
    "It doesn’t have an account, and it’s deleted after a day. You can make one for a tree of your own.",
    (("Start your own", "/"),),
)
NO_ACCOUNT = web.ErrorWords(
    "This needs an account",
    "Make an account for this tree first. It takes a name and a password.",
    (("Make an account", "/account/claim"),),
)
HAS_ACCOUNT = web.ErrorWords(
    "This tree has an account",
    "Nothing was changed. Open your account and continue from there.",
    (("Account", "/account"),),
)


def find_current() -> Current | None:
    """Who the cookies say: the sample tree while its cookie lives, else the person's own. No cookie, no query."""
    return _authenticated_by(SAMPLE) or _authenticated_by(TREE)


def _authenticated_by(name: str) -> Current | None:
    sent = cookie_in(name)
    found = people.authenticate(*sent) if sent else None
    if sent and found and people.touch(found):
        give_cookie(name, ".".join(sent), is_short=_is_short(found))
        session.modified = True
    return found


def load_current() -> None:
    """Before every view: find the current person and keep it for this request."""
    g.current = find_current()


def current() -> Current | None:
    """The current person, session and settings, without a query; None for a visitor."""
    found: Current | None = g.get("current")
    return found


def current_person() -> User | None:
    """The current person, with the data key in hand; None for a visitor."""
    found = current()
    return found.user if found else None


def content_revision() -> int | None:
    """The revision of the book as the database has it; None for a visitor, for whom nothing was asked."""
    found = current()
    return found.content_revision if found else None


def require_person() -> User:
    """The current person. A visitor's GET goes to the first page; a save answers 401 and keeps the text."""
    return require_current().user


def require_current() -> Current:
    """As `require_person`, with session and settings."""
    return current() or refuse_unauthorized()


def require_account() -> Current:
    """As `require_current`, with an account. Without one a GET goes to the page that says what it is for."""
    found = require_current()
    if found.user.is_anonymous:
        abort(_account_page_or(NO_ACCOUNT))
    return found


def require_anonymous() -> Current:
    """As `require_current`, without an account; with one a GET goes to the page about it. A sample never gets one."""
    found = require_current()
    if found.user.is_sample:
        abort(web.error_response(403, IS_SAMPLE))
    if not found.user.is_anonymous:
        abort(_account_page_or(HAS_ACCOUNT))
    return found


def _account_page_or(words: web.ErrorWords) -> Response:
    """A GET goes to the page about the account; anything else is refused in these words."""
    path = with_next("/account", this_page())
    return web.redirect_to(path) if request.method in ("GET", "HEAD") else web.error_response(403, words)


def refuse_vanished(error: Exception) -> Response:
    """Answers as to a visitor when the person was erased or merged away while their request was under way.

    Then it failed because their rows are gone, whatever the error is.
    """
    found = current()
    if found is None or people.is_anonymous(str(found.user.id)) is not None:
        raise error
    return unauthorized_response()


def own_tree() -> Current | None:
    """The tree of one's own that this browser opens, also while a sample tree stands before it."""
    found = current()
    return _authenticated_by(TREE) if found is not None and found.user.is_sample else found


def start_tree(is_shared: bool) -> User:
    """Start a tree for the visitor, or go on with the open one. Ends the sample they stood in."""
    leave_sample()
    if found := current():
        return found.user
    new = new_tree(is_shared)
    saving(lambda: people.insert_tree(new))
    return open_tree(new)


def new_tree(is_shared: bool, is_sample: bool = False) -> NewTree:
    """A new tree for this browser, nothing written yet: see `people.insert_tree`, then `open_tree`."""
    return people.new_tree(is_shared, user_agents.device_name(request.user_agent.string), is_sample)


def open_tree(new: NewTree) -> User:
    """Give the browser the cookie of a tree that was just written; its person is the current one from now on."""
    found = new.current
    g.current = found
    give_cookie(SAMPLE if found.user.is_sample else TREE, new.cookie, is_short=_is_short(found))
    if not _is_short(found):
        session.permanent = True
    return found.user


def leave_sample() -> None:
    """Out of the sample tree, if one is open, and into the person's own."""
    found = current()
    if found is not None and found.user.is_sample:
        _leave_sample(found)
        g.current = _authenticated_by(TREE)


def leave() -> None:
    """End the current session and clear its traces. Leaving a sample touches nothing of the person's own tree."""
    found = require_current()
    if found.user.is_sample:
        return _leave_sample(found)
    people.end_session(found.session)
    g.current = None
    web.renew_csrf()
    take_cookie(TREE)

    @after_this_request
    def clear(response: Response) -> Response:
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return None


def _leave_sample(found: Current) -> None:
    people.end_session(found.session)
    g.current = None
    take_cookie(SAMPLE)


def _is_short(found: Current) -> bool:
    return bool(found.session.is_shared or found.user.is_sample)
