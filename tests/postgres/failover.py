"""The leader of three database servers is lost in every way there is, while people save: `make test-failover`.

It is killed, it is stuck, an operator lets another one lead, and what knows who leads is gone. The app must go on by
itself within a minute, and every text that was shown as saved must be there. Prints the figures; ends with 1 where that
isn't so.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import psycopg

from tests.browser.server import Server
from tests.postgres.cluster import NoServer, binary
from tests.postgres.patroni import Fleet, Member
from tests.postgres.savers import Saver, Told, lost
from tests.postgres.setting import fill

PEOPLE, WORKERS = 4, 2
BETWEEN_SAVES = 0.1
QUIET = 5
"""Seconds of saves before and after a kill."""
PATIENCE = 60
"""Seconds that the app may take to save again."""
STUCK = 30
"""Seconds that a leader says nothing: longer than others wait for it before one of them leads."""
SETTLING = 2
"""Seconds after which what happened shows: a server that is stuck has answered nobody since."""
DATABASE = "dreamtree"


Mend = Callable[[], None]


@dataclass(frozen=True)
class Failover:
    """What happened when, when a server took saves after it, and when the app saved again.

    None where that never came.
    """

    trouble: str
    lost_at: float
    led_at: float | None
    again_at: float | None


def _kill(fleet: Fleet) -> Mend:
    leader = _leader(fleet)
    leader.kill()
    return leader.start


def _freeze(fleet: Fleet) -> Mend:
    leader = _leader(fleet)
    leader.freeze()
    Timer(STUCK, leader.thaw).start()
    return lambda: None


def _freeze_as_it_renews(fleet: Fleet) -> Mend:
    leader = _leader(fleet)
    leader.freeze_as_it_renews()
    return leader.thaw


def _freeze_for_good(fleet: Fleet) -> Mend:
    leader = _leader(fleet)
    leader.freeze()
    return leader.thaw


def _switch_over(fleet: Fleet) -> Mend:
    fleet.switch_over()
    return lambda: None


def _lose_an_etcd(fleet: Fleet) -> Mend:
    fleet.etcds[0].kill()
    return fleet.start_etcds


def _lose_every_etcd(fleet: Fleet) -> Mend:
    for one in fleet.etcds:
        one.kill()
    return fleet.start_etcds


def _leader(fleet: Fleet) -> Member:
    leader = fleet.leader()
    assert leader is not None
    return leader


TROUBLES: dict[str, Callable[[Fleet], Mend]] = {
    "Leader killed": _kill,
    "Leader stuck for half a minute": _freeze,
    "Leader stuck as it renews its lead": _freeze_as_it_renews,
    "Leader stuck for good": _freeze_for_good,
    "Another one leads, as planned": _switch_over,
    "One of three etcds killed": _lose_an_etcd,
    "Every etcd killed": _lose_every_etcd,
}
"""What happens → how it is brought about; that answers how it is mended."""


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
        return _save_and_lose(fleet, server)
    finally:
        server.stop()


def _save_and_lose(fleet: Fleet, server: Server) -> int:
    savers = [Saver(server.url, f"person {number}", 10**6, BETWEEN_SAVES) for number in range(PEOPLE)]
    for one in savers:
        one.start()
    failovers = [_go_through(fleet, savers, trouble) for trouble in TROUBLES]
    for one in savers:
        one.end()
    faults = lost(savers)
    sys.stdout.writelines(f"{line}\n" for line in _figures(savers, failovers, faults))
    return int(bool(faults) or any(one.again_at is None for one in failovers))


def _go_through(fleet: Fleet, savers: list[Saver], trouble: str) -> Failover:
    """Brings it about, waits until everybody saves again, and mends it.

    This measures by the clock: people save for a quiet while before it and after it, and in between it looks ten times
    a second who leads.
    """
    sys.stderr.write(f"{trouble} ...\n")
    time.sleep(QUIET)
    lost_at, led_at, again_at = time.monotonic(), None, None
    mend = TROUBLES[trouble](fleet)
    since = max(time.monotonic(), lost_at + SETTLING)
    while again_at is None and time.monotonic() < lost_at + PATIENCE:
        time.sleep(0.1)
        if led_at is None and fleet.takes_saves():
            led_at = time.monotonic()
        again_at = _first_save(savers, since)
    time.sleep(QUIET)
    mend()
    fleet.wait_until_whole()
    return Failover(trouble, lost_at, led_at, again_at)


def _first_save(savers: list[Saver], since: float) -> float | None:
    """When each of them was answered a save that they sent after this moment: the last of these first ones."""
    firsts = [
        min((one.at for one in list(each.told) if one.is_saved and one.sent_at > since), default=None)
        for each in savers
    ]
    return max(at for at in firsts if at) if all(firsts) else None


def _told(savers: list[Saver]) -> list[Told]:
    return [answer for one in savers for answer in list(one.told)]


def _figures(savers: list[Saver], failovers: list[Failover], faults: list[str]) -> Iterator[str]:
    """The lines to print."""
    answers = sorted(_told(savers), key=lambda one: one.at)
    begin = answers[0].sent_at
    for one in failovers:
        again = one.again_at or answers[-1].at
        before = [each for each in answers if begin <= each.at <= one.lost_at]
        away = [each for each in answers if one.lost_at < each.at and each.sent_at < again]
        yield f"\n{one.trouble}"
        yield f"  saves before it          {_saves(before)}"
        yield f"  other answers meanwhile  {_statuses(away)}"
        yield f"  longest wait             {max((each.at - each.sent_at for each in away), default=0):.1f} s"
        yield f"  a server takes saves     {_later(one.led_at, one.lost_at)}"
        yield f"  everybody saved again    {_later(one.again_at, one.lost_at)}"
        begin = again
    yield f"\nSaves after that           {_saves([one for one in answers if one.at >= begin])}"
    yield f"Shown as saved             {_saves(answers)}"
    yield f"Lost, or there twice       {len(faults)}"
    yield from faults


def _later(at: float | None, since: float) -> str:
    return "none" if at is None else f"{at - since:.1f} s later"


def _saves(answers: list[Told]) -> int:
    return sum(one.is_saved for one in answers)


def _statuses(answers: list[Told]) -> str:
    counts = Counter(one.status for one in answers if one.status != 200)
    return ", ".join(f"{status or 'no answer'}: {count}" for status, count in sorted(counts.items())) or "none"


def _memory() -> Path | None:
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
