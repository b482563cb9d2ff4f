"""The real server in a process of its own: the same granian that `make run` starts."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from dreamtree.cli.serving import GRANIAN
from tests.conftest import environment_in
from tests.databases import DATABASE_NAME, copy
from tests.postgres.cluster import with_children

ROOT = Path(__file__).parents[2]
TRIES = 600
PAUSE = 0.05
PATIENCE = 5.0
"""So many seconds `tests/impatient.py` waits for the body of a request."""


class Server:
    """DreamTree on a free port of 127.0.0.1, with a directory and a database of its own."""

    def __init__(
        self,
        directory: Path,
        seeded: Path | None,
        workers: int = 1,
        target: str = "app:asgi",
        database_url: str = "",
        options: tuple[str, ...] = (),
        **settings: str,
    ) -> None:
        """Works with a copy of the database `seeded`, or else with the one that is at `database_url` already.

        `options` are for granian, over those of `make run`; `settings` go into the environment.
        """
        self.directory = directory
        self.database_url = database_url
        self.log = directory / "server.log"
        self.port = free_port()
        self.workers = workers
        self.target, self.options, self.settings = target, options, settings
        self.process: subprocess.Popen[bytes] | None = None
        if seeded:
            copy(seeded, directory / DATABASE_NAME)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.directory / DATABASE_NAME

    def start(self) -> None:
        """Starts it, again on the same port and data if it ran before, and waits until it answers."""
        words = ("--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers))
        environment = {**os.environ, **environment_in(self.directory), **self.settings}
        if self.database_url:
            environment["DREAMTREE_DATABASE_URL"] = self.database_url
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "granian", *words, *GRANIAN[:-1], *self.options, self.target],
                cwd=ROOT, env=environment,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.wait_until(self._answers)

    def stop(self) -> None:
        """Asks it to end, and makes it end after ten seconds."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """Ends all its processes at once, as a power cut would (SIGKILL)."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def kill_workers(self) -> None:
        """Ends all processes that answer (SIGKILL), and not the one that started them."""
        assert self.process is not None
        for worker in with_children(self.process.pid)[1:]:
            os.kill(worker, signal.SIGKILL)

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Waits while it comes up; as soon as one worker answers, `start` goes on, and the others may not be there."""
        for _ in range(TRIES):
            assert self.process is not None
            assert self.process.poll() is None, f"the server ended at once:\n{self.log.read_text()}"
            if is_ready():
                return
            threading.Event().wait(PAUSE)
        raise AssertionError(f"the server does not answer:\n{self.log.read_text()}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=10):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except OSError:
            return False


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
