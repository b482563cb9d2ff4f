"""Metrics: what two workers counted adds up, on an address of its own, and no label says anything of anybody."""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree import metrics
from tests.browser.server import Server, free_port
from tests.conftest import environment_in
from tests.rules.test_full_disk import room
from tests.visitor import Visitor
from tests.wire import Wire

LINE = "1.1.1.line:value"
WORDS = "Magdalena of the harbor"
PAGES, WORKERS = 40, 2


@pytest.fixture
def counted(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, str]]:
    """A server whose two workers both count by now, and where its metrics are."""
    address = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("DREAMTREE_METRICS", address)
    server = Server(tmp_path, seeded, workers=WORKERS)
    server.start()
    server.wait_until(lambda: len(processes_in(server)) == WORKERS)
    yield server, f"http://{address}/metrics"
    server.stop()


def test_all_workers_add_up_and_nobodys_words_are_among_the_labels(counted: tuple[Server, str]) -> None:
    server, address = counted
    people = [Visitor(cast(FlaskClient, Wire(server.url))) for _ in range(2)]
    for one in people:
        one.start()
        one.save("/workbook/1.1.1", fields={LINE: WORDS})
        one.get(f"/workbook/{WORDS.replace(' ', '-')}?q={WORDS.replace(' ', '+')}")
        sent = one.get("/workbook/1.1.1").form() | {"1.1.1.thanks:value": ["long " * 450_000]}
        one.client.post("/workbook/1.1.1", data=sent, headers={"User-Agent": WORDS})
    for _ in range(PAGES):
        Wire(server.url).get("/credits")
    told = read(address)
    assert value(told, 'dreamtree_requests_total{method="GET",rule="/credits",status="200"}') == PAGES
    assert value(told, 'dreamtree_request_seconds_count{method="GET",rule="/credits"}') == PAGES
    assert value(told, 'dreamtree_saves_total{result="saved"}') >= 2
    assert value(told, 'dreamtree_refused_bodies_total{status="413"}') == 2
    assert value(told, 'dreamtree_requests_total{method="GET",rule="-",status="404"}') == 2
    assert len(processes_in(server)) == WORKERS, "one worker counted alone"
    assert all(has_its_room(server.directory / "metrics" / name) for name in names_in(server))
    cookies = [words for one in people for words in cast(Wire, one.client).cookies.values()]
    for word in (*WORDS.split(), *(part for cookie in cookies for part in cookie.split("."))):
        assert word not in told or len(word) < 4, word
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", told), "an id is among the labels"
    assert WORDS.encode() not in b"".join(
        (server.directory / "metrics" / name).read_bytes() for name in names_in(server)
    )


def names_in(server: Server) -> list[str]:
    return [one.name for one in (server.directory / "metrics").iterdir()]


def processes_in(server: Server) -> set[str]:
    """Of each that counts, the file it makes last."""
    return {name for name in names_in(server) if name.startswith(metrics.FILES[-1]) and name.endswith(".db")}


def has_its_room(file: Path) -> bool:
    """Whether all of it is on the disk already: it is memory of its process, which ends where it finds no room."""
    size = file.stat()
    return size.st_blocks * 512 >= size.st_size == metrics.ROOM


def read(address: str) -> str:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as answer:
        return str(answer.read().decode())


def value(told: str, name: str) -> float:
    found = [line.rpartition(" ")[2] for line in told.splitlines() if line.rpartition(" ")[0] == name]
    assert found, f"{name} isn't in\n{told}"
    return float(found[0])


def test_without_the_setting_nothing_is_counted_and_nothing_answers(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    client.get("/")
    assert metrics._counting == {}
    assert "DREAMTREE_METRICS" not in environment_in(tmp_path)


def test_the_application_has_no_page_of_metrics(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_every_label_is_one_that_we_chose() -> None:
    assert {label for one in metrics.ALL for label in one.labels} == {"method", "rule", "status", "result", "state"}


def test_whoever_adds_up_never_reads_a_file_that_is_being_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(draft: Path, path: Path) -> None:
        assert path.suffix == ".db"
        assert draft.stat().st_size == metrics.ROOM
        seen.extend(tmp_path.glob("**/*.db"))
        raise OSError("refused")

    seen: list[Path] = []
    monkeypatch.setattr(Path, "replace", refuse)
    assert not metrics.start_counting(tmp_path / "metrics", f"127.0.0.1:{free_port()}")
    assert not seen


def test_where_the_disk_is_full_nothing_is_counted(tmp_path: Path) -> None:
    with room(metrics.ROOM // 2):
        assert not metrics.start_counting(tmp_path / "metrics", f"127.0.0.1:{free_port()}")
    assert list((tmp_path / "metrics").iterdir()) == []
    assert metrics._counting == {}
