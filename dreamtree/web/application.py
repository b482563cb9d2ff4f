"""The Flask application: its configuration and what stands around every view."""

from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask.templating import Environment
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from dreamtree import dates, locales
from dreamtree.config import Settings
from dreamtree.db import release
from dreamtree.web import assets, body_limits, csrf, direction, errors, headers, logs, waiting

ROOT = Path(__file__).parents[2]
COOKIE_DAYS = 400


class Templates(Environment):
    """Flask's templates. What all of them know is a plain dictionary; nothing is added to it once one is loaded.

    Jinja compares it wherever a template imports macros, some twenty times a page, and its own, layered one is slow at
    that.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What one template knows."""
        return {**self.globals, **(d or {})}


class Application(Flask):
    """Flask, knowing the house's settings, strict in templates, and silent about what people wrote."""

    jinja_environment = Templates
    jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}

    def __init__(self, settings: Settings) -> None:
        super().__init__("dreamtree", static_folder=None, template_folder=str(ROOT / "templates"))
        self.settings = settings
        self.config.update(configuration(settings))
        logs.init(self, settings)
        errors.init(self)
        self.before_request(self.refuse_other_hosts)
        self.before_request(refuse_nul)
        self.before_request(lambda: locales.use(locales.preferred(request.accept_languages.values())))
        self.teardown_request(lambda _: locales.use(locales.AMERICAN))
        self.teardown_request(lambda _: release())
        self.jinja_env.filters["day"] = dates.day_words
        body_limits.init(self)
        csrf.init(self)
        direction.init(self)
        headers.init(self)
        waiting.init(self)
        self.files = assets.init(self, ROOT / "static", settings.data_directory / "assets")
        self.wsgi_app = headers.with_headers(self.wsgi_app, settings.is_behind_tls)  # type: ignore[method-assign]
        if settings.is_behind_tls:
            self.wsgi_app = ProxyFix(self.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Log a crash by id, rule, type and places; Flask's own would print the message and the address."""
        if exc_info[1] is not None:
            logs.report(exc_info[1])

    def refuse_other_hosts(self) -> None:
        """400 for a host that is not ours. Werkzeug's own list takes no IPv6 address."""
        name = urlsplit(f"//{request.host}").hostname or ""
        for host in self.settings.hosts:
            if name == host.strip("[].") or (host.startswith(".") and name.endswith(host)):
                return
        abort(400)


def refuse_nul() -> None:
    """404 for a path with a NUL in it, which no page of ours has, and which a database server doesn't take."""
    if "\0" in request.path:
        abort(404)


def application() -> Application:
    """The application that answers this request."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(app, Application)
    return app


def configuration(settings: Settings) -> dict[str, object]:
    """Flask's own settings. Its session holds the CSRF token and nothing else."""
    is_safe = settings.is_behind_tls
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "MAX_CONTENT_LENGTH": body_limits.LIMIT,
        "MAX_FORM_MEMORY_SIZE": body_limits.LIMIT,
        "MAX_FORM_PARTS": 10_000,
        "PREFERRED_URL_SCHEME": "https" if is_safe else "http",
        "SESSION_COOKIE_NAME": "__Host-csrf" if is_safe else "csrf",
        "SESSION_COOKIE_SECURE": is_safe,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=COOKIE_DAYS),
        "WTF_CSRF_TIME_LIMIT": None,
        # Some browsers keep the address of the last page to themselves; `csrf` asks for the origin instead.
        "WTF_CSRF_SSL_STRICT": False,
    }
