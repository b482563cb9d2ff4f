"""What happens to a request of nobody, or of somebody else's page: nothing that was typed is lost."""

from typing import Any, NoReturn

from flask import Response, abort, request

from dreamtree import web
from dreamtree.accounts import people
from dreamtree.accounts.sessions.cookies import TREE, cookie_in
from dreamtree.accounts.sessions.next_page import this_page, with_next
from dreamtree.accounts.sessions.sign_in_form import ReturnTo, return_to_this_page, sign_in_form

SIGN_IN = "#signin"
OLD_PAGE_FIELDS = frozenset({"person", "do", "device", "time_zone"})


def refuse_unauthorized() -> NoReturn:
    """Answer a request that no session belongs to: a page leads to a door, which leads on to it; a save is 401."""
    abort(unauthorized_response())


def unauthorized_response() -> Response:
    """As `refuse_unauthorized`. Who certainly has an account is asked to sign in, who certainly has none may begin a
    tree with the words; where the browser shows no cookie, or one that nobody knows any more, both are offered."""
    sent = cookie_in(TREE)
    is_anonymous = people.is_anonymous(sent[0]) if sent else None
    if request.method in ("GET", "HEAD"):
        return web.redirect_to(with_next("/sign-in" if is_anonymous is False else "/", this_page()))
    options = {"can_sign_in": is_anonymous is not True, "can_start": is_anonymous is not False}
    return _ask("accounts/_session_ended.html", "accounts/session_ended.html", 401, **options)


def refuse_other_tree() -> NoReturn:
    """Answer 409 to a page of another tree than the one that is open: nothing is saved, its words are handed back."""
    abort(other_tree_response())


def other_tree_response() -> Response:
    """As `refuse_other_tree`: the tree that the page belongs to may be opened instead of the one that is."""
    return _ask("accounts/_other_tree.html", "accounts/other_tree.html", 409)


def _ask(part: str, page: str, code: int, **values: Any) -> Response:
    """Words and a form to sign in with: in the dialog of the page, which still holds its fields, or as a page."""
    values |= {"sent": web.sent_words(), "carried": carried_fields()}
    if web.is_fragment():
        return web.error_fragment(part, code, SIGN_IN, form=sign_in_form(return_to=ReturnTo()), **values)
    return web.page(page, code, form=sign_in_form(return_to=return_to_this_page()), **values)


def carried_fields() -> list[tuple[str, str]]:
    """The fields of a page that could not be saved, for a form that begins a tree with them."""
    return [pair for pair in web.fields_to_send_again() if pair[0] not in OLD_PAGE_FIELDS]
