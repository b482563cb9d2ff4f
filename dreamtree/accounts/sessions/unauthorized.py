"""What happens to a request of nobody, or of somebody else's page: nothing that was typed is lost."""

from collections.abc import Iterable
from typing import Any, NamedTuple, NoReturn

from flask import abort, request

from dreamtree import web
from dreamtree.accounts import people
from dreamtree.accounts.sessions.cookies import TREE, cookie_in
from dreamtree.accounts.sessions.next_page import this_page, with_next
from dreamtree.accounts.sessions.sign_in_form import ReturnTo, is_tagged, return_to_this_page, sign_in_form

SIGN_IN = "#signin"
OTHER_TREE = web.ErrorWords(
    "This page belongs to another tree", "It was open before you came. Copy what you typed, then open the page again."
)
OF_THE_OLD_PAGE = frozenset({"csrf_token", "person", "do", "device", "time_zone"})
NO_TEXT = ("base", "served")


class Typed(NamedTuple):
    """A text that a refused request carried, and the name of its field."""

    label: str
    text: str


def refuse_unauthorized() -> NoReturn:
    """Answer a request that no session belongs to: a page leads to a door, which leads on to it; a save is 401.

    Who holds an ended session of an account is asked to sign in; anybody else may begin a tree with the words.
    """
    sent = cookie_in(TREE)
    has_account = sent is not None and people.has_account(sent[0])
    if request.method in ("GET", "HEAD"):
        abort(web.redirect_to(with_next("/sign-in" if has_account else "/", this_page())))
    values: dict[str, Any] = {"texts": typed_texts(), "carried": carried_fields(), "has_account": has_account}
    if web.is_fragment():
        values["form"] = sign_in_form(return_to=ReturnTo())
        abort(web.error_fragment("accounts/_session_ended.html", 401, SIGN_IN, **values))
    abort(web.page("accounts/session_ended.html", 401, form=sign_in_form(return_to=return_to_this_page()), **values))


def refuse_other_tree() -> NoReturn:
    """Answer 409 to a page of another tree than the one that is open: nothing is saved, its words are handed back."""
    if web.is_fragment():
        abort(web.error_response(409, OTHER_TREE))
    abort(web.page("accounts/other_tree.html", 409, texts=typed_texts()))


def carried_fields() -> list[tuple[str, str]]:
    """The fields of a page that could not be saved, for a form that begins a tree with them."""
    if not is_tagged():
        return []
    return [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_OLD_PAGE]


def typed_texts() -> list[Typed]:
    """The prose this request carried, to be handed back; choices, keys and single words stay in their fields."""
    return _prose(request.form.items(multi=True))


def texts_of(return_to: ReturnTo) -> list[Typed]:
    """The prose that a sign-in carries on."""
    return _prose(return_to.kept)


def _prose(fields: Iterable[tuple[str, str]]) -> list[Typed]:
    named = [(name.partition(":")[2], text.strip()) for name, text in fields]
    prose = [(field, text) for field, text in named if field and field not in NO_TEXT and " " in text]
    return [Typed(field.replace("-", " ").capitalize(), text) for field, text in prose]
