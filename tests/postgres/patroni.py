"""Three PostgreSQL servers of one's own that Patroni keeps alike, with etcd to say who leads: Debian's packages."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from tests.browser.server import free_port
from tests.postgres.cluster import USER, binary, kill_server, with_children

SERVERS = 3
ETCDS = 3
PATIENCE = 120
PROGRAMS = ("patroni", "etcd")
WATCHER = Path(__file__).with_name("watcher.py")
MENDED = (3, 0, 3)
"""Before it, Patroni that speaks with etcd by its third interface takes the lead back from another server where it was
stuck as it renewed it (https://github.com/zalando/patroni/pull/2689), and what was saved there is lost. By the second
interface, which etcd has until 3.5, it doesn't."""
TIMES = {"ttl": 20, "loop_wait": 2, "retry_timeout": 9}
"""Seconds. Patroni takes no shorter `ttl`: so long a leader that says nothing still counts as one."""
FAILSAFE = {"failsafe_mode": True}
"""Without any etcd the leader goes on as long as all its copies agree."""
SYNCHRONOUS = {"synchronous_mode": True, "synchronous_mode_strict": True}
"""A save is answered once a second server has it, always."""
PARAMETERS = {"max_connections": 100, "wal_log_hints": "on", "shared_buffers": "32MB", "max_wal_size": "128MB"}
PASSWORD = "only on this machine, and only for this test"


class Member:
    """One of the servers, and the Patroni that watches over it."""

    def __init__(self, folder: Path, name: str, etcds: list[str]) -> None:
        self.folder, self.name, self.data = folder, name, folder / "data"
        self.port, self.api_port = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        (folder / "patroni.json").write_text(json.dumps(self._settings(etcds)))
        shutil.copy(WATCHER, folder)

    def start(self) -> None:
        """Starts Patroni, which starts the server: as the leader, or as a copy of it."""
        self.process = _run(_python_of_patroni(), WATCHER.name, "patroni.json", folder=self.folder)

    def kill(self) -> None:
        """Ends Patroni and the server at once (SIGKILL)."""
        assert self.process is not None
        kill_server(self.data, self.process.pid)
        self.process.wait()
        self.process = None

    def freeze(self) -> None:
        """Both do nothing from now on, and say nothing: a machine that is stuck."""
        self._signal(signal.SIGSTOP)

    def freeze_as_it_renews(self) -> None:
        """Both are stuck at the worst moment: Patroni has read that it leads, and is about to renew that."""
        assert self.process is not None
        (self.folder / "stop-as-you-renew").touch()
        state = Path(f"/proc/{self.process.pid}/stat")
        _wait_until(lambda: state.read_text().rpartition(")")[2].split()[0] == "T")
        self.freeze()

    def thaw(self) -> None:
        """Both go on as if no time had passed."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self.process is not None
        server = int((self.data / "postmaster.pid").read_text().split()[0])
        for one in (*with_children(self.process.pid), *with_children(server)):
            os.kill(one, number)

    def stop(self) -> None:
        """Ends both in order."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

    def _settings(self, etcds: list[str]) -> dict[str, Any]:
        own, api = f"127.0.0.1:{self.port}", f"127.0.0.1:{self.api_port}"
        return {
            "scope": "dreamtree",
            "name": self.name,
            "restapi": {"listen": api, "connect_address": api},
            "etcd3" if _is_mended() else "etcd": {"hosts": etcds},
            "bootstrap": {
                "dcs": {
                    **TIMES,
                    **SYNCHRONOUS,
                    **FAILSAFE,
                    "postgresql": {"use_pg_rewind": True, "parameters": PARAMETERS},
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"],
            },
            "postgresql": {
                "listen": own,
                "connect_address": own,
                "data_dir": str(self.data),
                "bin_dir": str(Path(binary("postgres")).parent),
                "pgpass": str(self.folder / "pgpass"),
                "authentication": {
                    "superuser": {"username": USER, "password": PASSWORD},
                    "replication": {"username": "replicator", "password": PASSWORD},
                },
                "parameters": {"unix_socket_directories": str(self.folder)},
                "pg_hba": [
                    "host all all 127.0.0.1/32 scram-sha-256",
                    "host replication replicator 127.0.0.1/32 scram-sha-256",
                    "local all all scram-sha-256",
                ],
            },
        }


class Etcd:
    """One of those that know who leads."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.name = folder / f"etcd-{number}", f"etcd-{number}"
        self.port, self.peer = free_port(), f"http://127.0.0.1:{free_port()}"
        self.process: subprocess.Popen[bytes] | None = None
        self.folder.mkdir()

    @property
    def place(self) -> str:
        """Where it answers."""
        return f"127.0.0.1:{self.port}"

    def start(self, together: str) -> None:
        """Starts it, as one of those that are `together`."""
        url = f"http://{self.place}"
        self.process = _run(
            "etcd", "--name", self.name, "--data-dir", self.folder / "data", "--listen-client-urls", url,
            "--advertise-client-urls", url, "--listen-peer-urls", self.peer, "--initial-advertise-peer-urls",
            self.peer, "--initial-cluster", together, *([] if _is_mended() else ["--enable-v2"]), folder=self.folder,
        )  # fmt: skip

    def kill(self) -> None:
        """Ends it at once (SIGKILL)."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Fleet:
    """The servers and their etcds, in a folder that is theirs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        folder.chmod(0o711)
        self.etcds = [Etcd(folder, number) for number in range(ETCDS)]
        places = [one.place for one in self.etcds]
        self.members = [Member(folder / f"server-{one}", f"server-{one}", places) for one in range(SERVERS)]

    def start(self) -> None:
        """Starts everything, and waits until there are a leader and two copies."""
        self.start_etcds()
        for one in self.members:
            one.start()
        self.wait_until_whole()

    def start_etcds(self) -> None:
        """Starts those that don't run."""
        together = ",".join(f"{one.name}={one.peer}" for one in self.etcds)
        for one in self.etcds:
            if one.process is None:
                one.start(together)

    def stop(self) -> None:
        """Ends everything."""
        for one in self.members:
            one.stop()
        for etcd in self.etcds:
            etcd.kill()

    def switch_over(self) -> None:
        """Lets another server lead, as an operator does who wants to work on the one that leads."""
        leader = self.leader()
        assert leader is not None
        settings = leader.folder / "patroni.json"
        words = ("patronictl", "-c", settings, "switchover", "dreamtree", "--leader", leader.name, "--force")
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)

    def wait_until_whole(self) -> None:
        """Waits until there are a leader, a copy that it waits for, and another copy."""
        _wait_until(lambda: sorted(self.roles().values()) == ["leader", "replica", "sync_standby"])

    def leader(self) -> Member | None:
        """The server that takes saves; None while there is none."""
        roles = self.roles()
        return next((one for one in self.members if roles.get(one.name) == "leader"), None)

    def takes_saves(self) -> bool:
        """Whether some server takes saves now."""
        try:
            psycopg.connect(self.url(USER), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def roles(self) -> dict[str, str]:
        """What each server that is up does, by its name: leader, sync_standby or replica."""
        for one in self.members:
            if cluster := _json_at(f"http://127.0.0.1:{one.api_port}/cluster"):
                working = [other for other in cluster["members"] if other["state"] in {"running", "streaming"}]
                return {other["name"]: other["role"] for other in working}
        return {}

    def url(self, database: str) -> str:
        """The address of a database: all servers, of which the one that takes saves is meant."""
        places = ",".join(f"127.0.0.1:{one.port}" for one in self.members)
        password = PASSWORD.replace(" ", "%20")
        return f"postgresql://{USER}:{password}@{places}/{database}?target_session_attrs=read-write"


@cache
def _is_mended() -> bool:
    """Whether Patroni never takes back a lead that isn't its own anymore."""
    version = subprocess.run(["patroni", "--version"], check=True, capture_output=True, text=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", version)) >= MENDED


def _python_of_patroni() -> str:
    """What the first line of its command names."""
    with Path(str(shutil.which("patroni"))).open(encoding="utf-8") as command:
        return command.readline().removeprefix("#!").strip()


def _run(name: str, *arguments: object, folder: Path) -> subprocess.Popen[bytes]:
    """Starts a program in `folder`, its output in a file there; root lends it the user of the database server."""
    command = [str(shutil.which(name)), *map(str, arguments)]
    if os.geteuid() == 0:
        _own(folder)
        command = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", *command]
    with (folder / "output.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)


def _own(folder: Path) -> None:
    """The folder and what lies in it belong to the database server's user."""
    if os.geteuid() == 0:
        for one in (folder, *folder.iterdir()):
            shutil.chown(one, USER, USER)


def _json_at(url: str) -> Any:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def _wait_until(is_so: Callable[[], bool]) -> None:
    """Asks again and again, since these servers tell nobody; raises `TimeoutError`."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.2)
