"""What is logged: ids, rules, codes, durations, places in the code. Never an address, a value or a message."""

import logging
import secrets
import sys
import time
import traceback
from types import TracebackType

from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger("dreamtree.web")
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


class PlaceFormatter(logging.Formatter):
    """Prints an exception as type and places; its message may hold what a person wrote."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        assert isinstance(ei, tuple)
        return describe(ei[1]) if isinstance(ei[1], BaseException) else ""


def init(app: Flask, level: str) -> None:
    """Number requests and log each one; write to standard error unless somebody set the logging up already."""
    ours = logging.getLogger("dreamtree")
    ours.setLevel(level)
    if not ours.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(PlaceFormatter(LINE))
        ours.addHandler(handler)
    # At DEBUG Peewee logs each query with its values.
    logging.getLogger("peewee").setLevel(logging.WARNING)
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The short id of this request: in the log, in `X-Request-Id` and on error pages."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return str(g.request_id)


def where() -> str:
    """The request's id, method and rule, without what stands in the address."""
    rule = request.url_rule.rule if request.url_rule else "-"
    return f"{request_id()} {request.method} {rule}"


def report(error: BaseException) -> None:
    """Log a crash."""
    place = where() if has_request_context() else "-"
    log.error("crash %s\n%s", place, describe(error))


def describe(error: BaseException) -> str:
    """Types and places of an exception and its causes, one a line; neither messages nor values."""
    lines = [type(error).__qualname__, *_places(error.__traceback__)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines += ["from", describe(cause)]
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.walk_tb(trace)
    return [f"  {frame.f_code.co_filename}:{line}:{frame.f_code.co_name}" for frame, line in frames]


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    log.info("%s %d %.0f ms", where(), response.status_code, took)
    return response
