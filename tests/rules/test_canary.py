"""What a person types is in no byte of the database, its write-ahead log, its index or the server's log.

Each text field of each exercise gets words of its own, through the forms; where it takes no words, an amount, a
figure, the letters of a currency or a day. Words offered for everybody are left out, days may be plain.
"""

import base64
import logging
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree.db import database
from tests.browser.server import Server
from tests.rules.filling import Canaries, fill_in, text_fields
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


def test_nothing_typed_is_in_the_database_or_the_log(house: House) -> None:
    canaries = Canaries()
    shown = [fill_in(house.visitor, f"/workbook/{exercise}", canaries) for exercise in EXERCISES]
    blocks = {field.split(":")[0] for page in shown for words, field in canaries.typed.items() if words in page}
    assert _written_blocks() <= blocks, "some words were not saved at all"
    assert len(canaries.amounts) > 2 * LEAST_AMOUNTS, "money was not written at all"
    files = {path.name: path.read_bytes() for path in house.file.parent.glob(f"{house.file.name}*")}
    for name, raw in {**files, "the log": house.log()}.items():
        for song in (canaries.song, *canaries.amounts):
            assert not _forms_in(raw, song), f"{song} in {name}"


LEAST_AMOUNTS = 10
WRITTEN = {
    "text", "textarea", "experience-builder", "soared-story", "list-builder", "skill-tagger", "flow-tracker",
    "practice-log", "budget-calculator", "value-cards", "checklist",
}  # fmt: skip


def _written_blocks() -> set[str]:
    """The blocks that always have something to type."""
    return {key for key, kind in BLOCKS.items() if kind in WRITTEN}


def test_whatever_has_text_to_type_is_among_them(sample: Visitor) -> None:
    """A tool of which some block has text fields for somebody who wrote everything; a rating has none of its own."""
    pages = [visible for exercise in EXERCISES if (visible := sample.get(f"/workbook/{exercise}"))]
    fields = {name.split(":")[0] for page in pages for name in text_fields(page)}
    assert {BLOCKS[key] for key in fields if key in BLOCKS} - {"ranking-grid", "personality-selector"} <= WRITTEN


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
    fill_in(house.visitor, f"/workbook/{EXERCISES[0]}", canaries)
    connection = sqlite3.connect(house.file)
    connection.execute("UPDATE exercise_responses SET response_json = ?", (f'{{"value": "{canaries.song}"}}',))
    connection.commit()
    files = house.file.parent.glob(f"{house.file.name}*")
    assert any(_forms_in(path.read_bytes(), canaries.song) for path in files)
    connection.close()


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
