"""Making an account, and the twelve words that come with it."""

from flask import Response, request

from dreamtree import web
from dreamtree.accounts import addresses, claiming, passwords, people, sessions
from dreamtree.accounts.addresses import Taken
from dreamtree.accounts.models import User
from dreamtree.accounts.recovery_words import COUNT, WrongWords, secret_from, words_from
from dreamtree.accounts.views.blueprint import bp, message_of, password_note, secrets

FREE_CLAIMS = 20
NAME, PASSWORD = "name", "password"
FILE = "dreamtree-recovery-words.txt"
FILE_WORDS = (
    "Recovery words for DreamTree. Anyone who has them can open your tree. Keep them with your important papers.\n\n"
)
NOT_THE_WORD = "That’s not word {position}. Check your list again."
LEAVE_OUT = "Save the file from the page that shows the words."


@bp.get("/account/claim")
def claim() -> Response:
    """What an account is, and the form that makes one."""
    sessions.require_anonymous()
    return _claim([], next_page=sessions.next_page() or sessions.page_before())


@bp.post("/account/claim")
def make_account() -> Response:
    """The account; its twelve words stand on the page that answers, and nowhere else."""
    name, password = sessions.typed_name(), request.form.get("password", "")
    if sessions.current() is None and (again := _words_again(name, password)):
        return again
    current = sessions.require_current()
    if not current.user.is_anonymous and not current.user.is_sample:
        return _made_already(current.user)
    current = sessions.require_anonymous()
    if form_errors := _form_errors(name, password):
        return _claim(form_errors, 422, password)
    if wait := sessions.rate_limit("claim", FREE_CLAIMS):
        return _claim([web.FormError(NAME, sessions.too_often_words(wait))], 429, password)
    new = sessions.new_session(_with_account(current.user), bool(current.session.is_shared))
    try:
        shown = claiming.claim(current.user, secrets(), name, password, new, _secret(password))
    except Taken:
        return _words_again(name, password) or _claim([web.FormError(NAME, addresses.TAKEN)], 422, password)
    sessions.start_session(new)
    return _show_words(shown, is_new=True)


@bp.get("/account/words")
def recovery_words() -> Response:
    """Whether the words were checked; checking them, and getting new ones."""
    return _words_page(
        sessions.require_account().user,
        notice="Those are right. You still have your words." if "checked" in request.args else "",
    )


@bp.post("/account/words")
def renew_words() -> Response:
    """Twelve new words, for the password."""
    user = sessions.require_account().user
    if problem := sessions.password_problem(user):
        return _words_page(user, 422, error=problem)
    secret = _secret(request.form.get("password", ""), request.form.get("once") or sessions.new_form())
    return _show_words(claiming.renew_words(user, secret))


@bp.post("/account/words/check")
def check_words() -> Response:
    """Three of the words, typed back."""
    user = sessions.require_account().user
    typed = {
        position: request.form.get(f"word-{position}", "") for position in _positions(request.form.get("places", ""))
    }
    if wait := sessions.rate_limit(f"words|{user.id}", FREE_CLAIMS):
        return _words_page(user, 429, asked=typed, form_errors=[web.FormError("", sessions.too_often_words(wait))])
    if wrong := claiming.wrong_positions(user, typed):
        form_errors = [web.FormError(f"word-{one}", NOT_THE_WORD.format(position=one), f"Word {one}") for one in wrong]
        return _words_page(user, 422, asked=typed, form_errors=form_errors)
    claiming.mark_checked(user)
    return web.redirect_to(sessions.with_next("/account/words", sessions.next_page(), checked="yes"))


@bp.post("/account/words/file")
def words_file() -> Response:
    """The words that the page showed, as a file; they come from the page, since we do not have them."""
    sessions.require_account()
    try:
        shown = words_from(secret_from(request.form.get("words", "")))
    except WrongWords:
        return web.error_response(422, web.ErrorWords("There’s nothing to save", LEAVE_OUT))
    lines = "\n".join(f"{position:2} {word}" for position, word in enumerate(shown, 1))
    return web.text_file(FILE, f"{FILE_WORDS}{lines}\n")


def _form_errors(name: str, password: str) -> list[web.FormError]:
    """What is wrong with what was typed, in the order of the fields."""
    found = (
        web.FormError(NAME, addresses.problem_with(name), "Email or name"),
        web.FormError(PASSWORD, passwords.problem_with(password, addresses.normal(name)), "Password"),
    )
    return [one for one in found if one.message]


def _claim(form_errors: list[web.FormError], code: int = 200, password: str = "", next_page: str = "") -> Response:
    error = message_of(form_errors, PASSWORD)
    return web.page(
        "accounts/claim.html",
        code,
        name=sessions.typed_name(),
        form_errors=form_errors,
        name_error=message_of(form_errors, NAME),
        password_error=error,
        password_note=password_note(password, error),
        next_page=next_page or sessions.next_page(),
    )


def _secret(password: str, once: str = "") -> bytes:
    """The secret that this form makes words of, in this browser."""
    _, token = sessions.tree_cookie()
    return claiming.secret_of(token, password, once)


def _words_again(name: str, password: str) -> Response | None:
    """The page with the words once more, for a claim that was sent twice: the browser threw the first answer away."""
    user_id, _ = sessions.tree_cookie()
    secret = _secret(password)
    if user_id not in addresses.owners_of(secrets(), name):
        return None
    user = claiming.claimed_already(user_id, secret)
    if user is None:
        return None
    sessions.sign_in(user, is_shared=people.is_anywhere_shared(user))
    return _show_words(words_from(secret), is_new=True)


def _made_already(user: User) -> Response:
    """For a form that stood open while another tab made the account: nothing is made twice, and it leads on.

    The words were shown in that tab. Until they were typed back, new ones are offered here.
    """
    has_words = claiming.checked_on(user) is not None
    return web.page("accounts/made_already.html", 409, once=sessions.new_form(), has_words=has_words)


def _with_account(user: User) -> User:
    """The person as they are once the account is made: their sessions end at another time."""
    claimed = User(**user.__data__)
    claimed.is_anonymous, claimed.data_key = 0, user.data_key
    return claimed


def _positions(text: str) -> tuple[int, ...]:
    """The positions that a form asked for; other ones when they are not three of twelve."""
    chosen = {int(part) for part in text.split() if part.isdecimal() and len(part) <= 2}
    fits = len(chosen) == claiming.ASKED and chosen <= set(range(1, COUNT + 1))
    return tuple(sorted(chosen)) if fits else claiming.random_positions()


def _show_words(shown: tuple[str, ...], is_new: bool = False) -> Response:
    asked = [(position, "", "") for position in claiming.random_positions()]
    return web.page("accounts/new_words.html", words=shown, asked=asked, is_new=is_new)


def _words_page(
    user: User,
    code: int = 200,
    *,
    asked: dict[int, str] | None = None,
    form_errors: list[web.FormError] | None = None,
    error: str = "",
    notice: str = "",
) -> Response:
    positions = asked or dict.fromkeys(claiming.random_positions(), "")
    errors = {one: message_of(form_errors or [], f"word-{one}") for one in positions}
    return web.page(
        "accounts/words.html",
        code,
        asked=[(position, word, errors[position]) for position, word in positions.items()],
        form_errors=form_errors or [],
        checked_on=claiming.checked_on(user),
        once=sessions.new_form(),
        error=error,
        notice=notice,
    )
