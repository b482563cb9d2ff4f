"""The disk has no room for what is too long for memory: bodies, answers and copies are refused, and try again works."""

import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from dreamtree import gateway
from dreamtree.archive.views import copies
from dreamtree.gateway import MEGABYTE, REFUSED
from dreamtree.gateway.spool import Memory, Spool
from tests.units.test_gateway import Browser, Seen, chunks, echo, scope_with, served
from tests.visitor import Visitor

LONG = 2 * MEGABYTE
ROOM_FOR_THE_LOG_OF_SAVES = 60_000
"""Less than a copy of a full tree."""


@contextmanager
def room(size: int) -> Iterator[None]:
    """So many bytes fit into a file, and no more."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.parametrize("size", [0, MEGABYTE + 100_000], ids=["none", "a little"])
@pytest.mark.parametrize("how", [{"content_length": str(LONG)}, {"transfer_encoding": "chunked"}])
def test_the_application_answers_that_a_body_found_no_room(size: int, how: dict[str, str]) -> None:
    seen, browser = Seen(), Browser(*chunks(LONG))
    with room(size):
        entrance = served(scope_with(**how), browser, echo(seen))
    assert (seen[REFUSED], seen["body"], seen["CONTENT_LENGTH"]) == (503, b"", "0")
    assert browser.pieces == [], "a browser looks for the answer once it has sent all"
    assert browser.got[0]["status"] == 200
    assert entrance._memory.free == gateway.MEMORY_LIMIT


def test_an_answer_that_finds_no_room_is_a_plain_one() -> None:
    def application(_: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return chunks(LONG)

    browser = Browser()
    with room(0):
        entrance = served(scope_with("GET"), browser, application)
    assert browser.got[0]["status"] == 503
    assert b"try again" in browser.body
    assert entrance._memory.free == gateway.MEMORY_LIMIT


def test_what_is_written_to_the_disk_only_at_the_end_frees_its_memory_too() -> None:
    memory = Memory(MEGABYTE)
    spool = Spool(memory, most=10)
    spool.write(b"ten bytes.")
    spool.write(b"and more")
    with room(0):
        with pytest.raises(OSError, match="too large"):
            spool.rewind()
        spool.close()
    assert memory.free == MEGABYTE


def test_a_request_without_room_for_its_body_is_told_to_try_again(app: Flask, person: Visitor) -> None:
    answer = person.client.post("/data/restore", environ_overrides={REFUSED: 503})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("button", ["Save a copy", "Save a copy to read"])
def test_a_copy_that_finds_no_room_is_told_on_a_page_and_made_a_moment_later(
    filled: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, button: str
) -> None:
    monkeypatch.setattr(copies, "Memory", lambda _: Memory(0))
    page = filled.get("/data")
    with room(ROOM_FOR_THE_LOG_OF_SAVES):
        refused = filled.press(page, button)
    assert (refused.status, refused.response.headers["Retry-After"]) == (503, "5")
    assert "Wait a few seconds, then try again." in refused.words
    assert "OSError EFBIG" in caplog.text
    assert filled.press(page, button).status == 200
