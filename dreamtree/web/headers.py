"""The headers of every answer, and its compression."""

import gzip
from wsgiref.headers import Headers as WsgiHeaders

from flask import Flask, Response, request
from werkzeug.datastructures import Headers

COMPRESS_FROM = 1024
COMPRESSED_TYPES = ("text/html", "text/plain", "text/css", "application/json", "image/svg+xml")
SELF = ("script", "style", "font", "img", "connect", "manifest")
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in SELF),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TRANSPORT = "max-age=63072000; includeSubDomains"


def init(app: Flask, is_behind_tls: bool) -> None:
    """Give every answer of a view its headers. Static files get theirs from `guard` when the server starts."""

    @app.after_request
    def finish(response: Response) -> Response:
        set_headers(response.headers, is_behind_tls)
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(["HX-Request-Type", "Cookie", "Accept-Language"])
        return compress(response)


def set_headers(headers: Headers | WsgiHeaders, is_behind_tls: bool) -> None:
    """Write the headers that stand on every answer, static files too."""
    for name, value in EVERYWHERE.items():
        headers[name] = value
    if is_behind_tls:
        headers["Strict-Transport-Security"] = TRANSPORT


def compress(response: Response) -> Response:
    """Gzip text over 1 KB for a browser that takes it; `csrf` says why this gives no secret away."""
    if response.mimetype not in COMPRESSED_TYPES or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) <= COMPRESS_FROM or "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    response.set_data(gzip.compress(body, 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
