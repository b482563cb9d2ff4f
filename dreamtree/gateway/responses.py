"""The response of a WSGI application: taken as a whole, and sent without a thread waiting."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dreamtree.gateway.bodies import NO_ROOM, Pace
from dreamtree.gateway.spool import Memory, Spool

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
PIECE = 64 * 1024
NAMELESS = (b"server", b"")
"""Which server this is, and in which version, is nobody's business; without a line the server would name itself."""

PLAIN = (
    (b"content-type", b"text/plain"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
UNREADABLE, BROKEN = 400, 500
PLAIN_WORDS = {
    UNREADABLE: b"We couldn't read that request. Go back, reload the page, and try again.\n",
    BROKEN: b"Something went wrong on our side. Try again in a moment.\n",
    NO_ROOM: b"DreamTree is busy. Wait a few seconds, then try again.\n",
}


@dataclass
class Response:
    """Status, headers and body."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: Spool


def response_of(application: Wsgi, environ: dict[str, Any], memory: Memory) -> Response:
    """What `application` answers, all of it."""
    response = Response(500, [], Spool(memory))

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
        response.status = int(status.split(" ", 1)[0])
        response.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return response.body.write

    try:
        parts = application(environ, start_response)
        try:
            for part in parts:
                response.body.write(part)
        finally:
            getattr(parts, "close", int)()
    except BaseException:
        response.body.close()
        raise
    response.body.rewind()
    return response


def plain_error(status: int) -> Response:
    """For what never got to the application, and for when even its own error page failed."""
    response = Response(status, list(PLAIN), Spool(Memory(PIECE)))
    response.body.write(PLAIN_WORDS[status])
    response.body.rewind()
    return response


async def send_response(response: Response, send: Callable[[dict[str, Any]], Awaitable[None]], pace: Pace) -> None:
    """Sends it, piece by piece; whoever reads too slowly does not get the rest."""
    await send({"type": "http.response.start", "status": response.status, "headers": [*response.headers, NAMELESS]})
    left = response.body.size
    try:
        while left > 0:
            piece = response.body.read(PIECE) or b""
            left -= len(piece)
            async with asyncio.timeout(pace.seconds_for(len(piece))):
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
    except TimeoutError:
        return
    if not response.body.size:
        await send({"type": "http.response.body", "body": b""})
