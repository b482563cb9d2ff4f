"""The load run: `python -m tests.bench.load`. Many people on one server; writes a table to tests/bench/RESULTS.md."""

import json
import random
import statistics
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

from dreamtree.accounts.sessions import TREE
from tests.bench.__main__ import Browser, over_the_wire, page_at_rest, save, skill_search, timed
from tests.bench.crowd import answers_in, make_crowd
from tests.bench.setting import seeded_database
from tests.browser.server import Server
from tests.once import SEEDED_FROM, made_once, sum_of
from tests.postgres.cluster import with_children

RESULTS = Path(__file__).with_name("RESULTS.md")
KEPT = Path(__file__).parents[2] / ".pytest_cache" / "crowds"
CLIENTS = (1, 8, 32)
FEW = 20
ROUNDS = 100
Took = list[float]


class Visit(Browser):
    """One client with the tree of somebody of the crowd."""

    def __init__(self, port: int, cookie: str) -> None:
        self.send, self.n, self.size = over_the_wire(port, {TREE: cookie}), 0, 0


def home(browser: Browser) -> Callable[[], object]:
    return lambda: browser.get("/home")


SESSION = (page_at_rest, save, skill_search, home)
"""What people do in turn: open a page, save, search, look at home."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=20, help="how long each number of clients works")
    parser.add_argument("--to", type=Path, default=RESULTS, help="where the table goes")
    wanted = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        seeded = seeded_database(Path(name) / "seeded")
        few, many = (_crowd(seeded, count) for count in (FEW, wanted.people))
        lines = list(_report(Path(name), few, many, wanted.people, wanted.seconds))
    wanted.to.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def _crowd(seeded: Path, count: int) -> Path:
    """The file with so many people, made once and kept as long as what it comes from stays as it is."""
    began = time.monotonic()
    path = made_once(KEPT / f"{count}-{sum_of(SEEDED_FROM)}.db", lambda path: _make(seeded, path, count))
    print(f"{count} people, {answers_in(path)} answers: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return path


def _make(seeded: Path, path: Path, count: int) -> None:
    make_crowd(seeded, path, count)
    path.with_suffix(".json").rename(path.with_suffix("").with_suffix(".json"))


def _report(folder: Path, few: Path, many: Path, people: int, seconds: int) -> list[str]:
    machine = f"{datetime.now(UTC).date()}, SQLite, two workers, {cpu_count()} cores that server and clients share."
    lines = ["# The load run", "", machine]
    lines += [f"{people} people with {answers_in(many)} answers, made through the save function.", ""]
    lines += ["| clients | a second | p50 ms | p95 ms | p99 ms | errors | memory MB |", "|---|---|---|---|---|---|---|"]
    server = _served(folder / "many", many)
    try:
        lines += [_mixed(server, _cookies(many), clients, seconds) for clients in CLIENTS]
        large = _medians(server, _cookies(many))
    finally:
        server.stop()
    server = _served(folder / "few", few)
    try:
        small = _medians(server, _cookies(few))
    finally:
        server.stop()
    lines += ["", f"| median ms | {FEW} people | {people} people | ratio |", "|---|---|---|---|"]
    lines += [f"| {name} | {small[name]:.1f} | {large[name]:.1f} | {large[name] / small[name]:.2f} |" for name in small]
    return lines


def _served(folder: Path, file: Path) -> Server:
    folder.mkdir()
    server = Server(folder, file, workers=2)
    server.start()
    return server


def _cookies(file: Path) -> list[str]:
    told: list[str] = json.loads(file.with_suffix(".json").read_text())
    return told


def _mixed(server: Server, cookies: list[str], clients: int, seconds: int) -> str:
    """So many clients, each with a tree of its own, do all of a session in an order of their own."""
    took: Took = []
    errors: list[str] = []
    acts = [[make(Visit(server.port, cookie)) for make in SESSION] for cookie in cookies[:clients]]
    until = time.monotonic() + seconds

    def work(place: int) -> None:
        chance = random.Random(place)
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                chance.choice(acts[place])()
            except (AssertionError, OSError) as error:
                errors.append(type(error).__name__)
            took.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    cuts = statistics.quantiles(took, n=100)
    speed = f"{len(took) / seconds:.0f} | {cuts[49]:.1f} | {cuts[94]:.1f} | {cuts[98]:.1f}"
    return f"| {len(acts)} | {speed} | {len(errors)} | {_memory(server):.0f} |"


def _medians(server: Server, cookies: list[str]) -> dict[str, float]:
    """What one client waits, for each thing they do, once the server is warm."""
    acts = {make.__name__.replace("_", " "): make(Visit(server.port, cookies[0])) for make in SESSION}
    return {name: statistics.median(timed(act, ROUNDS)) for name, act in acts.items()}


def _memory(server: Server) -> float:
    """Megabytes that the processes of the server have in memory together; what they share counts for each."""
    assert server.process is not None
    told = [Path(f"/proc/{one}/statm").read_text().split()[1] for one in with_children(server.process.pid)]
    return sum(map(int, told)) * 4096 / 2**20


if __name__ == "__main__":
    main()
