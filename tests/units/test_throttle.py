"""How often something may be tried, and by which device."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from dreamtree.accounts import sessions, throttle, user_agents

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("curl/8", "A browser"),
    ],
)
def test_a_device_is_named_so_that_one_knows_it_again(user_agent: str, words: str) -> None:
    assert user_agents.device_name(user_agent) == words


def test_too_many_tries_wait_longer_each_time_and_are_forgotten(app: Flask, frozen: time_machine.Traveller) -> None:
    assert [throttle.attempt("a", free=3) for _ in range(4)] == [0, 0, 0, 1]
    waits = []
    for _ in range(14):
        frozen.shift(throttle.attempt("a", free=3))
        assert throttle.attempt("a", free=3) == 0
        waits.append(throttle.attempt("a", free=3))
    assert waits[:3] == [2, 4, 8]
    assert waits[-1] == 3600
    assert throttle.attempt("b", free=3) == 0
    frozen.shift(timedelta(days=2))
    assert [throttle.attempt("a", free=3) for _ in range(3)] == [0, 0, 0]
    throttle.reset("a")
    assert throttle.attempt("a", free=3) == 0


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("192.0.2.1", "192.0.2.2", False), ("2001:db8::1", "2001:db8::2", True), ("2001:db8::1", "2001:db8:1::1", False)],
)
def test_tries_are_counted_by_household_and_no_address_is_kept(app: Flask, one: str, other: str, is_same: bool) -> None:
    waits = []
    for address in (one, one, other):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            waits.append(sessions.rate_limit("sample", free=1))
    assert (waits[2] > 0) is is_same
    assert one not in str([row.__data__ for row in throttle.Throttle.select()])
