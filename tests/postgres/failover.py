"""The leader of three database servers is killed while people save: `make test-failover`.

The app must go on by itself within a minute, and every text that was shown as saved must be there. Prints the figures;
ends with 1 where that isn't so.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.browser.server import Server
from tests.postgres.cluster import NoServer, binary
from tests.postgres.patroni import Fleet
from tests.postgres.savers import Saver, Told, lost
from tests.postgres.setting import fill

PEOPLE, WORKERS, KILLS = 4, 2, 2
BETWEEN_SAVES = 0.1
QUIET = 5
"""Seconds of saves before and after a kill."""
PATIENCE = 60
"""Seconds that the app may take to save again."""
DATABASE = "dreamtree"


@dataclass(frozen=True)
class Failover:
    """When a leader was killed, when another server took saves, and when the app saved again.

    None where that never came.
    """

    killed_at: float
    led_at: float | None
    again_at: float | None


def main() -> int:
    """Runs it once; answers the exit code."""
    try:
        binary("postgres")
    except NoServer as reason:
        sys.exit(str(reason))
    with tempfile.TemporaryDirectory(prefix="dreamtree-failover-", dir=_memory()) as name:
        Path(name).chmod(0o711)
        fleet = Fleet(Path(name) / "fleet")
        try:
            fleet.start()
            return _run(fleet, Path(name))
        finally:
            fleet.stop()


def _run(fleet: Fleet, folder: Path) -> int:
    with psycopg.connect(fleet.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    url = fleet.url(DATABASE)
    fill(url, folder)
    server = Server(folder, None, workers=WORKERS, database_url=url)
    server.start()
    try:
        return _save_and_kill(fleet, server)
    finally:
        server.stop()


def _save_and_kill(fleet: Fleet, server: Server) -> int:
    savers = [Saver(server.url, f"person {number}", 10**6, BETWEEN_SAVES) for number in range(PEOPLE)]
    for one in savers:
        one.start()
    failovers = [_kill_the_leader(fleet, savers) for _ in range(KILLS)]
    for one in savers:
        one.end()
    faults = lost(savers)
    sys.stdout.writelines(f"{line}\n" for line in _figures(savers, failovers, faults))
    return int(bool(faults) or any(one.again_at is None for one in failovers))


def _kill_the_leader(fleet: Fleet, savers: list[Saver]) -> Failover:
    """Kills it, waits until somebody saves again, and brings it back as a copy of the new one.

    This measures by the clock: people save for a quiet while before the kill and after it, and in between it looks
    ten times a second who leads.
    """
    time.sleep(QUIET)
    leader = fleet.leader()
    assert leader is not None
    leader.kill()
    killed_at, led_at, again_at = time.monotonic(), None, None
    while again_at is None and time.monotonic() < killed_at + PATIENCE:
        time.sleep(0.1)
        if led_at is None and fleet.takes_saves():
            led_at = time.monotonic()
        again_at = _first_save(savers, killed_at)
    time.sleep(QUIET)
    leader.start()
    fleet.wait_until_whole()
    return Failover(killed_at, led_at, again_at)


def _first_save(savers: list[Saver], since: float) -> float | None:
    """When the first save was answered of those that were sent after this moment."""
    return min((one.at for one in _told(savers) if one.is_saved and one.sent_at > since), default=None)


def _told(savers: list[Saver]) -> list[Told]:
    return [told for one in savers for told in list(one.told)]


def _figures(savers: list[Saver], failovers: list[Failover], faults: list[str]) -> Iterator[str]:
    """The lines to print."""
    told = sorted(_told(savers), key=lambda one: one.at)
    begin = told[0].sent_at
    for number, one in enumerate(failovers, 1):
        again = one.again_at or told[-1].at
        before = [each for each in told if begin <= each.at <= one.killed_at]
        away = [each for each in told if one.killed_at < each.at and each.sent_at < again]
        yield f"\nLeader {number}, killed {one.killed_at - begin:.1f} s after the first save"
        yield f"  saves before it          {_saves(before)}"
        yield f"  other answers meanwhile  {_statuses(away)}"
        yield f"  longest wait             {max((each.at - each.sent_at for each in away), default=0):.1f} s"
        yield f"  another server leads     {_later(one.led_at, one.killed_at)}"
        yield f"  first save that worked   {_later(one.again_at, one.killed_at)}"
        begin = again
    yield f"\nSaves after that           {_saves([one for one in told if one.at >= begin])}"
    yield f"Shown as saved             {_saves(told)}"
    yield f"Lost, or there twice       {len(faults)}"
    yield from faults


def _later(at: float | None, since: float) -> str:
    return "none" if at is None else f"{at - since:.1f} s later"


def _saves(told: list[Told]) -> int:
    return sum(one.is_saved for one in told)


def _statuses(told: list[Told]) -> str:
    counts = Counter(one.status for one in told if one.status != 200)
    return ", ".join(f"{status or 'no answer'}: {count}" for status, count in sorted(counts.items())) or "none"


def _memory() -> Path | None:
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
