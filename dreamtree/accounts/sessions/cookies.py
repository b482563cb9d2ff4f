"""The cookies by which a browser opens a tree."""

import re
import secrets

from flask import Response, after_this_request, request

from dreamtree import web
from dreamtree.accounts import people

TREE, SAMPLE = "tree", "sample"
COOKIE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})")


def cookie_name(name: str) -> str:
    """With TLS the prefix ties a cookie to this host alone; browsers refuse it on plain HTTP."""
    return f"__Host-{name}" if web.application().settings.is_behind_tls else name


def cookie_in(name: str) -> tuple[str, str] | None:
    """Whose cookie the browser sent, and the token in it; dead ones too. None when there is none of ours."""
    parts = COOKIE.fullmatch(request.cookies.get(cookie_name(name), ""))
    return (parts[1], parts[2]) if parts else None


def new_form() -> str:
    """A mark for one form that makes words or codes which are shown once."""
    return secrets.token_urlsafe(12)


def tree_cookie() -> tuple[str, str]:
    """Whose tree the browser asks for, and the token; "" twice where it sent none."""
    return cookie_in(TREE) or ("", "")


def give_cookie(name: str, value: str, *, is_short: bool) -> None:
    """A cookie for 400 days; a short one ends with the browser."""
    seconds = None if is_short else int(people.ANONYMOUS_LIFE.total_seconds())
    is_safe = web.application().settings.is_behind_tls

    @after_this_request
    def give(response: Response) -> Response:
        response.set_cookie(
            cookie_name(name), value, max_age=seconds, secure=is_safe, httponly=True, samesite="Lax", path="/"
        )
        return response


def take_cookie(name: str) -> None:
    """The browser forgets it."""
    is_safe = web.application().settings.is_behind_tls

    @after_this_request
    def take(response: Response) -> Response:
        response.delete_cookie(cookie_name(name), path="/", secure=is_safe, httponly=True, samesite="Lax")
        return response
