"""What is wrong with the seed: every problem at once, each with its file and line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


class BrokenSeed(Exception):
    """The seed cannot be taken in; `problems` are "file:line: message", in order."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class SeedFile:
    """A file of the seed: its path below the seed's folder, and its text."""

    path: str
    text: str

    def line(self, *anchors: str) -> int:
        """The line where the last anchor stands, each looked for below the one before.

        An anchor is a piece of TOML as written: `key = "why"`, or a name alone for any `name =`. A missing
        one leaves the line of the one before; the same one twice is the second of its kind.
        """
        place, before = 0, ""
        for anchor in anchors:
            name, _, value = anchor.partition(" = ")
            pattern = rf"\b{re.escape(name)}\s*=\s*" + (rf"{re.escape(value)}(?!\w)" if value else "")
            found = re.compile(pattern).search(self.text, place + (anchor == before))
            place, before = (found.start() if found else place), anchor
        return self.text.count("\n", 0, place) + 1


@dataclass
class Problems:
    """Collects what is wrong."""

    found: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, file: SeedFile, line: int, message: str) -> None:
        """Remembers one."""
        self.found.append((file.path, line, message))

    def raise_any(self) -> None:
        """Raises `BrokenSeed` when anything was added."""
        if self.found:
            raise BrokenSeed(f"{path}:{line}: {message}" for path, line, message in sorted(set(self.found)))


def seed_text(folder: Path, path: Path, problems: Problems) -> SeedFile:
    """The file's text; what is not UTF-8 or holds a NUL is a problem, and an empty file to go on with."""
    name = path.relative_to(folder).as_posix()
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(SeedFile(name, ""), raw.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
        return SeedFile(name, "")
    if "\0" in text:
        problems.add(SeedFile(name, text), text.count("\n", 0, text.index("\0")) + 1, "holds a NUL character")
        return SeedFile(name, "")
    return SeedFile(name, text.replace("\r\n", "\n"))
