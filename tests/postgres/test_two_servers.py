"""Two app servers on one database: whom each answers in turn sees one tree, since a process keeps nothing."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from tests.browser.server import Server
from tests.databases import copy, url_of
from tests.rules.filling import Canaries, fill_in
from tests.rules.seeded import ONE_OF_EACH_KIND, exercise_of
from tests.visitor import Visitor
from tests.wire import Answer, Wire

LINE = "1.1.1.line"
pytestmark = pytest.mark.a_server


class Alternating(Wire):
    """A browser whose requests go to one server and the next, as behind a balancer that knows nobody."""

    def __init__(self, addresses: list[str]) -> None:
        super().__init__(addresses[0])
        self._turns = cycle(addresses)
        self.asked = 0

    def _ask(self, *arguments: Any, **named: Any) -> Answer:
        self.asked += 1
        answer = super()._ask(*arguments, **named)
        self.address = next(self._turns)
        return answer


@pytest.fixture
def servers(seeded: Path, tmp_path: Path) -> Iterator[list[Server]]:
    copy(seeded, tmp_path / "shared.db")
    both = [Server(tmp_path / name, None, database_url=url_of(tmp_path / "shared.db")) for name in ("one", "other")]
    for server in both:
        server.directory.mkdir()
        server.start()
    yield both
    for server in both:
        server.stop()


def test_each_answer_may_come_from_another_server(servers: list[Server]) -> None:
    browser = Alternating([server.url for server in reversed(servers)])
    visitor, canaries = Visitor(cast(FlaskClient, browser)), Canaries()
    visitor.start()
    for exercise in dict.fromkeys(exercise_of(key) for key in ONE_OF_EACH_KIND[:4]):
        fill_in(visitor, f"/workbook/{exercise}", canaries)
    visitor.save("/workbook/1.1.1", fields={f"{LINE}:value": "First words"})
    visitor.save("/workbook/1.1.1", fields={f"{LINE}:value": "Second words"})
    pages = [[visitor.get(path).words for _ in servers] for path in ("/workbook/1.1.1", "/home", "/what-i-bring")]
    assert browser.asked > 20
    for here, there in pages:
        assert here == there
    assert "Second words" in pages[0][0]
    assert "First words" in visitor.get(f"/workbook/1.1.1/{LINE}/history").html
