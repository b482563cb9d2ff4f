"""The headers of every answer, and its compression."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Wsgi = Callable[..., Iterable[bytes]]
HeaderList = list[tuple[str, str]]
COMPRESS_FROM = 1024
GZIP = 16 + zlib.MAX_WBITS
"""What tells zlib to write the head and the end of gzip."""
COMPRESSED_TYPES = ("text/html", "text/plain", "text/css", "application/json", "image/svg+xml")
OWN_SOURCES = ("script", "style", "font", "img", "connect", "manifest")
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in OWN_SOURCES),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
NEVER_ASKED_FOR = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"),
    *("microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NEVER_ASKED_FOR),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
HSTS = "max-age=63072000; includeSubDomains"


def init(app: Flask) -> None:
    """Give every answer of a view what it needs to know of itself; `with_headers` adds what stands on every answer."""

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(["HX-Request-Type", "Cookie", "Accept-Language"])
        return compress(response)


def with_headers(application: Wsgi, is_behind_tls: bool) -> Wsgi:
    """`application` with the headers that stand on every answer: on those of static files and of middleware too."""
    everywhere = {**EVERYWHERE, "Strict-Transport-Security": HSTS} if is_behind_tls else EVERYWHERE

    def answering(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: HeaderList, *error: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *everywhere.items()], *error)

        return application(environ, start)

    return answering


def compress(response: Response) -> Response:
    """Gzip text over 1 KB for a browser that takes it; `csrf` says why this gives no secret away."""
    if response.mimetype not in COMPRESSED_TYPES or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    if response.is_streamed:
        response.response = _compressed(response.iter_encoded())
        del response.headers["Content-Length"]
    elif len(body := response.get_data()) > COMPRESS_FROM:
        response.set_data(gzip.compress(body, 5, mtime=0))
    else:
        return response
    response.headers["Content-Encoding"] = "gzip"
    return response


def _compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """What is too long to be in memory, packed as it goes by."""
    packer = zlib.compressobj(5, wbits=GZIP)
    for part in parts:
        yield packer.compress(part)
    yield packer.flush()
