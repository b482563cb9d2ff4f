"""Signing in and out."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import addresses, credentials, sessions
from dreamtree.accounts.models import User
from dreamtree.accounts.second_step import second_step_of
from dreamtree.accounts.sessions import ReturnTo
from dreamtree.accounts.views.blueprint import bp, secrets

NOT_TOGETHER = "This name and this password don’t go together. Check both, then try again."
HOME, MERGE, CODE = "/home", "/data/merge", "/sign-in/code"


@bp.get("/sign-in")
def sign_in() -> Response:
    """The form that opens an account."""
    return_to = ReturnTo(sessions.next_page())
    user = sessions.current_person()
    if user is not None and not user.is_anonymous:
        return web.redirect_to(return_to.next or HOME)
    return web.page("accounts/sign_in.html", form=sessions.sign_in_form(return_to=return_to))


@bp.post("/sign-in")
def open_account() -> Response:
    """Open the account, or ask for the second step. Unknown and wrong get one answer, after the same time."""
    name = sessions.typed_name()
    if wait := sessions.rate_limit_account(name):
        return ask_again(429, sessions.too_often_words(wait))
    user = credentials.first_opened(
        credentials.user_by_password, addresses.owners_of(secrets(), name), request.form.get("password", "")
    )
    if user is None:
        return ask_again(422, NOT_TOGETHER)
    sessions.clear_attempts(name)
    if second_step_of(user) is None:
        return finish(user, chose_shared())
    sessions.wait_for_code(user, chose_shared())
    return ask_code()


@bp.post("/sign-out")
def sign_out() -> Response:
    """End the session. A tree without an account would be closed for good by it: there it is refused."""
    current = sessions.require_current()
    if current.user.is_anonymous:
        return web.page("accounts/not_signed_out.html", 403)
    sessions.leave()
    return web.page("accounts/sign_out.html")


def chose_shared() -> bool:
    """Which of the two buttons was pressed; anything but one's own device counts as shared."""
    return request.form.get("device") != "own"


def ask_code() -> Response:
    """The form for the second step, which carries on where this one leads."""
    return_to = sessions.return_to_in_form()
    if web.is_fragment():
        return web.fragment("accounts/_sign_in_code.html", return_to=return_to, error="", is_in_place=True)
    if return_to.kept:
        return web.page("accounts/sign_in_code.html", return_to=return_to, error="", is_in_place=False)
    return web.redirect_to(sessions.with_next(CODE, return_to.next))


def finish(user: User, is_shared: bool) -> Response:
    """Open the tree of `user`, whose key is in hand, and lead on to where the form of this request says.

    With a tree without an account in the browser, that is the page which makes one tree of the two.
    """
    waits, return_to = sessions.sign_in(user, is_shared), sessions.return_to_in_form()
    if web.is_fragment():
        return _in_place(waits)
    if return_to.kept and return_to.to:
        return web.page("accounts/resend.html", return_to=return_to, waits=waits)
    return web.redirect_to(sessions.with_next(MERGE, return_to.next) if waits else return_to.next or HOME)


def _in_place(waits: bool) -> Response:
    """Into the dialog of a page that could not save: it closes, and its blocks go once more."""
    response = web.response_of(web.render("accounts/_signed_in.html"), web.csrf_part())
    if waits:
        response.headers["HX-Redirect"] = sessions.with_next(MERGE, sessions.page_before())
    return response


def ask_again(code: int, error: str) -> Response:
    """The form once more, with what is wrong."""
    form = sessions.sign_in_form(error=error)
    if web.is_fragment():
        return web.fragment("accounts/_sign_in_form.html", code, form=form)
    return web.page("accounts/sign_in.html", code, form=form)
