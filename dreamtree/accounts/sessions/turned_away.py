"""What happens to a request when nobody is here, or somebody else: nothing that was typed is lost."""

from typing import NamedTuple, NoReturn

from flask import abort, request

from dreamtree import web

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
    if web.is_fragment():
        abort(web.refusal("accounts/_signin.html", 401, SIGN_IN, texts=typed_texts()))
    if request.method in ("GET", "HEAD"):
        abort(web.go_to("/"))
    abort(web.page("accounts/signed_out.html", 401, texts=typed_texts(), carried=carried_fields()))


def turn_away_another() -> NoReturn:
    """A page of somebody else's tree was sent here: nothing is saved, and its words are handed back."""
    if web.is_fragment():
        abort(web.say(409, ANOTHER_TREE))
    abort(web.page("accounts/another_tree.html", 409, texts=typed_texts()))


def carried_fields() -> list[tuple[str, str]]:
    """The fields of a page that could not be saved, for a form that begins a tree with them."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in OF_THE_OLD_PAGE]


def typed_texts() -> list[Typed]:
    """The prose this request carried, to be handed back; choices, keys and single words stay in their fields."""
    fields = [(name.partition(":")[2], text.strip()) for name, text in request.form.items(multi=True)]
    prose = [(field, text) for field, text in fields if field and field not in NO_TEXT and " " in text]
    return [Typed(field.replace("-", " ").capitalize(), text) for field, text in prose]
