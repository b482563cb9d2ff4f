"""The ZIP: every file of a copy to read, one after another."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO

from dreamtree import db, web
from dreamtree.accounts.models import User
from dreamtree.archive.export import copy_of, learned_by
from dreamtree.archive.loading import read_present
from dreamtree.archive.readable.gather import reading_of
from dreamtree.archive.readable.lists import as_csv
from dreamtree.archive.readable.plain import markdown_of
from dreamtree.archive.readable.shapes import Reading

TO_RESTORE = "to-restore.json"
STYLE = Path(__file__).with_name("style.css")


def write_zip(user: User, target: IO[bytes], *, without_private: bool) -> None:
    """Writes the copy to `target` as a ZIP; without what is private it cannot be restored from."""
    with db.reading(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        reading = reading_of(user, read_present(user), learned_by(user), without_private=without_private)
        day = date.fromisoformat(reading.day)
        for name, content in _files(reading):
            _add(whole, name, day, [content])
        if not without_private:
            _add(whole, TO_RESTORE, day, copy_of(user))


def _files(reading: Reading) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", web.render("archive/readable/readme.txt", reading=reading).encode()
    yield "index.html", web.render("archive/readable/index.html", reading=reading).encode()
    yield "style.css", STYLE.read_bytes()
    for module in reading.modules:
        page = web.render("archive/readable/module.html", module=module, reading=reading)
        yield f"pages/{module.name}.html", page.encode()
        yield f"text/{module.name}.md", markdown_of(module).encode()
    for one in reading.lists:
        yield f"lists/{one.name}.csv", as_csv(one)
    for picture in reading.pictures:
        yield f"pictures/{picture.name}", picture.svg.encode()


def _add(whole: zipfile.ZipFile, name: str, day: date, content: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.external_attr, entry.compress_type = 0o600 << 16, zipfile.ZIP_DEFLATED
    with whole.open(entry, "w") as file:
        file.writelines(content)
