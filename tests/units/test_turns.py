"""Whoever sends much that takes long waits for it alone: others get their turn in between."""

import asyncio
from collections.abc import Iterable
from threading import Event
from typing import Any

import pytest

from dreamtree.gateway import REFUSED, Gateway
from dreamtree.gateway.turns import MOST_OF_A_SENDER
from dreamtree.web.senders import network_of, sender_of
from tests.units.test_gateway import LIMIT, Browser, chunks, run, scope_with

MANY, OTHER = "10.0.0.1", "10.0.0.2"


class Slow:
    """An application whose every answer waits until it may go on; notes whose it was, and whether it was refused."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.refused: list[bytes] = []
        self.may_go_on = Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if REFUSED in environ:
            self.refused.append(environ["wsgi.input"].read())
        else:
            assert self.may_go_on.wait(20)
            self.done.append(environ["REMOTE_ADDR"])
        start_response("200 OK", [])
        return [b"done"]


async def sent(entrance: Gateway, senders: list[str], application: Slow) -> None:
    """All of these are answered; each came before the next, and the first was answered last of all that waited."""
    waiting = []
    for sender in senders:
        browser = Browser(*chunks(1000))
        scope = {**scope_with(path=b"/long", content_length="1000"), "client": (sender, "5")}
        waiting.append(asyncio.create_task(entrance(scope, browser.receive, browser.send)))
        for _ in range(5):
            await asyncio.sleep(0)
    application.may_go_on.set()
    await asyncio.gather(*waiting)


def test_one_who_sent_much_keeps_another_waiting_for_one_of_it() -> None:
    application = Slow()
    entrance = Gateway(application, lambda *_: LIMIT, lambda *_: True)
    run(sent(entrance, [MANY, MANY, MANY, OTHER], application))
    assert application.done == [MANY, OTHER, MANY, MANY]


def test_of_one_who_has_too_much_waiting_nothing_more_is_kept() -> None:
    application = Slow()
    entrance = Gateway(application, lambda *_: LIMIT, lambda *_: True)
    run(sent(entrance, [MANY] * (MOST_OF_A_SENDER + 2), application))
    assert (len(application.done), application.refused) == (MOST_OF_A_SENDER, [b"", b""])
    run(sent(entrance, [MANY], application))
    assert len(application.done) == MOST_OF_A_SENDER + 1, "once all is done, the next one is taken"


@pytest.mark.parametrize(
    ("is_behind_tls", "told", "sender"),
    [
        (False, "5.6.7.8", "10.0.0.1"),
        (True, "6.6.6.6, 5.6.7.8", "5.6.7.8"),
        (True, "6.6.6.6,2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (True, "", "10.0.0.1"),
        (True, "nonsense", "unknown"),
    ],
)
def test_whose_a_request_is_says_the_one_proxy(is_behind_tls: bool, told: str, sender: str) -> None:
    assert sender_of(is_behind_tls)({"REMOTE_ADDR": MANY, "HTTP_X_FORWARDED_FOR": told}) == sender


def test_a_household_has_a_whole_network_of_the_new_kind() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::2") != network_of("2001:db8:1:3::1")
