"""A PostgreSQL server of one's own, from the binaries that are installed: `python -m tests.postgres.cluster COMMAND …`.

It lives in a temporary folder, listens on a socket in it and nowhere else, and is gone with the command. Its address
stands in the environment of the command as DREAMTREE_TEST_SERVER.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
VARIABLE = "DREAMTREE_TEST_SERVER"
USER = "postgres"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For tests that do not pull the plug."""
BY_LANGUAGE = ("--locale-provider=icu", "--icu-locale=en-US")
"""A server that sorts as English does, which is not by bytes: whoever relies on the order of text is found out."""
SAFE = {"fsync": "on"}


class NoServer(Exception):
    """No PostgreSQL is installed here."""


def binary(name: str) -> str:
    """The path of one of PostgreSQL's programs; raises `NoServer`."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise NoServer(f"{name} isn't here: apt-get install postgresql")
    return path


class Cluster:
    """A server in `folder`, made by `initdb`. It doesn't run as root, so root lends it the user of Debian's package."""

    def __init__(self, folder: Path, settings: dict[str, str] = QUICK, port: int = 5432) -> None:
        self.folder, self.data, self.port, self.settings = folder, folder / "data", port, settings
        self.is_root = os.geteuid() == 0

    def make(self) -> None:
        """Makes an empty server; nothing runs yet."""
        self.prepare()
        self.run(
            "initdb",
            "-D",
            self.data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            *BY_LANGUAGE,
            "--no-sync",
        )

    def prepare(self) -> None:
        """Makes its folder, which belongs to its user."""
        self.folder.mkdir(exist_ok=True)
        if self.is_root:
            shutil.chown(self.folder, USER, USER)

    def copy(self, folder: Path) -> "Cluster":
        """A read-only copy of this one, in `folder`, that follows it once it is started."""
        other = Cluster(folder, self.settings, self.port)
        other.prepare()
        self.run("pg_basebackup", "-R", "-c", "fast", "-D", other.data, "-U", USER, "-h", self.folder, "-p", self.port)
        return other

    def promote(self) -> None:
        """From now on this copy leads, and takes saves."""
        self.run("pg_ctl", "promote", "-w", "-s", "-D", self.data)

    def start(self) -> None:
        """Starts it, and waits until it takes connections."""
        own = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "port": str(self.port)}
        options = " ".join(
            f"-c {name}={value}" for name, value in {**own, "max_connections": "200", **self.settings}.items()
        )
        self.run("pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", self.folder / "log", "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stops it: `fast` ends what is under way, `immediate` is as if the power went."""
        self.run("pg_ctl", "stop", "-w", "-s", "-D", self.data, "-m", mode)

    def kill(self) -> None:
        """Ends all its processes at once (SIGKILL)."""
        kill_server(self.data)

    def run(self, name: str, *arguments: object) -> None:
        """Runs one of PostgreSQL's programs as the server's user; raises `CalledProcessError`."""
        command = [binary(name), *map(str, arguments)]
        if self.is_root:
            command = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def url(self, database: str = USER) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}@/{database}?host={self.folder}&port={self.port}"


def kill_server(data: Path, *others: int) -> None:
    """Ends the server of this data folder, and these processes, at once (SIGKILL).

    The notes of its process go too: in a container nobody may collect the dead, and then it counts as running.
    """
    note = data / "postmaster.pid"
    kill([*others, *with_children(int(note.read_text().split()[0]))])
    for one in (note, *data.parent.glob(".s.PGSQL.*.lock")):
        one.unlink(missing_ok=True)


def with_children(process: int) -> list[int]:
    """This process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [process, *(one for child in children.split() for one in with_children(int(child)))]


def kill(processes: Iterable[int]) -> None:
    """Ends them at once (SIGKILL), the first one first, and waits until they are gone.

    It has to look again and again: the system tells nobody but a parent when a process has ended.
    """
    alive = list(processes)
    for one in alive:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    while any(_is_alive(one) for one in alive):
        time.sleep(0.01)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def running(settings: dict[str, str] = QUICK) -> Iterator[Cluster]:
    """A fresh server, stopped and thrown away afterwards."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="dreamtree-", dir=memory if memory.is_dir() and settings is QUICK else None))
    cluster = Cluster(folder, settings)
    try:
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            with suppress(subprocess.CalledProcessError):
                cluster.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: Sequence[str]) -> int:
    """Runs `command` beside a fresh server; answers what it answers.

    With `--if-there` before it, nothing runs and nothing is wrong where no PostgreSQL is installed.
    """
    is_needed = command[:1] != ["--if-there"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with running() as cluster:
            own = {**os.environ, VARIABLE: cluster.url()}
            return subprocess.run(command[0 if is_needed else 1 :], check=False, env=own).returncode
    except NoServer as reason:
        sys.stderr.write(f"{reason}\n")
        return int(is_needed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
