"""Files that several processes of a run need and one of them makes."""

import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDED_FROM = ("seed", "migrations", "dreamtree", "requirements.lock")
"""What a seeded database comes from."""


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """`path`, which `make` writes where it is missing; whoever asks in the meantime waits."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_name(f"{path.name}.new")
            make(unfinished)
            unfinished.rename(path)
    return path


def sum_of(names: tuple[str, ...]) -> str:
    """A digest of these files and folders."""
    digest = hashlib.sha256()
    for path in sorted(path for name in names for path in (ROOT / name, *(ROOT / name).rglob("*")) if path.is_file()):
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
