"""The bodies of requests: read to their end before anything else happens, at a least pace, up to a limit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from dreamtree.gateway.spool import MEGABYTE, Memory, Spool

MOST_AT_ONCE = 256
MOST_UNREAD = 256 * MEGABYTE
"""So much of a body that is too long is taken and thrown away: whoever is cut off while sending sees no answer."""
TOO_SLOW, NO_ROOM = 408, 503
log = logging.getLogger("dreamtree.gateway")

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Disconnected(Exception):
    """Whoever asked has left, or sends what is no body: the server says the same of both."""


@dataclass(frozen=True)
class Pace:
    """How long it may take: `first` seconds, one more for each `rate` bytes that came, and `most` in all.

    The rest of a body that is too long is awaited until nothing came for `linger` seconds.
    """

    first: float = 20
    rate: int = 1_000
    most: float = 900
    linger: float = 3

    def seconds_for(self, size: int) -> float:
        """How long so many bytes may take."""
        return min(self.first + size / self.rate, self.most)


USUAL = Pace()


@dataclass(frozen=True)
class Body:
    """A body as far as it came. `length` is what it has, or what it was to have where that is too much.

    `refused` is the status that answers it whatever is in it; 0 for a body that came in time and found room.
    """

    spool: Spool
    length: int
    refused: int = 0


class BodyReader:
    """Reads the bodies that are on their way to a process; of too many, the one that is most behind gives way."""

    def __init__(self, memory: Memory, pace: Pace, most: int = MOST_AT_ONCE) -> None:
        self._memory, self._pace, self._most = memory, pace, most
        self._open: set[asyncio.Timeout] = set()

    async def read(self, environ: dict[str, Any], receive: Receive, limit: int) -> Body:
        """The body of this request. Above `limit` nothing of it is kept. Raises `Disconnected`."""
        declared = _declared(environ)
        if declared == 0 or declared > limit:
            if declared and "HTTP_EXPECT" not in environ:
                await self._discard(receive)
            return Body(Spool(self._memory), declared)
        try:
            body = await self._kept(receive, limit)
        except OSError:
            log.exception("no room for a body")
            body = Body(Spool(self._memory), 0, NO_ROOM)
        if body.length > limit or body.refused == NO_ROOM:
            await self._discard(receive)
        return body

    async def _kept(self, receive: Receive, limit: int) -> Body:
        """The body, none of it where it turns out longer than `limit`.

        Raises `Disconnected`, and `OSError` for a full disk.
        """
        spool, refused = Spool(self._memory), 0
        try:
            try:
                await self._fill(spool, receive, limit)
            except TimeoutError:
                refused = TOO_SLOW
            spool.rewind()
        except BaseException:
            spool.close()
            raise
        if spool.size > limit:
            spool.close()
            return Body(Spool(self._memory), limit + 1)
        return Body(spool, spool.size, refused)

    async def _discard(self, receive: Receive) -> None:
        """Takes what is on its way of a body that is too long, while it comes, up to `MOST_UNREAD`.

        Raises `Disconnected`.
        """
        loop, size, has_more = asyncio.get_running_loop(), 0, True
        until = loop.time() + self._pace.most
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.linger) as deadline:
                with self._registered(deadline):
                    while has_more and size <= MOST_UNREAD:
                        message = await receive()
                        if message["type"] != "http.request":
                            raise Disconnected
                        size += len(message.get("body", b""))
                        has_more = message.get("more_body", False)
                        _reschedule(deadline, min(loop.time() + self._pace.linger, until))

    async def _fill(self, spool: Spool, receive: Receive, limit: int) -> None:
        began = asyncio.get_running_loop().time()
        has_more = True
        async with asyncio.timeout(self._pace.first) as deadline:
            with self._registered(deadline):
                while has_more and spool.size <= limit:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise Disconnected
                    spool.write(message.get("body", b""))
                    has_more = message.get("more_body", False)
                    _reschedule(deadline, began + self._pace.seconds_for(spool.size))

    @contextmanager
    def _registered(self, deadline: asyncio.Timeout) -> Iterator[None]:
        if len(self._open) >= self._most:
            slowest = min(self._open, key=lambda one: one.when() or 0)
            self._open.remove(slowest)
            _reschedule(slowest, asyncio.get_running_loop().time())
        self._open.add(deadline)
        try:
            yield
        finally:
            self._open.discard(deadline)


def _reschedule(deadline: asyncio.Timeout, to: float) -> None:
    if not deadline.expired():
        deadline.reschedule(to)


def _declared(environ: dict[str, Any]) -> int:
    """How long the body is said to be; -1 where its end will show."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        del environ["HTTP_TRANSFER_ENCODING"]
        return -1
    return int(environ.get("CONTENT_LENGTH") or 0)
