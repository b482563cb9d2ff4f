"""The ZIP: every file of a copy to read, one after another."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO

from dreamtree import db, web
from dreamtree.accounts.models import User
from dreamtree.archive.export import copy_of
from dreamtree.archive.file_format import RESTORE_FILE
from dreamtree.archive.readable.gather import modules_of, reading_of
from dreamtree.archive.readable.lists import as_csv, lists_of
from dreamtree.archive.readable.plain import markdown_of
from dreamtree.archive.readable.shapes import IndexLine, Picture, Reading, ReadModule

NamedFile = tuple[str, Iterable[bytes]]
STYLE = Path(__file__).with_name("style.css")


def write_zip(user: User, target: IO[bytes], *, without_private: bool) -> None:
    """Writes the copy to `target` as a ZIP; without what is private it cannot be restored from.

    Only one module's answers are in memory at a time, and after them only one list.
    """
    with db.reading(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        reading = reading_of(user, without_private=without_private)
        day = date.fromisoformat(reading.day)
        for name, content in _files(user, reading):
            _add(whole, name, day, content)
        if not without_private:
            _add(whole, RESTORE_FILE, day, copy_of(user))


def _files(user: User, reading: Reading) -> Iterator[NamedFile]:
    """The first page comes last: it tells how much is in all others."""
    modules, lists = list[IndexLine](), list[IndexLine]()
    yield "README.txt", _encoded(web.rendered("archive/readable/readme.txt", reading=reading))
    yield "style.css", [STYLE.read_bytes()]
    yield _picture(reading.tree)
    for module in modules_of(user, without_private=reading.is_without_private):
        modules.append(IndexLine(module.name, module.title, module.answered, module.part))
        yield from _files_of(module, reading)
        del module
    for one in lists_of(user, without_private=reading.is_without_private):
        lists.append(IndexLine(one.name, one.title, len(one.rows)))
        yield f"lists/{one.name}.csv", [as_csv(one)]
    page = web.rendered("archive/readable/index.html", reading=reading, modules=modules, lists=lists)
    yield "index.html", _encoded(page)


def _files_of(module: ReadModule, reading: Reading) -> Iterator[NamedFile]:
    page = web.rendered("archive/readable/module.html", module=module, reading=reading)
    yield f"pages/{module.name}.html", _encoded(page)
    yield f"text/{module.name}.md", _encoded(markdown_of(module))
    yield from map(_picture, module.pictures)


def _picture(one: Picture) -> NamedFile:
    return f"pictures/{one.name}", [one.svg.encode()]


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)


def _add(whole: zipfile.ZipFile, name: str, day: date, content: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.external_attr, entry.compress_type = 0o600 << 16, zipfile.ZIP_DEFLATED
    with whole.open(entry, "w") as file:
        file.writelines(content)
