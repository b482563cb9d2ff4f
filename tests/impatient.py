"""The application behind a gateway that loses its patience soon; for granian, in tests of slow browsers."""

from collections.abc import Callable, Iterable
from typing import Any

from app import app
from dreamtree.gateway import MEGABYTE, Gateway, Pace
from dreamtree.web.body_limits import is_long, limit_of
from tests.browser.server import PATIENCE

LARGE = 16 * MEGABYTE


def with_a_large_answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The application, and an answer that is too large for what lies between here and a browser."""
    if environ["PATH_INFO"] != "/large":
        return app(environ, start_response)
    start_response("200 OK", [("Content-Length", str(LARGE))])
    return [b"a" * LARGE]


asgi = Gateway(with_a_large_answer, limit_of(app), is_long(app), pace=Pace(first=PATIENCE, most=PATIENCE, linger=1))
