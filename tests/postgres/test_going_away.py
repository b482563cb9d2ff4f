"""The database server starts anew, or another takes its place: pages and saves go on, and nothing is saved twice."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import OperationalError

from dreamtree import engines
from dreamtree.db import engine, open_database, reading, saving
from tests.databases import ask, run, shut
from tests.postgres.cluster import SAFE, USER, Cluster, running

pytestmark = pytest.mark.a_server


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server for all tests here; each leaves it running."""
    with running(SAFE) as own:
        yield own


@pytest.fixture
def cluster(server: Cluster) -> Iterator[Cluster]:
    """The server with a table in which one row counts."""
    use(server.url())
    run("CREATE TABLE tally (id TEXT PRIMARY KEY, total INTEGER NOT NULL)")
    run("INSERT INTO tally (id, total) VALUES ('all', 0)")
    yield server
    use(server.url())
    run("DROP TABLE tally")
    shut()


@pytest.fixture
def standby(cluster: Cluster) -> Iterator[Cluster]:
    """A standby of it that runs."""
    shut()
    folder = Path(tempfile.mkdtemp(prefix="dreamtree-copy-"))
    other = cluster.copy(folder)
    other.start()
    yield other
    shut()
    other.stop("immediate")
    shutil.rmtree(folder)


def use(url: str) -> None:
    """Opens the database at `url`, instead of the one before."""
    shut()
    open_database(url)


def total() -> int:
    with reading():
        return int(ask("SELECT total FROM tally")[0][0])


def count_up() -> None:
    run("UPDATE tally SET total = total + 1")


def restart(cluster: Cluster) -> None:
    cluster.stop("immediate")
    cluster.start()


def test_the_first_page_after_a_restart_works_with_a_connection_from_before(cluster: Cluster) -> None:
    assert total() == 0
    engine().release()
    restart(cluster)
    assert total() == 0


def test_the_first_save_after_a_restart_works_with_a_connection_from_before(cluster: Cluster) -> None:
    saving(count_up)
    engine().release()
    restart(cluster)
    saving(count_up)
    assert total() == 2


def test_a_connection_whose_other_end_stands_still_is_given_up(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine runs and takes what is sent, so that nothing but the silence tells."""
    monkeypatch.setattr(engines, "SECONDS_TO_ANSWER", 0.5)
    saving(count_up)
    stuck = int(ask("SELECT pg_backend_pid()")[0][0])
    os.kill(stuck, signal.SIGSTOP)
    try:
        with pytest.raises(OperationalError) as silent:
            run("UPDATE tally SET total = total + 1")
        assert engine().is_passing(silent.value)
        engine().release()
        saving(count_up)
        assert total() == 2
    finally:
        os.kill(stuck, signal.SIGKILL)
        restart(cluster)


def test_whoever_changes_tables_waits_as_long_as_it_takes(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SECONDS_TO_ANSWER", 0.2)
    slowly = "SELECT pg_sleep(0.5)"
    with engine().alone():
        ask(slowly)
    with pytest.raises(OperationalError):
        ask(slowly)


def test_a_save_at_a_server_that_is_away_may_be_sent_again(cluster: Cluster) -> None:
    saving(count_up)
    cluster.stop("immediate")
    with pytest.raises(OperationalError) as refused:
        saving(count_up)
    assert engine().is_passing(refused.value)
    cluster.start()
    saving(count_up)
    assert total() == 2


def test_a_standby_answers_pages_and_takes_saves_once_it_leads(cluster: Cluster, standby: Cluster) -> None:
    use(f"postgresql://{USER}@/{USER}?host={cluster.folder},{standby.folder}&port={cluster.port}")
    saving(count_up)
    cluster.stop("fast")
    assert total() == 1
    with pytest.raises(OperationalError) as refused:
        saving(count_up)
    assert engine().is_passing(refused.value)
    standby.promote()
    saving(count_up)
    assert total() == 2
    cluster.start()


def test_connections_follow_the_server_that_leads(cluster: Cluster, standby: Cluster) -> None:
    """A connection that leads to a standby, since the leader was away for a moment, is given up."""
    use(f"postgresql://{USER}@/{USER}?host={cluster.folder},{standby.folder}&port={cluster.port}")
    cluster.stop("fast")
    assert total() == 0
    engine().release()
    cluster.start()
    saving(count_up)
    assert total() == 1


def test_a_server_that_vanishes_without_a_word_is_given_up_in_seconds(cluster: Cluster) -> None:
    wished = engine().connect_params  # type: ignore[union-attr]
    assert wished["keepalives_idle"] + wished["keepalives_interval"] * wished["keepalives_count"] <= 15
    assert wished["tcp_user_timeout"] <= 15_000
