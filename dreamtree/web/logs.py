"""What is logged: ids, rules, codes, durations, places in the code. Never an address, a value or a message."""

import json
import logging
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType

from flask import Flask, Response, current_app, g, has_request_context, request

from dreamtree import disk
from dreamtree.config import Settings
from dreamtree.metrics import REFUSED_BODIES, REQUESTS, SECONDS, count_one, observe

log = logging.getLogger("dreamtree.web")
REFUSED_BODY = (408, 413)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LINE_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
PROXY_ID = re.compile(r"[0-9a-f-]{8,64}", re.IGNORECASE)
"""An id that a proxy gives a request; digits and no words, in case it passes on what a browser sent."""


class PlaceFormatter(logging.Formatter):
    """Prints an exception as type and places; its message may hold what a person wrote."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        assert isinstance(ei, tuple)
        return describe(ei[1]) if isinstance(ei[1], BaseException) else ""


class JsonFormatter(PlaceFormatter):
    """Prints a line as one JSON object: when, how grave, who says it, the id of the request, what, and its parts."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            entry["request"] = request_id()
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry | getattr(record, "parts", {}), ensure_ascii=False)


FORMATTERS = {"TEXT": PlaceFormatter, "JSON": JsonFormatter}


def init(app: Flask, settings: Settings) -> None:
    """Number requests and log each one; write to standard error unless somebody set the logging up already."""
    ours = logging.getLogger("dreamtree")
    ours.setLevel(settings.log_level)
    if not ours.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(FORMATTERS[settings.log_format](LINE_FORMAT))
        ours.addHandler(handler)
    app.config["TRUSTS_REQUEST_IDS"] = settings.is_behind_tls
    # At DEBUG Peewee logs each query with its values.
    logging.getLogger("peewee").setLevel(logging.WARNING)
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The id of this request: in the log, in `X-Request-Id` and on error pages. That of the proxy, behind one."""
    if "request_id" not in g:
        g.request_id = _id_of_proxy() or secrets.token_hex(4)
    return str(g.request_id)


def _id_of_proxy() -> str:
    sent = request.headers.get("X-Request-Id", "") if current_app.config["TRUSTS_REQUEST_IDS"] else ""
    return sent if PROXY_ID.fullmatch(sent) else ""


def request_words() -> str:
    """The request's id, method and rule, without what stands in the address."""
    return f"{request_id()} {method()} {rule()}"


def rule() -> str:
    """The rule that the address of this request goes by; "-" where none does."""
    return request.url_rule.rule if request.url_rule else "-"


def method() -> str:
    """The method of this request; "-" for one that nobody knows: it may be any word."""
    return request.method if request.method in METHODS else "-"


def report(error: BaseException) -> None:
    """Log a crash: its types and places, with the request it happened in, if any."""
    place = request_words() if has_request_context() else "-"
    log.error("crash %s\n%s", place, describe(error))


def describe(error: BaseException) -> str:
    """Types, codes of database or system, and places of an exception and its causes; no messages, no values."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or disk.code_of(error)
    name = type(error).__qualname__
    lines = [f"{name} {code}" if code else name, *_places(error.__traceback__)]
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
    parts = {"method": method(), "rule": rule(), "status": response.status_code, "ms": round(took, 1)}
    count_one(REQUESTS, method(), rule(), str(response.status_code))
    observe(SECONDS, took / 1000, method(), rule())
    if response.status_code in REFUSED_BODY:
        count_one(REFUSED_BODIES, str(response.status_code))
    log.info("%s %d %.0f ms", request_words(), response.status_code, took, extra={"parts": parts})
    return response
