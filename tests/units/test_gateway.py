"""The gateway by itself: what the application is given of a request, and what becomes of slow and large ones."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

import pytest

from dreamtree import gateway
from dreamtree.gateway import MEGABYTE, REFUSED, Gateway, Pace, bodies
from dreamtree.gateway.bodies import BodyReader
from dreamtree.gateway.environ import environ_of
from dreamtree.gateway.spool import Memory, Spool

LIMIT = 3 * MEGABYTE
QUICK = Pace(first=0.05, rate=10 * MEGABYTE, most=0.2)
Seen = dict[str, Any]
T = TypeVar("T")
Messages = list[dict[str, Any]]


def scope_with(method: str = "POST", path: bytes = b"/save", **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http", "method": method, "http_version": "1.1", "scheme": "http", "path": "lossy",
        "raw_path": path, "query_string": b"a=%ff", "headers": named, "client": ("127.0.0.1", "5"), "server": None,
    }  # fmt: skip


def echo(seen: Seen) -> Callable[..., Iterable[bytes]]:
    """An application that keeps what it got and answers the body."""

    def application(environ: Seen, start_response: Callable[..., object]) -> Iterable[bytes]:
        seen.update(environ, body=environ["wsgi.input"].read())
        start_response("200 OK", [("X-Own", "ü"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [seen["body"]]

    return application


def run(work: Coroutine[Any, Any, T]) -> T:
    """What `work` answers, in a thread of its own: in that of the tests, a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result(30)


class Browser:
    """Sends these pieces, then says nothing more unless they were all; keeps what it was sent."""

    def __init__(self, *pieces: bytes, is_whole: bool = True, leaves: bool = False, reads: int = 10**6) -> None:
        self.pieces, self.is_whole, self.leaves, self.reads = list(pieces), is_whole, leaves, reads
        self.got: Messages = []

    async def receive(self) -> dict[str, Any]:
        if self.pieces:
            piece = self.pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or not self.is_whole}
        if self.leaves:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: dict[str, Any]) -> None:
        if len(self.got) >= self.reads:
            await asyncio.Event().wait()
        self.got.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(one.get("body", b"") for one in self.got[1:])

    @property
    def is_answered(self) -> bool:
        return bool(self.got) and not self.got[-1].get("more_body", True)


def served(scope: dict[str, Any], browser: Browser, application: Callable[..., Iterable[bytes]]) -> Gateway:
    """The gateway, after one request."""
    entrance = Gateway(application, lambda *_: LIMIT, pace=QUICK)
    run(asyncio.wait_for(entrance(scope, browser.receive, browser.send), 10))
    return entrance


def chunks(size: int) -> list[bytes]:
    """Bytes that differ from piece to piece, so that an order that is lost is seen."""
    pieces = [bytes([n % 256]) * 65_536 for n in range(size // 65_536 + 1)]
    whole = b"".join(pieces)[:size]
    return [whole[at : at + 65_536] for at in range(0, size, 65_536)]


@pytest.mark.parametrize("size", [1, 70_000, MEGABYTE + 1, LIMIT])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_comes_as_it_was_sent_and_so_does_the_answer(size: int, is_chunked: bool) -> None:
    pieces, seen = chunks(size), Seen()
    browser = Browser(*pieces)
    how = {"transfer_encoding": "chunked"} if is_chunked else {"content_length": str(size)}
    entrance = served(scope_with(**how), browser, echo(seen))
    assert seen["body"] == browser.body == b"".join(pieces)
    assert seen["CONTENT_LENGTH"] == str(size)
    assert "HTTP_TRANSFER_ENCODING" not in seen
    assert browser.is_answered
    assert entrance._memory.free == gateway.MEMORY_LIMIT


def test_the_headers_of_an_answer_are_sent_as_they_are_and_the_server_has_no_name() -> None:
    browser = Browser()
    served(scope_with("GET"), browser, echo({}))
    assert browser.got[0]["headers"] == [
        (b"x-own", "ü".encode("latin-1")),
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
        (b"server", b""),
    ]


def test_a_request_without_a_body_waits_for_none() -> None:
    seen = Seen()
    browser = Browser(is_whole=False)
    served(scope_with("GET"), browser, echo(seen))
    assert (seen["CONTENT_LENGTH"], seen["body"], browser.got[0]["status"]) == ("0", b"", 200)


def test_a_header_with_an_underscore_cannot_stand_for_one_that_a_proxy_sets() -> None:
    scope = scope_with(cookie="a=1")
    scope["headers"] += [(b"cookie", b"b=2"), (b"x_forwarded_for", b"6.6.6.6"), (b"x-forwarded-for", b"1.2.3.4")]
    scope["headers"] += [(b"x-forwarded-for", b"5.6.7.8")]
    environ = environ_of(scope)
    assert environ["HTTP_X_FORWARDED_FOR"] == "1.2.3.4,5.6.7.8"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"


def test_a_path_keeps_its_bytes() -> None:
    assert (
        environ_of(scope_with(path=b"/%C3%BC%ff%2F"))["PATH_INFO"] == "/ü\xff/".encode().decode("latin-1")[:3] + "\xff/"
    )


@pytest.mark.parametrize("how", [{"content_length": str(LIMIT + 1)}, {"transfer_encoding": "chunked"}])
def test_what_is_too_much_is_thrown_away_and_the_application_is_told_how_much_it_was(how: dict[str, str]) -> None:
    seen, browser = Seen(), Browser(*chunks(LIMIT + 3 * MEGABYTE))
    entrance = served(scope_with(**how), browser, echo(seen))
    assert (seen["body"], seen["CONTENT_LENGTH"]) == (b"", str(LIMIT + 1))
    assert browser.pieces == []
    assert entrance._memory.free == gateway.MEMORY_LIMIT


def test_of_what_is_far_too_much_no_more_than_a_bound_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_UNREAD", MEGABYTE)
    seen, browser = Seen(), Browser(*chunks(4 * MEGABYTE))
    served(scope_with(content_length=str(LIMIT + 1)), browser, echo(seen))
    assert len(browser.pieces) >= 2 * MEGABYTE // 65_536
    assert browser.got[0]["status"] == 200


def test_whoever_asks_before_sending_sends_nothing_that_is_too_much() -> None:
    seen, browser = Seen(), Browser(*chunks(MEGABYTE))
    served(scope_with(content_length=str(LIMIT + 1), expect="100-continue"), browser, echo(seen))
    assert (seen["body"], browser.got[0]["status"]) == (b"", 200)
    assert browser.pieces == chunks(MEGABYTE)


@pytest.mark.parametrize("how", [{"content_length": "100000"}, {"transfer_encoding": "chunked"}])
def test_a_body_that_stalls_is_refused_with_what_came_of_it(how: dict[str, str]) -> None:
    seen, browser = Seen(), Browser(b"text=abc", is_whole=False)
    served(scope_with(**how), browser, echo(seen))
    assert (seen[REFUSED], seen["body"], seen["CONTENT_LENGTH"]) == (408, b"text=abc", "8")


def test_a_body_that_trickles_has_an_end_too() -> None:
    seen, browser = Seen(), Browser(is_whole=False)

    async def one_more() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    browser.receive = one_more  # type: ignore[method-assign]
    served(scope_with(content_length="100000"), browser, echo(seen))
    assert seen[REFUSED] == 408
    assert len(seen["body"]) < 50


def test_what_is_no_body_is_refused_by_the_gateway_and_asks_the_application_nothing() -> None:
    """The server says the same of somebody who left, and who won't hear it."""
    seen, browser = Seen(), Browser(b"abc", is_whole=False, leaves=True)
    entrance = served(scope_with(content_length="100000"), browser, echo(seen))
    assert (seen, browser.got[0]["status"], browser.is_answered) == ({}, 400, True)
    assert {(b"x-frame-options", b"DENY"), (b"server", b"")} <= set(browser.got[0]["headers"])
    assert entrance._memory.free == gateway.MEMORY_LIMIT


def test_when_too_many_bodies_are_open_the_one_that_is_most_behind_gives_way() -> None:
    async def crowd() -> list[int]:
        bodies = BodyReader(Memory(MEGABYTE), Pace(first=5), most=3)
        environ = {"CONTENT_LENGTH": "100000"}
        sent = [b"x" * 10_000, b"", b"y" * 100, b"z"]
        people = [Browser(piece, is_whole=False) for piece in sent]
        reading = [asyncio.create_task(bodies.read(environ, one.receive, LIMIT)) for one in people]
        await asyncio.sleep(0)
        honest = await bodies.read(environ, Browser(b"saved").receive, LIMIT)
        done, waiting = await asyncio.wait(reading, timeout=0.1)
        for one in waiting:
            one.cancel()
        return [honest.refused, *(one.result().refused if one in done else 0 for one in reading)]

    assert run(crowd()) == [0, 0, 408, 0, 408]


@pytest.mark.parametrize("size", [200_000, 2 * MEGABYTE])
def test_a_slow_reader_gets_no_more_and_its_memory_is_free_again(size: int) -> None:
    browser = Browser(*chunks(size), reads=2)
    entrance = served(scope_with(content_length=str(size)), browser, echo({}))
    assert not browser.is_answered
    assert entrance._memory.free == gateway.MEMORY_LIMIT


def test_a_slow_reader_holds_no_thread() -> None:
    async def both() -> float:
        entrance = Gateway(echo({}), lambda *_: LIMIT, pace=Pace(first=5))
        slow, quick = Browser(*chunks(200_000), reads=2), Browser(b"a")
        waits = asyncio.create_task(entrance(scope_with(content_length="200000"), slow.receive, slow.send))
        while len(slow.got) < 2:
            await asyncio.sleep(0)
        began = asyncio.get_running_loop().time()
        await entrance(scope_with(content_length="1"), quick.receive, quick.send)
        took = asyncio.get_running_loop().time() - began
        assert quick.is_answered
        waits.cancel()
        return took

    assert run(both()) < 2


def test_what_takes_long_is_done_beside_everything_else() -> None:
    is_over = Event()

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/long":
            assert is_over.wait(20)
        start_response("200 OK", [])
        return [b"done"]

    async def both() -> bool:
        entrance = Gateway(application, lambda *_: LIMIT, lambda _, path: path == "/long")
        long, quick = Browser(), Browser()
        waits = asyncio.create_task(entrance(scope_with("GET", path=b"/long"), long.receive, long.send))
        await asyncio.sleep(0)
        await entrance(scope_with("GET"), quick.receive, quick.send)
        was_first = quick.is_answered and not long.is_answered
        is_over.set()
        await waits
        return was_first and long.is_answered

    assert run(both())


def test_a_crash_outside_of_the_application_is_a_plain_answer_without_its_message(caplog: Any) -> None:
    def broken(*_: object) -> Iterable[bytes]:
        raise KeyError("what somebody wrote")

    browser = Browser()
    served(scope_with("GET"), browser, broken)
    assert browser.got[0]["status"] == 500
    assert b"Try again" in browser.body
    assert b"wrote" not in browser.body


def test_what_finds_no_room_in_memory_is_covered_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(1000)
    with Spool(memory) as small, Spool(memory) as other:
        small.write(b"a" * 600)
        other.write(b"secret " * 100)
        other.write(b"and more")
        other._file.seek(0)
        assert b"secret" not in other._file.read()
        for spool, words in ((small, b"a" * 600), (other, b"secret " * 100 + b"and more")):
            spool.rewind()
            assert spool.read() == words
        assert memory.free == 400
    assert memory.free == 1000
