"""The app or the database server is killed while people save (SIGKILL): whatever was shown as saved is there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.browser.server import Server
from tests.postgres.cluster import SAFE, Cluster, running
from tests.postgres.savers import NO_ANSWER, Saver, Told, failures, lost
from tests.postgres.setting import fill

PEOPLE = 4
SAVES_OF_THE_APP, SAVES_OF_A_WORKER, SAVES_OF_THE_SERVER = 200, 40, 50
PATIENCE = 60
IN_PROC = pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the processes to kill in /proc")


@pytest.fixture
def application(seeded: Path, tmp_path: Path) -> Iterator[Server]:
    """The app in processes of its own, on the engine that the tests run on."""
    own = Server(tmp_path, seeded)
    own.start()
    yield own
    own.stop()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A database server that takes its time to be sure."""
    with running(SAFE) as own:
        yield own


@pytest.fixture
def served(cluster: Cluster, tmp_path: Path) -> Iterator[Server]:
    """The app in processes of its own, with a database on that server."""
    fill(cluster.url(), tmp_path)
    own = Server(tmp_path, None, database_url=cluster.url())
    own.start()
    yield own
    own.stop()


def test_what_was_saved_is_there_after_the_app_was_killed(application: Server) -> None:
    def kill_and_start() -> None:
        application.kill()
        application.start()

    savers = interrupted(application, SAVES_OF_THE_APP, kill_and_start)
    assert lost(savers) == []
    assert set(failures(savers)) == {NO_ANSWER}


@pytest.mark.everything
@IN_PROC
def test_a_worker_that_was_killed_is_replaced_and_people_go_on(application: Server) -> None:
    savers = interrupted(application, SAVES_OF_A_WORKER, application.kill_workers)
    assert lost(savers) == []
    assert set(failures(savers)) == {NO_ANSWER}


@pytest.mark.a_server
@pytest.mark.everything
@IN_PROC
def test_what_was_saved_is_there_after_the_database_server_was_killed(cluster: Cluster, served: Server) -> None:
    def kill_and_start() -> None:
        cluster.kill()
        cluster.start()

    savers = interrupted(served, SAVES_OF_THE_SERVER, kill_and_start)
    assert lost(savers) == []
    assert set(failures(savers)) <= {503}, served.log.read_text()


def interrupted(server: Server, saves: int, interrupt: Callable[[], None]) -> list[Saver]:
    """People who save so often between them, and in the middle something happens; answers them when all is saved."""
    news: SimpleQueue[Told] = SimpleQueue()
    savers = [Saver(server.url, f"person {number}", saves // PEOPLE, tell=news.put) for number in range(PEOPLE)]
    for one in savers:
        one.start()
    saved = 0
    while saved < saves // 2:
        saved += news.get(timeout=PATIENCE).is_saved
    interrupt()
    for one in savers:
        one.join(PATIENCE)
    assert sum(len(one.saved) for one in savers) == saves // PEOPLE * PEOPLE
    return savers
