"""What a person types is in no byte of the database, its write-ahead log, its index or the server's log.

Each text field of each exercise gets words of its own, through the forms. Words offered for everybody are left out.
"""

import base64
import logging
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree.db import database
from tests.browser.server import Server
from tests.page import Page
from tests.rules.seeded import BLOCKS, EXERCISES
from tests.visitor import Visitor
from tests.wire import Wire

WIDE = ("utf-16-le", "utf-16-be")


@dataclass(frozen=True)
class House:
    """A server with one visitor, the file of its database, and what it logged so far."""

    visitor: Visitor
    file: Path
    log: Callable[[], bytes]


@pytest.fixture(params=["in process", "the real server"])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue("_in_process" if request.param == "in process" else "_served")
    return found


@pytest.fixture
def _in_process(app: Flask, person: Visitor, caplog: pytest.LogCaptureFixture) -> House:
    caplog.set_level(logging.DEBUG)
    return House(person, Path(str(database.obj.database)), lambda: caplog.text.encode())  # noqa: PLW0108 - the text grows


@pytest.fixture
def _served(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("DREAMTREE_LOG_LEVEL", "DEBUG")
    server = Server(tmp_path, seeded)
    server.start()
    visitor = Visitor(cast(FlaskClient, Wire(server.url)))
    visitor.start()
    yield House(visitor, server.database, server.log.read_bytes)
    server.stop()


class Canaries:
    """Words that nobody else would write: each another, all with the same beginning."""

    def __init__(self) -> None:
        self.song = "qz" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(16))
        self.typed: dict[str, str] = {}

    def for_(self, field: str) -> str:
        """The words for one field; asked again, others."""
        words = f"{self.song}{len(self.typed):04d}"
        self.typed[words] = field
        return words


def test_nothing_typed_is_in_the_database_or_the_log(house: House) -> None:
    canaries = Canaries()
    shown = [_fill_in(house.visitor, f"/workbook/{exercise}", canaries) for exercise in EXERCISES]
    blocks = {field.split(":")[0] for page in shown for words, field in canaries.typed.items() if words in page}
    assert _written_blocks() <= blocks, "some words were not saved at all"
    for path in house.file.parent.glob(f"{house.file.name}*"):
        assert not _forms_in(path.read_bytes(), canaries.song), path.name
    assert not _forms_in(house.log(), canaries.song), "the log"


def _written_blocks() -> set[str]:
    """The blocks that always have something to type."""
    kinds = {"text", "textarea", "experience-builder", "soared-story", "list-builder", "skill-tagger"}
    return {key for key, kind in BLOCKS.items() if kind in kinds}


@pytest.mark.parametrize("form", ["utf-8", *WIDE, "base64", "capitals"])
def test_a_word_in_plain_would_be_found(tmp_path: Path, form: str) -> None:
    song = Canaries().song
    text = {"base64": base64.b64encode(f"a {song} b".encode()).decode(), "capitals": song.upper()}.get(form, song)
    database_file = tmp_path / "plain.db"
    connection = sqlite3.connect(database_file)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("CREATE TABLE written (words BLOB)")
    connection.execute("INSERT INTO written VALUES (?)", (text.encode(form) if form in WIDE else text,))
    connection.commit()
    assert any(_forms_in(path.read_bytes(), song) for path in tmp_path.glob("plain.db*"))
    connection.close()


def test_a_word_in_the_place_of_a_sealed_one_would_be_found(house: House) -> None:
    """Beside what people wrote, in the table that holds it."""
    canaries = Canaries()
    _fill_in(house.visitor, f"/workbook/{EXERCISES[0]}", canaries)
    connection = sqlite3.connect(house.file)
    connection.execute("UPDATE exercise_responses SET response_json = ?", (f'{{"value": "{canaries.song}"}}',))
    connection.commit()
    files = house.file.parent.glob(f"{house.file.name}*")
    assert any(_forms_in(path.read_bytes(), canaries.song) for path in files)
    connection.close()


def _fill_in(visitor: Visitor, path: str, canaries: Canaries) -> str:
    """Types into every text field of the exercise at `path`, and answers the page as it then is."""
    page = visitor.get(path)
    if not page.has(".//form[@id='exercise']"):
        page = visitor.press(page, "Set aside everything up to here")
    for button in _buttons(page, r"\|add\|"):
        page = visitor.save(path, button)
    _type_everywhere(visitor, path, canaries)
    for button in _buttons(visitor.get(path), r"\|find\|"):
        _keep_own_words(visitor, path, button, canaries)
    return visitor.get(path).html


def _type_everywhere(visitor: Visitor, path: str, canaries: Canaries) -> None:
    """A field that takes no words (a date, a number) is told so, and left as it was."""
    fields = [name for name in _text_fields(visitor.get(path)) if not _is_for_own_words(name)]
    typed = {name: canaries.for_(name) for name in fields}
    for _ in range(2):
        answer = visitor.save(path, "save", typed)
        refused = _refused(answer)
        typed = {name: words for name, words in typed.items() if name not in refused}
        page = visitor.get(path)
        bases = _bases(page)
        typed = {bases.get(name.split("~")[0], name): words for name, words in typed.items()}


def _keep_own_words(visitor: Visitor, path: str, button: str, canaries: Canaries) -> None:
    """Looks for words that no list has, then keeps them as a skill of one's own."""
    block, _, key = button.split("|", 2)
    fields = visitor.get(path).form()
    place = next(name for name, values in fields.items() if values == [key] and name.startswith(f"{block}:rows-"))
    typed = {f"{block}:find-{place.split('-')[1]}": canaries.for_(block)}
    found = visitor.save(path, button, typed)
    keep = f"{block}|keep|{key}"
    assert keep in found.buttons()
    visitor.save(path, keep, typed)


def _text_fields(page: Page) -> list[str]:
    form = page.by_id("exercise")
    return [name for field in form.iter() if ":" in (name := field.get("name", "")) and _takes_words(field)]


def _takes_words(field: Element) -> bool:
    return field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") == "text")


def _is_for_own_words(name: str) -> bool:
    return ":find-" in name


def _refused(page: Page) -> set[str]:
    """The names of the fields that have an error."""
    return {field.get("name", "") for field in page.by_id("exercise").iter() if field.get("aria-invalid") == "true"}


def _bases(page: Page) -> dict[str, str]:
    """Field names without the revision → as they are on the page now."""
    return {name.split("~")[0]: name for name in page.form()}


def _buttons(page: Page, pattern: str) -> list[str]:
    return [value for value in page.buttons() if re.search(pattern, value)]


def _forms_in(raw: bytes, song: str) -> list[str]:
    """In which forms the words stand in `raw`."""
    small = raw.lower()
    forms = {"plain": song.encode(), "hex": song.encode().hex().encode()}
    forms |= {name: song.encode(name) for name in WIDE}
    found = [name for name, form in forms.items() if form in small]
    return found + [f"base64 from {at}" for at in range(3) if _inside_base64(song, at) in raw]


def _inside_base64(song: str, at: int) -> bytes:
    """What base64 makes of the words when `at` bytes stand before them, without what depends on the neighbors."""
    coded = base64.b64encode(b"\0" * at + song.encode()).rstrip(b"=")
    return coded[(at * 8 + 5) // 6 : -1]
