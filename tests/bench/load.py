"""The load run: `python -m tests.bench.load`. Many people on one server; writes a table to tests/bench/RESULTS.md.

It runs on SQLite, and on a PostgreSQL server of its own where one is installed.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

from dreamtree.accounts.sessions import TREE
from dreamtree.cli.serving import WORKERS
from tests.bench.__main__ import WARM_UP, Act, Browser, over_the_wire, page_at_rest, save, skill_search
from tests.bench.crowd import LOGS, counted_in, make_crowd
from tests.bench.setting import seeded_database
from tests.browser.server import Server
from tests.conftest import environment_in
from tests.databases import DATABASE_NAME, whole_file
from tests.once import made_once, sum_of
from tests.postgres.cluster import SAFE, Cluster, NoServer, running, with_children

RESULTS = Path(__file__).with_name("RESULTS.md")
BY_HAND = "\n# `make bench`"
"""How what is written by hand below the table begins."""
KEPT = Path(__file__).parents[2] / ".pytest_cache" / "crowds"
MADE_BY = ("tests/bench/crowd.py",)
CLIENTS = (1, 8, 32)
FEW = 20
ROUNDS = 100
Took = list[float]
Medians = dict[str, float]
"""What is done → its median in milliseconds."""


class Visit(Browser):
    """One client with the tree of somebody of the crowd."""

    def __init__(self, port: int, cookie: str) -> None:
        self.send, self.n, self.size = over_the_wire(port, {TREE: cookie}), 0, 0


def home(browser: Browser) -> Callable[[], object]:
    return lambda: browser.get("/home")


def log_page(browser: Browser) -> Callable[[], object]:
    return lambda: browser.get("/workbook/1.3.3")


SESSION = (page_at_rest, save, skill_search, home)
"""What people do in turn: open a page, save, search, look at home."""


@dataclass(frozen=True)
class Crowd:
    """A database file with so many people, and the cookies of some."""

    people: int
    file: Path
    cookies: list[str]
    logs: list[str]
    """Of those with a long log, in the order of `LOGS`."""


Serve = Callable[[Path, Crowd], Server]


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=20, help="how long each number of clients works")
    parser.add_argument("--to", type=Path, default=RESULTS, help="where the table goes")
    parser.add_argument("--only-make", action="store_true", help="make the people and stop")
    wanted = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        few, many = (_crowd(Path(name), count) for count in (FEW, wanted.people))
        if wanted.only_make:
            return
        lines = list(_report(Path(name), few, many, wanted.seconds))
    write_table(wanted.to, lines)
    print("\n".join(lines))


def write_table(path: Path, lines: list[str]) -> None:
    """Writes the table, over the one before it; what somebody compared by hand stays below."""
    _, heading, compared = (path.read_text() if path.exists() else "").partition(BY_HAND)
    path.write_text("\n".join(lines) + "\n" + heading + compared)


def _crowd(folder: Path, count: int) -> Crowd:
    """So many people: made once, and brought up to date as an installation is."""
    began = time.monotonic()
    kept = made_once(KEPT / f"{count}-{sum_of(MADE_BY)}.db", lambda path: _make(folder / "seeded", path, count))
    print(f"{count} people: {time.monotonic() - began:.0f} s", file=sys.stderr)
    directory = folder / f"{count}"
    directory.mkdir()
    file = directory / "dreamtree.db"
    shutil.copyfile(kept, file)
    _flask(directory, "migrate")
    _flask(directory, "seed")
    user_ids: list[str] = json.loads(kept.with_suffix(".json").read_text())
    return Crowd(count, whole_file(file), user_ids[: -len(LOGS)], user_ids[-len(LOGS) :])


def _make(seeded: Path, path: Path, count: int) -> None:
    make_crowd(seeded / DATABASE_NAME if seeded.is_dir() else seeded_database(seeded), path, count)
    path.with_suffix(".json").rename(path.with_suffix("").with_suffix(".json"))


def _flask(data: Path, *command: str) -> None:
    words = (sys.executable, "-m", "flask", "--app", "app", *command)
    subprocess.run(words, check=True, env={**os.environ, **environment_in(data)}, stdout=subprocess.DEVNULL)


# The report


def _report(folder: Path, few: Crowd, many: Crowd, seconds: int) -> Iterator[str]:
    answers, entries, earlier = counted_in(many.file)
    yield from ("# The load run", "")
    yield f"{datetime.now(UTC).date()}. {WORKERS} workers, {cpu_count()} cores that server, database and clients share."
    yield f"{many.people:,} people with {answers:,} answers, {earlier:,} earlier texts and {entries:,} entries of logs,"
    yield "all made through the save function. Clients open a page, save, search for a skill and look at home, in turn."
    yield from _engine("SQLite", folder / "sqlite", few, many, seconds, _on_sqlite)
    try:
        with running(SAFE) as cluster:
            yield from _engine("PostgreSQL", folder / "server", few, many, seconds, _on(cluster))
    except NoServer as reason:
        yield from ("", f"PostgreSQL: {reason}")


def _engine(name: str, folder: Path, few: Crowd, many: Crowd, seconds: int, serve: Serve) -> Iterator[str]:
    folder.mkdir()
    yield from ("", f"## {name}", "")
    yield "| clients | a second | p50 ms | p95 ms | p99 ms | saves p95 ms | errors | memory MB |"
    yield "|---|---|---|---|---|---|---|---|"
    with _served(serve, folder / "many", many) as server:
        with _served(serve, folder / "few", few) as other:
            small, large = _in_turn([Visit(other.port, few.cookies[0]), Visit(server.port, many.cookies[0])])
        short, long_ = _in_turn([Visit(server.port, cookie) for cookie in many.logs], log_page)
        for clients in CLIENTS:
            yield _mixed(server, many.cookies, clients, seconds)
    yield from _compared(f"{FEW} people", f"{many.people:,} people", small, large)
    yield from _compared(f"{LOGS[0]:,} entries", f"{LOGS[1]:,} entries", short, long_)


def _compared(before: str, after: str, small: Medians, large: Medians) -> Iterator[str]:
    yield from ("", f"| median ms | {before} | {after} | ratio |", "|---|---|---|---|")
    for name in small:
        yield f"| {name} | {small[name]:.1f} | {large[name]:.1f} | {large[name] / small[name]:.2f} |"


# Servers


@contextmanager
def _served(serve: Serve, folder: Path, crowd: Crowd) -> Iterator[Server]:
    folder.mkdir()
    server = serve(folder, crowd)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _on_sqlite(folder: Path, crowd: Crowd) -> Server:
    return Server(folder, crowd.file, workers=WORKERS)


def _on(cluster: Cluster) -> Serve:
    def serve(folder: Path, crowd: Crowd) -> Server:
        """Moves the people there as an operator would."""
        name = f"people_{crowd.people}"
        cluster.run("createdb", "-h", cluster.folder, "-p", cluster.port, "-U", "postgres", name)
        _flask(crowd.file.parent, "move-database", cluster.url(name))
        cluster.run("vacuumdb", "-q", "-z", "-h", cluster.folder, "-p", cluster.port, "-U", "postgres", name)
        return Server(folder, None, workers=WORKERS, database_url=cluster.url(name))

    return serve


# Clients


def _mixed(server: Server, cookies: list[str], clients: int, seconds: int) -> str:
    """So many clients, each with a tree of its own, do all of a session in an order of their own."""
    took: list[tuple[str, float]] = []
    errors: list[str] = []
    acts = [[(make.__name__, make(Visit(server.port, cookie))) for make in SESSION] for cookie in cookies[:clients]]
    until = time.monotonic() + seconds

    def work(place: int) -> None:
        chance = random.Random(place)
        while time.monotonic() < until:
            name, act = chance.choice(acts[place])
            began = time.perf_counter()
            try:
                act()
            except (AssertionError, OSError) as error:
                errors.append(type(error).__name__)
            took.append((name, (time.perf_counter() - began) * 1000))

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    p50, p95, p99 = _percentiles([one for _, one in took])
    _, of_saves, _ = _percentiles([one for name, one in took if name == save.__name__])
    speed = f"{len(took) / seconds:.0f} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {of_saves:.1f}"
    return f"| {len(acts)} | {speed} | {len(errors)} | {_memory(server):.0f} |"


def _percentiles(took: Took) -> tuple[float, float, float]:
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[94], cuts[98]


def _in_turn(visits: list[Visit], *besides: Act) -> list[Medians]:
    """What each waits, for each thing that people do, once the servers are warm.

    They do it in turns, and before anybody else does: a machine is slower while it is busy, and for a while after.
    """
    medians: list[Medians] = [{} for _ in visits]
    for make in (*SESSION, *besides):
        acts, took = [make(visit) for visit in visits], [Took() for _ in visits]
        for _ in range(WARM_UP + ROUNDS):
            for act, times in zip(acts, took, strict=True):
                began = time.perf_counter()
                act()
                times.append((time.perf_counter() - began) * 1000)
        for median, times in zip(medians, took, strict=True):
            median[make.__name__.replace("_", " ")] = statistics.median(times[WARM_UP:])
    return medians


def _memory(server: Server) -> float:
    """Megabytes that the processes of the server have in memory together; what they share counts for each."""
    assert server.process is not None
    pages = [Path(f"/proc/{one}/statm").read_text().split()[1] for one in with_children(server.process.pid)]
    return sum(map(int, pages)) * 4096 / 2**20


if __name__ == "__main__":
    main()
