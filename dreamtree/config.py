"""The settings of one installation, read once from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dreamtree.disk import bring_to_disk

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("TEXT", "JSON")
SHORTEST_SECRET = 32
HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]")
CARE_NOTE = (
    "If this brought up something heavy, stop here for today and talk to someone you trust. "
    "If you're in danger, call your local emergency number."
)
MAKE_ONE = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
LONGEST_NOTE = 2_000
ADDRESS = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:]+\]):[0-9]{2,5}")
PORTS = re.compile(r"[0-9,]*")
DAYS = re.compile(r"[0-9]{1,4}")
FILE, SERVERS = "sqlite:///", ("postgres", "postgresql", "cockroachdb")
NOT_A_DATABASE = f"must start with {FILE} or postgresql://"
UNREADABLE_ADDRESS = (
    "can't be read. Write postgresql://user:password@host/database, and in the password write whatever isn't a letter "
    "or a digit as % and two digits: @ as %40, / as %2F"
)


class WrongSettings(Exception):
    """Some variables are missing or wrong; `problems` maps each name to what to do about it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        lines = [f"  {name}: {words}" for name, words in self.problems.items()]
        super().__init__("\n".join(["These settings need attention:", *lines]))


@dataclass(frozen=True)
class Settings:
    """What the operator decides. Secrets stay out of `repr`."""

    data_directory: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    hosts: tuple[str, ...] = LOCAL_HOSTS
    is_shared_by_default: bool = False
    is_behind_tls: bool = False
    log_level: str = "INFO"
    care_note: str = CARE_NOTE
    backup_days: int = 30
    log_format: str = "TEXT"
    metrics: str = ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """The server's secret, then those that are still honored."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read every `DREAMTREE_…` variable; raise `WrongSettings` naming all that are wrong, not the first one."""
        reader = _Reader(environ)
        directory = reader.directory("DREAMTREE_DATA_DIR", "instance")
        url = reader.database_url("DREAMTREE_DATABASE_URL", directory)
        fallbacks = reader.secrets("DREAMTREE_SECRET_KEY_FALLBACKS")
        hosts = reader.hosts("DREAMTREE_HOSTS")
        is_shared = reader.switch("DREAMTREE_SHARED_DEVICES")
        is_behind_tls = reader.switch("DREAMTREE_TLS")
        level = reader.one_of(LOG_LEVELS, "DREAMTREE_LOG_LEVEL", "INFO")
        lines = reader.one_of(LOG_FORMATS, "DREAMTREE_LOG_FORMAT", "TEXT")
        care_note = reader.note("DREAMTREE_CARE_NOTE", CARE_NOTE)
        days = reader.days("DREAMTREE_BACKUP_DAYS", 30)
        metrics = reader.address("DREAMTREE_METRICS")
        secret = reader.secret("DREAMTREE_SECRET_KEY", directory, url, is_behind_tls)
        return cls(
            directory, url, secret, fallbacks, hosts, is_shared, is_behind_tls, level, care_note, days, lines, metrics
        )


class _Reader:
    """Reads one variable a method and remembers what is wrong; the last one read, the secret, raises it all."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.environ.get(name, "").strip()

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def directory(self, name: str, default: str) -> Path:
        path = Path(self.text(name) or default).expanduser().absolute()
        existing = next(one for one in (path, *path.parents) if one.exists())
        if not existing.is_dir():
            self.problems[name] = f"needs a folder, and {existing} is a file"
        elif not os.access(existing, os.W_OK | os.X_OK):
            self.problems[name] = f"needs a folder that can be written to, and this user can't write to {existing}"
        return path

    def database_url(self, name: str, directory: Path) -> str:
        url = self.text(name) or f"{FILE}{directory / 'dreamtree.db'}"
        if problem := problem_of_database(url):
            self.problems[name] = problem
        return url

    def secrets(self, name: str) -> tuple[str, ...]:
        keys = self.words(name)
        if any(len(key) < SHORTEST_SECRET for key in keys):
            self.problems[name] = f"must be keys of at least {SHORTEST_SECRET} characters each, separated by commas"
        return keys

    def hosts(self, name: str) -> tuple[str, ...]:
        hosts = tuple(host.lower() for host in self.words(name)) or LOCAL_HOSTS
        if not all(HOST.fullmatch(host) for host in hosts):
            self.problems[name] = "must be host names separated by commas, without scheme, port, or path"
        return hosts

    def switch(self, name: str) -> bool:
        value = self.text(name) or "0"
        if value not in ("0", "1"):
            self.problems[name] = "is 0 or 1"
        return value == "1"

    def one_of(self, known: tuple[str, ...], name: str, default: str) -> str:
        word = self.text(name).upper() or default
        if word not in known:
            self.problems[name] = f"must be one of {', '.join(known)}"
        return word

    def days(self, name: str, default: int) -> int:
        text = self.text(name) or str(default)
        if not DAYS.fullmatch(text):
            self.problems[name] = "must be a number of days from 0 to 9999"
            return default
        return int(text)

    def address(self, name: str) -> str:
        text = self.text(name)
        if text and not ADDRESS.fullmatch(text):
            self.problems[name] = "must be an address with a port, like 127.0.0.1:9100"
        return text

    def note(self, name: str, default: str) -> str:
        words = self.text(name) or default
        if len(words) > LONGEST_NOTE:
            self.problems[name] = f"can have at most {LONGEST_NOTE} characters"
        return words

    def secret(self, name: str, directory: Path, url: str, is_public: bool) -> str:
        key, path = self.text(name), directory / "secret-key"
        if key and len(key) < SHORTEST_SECRET:
            self.problems[name] = f"must have at least {SHORTEST_SECRET} characters"
        elif not key and not path.exists():
            self.refuse_new_secret(name, path, url, is_public)
        if self.problems:
            raise WrongSettings(self.problems)
        _make_folder(directory)
        return key or _kept_secret(path)

    def refuse_new_secret(self, name: str, path: Path, url: str, is_public: bool) -> None:
        """A secret is made only for a first run on one's own machine: answers sealed under a lost one stay shut."""
        if not url.startswith("sqlite"):
            self.problems[name] = f"is needed with a database server. {MAKE_ONE}"
        elif is_public:
            self.problems[name] = f"is needed with DREAMTREE_TLS=1. {MAKE_ONE}"
        elif Path(url.removeprefix("sqlite:///")).is_file() and not path.exists():
            self.problems[name] = f"is needed: the database exists, but its key file {path.name} doesn't"


def problem_of_database(url: str) -> str:
    """What to do about the address of a database; "" where it can be read. A password in it is never repeated."""
    scheme, mark, place = url.partition("://")
    if url.startswith(FILE):
        return ""
    if not mark or scheme not in SERVERS:
        return NOT_A_DATABASE
    return "" if _is_readable(f"postgresql://{place}") else UNREADABLE_ADDRESS


def _is_readable(url: str) -> bool:
    """Whether the server's library finds its parts, and nothing that looks like a piece of a password is among them."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        return False
    places, ports = f"{parts.get('host', '')}{parts.get('dbname', '')}", str(parts.get("port", ""))
    return "@" not in places and PORTS.fullmatch(ports) is not None


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSettings({"DREAMTREE_DATA_DIR": f"{path} can't be made: {error.strerror}"}) from error


def _kept_secret(path: Path) -> str:
    """The secret of the file. When it is not there it is made, with mode 600; two processes at once make one.

    It is written under another name first, so that nobody, not even after a power cut, finds half of it.
    """
    if not path.exists():
        own = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            bring_to_disk(own)
            _put_in_place(own, path)
        finally:
            own.unlink(missing_ok=True)
        bring_to_disk(path.parent)
    return _read_secret(path)


def _put_in_place(own: Path, path: Path) -> None:
    """Gives a file the name `path`, unless another has it by now; where the disk knows no links, also then."""
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    except OSError:
        own.replace(path)


def _read_secret(path: Path) -> str:
    key = path.read_text().strip()
    if len(key) < SHORTEST_SECRET:
        raise WrongSettings(
            {"DREAMTREE_SECRET_KEY": f"the file {path.name} is incomplete. Set the variable or repair the file"}
        )
    if path.stat().st_mode & 0o077:
        raise WrongSettings(
            {"DREAMTREE_SECRET_KEY": f"the file {path.name} can be read by other users. Run chmod 600 on it"}
        )
    return key
