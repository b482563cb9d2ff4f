"""Changing the password: everything else that is signed in is signed out."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import credentials, passwords, people, sessions
from dreamtree.accounts.people import Current, NewSession
from dreamtree.accounts.views.blueprint import account_name, bp
from dreamtree.db import saving


@bp.get("/account/password")
def password() -> Response:
    """A field for the present password and one for the new."""
    return _page(account_name(sessions.require_account().user))


@bp.post("/account/password")
def change_password() -> Response:
    """Wrap the person's key under the new password: no text is sealed anew, and this page's form stays good."""
    current, typed = sessions.require_account(), request.form.get("new_password", "")
    name = account_name(current.user)
    if problem := sessions.password_problem(current.user):
        return _page(name, password=problem)
    if problem := passwords.problem_with(typed, name):
        return _page(name, new_password=problem)
    sessions.start_session(_change(current, typed))
    return web.redirect_to("/account?changed=password")


def _change(current: Current, typed: str) -> NewSession:
    """The session that goes on here, written together with the new password."""
    row = credentials.password_credential(current.user, typed)
    new = people.new_session(current.user, bool(current.session.is_shared), current.session.user_agent_label)

    def write() -> None:
        credentials.replace(row)
        people.end_sessions(current.user)
        new.session.save(force_insert=True)

    saving(write)
    return new


def _page(name: str, **errors: str) -> Response:
    return web.page("accounts/password.html", 422 if errors else 200, name=name, errors=errors)
