"""The second half of a sign-in: a code from the app, or a backup code, within ten minutes of the password."""

from datetime import timedelta

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import second_step, sessions
from dreamtree.accounts.second_step import Verdict
from dreamtree.accounts.sessions import ReturnTo
from dreamtree.accounts.views.blueprint import bp
from dreamtree.accounts.views.signing import ask_again, finish

GUESSES, FREE, LONGEST = "code", 5, timedelta(minutes=15)
"""Who guesses here knows the password, so guesses soon become rare; a million of them are needed."""
LATE = "Your ten minutes for the code are up. Type your password again."
MESSAGES = {
    Verdict.WRONG: "That’s not the code your app shows now, or one of your backup codes. Check it and type it again.",
    Verdict.USED: "You already used that code. Your app will show a new one within 30 seconds. Type that one.",
}


@bp.get("/sign-in/code")
def sign_in_code() -> Response:
    """The form for the code, while one is awaited."""
    return_to = ReturnTo(sessions.next_page())
    if sessions.waiting_code() is None:
        return web.redirect_to(sessions.with_next("/sign-in", return_to.next))
    return web.page("accounts/sign_in_code.html", return_to=return_to, error="", is_in_place=False)


@bp.post("/sign-in/code")
def open_with_code() -> Response:
    """Open the account whose password was right. Each code is good once."""
    waiting = sessions.waiting_code()
    if waiting is None:
        return ask_again(422, LATE)
    if wait := sessions.rate_limit_person(GUESSES, waiting.user, FREE, LONGEST):
        return _page(429, sessions.too_often_words(wait))
    verdict = second_step.check(waiting.user, request.form.get("code", ""))
    if verdict is not Verdict.PASSED:
        return _page(422, MESSAGES[verdict])
    sessions.clear_attempts_of(GUESSES, waiting.user)
    return finish(waiting.user, bool(waiting.session.is_shared))


def _page(code: int, error: str) -> Response:
    return_to = sessions.return_to_in_form()
    if web.is_fragment():
        return web.fragment("accounts/_sign_in_code.html", code, return_to=return_to, error=error, is_in_place=True)
    return web.page("accounts/sign_in_code.html", code, return_to=return_to, error=error, is_in_place=False)
