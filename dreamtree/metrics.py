"""Numbers for the operator's monitoring, in Prometheus's text: how many and how long, and nothing of anybody's.

Until `start_counting` is called, nothing is counted. Every process of a server counts into a file of its own in one
folder, and whoever answers adds them up. A label is a rule, a code or a word of ours, never what somebody sent.
"""

import logging
import os
from pathlib import Path
from typing import Any, NamedTuple

from dreamtree.disk import write_whole


class Metric(NamedTuple):
    """A kind of number: what Prometheus calls its type, its name, what it counts, and by what."""

    type: str
    name: str
    words: str
    labels: tuple[str, ...] = ()


REQUESTS = Metric("Counter", "dreamtree_requests", "Requests answered", ("method", "rule", "status"))
SECONDS = Metric("Histogram", "dreamtree_request_seconds", "Seconds until an answer was ready", ("method", "rule"))
SAVES = Metric("Counter", "dreamtree_saves", "Saves of a block: saved, repeat or conflict", ("result",))
REFUSED_BODIES = Metric("Counter", "dreamtree_refused_bodies", "Bodies too large (413) or too slow (408)", ("status",))
THROTTLED = Metric("Counter", "dreamtree_throttled", "Attempts that were made to wait")
RETRIES = Metric("Counter", "dreamtree_database_retries", "Transactions that met another one and ran again")
POOL = Metric("Gauge", "dreamtree_pool_connections", "Connections to the database server", ("state",))
ALL = (REQUESTS, SECONDS, SAVES, REFUSED_BODIES, THROTTLED, RETRIES, POOL)
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The library reads where processes count together from the environment, as it is imported."""
FILES, ROOM = ("counter", "gauge_livesum", "histogram"), 2**20
"""The library counts in files of these names, one of each for a process; all labels there are fit into a megabyte."""
log = logging.getLogger("dreamtree.metrics")
_counting: dict[Metric, Any] = {}


def start_counting(folder: Path, address: str) -> bool:
    """Counts from now on, into `folder`; answers at `address` (host:port) unless another process does, as it says.

    Where the disk is full, nothing is counted.
    """
    if not _has_room(folder):
        return False
    os.environ[SHARED] = str(folder)
    import prometheus_client
    from prometheus_client.multiprocess import MultiProcessCollector

    counted = prometheus_client.CollectorRegistry()
    for one in ALL:
        more: dict[str, Any] = {"Histogram": {"buckets": BUCKETS}, "Gauge": {"multiprocess_mode": "livesum"}}
        kind = getattr(prometheus_client, one.type)
        _counting[one] = kind(one.name, one.words, one.labels, registry=counted, **more.get(one.type, {}))
    shown = prometheus_client.CollectorRegistry()
    MultiProcessCollector(shown, path=str(folder))  # type: ignore[no-untyped-call]
    host, _, port = address.rpartition(":")
    try:
        prometheus_client.start_http_server(int(port), host.strip("[]"), shown)
    except OSError:
        return False
    return True


def _has_room(folder: Path) -> bool:
    """Makes the files of this process, with all the room that they will need.

    They are part of its memory: one that found no room as it is written to would end the process at once.
    """
    names = [folder / f"{name}_{os.getpid()}.db" for name in FILES]
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for one in names:
            write_whole(one, bytes(ROOM), one.with_suffix(".new"))
    except OSError as error:
        log.warning("no room for metrics (%s): nothing is counted", error.strerror)
        for one in names:
            one.unlink(missing_ok=True)
        return False
    return True


def clear_counts(folder: Path) -> None:
    """Forgets what an earlier server counted; none may run."""
    for one in folder.glob("*.db"):
        one.unlink()


def count_one(metric: Metric, *labels: str) -> None:
    """One more."""
    if metric in _counting:
        _labeled(metric, labels).inc()


def observe(metric: Metric, value: float, *labels: str) -> None:
    """One more that had this value."""
    if metric in _counting:
        _labeled(metric, labels).observe(value)


def set_gauge(metric: Metric, value: int, *labels: str) -> None:
    """It is this value now, in this process."""
    if metric in _counting:
        _labeled(metric, labels).set(value)


def _labeled(metric: Metric, labels: tuple[str, ...]) -> Any:
    return _counting[metric].labels(*labels) if labels else _counting[metric]
