"""People who send or read slowly, by a bad line or on purpose, keep nobody else waiting, and not for ever."""

import select
import socket
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import repeat
from pathlib import Path
from typing import cast

import pytest
from flask.testing import FlaskClient

from dreamtree.gateway import MEGABYTE
from dreamtree.gateway.bodies import MOST_UNREAD
from tests.browser.server import PATIENCE, Server
from tests.page import Page
from tests.visitor import PARTIAL, Visitor
from tests.wire import Wire

STALLED, TRICKLING, READERS, TIMES = 50, 5, 5, 9
WINDOW = 65_536
FORM = "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
BY_LENGTH = f"POST /start HTTP/1.1\r\n{FORM}Content-Length: 100000\r\n\r\na="
BY_CHUNKS = f"POST /start HTTP/1.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\n"
TOO_LONG = f"POST /data/restore HTTP/1.1\r\n{FORM}Content-Length: 999999999\r\n\r\na="
FAR_TOO_MUCH = 60
FILE = "Host: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
IN_CHUNK = b"100000\r\n"
IDLE = 200
HALF_A_HEAD = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-"
SMALL = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
LARGE = "GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PATH, BLOCK = "/workbook/1.1.1", "1.1.1.thanks"


@pytest.fixture(scope="module")
def impatient(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker, which waits a few seconds for a body."""
    idle = ("--http1-header-read-timeout", str(int(PATIENCE * 1000)))
    server = Server(tmp_path_factory.mktemp("impatient"), seeded, target="tests.impatient:asgi", options=idle)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visitor(impatient: Server) -> Visitor:
    somebody = Visitor(cast(FlaskClient, Wire(impatient.url)))
    somebody.start()
    return somebody


@contextmanager
def opened(server: Server, said: list[str], window: int = 0) -> Iterator[list[socket.socket]]:
    """Connections that say this and no more; with a `window`, ones that take in so little."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in said]
        for one, words in zip(sockets, said, strict=True):
            if window:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            one.connect(("127.0.0.1", server.port))
            one.sendall(words.encode())
        yield sockets


@contextmanager
def trickled_into(sockets: list[socket.socket]) -> Iterator[None]:
    """A byte a tenth of a second for each, as long as the server takes it."""
    is_over = threading.Event()

    def trickle() -> None:
        while not is_over.wait(0.1):
            for one in sockets:
                _send_byte(one)

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _send_byte(one: socket.socket) -> None:
    try:
        one.send(b"a")
    except OSError:
        return


def answer_on(one: socket.socket) -> str:
    """All that the server sends until it closes the connection."""
    one.settimeout(PATIENCE * 5)
    told = b""
    while piece := one.recv(65_536):
        told += piece
    return told.decode()


def saves(visitor: Visitor) -> Callable[[], Page]:
    form = visitor.get(PATH).form()
    fields = {name: values for name, values in form.items() if ":" not in name or name.startswith(f"{BLOCK}:")}
    field = next(name for name in fields if name.startswith(f"{BLOCK}:value"))
    numbers = iter(range(1, 10_000))

    def save() -> Page:
        n = str(next(numbers))
        sent = {**fields, field: [f"I drew it {n} times"], "n": [n], "autosave": ["1"]}
        return Page(visitor.client.post(f"{PATH}/{BLOCK}", data=sent, headers=PARTIAL))

    return save


def took(act: Callable[[], Page]) -> float:
    """The usual seconds of this."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        page = act()
        times.append(time.perf_counter() - began)
        assert page.status == 200, page.html
    return statistics.median(times)


def test_who_sends_or_reads_slowly_keeps_nobody_waiting_and_is_ended(impatient: Server, visitor: Visitor) -> None:
    acts = {"page": lambda: visitor.get(PATH), "save": saves(visitor)}
    bodies = [BY_LENGTH, BY_CHUNKS] * (STALLED // 2) + [BY_LENGTH] * TRICKLING
    alone = {name: took(act) for name, act in acts.items()}
    with (
        opened(impatient, [LARGE] * READERS, window=WINDOW),
        opened(impatient, bodies) as senders,
        trickled_into(senders[STALLED:]),
    ):
        beside = {name: took(act) for name, act in acts.items()}
        assert not select.select(senders, [], [], 0)[0], "all of them were still open while this was measured"
        for name in acts:
            assert beside[name] < max(0.1, 3 * alone[name]), (name, alone, beside)
        refused = [answer_on(one) for one in senders]
    assert {told.split("\r\n")[0] for told in refused} == {"HTTP/1.1 408 Request Timeout"}
    assert "That took too long to get here" in refused[0]
    assert all("granian" not in told for told in refused)


def test_who_says_nothing_more_keeps_nobody_waiting_and_is_ended(impatient: Server, visitor: Visitor) -> None:
    """Connections that say nothing at all, or half a head, or never take their small answer."""
    alone = took(lambda: visitor.get(PATH))
    with opened(impatient, ["", HALF_A_HEAD, SMALL] * IDLE, window=WINDOW) as sockets:
        beside = took(lambda: visitor.get(PATH))
        assert beside < max(0.1, 3 * alone), (alone, beside)
        told = [answer_on(one) for one in sockets]
    assert ["200 OK" in one for one in told] == [False, False, True] * IDLE


def test_a_body_that_never_comes_is_refused_where_it_would_be_too_long(impatient: Server) -> None:
    with opened(impatient, [TOO_LONG]) as (one,):
        told = answer_on(one)
    assert told.startswith("HTTP/1.1 413")
    assert "too large" in told or "too much" in told, told


@pytest.mark.parametrize("path", ["/data/restore", "/start"])
@pytest.mark.parametrize("in_chunks", [False, True], ids=["by length", "in chunks"])
def test_whoever_sends_far_too_much_is_told_so(impatient: Server, path: str, in_chunks: bool) -> None:
    """A browser looks for the answer once it has sent all of it."""
    begin, end = (IN_CHUNK, b"\r\n") if in_chunks else (b"", b"")
    how = "Transfer-Encoding: chunked" if in_chunks else f"Content-Length: {FAR_TOO_MUCH * MEGABYTE}"
    with opened(impatient, [f"POST {path} HTTP/1.1\r\n{FILE}{how}\r\nConnection: close\r\n\r\n"]) as (one,):
        for _ in range(FAR_TOO_MUCH):
            one.sendall(begin + b"a" * MEGABYTE + end)
        one.sendall(b"0\r\n\r\n" if in_chunks else b"")
        told = answer_on(one)
    assert told.startswith("HTTP/1.1 413")
    assert told.rstrip().endswith("</html>")


@pytest.mark.parametrize("chunk", ["zz\r\na=\r\n", f"{'f' * 18}\r\na=\r\n", f"2;{'a' * 99_999}\r\na=\r\n"])
def test_chunks_that_are_none_are_refused_by_us(impatient: Server, chunk: str) -> None:
    with opened(impatient, [BY_CHUNKS.replace("Host", "Connection: close\r\nHost") + chunk]) as (one,):
        told = answer_on(one)
    assert told.startswith("HTTP/1.1 400")
    assert "x-frame-options: DENY" in told
    assert "granian" not in told


def test_chunks_without_an_end_are_refused(impatient: Server) -> None:
    piece = IN_CHUNK + b"a" * MEGABYTE + b"\r\n"
    pieces = repeat(piece, 2 * MOST_UNREAD // MEGABYTE)
    with opened(impatient, [f"POST /start HTTP/1.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n"]) as (one,):
        one.settimeout(PATIENCE * 5)
        with pytest.raises(ConnectionError):
            deque(map(one.sendall, pieces), maxlen=0)
