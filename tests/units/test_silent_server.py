"""A database server that takes connections and says nothing: who saves or reads is told so in seconds, all at once."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from peewee import OperationalError

from dreamtree import db, engines
from tests.databases import run, shut

PEOPLE, SECONDS = 6, 2


@pytest.fixture
def _silent_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(engines, "SECONDS_TO_CONNECT", SECONDS)
    monkeypatch.setattr(db, "PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        db.open_database(f"postgresql://127.0.0.1:{listening.getsockname()[1]}/nothing")
        yield
        shut()


@pytest.mark.usefixtures("_silent_server")
def test_nobody_waits_for_a_silent_server_longer_than_one_does() -> None:
    def save() -> bool:
        with pytest.raises(OperationalError) as refused:
            db.saving(lambda: run("DELETE FROM tally"))
        return db.engine().is_passing(refused.value)

    began = time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as pool:
        told = [one.result() for one in [pool.submit(save) for _ in range(PEOPLE)]]
    assert told == [True] * PEOPLE
    assert time.monotonic() - began < SECONDS * PEOPLE / 2
