"""Signing in: a session for a person whose key was just opened, and two kinds of session that wait.

While the code of a second step is awaited, its session is in the cookie `code`. When the browser holds a tree without
an account, the account waits in the cookie `merge` until both trees are one, or the person thinks better of it.
"""

from flask import g, request, session

from dreamtree import web
from dreamtree.accounts import people, user_agents
from dreamtree.accounts.models import Session, User
from dreamtree.accounts.people import CODE, MERGE, OPEN, Current, NewSession
from dreamtree.accounts.sessions.cookies import TREE, cookie_in, give_cookie, take_cookie
from dreamtree.accounts.sessions.current import leave_sample, own_tree
from dreamtree.db import saving


def sign_in(user: User, is_shared: bool) -> bool:
    """Open the tree of `user`, whose key is in hand. Answers whether it waits to be merged with the current one.

    The current session ends, but for that of a tree without an account in which something stands.
    """
    leave_sample()
    mine = own_tree()
    waits = mine is not None and _stays(mine, user)
    new = new_session(user, is_shared, MERGE if waits else OPEN)
    ended = [one.session for one in (waiting_code(), waiting_merge(), None if waits else mine) if one]
    saving(lambda: _replace(ended, new))
    if is_shared:
        people.hide_private(user, True)
    take_cookie(CODE)
    _renew_csrf(is_shared)
    if waits:
        give_cookie(MERGE, new.cookie, is_short=True)
    else:
        start_session(new)
    return waits


def new_session(user: User, is_shared: bool, state: str = OPEN) -> NewSession:
    """A new session for this browser, not yet written."""
    return people.new_session(user, is_shared, user_agents.device_name(request.user_agent.string), state)


def start_session(new: NewSession) -> None:
    """Give the browser the cookie of a session that was just written: its person is the current one from now on."""
    give_cookie(TREE, new.cookie, is_short=bool(new.session.is_shared))
    g.current = people.authenticate(new.session.user_id, new.token)


def wait_for_code(user: User, is_shared: bool) -> None:
    """The password was right; the tree stays closed until the code of the second step comes."""
    before, new = waiting_code(), new_session(user, is_shared, CODE)
    saving(lambda: _replace([before.session] if before else [], new))
    give_cookie(CODE, new.cookie, is_short=True)


def waiting_code() -> Current | None:
    """Whose code is awaited in this browser, key in hand; None after ten minutes, or when nobody's is."""
    return _waiting(CODE)


def waiting_merge() -> Current | None:
    """The account that waits to be merged with the current tree; None after 15 minutes, or when none does."""
    return _waiting(MERGE)


def finish_merge(waiting: Current) -> None:
    """The two trees are one: the account of `waiting_merge` is the current one from now on.

    Its session may have been opened before, with `people.open_session` in the transaction of the merge.
    """
    sent = cookie_in(MERGE)
    assert sent is not None
    saving(lambda: people.open_session(waiting.user, waiting.session))
    take_cookie(MERGE)
    _renew_csrf(bool(waiting.session.is_shared))
    start_session(NewSession(waiting.session, sent[1]))


def cancel_merge() -> None:
    """Nothing is merged, nobody is signed in; the current tree stays open."""
    if waiting := waiting_merge():
        people.end_session(waiting.session)
    take_cookie(MERGE)


def _waiting(state: str) -> Current | None:
    sent = cookie_in(state)
    return people.authenticate(*sent, state) if sent else None


def _stays(mine: Current, user: User) -> bool:
    is_another = mine.user.id != user.id and bool(mine.user.is_anonymous)
    return is_another and people.has_answers(mine.user)


def _replace(ended: list[Session], new: NewSession) -> None:
    for one in ended:
        people.end_session(one)
    new.session.save(force_insert=True)


def _renew_csrf(is_shared: bool) -> None:
    web.renew_csrf()
    session.permanent = not is_shared
