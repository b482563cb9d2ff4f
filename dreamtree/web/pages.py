"""How a view answers: with a page, with a fragment of one, or by sending the browser on."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, stream_template
from jinja2_fragments.flask import render_block
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

MAIN_LINKS = (
    ("Home", "/home", "house"),
    ("Workbook", "/workbook", "book-open"),
    ("Tools", "/tools", "wrench"),
    ("Profile", "/profile", "user-round"),
)
OWN_LINKS = (
    ("Account", "/account", "key-round"),
    ("Your data", "/data", "archive"),
    ("Settings", "/settings", "sliders-horizontal"),
)
NavLink = tuple[str, str, str, bool]

KEEP_LINKS = (("Make an account", "/account/claim"), ("Save a copy", "/data"))


@dataclass(frozen=True)
class FormError:
    """What is wrong with one field: its id, what to do, and, in a list of several, the field's name."""

    anchor: str
    message: str
    label: str = ""


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(template: str, /, code: int = 200, **values: Any) -> Response:
    """A whole page; its template sees `code`, the status, too."""
    return make_response(render_template(template, code=code, **values), code)


def render(template: str, /, **values: Any) -> Markup:
    """The text of a template, or of one block of it: `"workbook/exercise.html#progress"`."""
    name, _, block = template.partition("#")
    return Markup(render_block(name, block, **values) if block else render_template(name, **values))


def rendered(template: str, /, **values: Any) -> Iterator[str]:
    """The text of a template, a piece at a time."""
    return stream_template(template, **values)


def response_of(*parts: str, code: int = 200) -> Response:
    """Several rendered parts in one response: the main one, then those that htmx places out of band."""
    return make_response("\n".join(parts), code)


def fragment(template: str, /, code: int = 200, **values: Any) -> Response:
    """One part of a page, named as in `render`."""
    return response_of(render(template, code=code, **values), code=code)


def retarget(response: Response, target: str, swap: str = "innerHTML") -> Response:
    """Send a fragment to another place than the one that asked: `target` is a selector, `swap` htmx's word."""
    response.headers["HX-Retarget"] = target
    response.headers["HX-Reswap"] = swap
    return response


def text_file(name: str, text: str) -> Response:
    """A file of plain text for the browser to keep as `name`, which is ASCII."""
    response = make_response(text)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def redirect_to(address: str) -> Response:
    """Send the browser on with a GET, after a save or from a place it may not see."""
    return make_response(redirect(address, 303))


def redirect_back(default: str = "/") -> Response:
    """To the page of this house that the form stood on, else to `default`."""
    return redirect_to(referring_page() or default)


def referring_page() -> str:
    """The address of the page of this house that the browser came from; "" where it names none."""
    host, referrer = request.host_url, request.referrer or ""
    return "/" + referrer.removeprefix(host).lstrip("/\\") if referrer.startswith(host) else ""


def is_shown(path: str) -> bool:
    """Whether a GET of this path is answered by one of our views."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return bool(path)


def error_fragment(template: str, code: int, target: str, **values: Any) -> Response:
    """A fragment that says no, placed where it covers nothing that was typed."""
    return retarget(fragment(template, code, **values), target)


def navigation() -> list[NavLink]:
    """Label, address, icon, and whether it is the current page, of the main pages that exist."""
    return _existing(MAIN_LINKS)


def own_navigation() -> list[NavLink]:
    """As `navigation`: where a person looks after their account, their data and how the pages are for them."""
    return _existing(OWN_LINKS)


def keep_links() -> tuple[tuple[str, str], ...]:
    """Label and address of what keeps a tree that only this browser opens, as far as they exist."""
    rules = _rules(current_app.url_map)
    return tuple(link for link in KEEP_LINKS if link[1] in rules)


def _existing(links: tuple[tuple[str, str, str], ...]) -> list[NavLink]:
    rules, path = _rules(current_app.url_map), request.path
    return [(label, url, icon, path == url or path.startswith(f"{url}/")) for label, url, icon in links if url in rules]


@lru_cache(maxsize=8)
def _rules(url_map: Map) -> frozenset[str]:
    """The addresses of all views, as they are written; none is added once a page was shown."""
    return frozenset(rule.rule for rule in url_map.iter_rules())
