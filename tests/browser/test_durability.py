"""What a browser shows as saved is on the disk, and whoever holds a connection open and says nothing delays nobody.

`tests/postgres/test_killed.py` kills the server under many saves.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, expect

from tests.browser.server import Server
from tests.browser.trees import start
from tests.visitor import Visitor
from tests.wire import Wire

IDLE = 50
PATH, BLOCK = "/workbook/1.1.1", "1.1.1.thanks"


@pytest.fixture
def visitor(own_server: Server) -> Visitor:
    """Somebody who started at the server of this test, without a browser."""
    somebody = Visitor(cast(FlaskClient, Wire(own_server.url)))
    somebody.start()
    return somebody


def test_what_the_browser_shows_as_saved_is_there_after_the_server_was_killed(
    own_server: Server, open_context: Callable[..., BrowserContext]
) -> None:
    page = start(open_context(server=own_server).new_page())
    field = page.locator(f"[name^='{BLOCK}:value']")
    field.fill("Four in the morning on Ward B")
    expect(page.locator("#b-1-1-1-thanks-status")).to_contain_text(re.compile("Saved"))
    own_server.kill()
    own_server.start()
    page.goto(PATH)
    expect(field).to_have_value("Four in the morning on Ward B")


def test_idle_connections_keep_nobody_waiting(own_server: Server, visitor: Visitor) -> None:
    visitor.get(PATH)
    for said in (b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"):
        with idle_connections(own_server.port, said):
            began = time.perf_counter()
            page = visitor.get(PATH)
            took = time.perf_counter() - began
        assert page.status == 200
        assert took < 5, "one silent connection holds a blocking worker for half a minute"


@contextmanager
def idle_connections(port: int, said: bytes) -> Iterator[None]:
    """Fifty open connections over which no request ever comes to its end."""
    with ExitStack() as opened:
        for _ in range(IDLE):
            opened.enter_context(socket.create_connection(("127.0.0.1", port))).sendall(said)
        yield
