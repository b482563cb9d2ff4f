"""Figures from one run: `make bench`. Medians and 95th percentiles; never pass or fail, machines are noisy."""

import gzip
import re
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.floor import Floor, floor_of
from tests.bench.setting import seeded_database
from tests.browser.server import Server

ROUNDS = 200
WARM_UP = 20
CLIENTS = (1, 8)
PAGE = "/workbook/1.1.6"
SAVED_BLOCK = "1.1.1.thanks"
SEARCH_BLOCK = "1.1.3.skills"


class Browser:
    """One client with a sample tree of its own and a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.n = 0
        self.post("/sample", {"csrf_token": self.token("/")})

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str], partial: bool = False) -> str:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if partial:
            headers |= {"HX-Request": "true", "HX-Request-Type": "partial"}
        return self._ask("POST", path, urlencode(fields), headers)

    def token(self, path: str) -> str:
        return _value(self.get(path), "csrf_token")

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, headers | {"Cookie": cookies, "Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        raw = answer.read()
        self.size = len(raw)
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        assert answer.status < 400, f"{method} {path}: {answer.status}"
        return (gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw).decode()


def _value(html: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def exercise_page(browser: Browser) -> Callable[[], object]:
    return lambda: browser.get(PAGE)


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
    html = browser.get(path)
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


def at_once(make: Callable[[Browser], Callable[[], object]], browsers: list[Browser]) -> list[float]:
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
        server = Server(directory, seeded, workers=2)
        server.start()
        try:
            _report(server)
        finally:
            server.stop()
        _report_floor(floor_of(seeded, Path(name) / "floor", PAGE))


def _report(server: Server) -> None:
    print(f"{'':16}{'clients':>8}{'median ms':>12}{'p95 ms':>12}{'bytes sent':>14}")
    for clients in CLIENTS:
        browsers = [Browser(server.port) for _ in range(clients)]
        for make in (exercise_page, save, skill_search):
            took = at_once(make, browsers)
            print(line(make.__name__.replace("_", " "), clients, took, browsers[0].size))


def _report_floor(floor: Floor) -> None:
    print()
    print(f"exercise page {PAGE}: {floor.queries} queries, {floor.bytes_of_html:,} bytes of HTML")
    print(f"  whole request   {floor.request_ms:6.2f} ms (in process, median)")
    print(f"  its floor       {floor.floor_ms:6.2f} ms (same rows with sqlite3, same template)")
    print(f"  ratio           {floor.request_ms / floor.floor_ms:6.2f}")


if __name__ == "__main__":
    sys.exit(main())
