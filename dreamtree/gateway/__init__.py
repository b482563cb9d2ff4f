"""Between the server and the application: whole requests go in, whole responses come out.

The server speaks ASGI, the application WSGI. A request takes a thread only once its body is here, and gives it back
before its response is sent: nobody waits because someone else sends or reads slowly.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext
from operator import itemgetter
from typing import Any

from dreamtree.gateway.bodies import NO_ROOM, USUAL, BodyReader, Disconnected, Pace, Receive
from dreamtree.gateway.environ import Scope, environ_of
from dreamtree.gateway.responses import BROKEN, UNREADABLE, Response, Wsgi, plain_error, response_of, send_response
from dreamtree.gateway.spool import MEGABYTE, Memory
from dreamtree.gateway.turns import Sender, Turns

__all__ = ["MEGABYTE", "REFUSED", "Gateway", "Pace"]

REFUSED = "dreamtree.refused"
"""The key in the environ of a request that is to be answered with this status, and nothing else."""
MEMORY_LIMIT = 64 * MEGABYTE
"""So much of all bodies and responses of a process is in memory; what is more is on the disk."""
THREADS = 1
"""In each process one thread answers: there is a process for every core, and on SQLite a second thread would wait."""
LONG_THREADS = 1
"""Beside it one that does what takes long, one after another."""
SWITCH_INTERVAL = 0.0005
"""Seconds after which one thread of Python lets another go on, so that pages don't wait for what takes long."""
log = logging.getLogger("dreamtree.gateway")

Send = Callable[[dict[str, Any]], Awaitable[None]]
Limit = Callable[[str, str, str], int]
TakesLong = Callable[[str, str], bool]
Environ = dict[str, Any]
SenderOf = Callable[[Environ], str]
NO_TURN = nullcontext()


class Gateway:
    """Serves `application` over ASGI.

    `limit_of(method, path, content_type)` is the most bytes that a body may have; what `takes_long(method, path)` is
    done beside everything else, and of each of those that `sender_of(environ)` names, one at a time. `pace` is how fast
    bodies have to come, and responses to go.
    """

    def __init__(
        self,
        application: Wsgi,
        limit_of: Limit,
        takes_long: TakesLong = lambda *_: False,
        sender_of: SenderOf = itemgetter("REMOTE_ADDR"),
        pace: Pace = USUAL,
    ) -> None:
        self.application, self.limit_of, self.takes_long, self.pace = application, limit_of, takes_long, pace
        self.sender_of = sender_of
        self._turns = Turns()
        self._memory = Memory(MEMORY_LIMIT)
        self._body_reader = BodyReader(self._memory, pace)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answering")
        self._long_threads = ThreadPoolExecutor(LONG_THREADS, thread_name_prefix="taking-long")
        sys.setswitchinterval(SWITCH_INTERVAL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        environ = environ_of(scope)
        if self.takes_long(environ["REQUEST_METHOD"], environ["PATH_INFO"]):
            with self._turns.sender(self.sender_of(environ)) as sender:
                response = await self._long_response(environ, receive, sender)
        else:
            response = await self._respond(environ, receive, self._limit(environ))
        with response.body:
            await send_response(response, send, self.pace)

    def _limit(self, environ: Environ) -> int:
        return self.limit_of(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("CONTENT_TYPE", ""))

    async def _long_response(self, environ: Environ, receive: Receive, sender: Sender) -> Response:
        """The response of the other thread; of a sender who has too many waiting, nothing is kept or done."""
        if sender.has_too_many:
            environ[REFUSED] = NO_ROOM
            return await self._respond(environ, receive, 0)
        return await self._respond(environ, receive, self._limit(environ), self._long_threads, sender.turn)

    async def _respond(
        self,
        environ: Environ,
        receive: Receive,
        limit: int,
        threads: ThreadPoolExecutor | None = None,
        turn: AbstractAsyncContextManager[object] = NO_TURN,
    ) -> Response:
        try:
            body = await self._body_reader.read(environ, receive, limit)
        except Disconnected:
            return plain_error(UNREADABLE)
        with body.spool:
            environ |= {"CONTENT_LENGTH": str(body.length), "wsgi.input": body.spool, "wsgi.multithread": True}
            if body.refused:
                environ[REFUSED] = body.refused
            async with turn:
                return await self._work(environ, threads or self._threads)

    async def _work(self, environ: Environ, threads: ThreadPoolExecutor) -> Response:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(threads, response_of, self.application, environ, self._memory)
        except Exception as error:
            log.exception("crash outside of the application")
            return plain_error(NO_ROOM if isinstance(error, OSError) else BROKEN)
