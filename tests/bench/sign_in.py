"""Whether the time that a refused sign-in takes tells if there is such an account: `python -m tests.bench.sign_in`.

Names that nobody has and wrong passwords are tried in turn, so that a noisy machine hits both. The difference of the
medians means something only when it is larger than the noise: how far the medians of one kind's halves are apart.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from dreamtree import vault
from dreamtree.accounts.models import Throttle
from tests.bench.floor import House
from tests.bench.setting import seeded_database
from tests.conftest import CHEAP

TRIES = 200
NAME, PASSWORD = "mara@example.org", "wires in the northern hall"
KINDS = {"unknown": "ghost@example.org", "wrong": NAME}


def report(house: House, tries: int = TRIES) -> None:
    """Prints both medians and their difference in milliseconds: at the full price of a guess, then without it."""
    client = house.app.test_client()
    print(f"{'refused sign-in':<24}{'unknown ms':>12}{'wrong ms':>12}{'difference':>12}{'noise':>12}")
    for words, cost in (("at full price", vault.TODAY), ("without Argon2", CHEAP)):
        vault.TODAY, before = cost, vault.TODAY
        _make_account(house)
        print(_line(words, _tried(client, tries)))
        vault.TODAY = before


def _line(words: str, took: dict[str, list[float]]) -> str:
    unknown, wrong = (statistics.median(took[kind]) for kind in KINDS)
    noise = max(abs(statistics.median(one[::2]) - statistics.median(one[1::2])) for one in took.values())
    return f"{words:<24}{unknown:>12.2f}{wrong:>12.2f}{wrong - unknown:>12.2f}{noise:>12.2f}"


def _tried(client: FlaskClient, tries: int) -> dict[str, list[float]]:
    """Milliseconds of each try, by kind; nothing waits, since the counts are cleared between."""
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(-2, tries):
        for kind, name in KINDS.items():
            Throttle.delete().execute()
            milliseconds = _timed(lambda name=name: _refused(client, name))
            if number >= 0:
                took[kind].append(milliseconds)
    return took


def _refused(client: FlaskClient, name: str) -> None:
    answer = client.post("/sign-in", data={"name": name, "password": "a wrong password", "device": "own"})
    assert answer.status_code == 422, answer.status_code


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _make_account(house: House) -> None:
    """An account under that name, its password kept at the price of the moment: signing in keeps it anew."""
    client = house.app.test_client()
    client.post("/sign-in", data={"name": NAME, "password": PASSWORD, "device": "own"})
    if client.get_cookie("tree") is None:
        client.post("/start", data={"1.1.1.brings:value": "stuck", "device": "own"})
        assert client.post("/account/claim", data={"name": NAME, "password": PASSWORD}).status_code == 200


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        seeded = seeded_database(Path(name) / "seeded")
        report(House(seeded, Path(name) / "house"))


if __name__ == "__main__":
    sys.exit(main())
