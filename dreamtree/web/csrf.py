"""Cross-site request forgery: Flask-WTF's check, with a token that looks different in every answer.

Answers are compressed, and a secret that stands unchanged in compressed answers beside text chosen by somebody
else can be guessed from their lengths (BREACH). So the token is covered with a fresh one-time pad each time it is
shown; SameSite=Lax keeps other sites from asking with the person's cookie in the first place.
"""

import base64
import binascii
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup

from dreamtree.web.pages import response_of

CsrfFailed = CSRFError


class MaskedCsrf(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's protection, reading tokens that `csrf_token` covered, and refusing forms of other sites outright."""

    def protect(self, **options: Any) -> None:
        if request.method == "POST" and is_cross_site():
            raise CSRFError("origin")
        super().protect(**options)

    def _get_csrf_token(self) -> str | None:
        masked = super()._get_csrf_token()
        return _signed_anew(_unmask(masked)) if masked else None


def init(app: Flask) -> None:
    """Check every POST, and give templates `csrf_token()`."""
    MaskedCsrf(app)
    app.context_processor(lambda: {"csrf_token": csrf_token})
    app.jinja_env.globals["csrf_token"] = csrf_token


def csrf_token() -> str:
    """The token for a form of this answer."""
    return _mask(generate_csrf())


def renew_csrf() -> None:
    """Make older tokens void: at sign-in and sign-out."""
    session.clear()
    g.pop("csrf_token", None)


def csrf_retry() -> Response:
    """400 for a fragment whose token was refused: nothing but a new one, so that the page sends once more."""
    response = response_of(csrf_part(), code=400)
    response.headers["HX-Reswap"] = "none"
    return response


def csrf_part() -> Markup:
    """The part of an answer that gives a page a fresh token, out of band."""
    part = Markup('<div id="csrf" data-hx-swap-oob="true"><input type="hidden" name="csrf_token" value="{}"></div>')
    return part.format(csrf_token())


def is_cross_site() -> bool:
    """Whether the browser says that another site sent this. Browsers that say nothing have the token to show."""
    origin = request.headers.get("Origin", "null")
    is_foreign = origin != "null" and urlsplit(origin).netloc != request.host
    return is_foreign or request.headers.get("Sec-Fetch-Site") == "cross-site"


def _signed_anew(token: str) -> str:
    """A token that was signed under an earlier secret which is still honored; Flask-WTF knows only the present one."""
    for secret in current_app.config["SECRET_KEY_FALLBACKS"]:
        try:
            return str(_signer(current_app.config["SECRET_KEY"]).dumps(_signer(secret).loads(token)))
        except BadData:
            continue
    return token


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="wtf-csrf-token")


def _mask(token: str) -> str:
    raw = token.encode()
    pad = secrets.token_bytes(len(raw))
    return base64.urlsafe_b64encode(pad + _xor(pad, raw)).decode()


def _unmask(masked: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(masked)
        return _xor(raw[: len(raw) // 2], raw[len(raw) // 2 :]).decode()
    except (binascii.Error, ValueError):
        return "not a token"


def _xor(pad: bytes, text: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(pad, text, strict=True))
