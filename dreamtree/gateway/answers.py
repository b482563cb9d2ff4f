"""The answer of a WSGI application: taken as a whole, and sent without a thread waiting."""

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
class Answer:
    """Status, headers and body."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: Spool


def answer_of(application: Wsgi, environ: dict[str, Any], memory: Memory) -> Answer:
    """What `application` answers, all of it."""
    answer = Answer(500, [], Spool(memory))

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
        answer.status = int(status.split(" ", 1)[0])
        answer.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return answer.body.write

    try:
        parts = application(environ, start_response)
        try:
            for part in parts:
                answer.body.write(part)
        finally:
            getattr(parts, "close", int)()
    except BaseException:
        answer.body.close()
        raise
    answer.body.rewind()
    return answer


def plain_error(status: int) -> Answer:
    """For what never got to the application, and for when even its own error page failed."""
    answer = Answer(status, list(PLAIN), Spool(Memory(PIECE)))
    answer.body.write(PLAIN_WORDS[status])
    answer.body.rewind()
    return answer


async def send_answer(answer: Answer, send: Callable[[dict[str, Any]], Awaitable[None]], pace: Pace) -> None:
    """Sends it, piece by piece; whoever reads too slowly does not get the rest."""
    await send({"type": "http.response.start", "status": answer.status, "headers": [*answer.headers, NAMELESS]})
    left = answer.body.size
    try:
        while left > 0:
            piece = answer.body.read(PIECE) or b""
            left -= len(piece)
            async with asyncio.timeout(pace.seconds_for(len(piece))):
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
    except TimeoutError:
        return
    if not answer.body.size:
        await send({"type": "http.response.body", "body": b""})
