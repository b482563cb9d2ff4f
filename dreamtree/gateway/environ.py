"""A request as WSGI describes it (PEP 3333), from how ASGI does."""

import sys
from typing import Any
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]
JOINED_BY = {"HTTP_COOKIE": "; "}


def environ_of(scope: Scope) -> dict[str, Any]:
    """The environ without a body: `wsgi.input` and its length are added once that is here."""
    server, client = scope.get("server") or ("localhost", 0), scope.get("client") or ("", 0)
    raw_path = scope.get("raw_path") or scope["path"].encode()
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw_path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    return environ


def _add_headers(environ: dict[str, Any], headers: list[tuple[bytes, bytes]]) -> None:
    """A name with an underscore is left out: WSGI could not tell it from one with a dash, which a proxy has set."""
    for raw_name, value in headers:
        if b"_" in raw_name:
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]}{JOINED_BY.get(key, ',')}{text}" if key in environ else text
