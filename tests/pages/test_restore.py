"""Bringing a saved copy back: into an empty tree, beside what is there already, or not at all, and why."""

import base64
import hashlib
import io
import json
import zlib

import pytest
from flask import Flask

from dreamtree.archive import upload
from dreamtree.db import database, engine
from tests.copies import lock, written
from tests.databases import ask, run
from tests.page import Page
from tests.rules.hostile import OURS, PASSPHRASE, changed, zipped
from tests.rules.strict_html import faults
from tests.visitor import Visitor

LINE = "1.1.1.line:value"
FIRST = "/workbook/1.1.1"


def copy_of(visitor: Visitor) -> bytes:
    """The file that *Save a copy* gives."""
    return visitor.press(visitor.get("/data"), "Save a copy").response.get_data()


def restore(visitor: Visitor, raw: bytes, passphrase: str = "", button: str = "Restore") -> Page:
    sent = {"file": [(io.BytesIO(raw), "dreamtree-2027-03-01.json")], "passphrase": passphrase}
    page = visitor.press(visitor.get("/data/restore"), button, sent)  # type: ignore[arg-type]
    assert faults(page.html) == []
    return page


def state() -> str:
    """All rows of all people, but for counts of attempts."""
    tables = [name for name in database.get_tables() if name != "throttles"]
    rows = {name: sorted(map(repr, ask(f'SELECT * FROM "{name}"'))) for name in tables}
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture
def written_copy(person: Visitor) -> bytes:
    """The copy of a tree in which a line was written, and then another one."""
    for line in ("The first line", "The second line"):
        person.save(FIRST, fields={LINE: line})
    return copy_of(person)


@pytest.fixture
def newcomer(app: Flask) -> Visitor:
    """Somebody without a tree."""
    return Visitor(app.test_client())


def test_whoever_has_no_tree_begins_one_with_the_copy(newcomer: Visitor, written_copy: bytes) -> None:
    page = restore(newcomer, written_copy, button="Restore on my own device")
    assert (page.status, page.by_id("main").find(".//h1").text) == (200, "Your copy is back")
    assert "2 answers" in page.words
    assert "The second line" in newcomer.get(FIRST).html
    assert "The first line" in newcomer.get(f"{FIRST}/1.1.1.line/history").words
    cookie = newcomer.client.get_cookie("tree")
    assert cookie is not None
    assert cookie.max_age


def test_on_a_shared_device_the_tree_ends_with_the_browser(newcomer: Visitor, written_copy: bytes) -> None:
    restore(newcomer, written_copy, button="Restore on a shared device")
    cookie = newcomer.client.get_cookie("tree")
    assert cookie is not None
    assert cookie.max_age is None


@pytest.mark.parametrize("shape", ["locked", "zipped"])
def test_the_locked_copy_and_the_zip_are_taken(newcomer: Visitor, written_copy: bytes, shape: str) -> None:
    raw = lock(written_copy, PASSPHRASE) if shape == "locked" else zipped(("a.html", b"<p>"), (OURS, written_copy))
    restore(newcomer, raw, PASSPHRASE, "Restore on my own device")
    assert "The second line" in newcomer.get(FIRST).html


def test_restoring_ones_own_copy_adds_nothing_and_says_so(person: Visitor, written_copy: bytes) -> None:
    before = state()
    page = restore(person, written_copy)
    assert "Everything in this copy was already here" in page.words
    assert state() == before


def test_into_a_tree_with_answers_both_are_shown_before_anything_changes(
    stranger: Visitor, written_copy: bytes
) -> None:
    stranger.save(FIRST, fields={LINE: "A line of mine"})
    before = state()
    page = restore(stranger, written_copy)
    assert page.status == 200
    assert "There’s already something here" in page.words
    assert "2 answers" in page.words
    assert state() == before
    after = stranger.press(page, "Combine them")
    assert faults(after.html) == []
    assert "Your copy is back" in after.words
    assert "A line of mine" in stranger.get(FIRST).html
    history = stranger.get(f"{FIRST}/1.1.1.line/history").words
    assert "The second line" in history
    assert "The first line" in history
    assert "from another tree of yours" in history


def test_cancel_leads_away_and_nothing_was_kept(stranger: Visitor, written_copy: bytes) -> None:
    stranger.save(FIRST, fields={LINE: "A line of mine"})
    page = restore(stranger, written_copy)
    assert [link.get("href") for link in page.all(".//main//form//a")] == ["/data"]


def test_brought_together_twice_is_brought_together_once(stranger: Visitor, written_copy: bytes) -> None:
    stranger.save(FIRST, fields={LINE: "A line of mine"})
    page = restore(stranger, written_copy)
    stranger.press(page, "Combine them")
    before = state()
    assert "Nothing was added" in stranger.press(page, "Combine them").words
    assert "Nothing was added" in restore(stranger, written_copy).words
    assert state() == before


def test_without_a_file_the_form_says_which(person: Visitor) -> None:
    page = person.press(person.get("/data/restore"), "Restore")
    assert page.status == 422
    assert (page.one("./head/title").text or "").startswith("Error: ")
    assert "You haven’t chosen a file" in page.by_id("file-error").itertext().__next__() + page.words


def test_a_passphrase_that_is_missing_or_wrong_is_said_beside_its_field(person: Visitor, written_copy: bytes) -> None:
    raw = lock(written_copy, PASSPHRASE)
    for passphrase, words in (("", "This copy is locked"), ("another one, no doubt", "that’s not its passphrase")):
        page = restore(person, raw, passphrase)
        assert page.status == 422
        assert words in "".join(page.by_id("passphrase-error").itertext())
        assert "no doubt" not in page.html


@pytest.mark.parametrize("raw", [b"", b"hello", b"PK\3\4", b'{"format": "dreamtree", "version": "9"}'])
def test_what_is_refused_changes_nothing(person: Visitor, newcomer: Visitor, raw: bytes) -> None:
    person.save(FIRST, fields={LINE: "A line of mine"})
    before = state()
    for visitor, button in ((person, "Restore"), (newcomer, "Restore on my own device")):
        page = restore(visitor, raw, button=button)
        assert page.status == 422
        assert page.by_id("file-error") is not None
    assert state() == before
    assert newcomer.client.get_cookie("tree") is None


def test_an_answer_that_no_tool_can_read_takes_back_the_whole_restore(person: Visitor, written_copy: bytes) -> None:
    person.save(FIRST, fields={LINE: "A line of mine"})
    before = state()
    place = "modules|1.1|exercises|1.1.1.v1|response_json|1.1.1.line|value"
    assert restore(person, changed(written_copy, place, {"a": ["b"]})).status == 422
    assert state() == before


def test_an_answer_that_cannot_be_learned_from_takes_everything_back(newcomer: Visitor, sample: Visitor) -> None:
    """It looks sound until it is to be written, and by then the tree was begun."""
    with database.atomic(engine().SAVING):
        run("UPDATE users SET is_sample = 0")
    sample.client.set_cookie("tree", sample.client.get_cookie("sample").value)
    raw, before = copy_of(sample), state()
    place = "modules|1.2|exercises|1.2.1.v1|response_json|1.2.1.places|rows|0|fields|holds"
    page = restore(newcomer, changed(raw, place, {}), button="Restore on my own device")
    assert (page.status, state()) == (422, before)
    assert "isn’t in a form we can read" in page.words
    assert newcomer.client.get_cookie("tree") is None


@pytest.mark.parametrize(
    "carried", ["", "no letters of ours", base64.b64encode(b"not packed").decode(), upload.packed(b"[" * 60)]
)
def test_a_copy_that_was_changed_on_the_way_is_refused(person: Visitor, written_copy: bytes, carried: str) -> None:
    before, token = state(), person.get("/data/restore").form(".//main//form")["csrf_token"]
    answer = person.client.post("/data/restore/confirm", data={"csrf_token": token, "copy": carried})
    assert answer.status_code == 422
    assert state() == before


def test_a_bomb_in_the_carried_copy_is_not_unpacked(person: Visitor) -> None:
    token = person.get("/data/restore").form(".//main//form")["csrf_token"]
    bomb = base64.b64encode(zlib.compress(b" " * 300_000_000)).decode()
    assert person.client.post("/data/restore/confirm", data={"csrf_token": token, "copy": bomb}).status_code == 422


@pytest.mark.parametrize(
    ("megabytes", "code", "words"), [(21, 413, "This file is too large"), (19, 422, "more than 14 MB of text")]
)
def test_a_file_above_twenty_megabytes_is_not_even_read(person: Visitor, megabytes: int, code: int, words: str) -> None:
    token = person.get("/data/restore").form(".//main//form")["csrf_token"][0]
    parts = (("csrf_token", "", token.encode()), ("file", '; filename="large.json"', b"a" * megabytes * 2**20))
    body = b"".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + raw + b"\r\n"
        for name, more, raw in parts
    )
    sent = {"data": body + b"--edge--\r\n", "content_type": "multipart/form-data; boundary=edge"}
    answer = Page(person.client.post("/data/restore", **sent))
    assert answer.status == code
    assert words in answer.words


def test_everything_else_still_takes_two_megabytes(person: Visitor) -> None:
    token = person.get("/data/restore").form(".//main//form")["csrf_token"]
    assert person.client.post("/private", data={"csrf_token": token[0], "hide": "a" * 3 * 2**20}).status_code == 413


def test_questions_that_are_no_longer_asked_are_listed_and_kept(newcomer: Visitor, written_copy: bytes) -> None:
    file = json.loads(written_copy)
    exercises = file["modules"]["1.1"]["exercises"]
    old = exercises["1.1.1.v1"]
    new = {"1.1.99.line": old["response_json"].pop("1.1.1.line")}, {"1.1.99.line": old["blocks"].pop("1.1.1.line")}
    exercises["1.1.99.v1"] = {**old, "response_json": new[0], "blocks": new[1]}
    page = restore(newcomer, changed(written(file), "settings|font", "system"), button="Restore on my own device")
    assert "Earlier questions" in page.words
    assert "1.1.99.line" in page.words
    assert "The second line" in copy_of(newcomer).decode()


def test_a_sample_tree_takes_no_copy(sample: Visitor) -> None:
    assert sample.get("/data/restore").status == 403


def test_many_tries_from_one_place_have_to_wait(person: Visitor) -> None:
    pages = [restore_quietly(person) for _ in range(25)]
    assert pages[0] == 422
    assert 429 in pages


def restore_quietly(visitor: Visitor) -> int:
    return visitor.press(visitor.get("/data/restore"), "Restore").status
