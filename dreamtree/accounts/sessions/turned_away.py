"""What happens to a request when nobody is here, or somebody else: nothing that was typed is lost."""

from collections.abc import Iterable
from typing import Any, NamedTuple, NoReturn
from urllib.parse import quote

from flask import abort, request

from dreamtree import web
from dreamtree.accounts import people
from dreamtree.accounts.sessions.cookies import TREE, cookie_in
from dreamtree.accounts.sessions.door import Onward, door, is_tagged, onward_from_here

SIGN_IN = "#signin"
ANOTHER_TREE = web.Words(
    "This page belongs to another tree", "It was open before you came. Copy what you typed, then open the page again."
)
OF_THE_OLD_PAGE = frozenset({"csrf_token", "person", "do", "device", "time_zone"})
NO_TEXT = ("base", "served")


class Typed(NamedTuple):
    """A text that a refused request carried, and the name of its field."""

    label: str
    text: str


def turn_away() -> NoReturn:
    """Nobody is here. A page leads to another one; a save answers 401 and keeps what it carried.

    Who holds an ended session of an account is asked to sign in; anybody else may begin a tree with the words.
    """
    sent = cookie_in(TREE)
    has_account = sent is not None and people.has_account(sent[0])
    if request.method in ("GET", "HEAD"):
        abort(web.go_to(f"/sign-in?next={quote(request.path, safe='')}" if has_account else "/"))
    values: dict[str, Any] = {"texts": typed_texts(), "carried": carried_fields(), "has_account": has_account}
    if web.is_fragment():
        abort(web.refusal("accounts/_signin.html", 401, SIGN_IN, door=door(onward=Onward()), **values))
    abort(web.page("accounts/signed_out.html", 401, door=door(onward=onward_from_here()), **values))


def turn_away_another() -> NoReturn:
    """A page of somebody else's tree was sent here: nothing is saved, and its words are handed back."""
    if web.is_fragment():
        abort(web.say(409, ANOTHER_TREE))
    abort(web.page("accounts/another_tree.html", 409, texts=typed_texts()))


def carried_fields() -> list[tuple[str, str]]:
    """The fields of a page that could not be saved, for a form that begins a tree with them."""
    if not is_tagged():
        return []
    return [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_OLD_PAGE]


def typed_texts() -> list[Typed]:
    """The prose this request carried, to be handed back; choices, keys and single words stay in their fields."""
    return _prose(request.form.items(multi=True))


def texts_of(onward: Onward) -> list[Typed]:
    """The prose that a sign-in carries on."""
    return _prose(onward.kept)


def _prose(fields: Iterable[tuple[str, str]]) -> list[Typed]:
    named = [(name.partition(":")[2], text.strip()) for name, text in fields]
    prose = [(field, text) for field, text in named if field and field not in NO_TEXT and " " in text]
    return [Typed(field.replace("-", " ").capitalize(), text) for field, text in prose]
