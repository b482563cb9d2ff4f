"""The ZIP: every file of a copy to read, put together in memory."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dreamtree import db, web
from dreamtree.accounts.models import User
from dreamtree.archive.export import as_file, everything, written
from dreamtree.archive.readable.gather import reading_of
from dreamtree.archive.readable.lists import as_csv
from dreamtree.archive.readable.plain import markdown_of
from dreamtree.archive.readable.shapes import Reading

TO_RESTORE = "to-restore.json"
STYLE = Path(__file__).with_name("style.css")


def zip_of(user: User, *, without_private: bool) -> bytes:
    """The copy as the bytes of a ZIP; without what is private it cannot be restored from."""
    with db.reading():
        tree, learned = everything(user)
        reading = reading_of(user, tree, learned, without_private=without_private)
    files = dict(_files(reading))
    if not without_private:
        files[TO_RESTORE] = written(as_file(tree, learned, db.now()))
    return _zipped(files, date.fromisoformat(reading.day))


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


def _zipped(files: dict[str, bytes], day: date) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            whole.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
