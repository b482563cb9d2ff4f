"""Two people who wrote something else into every field of the book, for the sweeps that look where words turn up.

Both did it at the same moment, that of `frozen`, so that whoever goes on in their trees takes that fixture too.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import time_machine

from dreamtree.accounts.sessions import TREE
from tests.conftest import A_MORNING
from tests.databases import contents
from tests.page import Page
from tests.rules.conftest import Story
from tests.rules.filling import (
    Canaries,
    begin_practices,
    go_deeper,
    keep_own_words,
    open_every_line,
    opened,
    type_everywhere,
)
from tests.rules.sealed_fields import is_sealed
from tests.rules.seeded import EXERCISES
from tests.visitor import Visitor

CHAPTER = "everything-written"


@dataclass(frozen=True)
class Written:
    """What one of the two wrote and chose."""

    canaries: Canaries
    cookie: str
    kept_in: frozenset[str]
    """The blocks on whose pages something of it stood afterwards."""
    chosen: frozenset[str]
    """The names of the fields in which something was chosen that is sealed."""


def everything_written(story: Story) -> tuple[Visitor, list[Written]]:
    """The first of the two, and what each of them wrote; the story goes on with the tree of both."""
    visitor, written = story.after(CHAPTER, lambda: _both(story))
    return visitor, [_read(one) for one in json.loads(written)]


def left_on_the_disk(story: Story) -> dict[str, bytes]:
    """Name → all bytes of the files that the server wrote meanwhile: the database, what belongs to it, the log."""
    everything_written(story)
    return {path.name: path.read_bytes() for path in (story.directory / CHAPTER).iterdir()}


def _both(story: Story) -> tuple[Visitor, str]:
    directory = story.directory / CHAPTER
    directory.mkdir()
    with _logged_to(directory / "the log"), time_machine.travel(A_MORNING, tick=False):
        visitors = [Visitor(story.app.test_client()) for _ in range(2)]
        written = [_write_the_book(visitor, which) for which, visitor in enumerate(visitors)]
    for name, raw in contents().items():
        (directory / name).write_bytes(raw)
    return visitors[0], json.dumps(written)


@contextmanager
def _logged_to(path: Path) -> Iterator[None]:
    """Everything that any library logs meanwhile goes into this file too."""
    root, handler = logging.getLogger(), logging.FileHandler(path)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


def _write_the_book(visitor: Visitor, which: int) -> dict[str, Any]:
    """Answers every exercise, and says what was written, as `_read` reads it."""
    visitor.start()
    canaries, chosen, kept_in = Canaries(which), set(), set()
    for exercise in EXERCISES:
        page, names = write(visitor, f"/workbook/{exercise}", canaries)
        chosen |= names
        html = unescape(page.html)
        kept_in |= {field.split(":")[0] for words, field in canaries.typed.items() if words in html}
    cookie = visitor.client.get_cookie(TREE)
    assert cookie is not None
    written = {"cookie": cookie.value, "kept_in": sorted(kept_in), "chosen": sorted(chosen)}
    return written | {"which": which, "song": canaries.song, "typed": canaries.typed, "amounts": [*canaries.amounts]}


def _read(written: dict[str, Any]) -> Written:
    canaries = Canaries(written["which"])
    canaries.song, canaries.typed, canaries.amounts = written["song"], written["typed"], set(written["amounts"])
    return Written(canaries, written["cookie"], frozenset(written["kept_in"]), frozenset(written["chosen"]))


def write(visitor: Visitor, path: str, canaries: Canaries) -> tuple[Page, set[str]]:
    """Answers every text field and every sealed choice of a page; the page as it then is, and the names of those
    choices.
    """
    page = begin_practices(visitor, open_every_line(visitor, path))
    first = {
        name: value for name, value in sealed_choices(page, canaries.which).items() if not _is_of_a_sum(page, name)
    }
    page = opened(visitor, visitor.send_and_open(page, "save", first))
    page = type_everywhere(visitor, page, canaries)
    page = type_everywhere(visitor, go_deeper(visitor, page), canaries)
    page = keep_own_words(visitor, page, canaries)
    again = sealed_choices(page, canaries.which)
    chosen = {name: value for name, value in again.items() if not name.endswith(":pick")}
    return opened(visitor, visitor.send_and_open(page, "save", chosen)), {*first, *again}


def sealed_choices(page: Page, which: int) -> dict[str, str]:
    """Field → the first or the second thing that it offers, where choosing is told only to the person."""
    offered: dict[str, list[str]] = {}
    for field in page.by_id("exercise").iter():
        name = field.get("name", "")
        if not is_sealed(name):
            continue
        if field.get("type") in ("radio", "checkbox"):
            offered.setdefault(name, []).append(field.get("value", "on"))
        elif field.tag == "select":
            values = [one.get("value", "") for one in field.iter("option")]
            offered[name] = [value for value in values if value and value != "other"]
        elif field.get("type") in ("number", "range"):
            offered[name] = ["3", "7"]
    return {name: values[which] for name, values in offered.items() if len([v for v in values if v]) > 1}


def _is_of_a_sum(page: Page, name: str) -> bool:
    """Whether its block asks for amounts, which come first: without one a line is none."""
    block = name.partition(":")[0]
    fields = (field.split("~")[0] for field in page.form() if field.startswith(f"{block}:"))
    return any(field.endswith("-amount") for field in fields)
