"""Where somebody wanted to go: kept through sign-in, code, recovery, claim and merge. Only our own pages."""

import re
from urllib.parse import urlencode, urlsplit

from flask import request
from werkzeug.urls import iri_to_uri

from dreamtree import web

LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}")
HOME = "/home"
NOWHERE = ("/", HOME)
"""Where one gets anyway."""
DOORS = ("/sign-in", "/account/claim", "/data/merge")
"""What somebody goes through on the way there."""


def next_page() -> str:
    """The page that the address of this request asks to go on to; "" when it names none of ours."""
    return own_page(request.args.get("next", ""))


def page_before() -> str:
    """The page of ours that led here, for a form that was opened from it; "" when there is none."""
    return own_page(web.referring_page())


def this_page() -> str:
    """The page that this request is for, with its query."""
    return own_page(iri_to_uri(request.full_path.removesuffix("?")))


def own_page(text: str) -> str:
    """`text` when it is the address of a page here that a GET shows, and no door; else ""."""
    page = local_path(text)
    path = urlsplit(page).path
    return page if page and path not in NOWHERE and not path.startswith(DOORS) and web.is_shown(path) else ""


def local_path(text: str) -> str:
    """`text` if it is a path of this house, else ""; it cannot lead anywhere else."""
    return text if LOCAL.fullmatch(text) else ""


def with_next(address: str, page: str, **query: str) -> str:
    """`address` with `query`, which leads on to `page` in the end."""
    if page:
        query["next"] = page
    return f"{address}?{urlencode(query)}" if query else address
