"""What a person types is in no byte of the database, its write-ahead log, its index or the server's log.

Each text field of each exercise gets words of its own, through the forms; where it takes no words, an amount, a
figure, the letters of a currency or a day. Words offered for everybody are left out, days may be plain.
"""

import base64
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import pytest
from flask.testing import FlaskClient

from tests.browser.server import Server
from tests.databases import contents, database_path
from tests.rules.canaried import everything_written, left_on_the_disk
from tests.rules.conftest import Story
from tests.rules.filling import Canaries, fill_in
from tests.rules.seeded import BLOCKS, EXERCISES, ONE_OF_EACH_KIND, exercise_of
from tests.rules.touching import word_fields
from tests.visitor import Visitor
from tests.wire import Wire

WIDE = ("utf-16-le", "utf-16-be")


def test_nothing_typed_is_in_the_database_or_the_log(story: Story) -> None:
    visitor, people = everything_written(story)
    files = left_on_the_disk(story)
    assert {*contents(), "the log"} <= set(files)
    for one in people:
        assert _blocks_with_words(visitor, EXERCISES) <= one.kept_in, "some words were not saved at all"
        assert len(one.canaries.amounts) > 2 * LEAST_AMOUNTS, "money was not written at all"
        assert heard_in(files, one.canaries) == []


@pytest.mark.a_file
def test_nothing_typed_is_in_what_the_real_server_writes(served: Server) -> None:
    """Every kind of block once, over the wire."""
    visitor, canaries = Visitor(cast(FlaskClient, Wire(served.url))), Canaries()
    visitor.start()
    pages = [fill_in(visitor, f"/workbook/{one}", canaries) for one in EVERY_KIND]
    blocks = {field.split(":")[0] for html in pages for words, field in canaries.typed.items() if words in html}
    assert _blocks_with_words(visitor, EVERY_KIND) <= blocks, "some were not saved at all"
    files = {path.name: path.read_bytes() for path in served.directory.glob("*.db*")}
    assert heard_in({**files, "the log": served.log.read_bytes()}, canaries) == []


@pytest.fixture
def served(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("DREAMTREE_LOG_LEVEL", "DEBUG")
    server = Server(tmp_path, seeded)
    server.start()
    yield server
    server.stop()


def heard_in(files: Mapping[str, bytes], canaries: Canaries) -> list[str]:
    """Where something of what was typed is found, in whatever form."""
    return [
        f"{song} in {name}"
        for name, raw in files.items()
        for songs in ([canaries.song], sorted(canaries.amounts))
        if songs and _forms_in(raw, _beginning_of(songs))
        for song in songs
        if _forms_in(raw, song)
    ]


def _beginning_of(songs: list[str]) -> str:
    """What all of them begin with: where that is not found, none of them is. They are sorted."""
    first, last = songs[0], songs[-1]
    return first[: next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)]


EVERY_KIND = list(dict.fromkeys(exercise_of(key) for key in ONE_OF_EACH_KIND))
LEAST_AMOUNTS = 10


def _blocks_with_words(visitor: Visitor, exercises: Iterable[str]) -> set[str]:
    """The blocks of these exercises that have something to type."""
    pages = {one: visitor.open(f"/workbook/{one}") for one in exercises}
    return {key for key in BLOCKS if (page := pages.get(exercise_of(key))) and word_fields(page, key)}


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


@pytest.mark.a_file
def test_a_word_in_the_place_of_a_sealed_one_would_be_found(person: Visitor) -> None:
    """Beside what people wrote, in the table that holds it."""
    canaries, file = Canaries(), database_path()
    fill_in(person, f"/workbook/{EXERCISES[0]}", canaries)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE exercise_responses SET response_json = ?", (f'{{"value": "{canaries.song}"}}',))
    connection.commit()
    assert heard_in({path.name: path.read_bytes() for path in file.parent.glob(f"{file.name}*")}, canaries)
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
