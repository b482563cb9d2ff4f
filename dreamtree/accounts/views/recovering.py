"""Back in with the twelve words, when the password is forgotten."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import addresses, credentials, passwords, recovering, recovery_words, sessions
from dreamtree.accounts.second_step import second_step_of
from dreamtree.accounts.sessions import ReturnTo
from dreamtree.accounts.views.blueprint import bp, message_of, password_note, secrets
from dreamtree.accounts.views.signing import MERGE, chose_shared

NOT_TOGETHER = "This name and these words don’t go together. Check both, then try again."
WORDS, PASSWORD = "words", "password"


@bp.get("/sign-in/words")
def recover() -> Response:
    """The form that takes the words and a new password."""
    return _page([])


@bp.post("/sign-in/words")
def open_with_words() -> Response:
    """A new password for whom the words open; every other session ends, and the second step is off."""
    name, password = sessions.typed_name(), request.form.get("password", "")
    form_errors, secret = _read(name, password)
    if form_errors:
        return _page(form_errors, 422)
    if wait := sessions.rate_limit_account(name):
        return _page([web.FormError(WORDS, sessions.too_often_words(wait))], 429)
    user = credentials.first_opened(credentials.user_by_words, addresses.owners_of(secrets(), name), secret)
    if user is None:
        return _page([web.FormError(WORDS, NOT_TOGETHER)], 422)
    sessions.clear_attempts(name)
    had_second_step = second_step_of(user) is not None
    recovering.recover(user, password)
    if sessions.sign_in(user, chose_shared()):
        return web.redirect_to(sessions.with_next(MERGE, sessions.next_page()))
    return web.page("accounts/recovered.html", had_second_step=had_second_step)


def _read(name: str, password: str) -> tuple[list[web.FormError], bytes]:
    """What is wrong with what was typed, whoever it is for, and the secret that the words spell."""
    secret, problem = b"", ""
    try:
        secret = recovery_words.secret_from(request.form.get("words", ""))
    except recovery_words.WrongWords as wrong:
        problem = str(wrong)
    found = (
        web.FormError(WORDS, problem, "The twelve words"),
        web.FormError(PASSWORD, passwords.problem_with(password, addresses.normal(name)), "New password"),
    )
    return [one for one in found if one.message], secret


def _page(form_errors: list[web.FormError], code: int = 200) -> Response:
    error = message_of(form_errors, PASSWORD)
    return web.page(
        "accounts/recover.html",
        code,
        form=sessions.sign_in_form(return_to=ReturnTo()),
        typed=request.form.get("words", ""),
        form_errors=form_errors,
        words_error=message_of(form_errors, WORDS),
        password_error=error,
        password_note=password_note(request.form.get("password", ""), error),
    )
