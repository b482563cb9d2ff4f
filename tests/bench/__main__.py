"""Figures from one run: `make bench`. Medians and 95th percentiles; never pass or fail, machines are noisy."""

import gzip
import re
import secrets
import socket
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode

from flask.testing import FlaskClient

from dreamtree.cli.serving import WORKERS
from tests.bench.first_load import FirstLoad, first_load
from tests.bench.floor import House, queries
from tests.bench.setting import seeded_database
from tests.browser.server import Server

Sent = tuple[int, bool, bytes]
"""Status, whether the body is packed, the body."""
Send = Callable[[str, str, str, dict[str, str]], Sent]
Act = Callable[["Browser"], Callable[[], object]]
"""What is measured: made for one client, then done again and again."""

ROUNDS = 200
WARM_UP = 20
CLIENTS = (1, 8)
IDLE = 50
RESTING_PAGE = "/workbook/1.1.6"
PAGE = f"{RESTING_PAGE}?change=1.1.6.rate&change=1.1.6.rank&change=1.1.6.energy"
"""The longest page of the sample tree, with every form open, as somebody has it who fills it in."""
SAVED_BLOCK = "1.1.1.thanks"
SEARCH_BLOCK = "1.1.3.skills"


class Browser:
    """One client with a sample tree of its own: over a connection it keeps open, or in this process."""

    def __init__(self, send: Send) -> None:
        self.send, self.n, self.size = send, 0, 0
        self.post("/sample", {"csrf_token": self.token("/")})

    def get(self, path: str) -> str:
        return self._ask("GET", path, "", {})

    def post(self, path: str, fields: dict[str, str], partial: bool = False) -> str:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if partial:
            headers |= {"HX-Request": "true", "HX-Request-Type": "partial"}
        return self._ask("POST", path, urlencode(fields), headers)

    def token(self, path: str) -> str:
        return _value(self.get(path), "csrf_token")

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> str:
        status, is_packed, raw = self.send(method, path, body, headers | {"Accept-Encoding": "gzip"})
        self.size = len(raw)
        assert status < 400, f"{method} {path}: {status}"
        return (gzip.decompress(raw) if is_packed else raw).decode()


def over_the_wire(port: int, known: Mapping[str, str] = MappingProxyType({})) -> Send:
    """A browser's side of one connection, with its cookies, of which it may have some already."""
    connection, cookies = HTTPConnection("127.0.0.1", port, timeout=30), dict(known)

    def send(method: str, path: str, body: str, headers: dict[str, str]) -> Sent:
        kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
        connection.request(method, path, body or None, headers | {"Cookie": kept})
        answer = connection.getresponse()
        raw = answer.read()
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, value = header.split(";")[0].partition("=")
            cookies[name] = value
        return answer.status, answer.headers.get("Content-Encoding") == "gzip", raw

    return send


def in_process(client: FlaskClient) -> Send:
    def send(method: str, path: str, body: str, headers: dict[str, str]) -> Sent:
        answer = client.open(path, method=method, data=body, headers=headers)
        return answer.status_code, answer.headers.get("Content-Encoding") == "gzip", answer.data

    return send


def _value(html: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def exercise_page(browser: Browser) -> Callable[[], object]:
    return lambda: browser.get(PAGE)


def page_at_rest(browser: Browser) -> Callable[[], object]:
    return lambda: browser.get(RESTING_PAGE)


def save(browser: Browser) -> Callable[[], object]:
    """An autosave of one text, each time another one."""
    path = "/workbook/1.1.1"
    html = browser.get(path)
    fields = {name: _value(html, name) for name in ("csrf_token", "person", f"{SAVED_BLOCK}:base")}
    fields |= {"editor": secrets.token_urlsafe(12), "autosave": "1", f"{SAVED_BLOCK}:served": ""}

    def once() -> object:
        browser.n += 1
        text = f"I drew the next three days as boxes, and then {browser.n} more of them. " * 4
        changed = {"n": str(browser.n), f"{SAVED_BLOCK}:value~0": text}
        return browser.post(f"{path}/{SAVED_BLOCK}", fields | changed, partial=True)

    return once


def skill_search(browser: Browser) -> Callable[[], object]:
    """Words of a task with wrong letters, looked up from a block of the skill-tagger."""
    path = "/workbook/1.1.3"
    html = browser.get(f"{path}?change={SEARCH_BLOCK}")
    fields = {name: _value(html, name) for name in ("csrf_token", "person", f"{SEARCH_BLOCK}:base")}
    subject = re.search(rf'value="{re.escape(SEARCH_BLOCK)}\|find\|([^"]+)"', html)
    field = re.search(rf'name="({re.escape(SEARCH_BLOCK)}:find-[^"]+)"', html)
    assert subject and field
    fields |= {"editor": secrets.token_urlsafe(12), "n": "1", f"{SEARCH_BLOCK}:served": ""}
    fields |= {"do": f"{SEARCH_BLOCK}|find|{subject[1]}", field[1]: "explaning dificult things"}
    return lambda: browser.post(f"{path}/{SEARCH_BLOCK}", fields, partial=True)


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round, after a warm-up."""
    for _ in range(WARM_UP):
        act()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return took


def at_once(make: Act, browsers: list[Browser]) -> list[float]:
    """`timed` by several clients at the same time."""
    results: list[list[float]] = [[] for _ in browsers]
    acts = [make(browser) for browser in browsers]

    def work(place: int) -> None:
        results[place] = timed(acts[place], ROUNDS // len(browsers))

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for result in results for one in result]


def line(name: str, clients: int, took: list[float], size: int) -> str:
    ordered = sorted(took)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"{name:<16}{clients:>8}{statistics.median(took):>12.1f}{p95:>12.1f}{size:>14,}"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        seeded = seeded_database(Path(name) / "seeded")
        directory = Path(name) / "server"
        directory.mkdir()
        server = Server(directory, seeded, workers=WORKERS)
        server.start()
        try:
            _report_times(server)
            _report_idle(server)
            _report_first_load(first_load(server))
        finally:
            server.stop()
        _report_work(House(seeded, Path(name) / "house"))


def _report_times(server: Server) -> None:
    print(f"{'':16}{'clients':>8}{'median ms':>12}{'p95 ms':>12}{'bytes sent':>14}")
    for clients in CLIENTS:
        browsers = [_somebody(server) for _ in range(clients)]
        for make in ACTS:
            took = at_once(make, browsers)
            print(line(_name(make), clients, took, browsers[0].size))


def _somebody(server: Server) -> Browser:
    """Another sample tree; the door that lets in only a few from one address is opened first."""
    with sqlite3.connect(server.database, timeout=30) as connection:
        connection.execute("DELETE FROM throttles")
    connection.close()
    return Browser(over_the_wire(server.port))


def _report_idle(server: Server) -> None:
    """A page while fifty connections are open over which nothing comes."""
    browser = _somebody(server)
    with ExitStack() as opened:
        for _ in range(IDLE):
            opened.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        took = timed(exercise_page(browser), 50)
    print(f"{'page, 50 idle':<16}{1:>8}{statistics.median(took):>12.1f}{max(took):>12.1f} (the slowest)")


def _report_first_load(load: FirstLoad) -> None:
    print()
    print(f"first load: {load.requests} requests, {load.bytes_received:,} bytes received")
    print(f"  ready to type   {load.ready_ms:6.0f} ms after navigation")
    print(f"  of that it took {load.clocked_ms:6.0f} ms by the browser's own clock")
    print(f"  the second time {load.ready_again_ms:6.0f} ms")
    print(f"  an empty page   {load.empty_ms:6.0f} ms (the browser's own part)")


def _report_work(house: House) -> None:
    browser = Browser(in_process(house.client))
    print()
    for make in ACTS:
        act = make(browser)
        act()
        with queries() as asked:
            act()
        print(f"{_name(make):<16}{len(asked):>3} queries, {browser.size:>7,} bytes sent")
    floor = house.floor_of(PAGE)
    print()
    print(f"exercise page {RESTING_PAGE}, open: {floor.queries} queries, {floor.bytes_of_html:,} bytes of HTML")
    print(f"  whole request   {floor.request_ms:6.2f} ms (in process, median)")
    print(f"  its floor       {floor.floor_ms:6.2f} ms (same rows with sqlite3, same template)")
    print(f"  ratio           {floor.request_ms / floor.floor_ms:6.2f}")


def _name(make: Act) -> str:
    return make.__name__.replace("_", " ")


ACTS = (exercise_page, page_at_rest, save, skill_search)

if __name__ == "__main__":
    sys.exit(main())
