"""A large copy becomes a tree on a server while somebody else saves without a pause."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree.accounts import people
from dreamtree.accounts.models import User
from dreamtree.answers.models import ToolInstance
from dreamtree.archive.loading import read_snapshot
from dreamtree.archive.merging import begin_with, bring_in
from dreamtree.archive.snapshot import Snapshot
from tests.browser.server import Server
from tests.databases import database_path, url_of
from tests.people import new_person
from tests.rules.conftest import own_tree, plant
from tests.rules.test_large_copies import keep_entries, mara
from tests.visitor import Visitor
from tests.wire import Wire

__all__ = ["mara", "own_tree", "plant"]
LOGS, ENTRIES = ("1.3.2.moments", "1.3.3.week"), 2_300
PATH, FIELD = "/workbook/1.1.1", "1.1.1.line:value"
pytestmark = [pytest.mark.a_server, pytest.mark.everything]


class Busy(Thread):
    """Somebody who saves one text after another until the block ends."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.saved: list[str] = []
        self._visitor, self._is_over = Visitor(cast(FlaskClient, Wire(address))), Event()
        self._visitor.start()

    def run(self) -> None:
        while not self._is_over.is_set():
            text = f"Text number {len(self.saved)}"
            assert self._visitor.save(PATH, fields={FIELD: text}).status == 200
            self.saved.append(text)

    def __enter__(self) -> "Busy":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()


@pytest.fixture
def copy(mara: User) -> Snapshot:
    """What is in a tree with almost as many entries as fit."""
    for block_key in LOGS:
        keep_entries(mara, ENTRIES, "in the garden", block_key)
    return read_snapshot(mara)


@pytest.fixture
def somebody_else(app: Flask, tmp_path: Path) -> Iterator[Busy]:
    server = Server(tmp_path, None, database_url=url_of(database_path()))
    server.start()
    yield Busy(server.url)
    server.stop()


def as_a_new_tree(copy: Snapshot) -> User:
    arrival = people.new_tree(is_shared=False, device="a test")
    begin_with(arrival, copy)
    return arrival.current.user


def into_a_tree(copy: Snapshot) -> User:
    user = new_person()
    bring_in(user, copy)
    return user


@pytest.mark.parametrize("restore", [as_a_new_tree, into_a_tree])
def test_it_arrives_while_somebody_else_saves_without_a_pause(
    copy: Snapshot, somebody_else: Busy, restore: Callable[[Snapshot], User]
) -> None:
    with somebody_else:
        user = restore(copy)
    assert ToolInstance.select().where(ToolInstance.user_id == user.id).count() == len(copy.instances)
    assert somebody_else.saved
