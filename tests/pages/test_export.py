"""Saving copies of one's own tree."""

import io
import json
import logging
import re
import zipfile

import pytest
from flask.testing import FlaskClient
from time_machine import Traveller

from dreamtree.archive import locked
from dreamtree.archive.parsing import file_in, snapshot_in
from dreamtree.archive.views import copies
from dreamtree.db import database
from tests.databases import run
from tests.page import Page
from tests.rules.strict_html import faults
from tests.visitor import Visitor

PASSPHRASE = "six plums on a blue plate"


def copy_of(visitor: Visitor) -> bytes:
    return visitor.press(visitor.get("/data"), "Save a copy").response.data


def locked_copy(visitor: Visitor, passphrase: str, again: str) -> Page:
    typed = {"passphrase": passphrase, "passphrase_again": again}
    return visitor.press(visitor.get("/data"), "Save a locked copy", typed)


def test_a_copy_holds_what_was_said(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat of my own"})
    snapshot = snapshot_in(file_in(copy_of(person)))
    assert snapshot.answers["1.1.1.line"].answer["value"] == "A boat of my own"


@pytest.mark.parametrize("button", ["Save a copy", "Save a copy to read"])
def test_who_saves_one_copy_after_another_waits_and_nobody_else_does(
    person: Visitor, stranger: Visitor, frozen: Traveller, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    monkeypatch.setattr(copies, "FREE_COPIES", 2)
    page = person.get("/data")
    assert [person.press(page, button).status for _ in range(4)] == [200, 200, 429, 429]
    frozen.shift(2)
    assert person.press(page, button).status == 200
    assert stranger.press(stranger.get("/data"), button).status == 200


def test_a_copy_is_a_file_named_for_the_day_that_nothing_on_the_way_keeps(person: Visitor) -> None:
    headers = person.press(person.get("/data"), "Save a copy").response.headers
    assert re.fullmatch(r'attachment; filename="dreamtree-\d{4}-\d\d-\d\d\.json"', headers["Content-Disposition"])
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"


def test_a_locked_copy_opens_with_the_passphrase(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat of my own"})
    answer = locked_copy(person, PASSPHRASE, PASSPHRASE).response
    assert b"boat" not in answer.data
    assert "-locked.json" in answer.headers["Content-Disposition"]
    assert "A boat of my own" in locked.unlock(file_in(answer.data), PASSPHRASE).decode()


@pytest.mark.parametrize(
    ("passphrase", "again", "words"),
    [
        ("", "", "Use at least 12 characters"),
        ("eleven char", "eleven char", "That’s too short by 1. Use at least 12 characters"),
        ("x" * 257, "x" * 257, "That’s too long by 1. Use at most 256 characters"),
        ("abcdefghijkl", "abcdefghijkl", "easy to guess"),
        (PASSPHRASE, "six plums on a red plate", "don’t match"),
        (PASSPHRASE, "", "don’t match"),
    ],
)
def test_a_passphrase_that_will_not_do_says_why_and_is_not_sent_back(
    person: Visitor, passphrase: str, again: str, words: str
) -> None:
    page = locked_copy(person, passphrase, again)
    assert page.status == 422
    assert words in page.words
    assert page.one("./head/title").text.startswith("Error: ")
    assert page.has(".//details[@id='locked'][@open]")
    assert page.has(".//*[@id='errors']//a")
    assert faults(page.html) == []
    assert not passphrase or passphrase not in page.html


def test_a_passphrase_that_comes_too_late_is_put_into_no_page(person: Visitor) -> None:
    form = {**person.get("/data").fields_in(person.get("/data").all(".//main//form")[1]), "passphrase": PASSPHRASE}
    with database.atomic():
        run("DELETE FROM sessions")
    page = Page(person.client.post("/data/export.json", data=form))
    assert page.status == 401
    assert PASSPHRASE not in page.html


def test_the_page_counts_what_is_here(person: Visitor) -> None:
    assert "to keep: 1 answer." in person.get("/data").words
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat"})
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat of my own"})
    assert "to keep: 2 answers, 1 earlier version." in person.get("/data").words


def test_on_a_shared_device_it_says_where_the_file_stays(client: FlaskClient, person: Visitor) -> None:
    assert "shared device" not in person.get("/data").words
    visitor = Visitor(client)
    landing = visitor.get("/")
    first = landing.all(".//main//input[@type='radio']")[0]
    visitor.press(landing, "Start on a shared device", {first.get("name", ""): first.get("value", "")})
    assert "delete it here" in visitor.get("/data").words


def test_the_settings_lead_to_it(person: Visitor) -> None:
    assert person.get("/settings").has(".//main//a[@href='/data']")


def test_a_sample_tree_is_told_why_not(sample: Visitor) -> None:
    assert not sample.get("/settings").has(".//main//a[@href='/data']")
    page = sample.get("/data")
    assert page.status == 403
    assert "Start your own tree" in page.words


def test_the_page_about_the_format_shows_a_file_that_can_be_read(person: Visitor) -> None:
    page = person.get("/data/format")
    text = "".join(page.one(".//pre/code").itertext())
    assert snapshot_in(json.loads(text)).answers["1.1.1.line"].history
    for key in json.loads(text):
        assert page.has(f".//th/code[.='{key}']"), key


def test_a_copy_to_read_is_a_zip_with_what_was_said(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat of my own"})
    answer = person.press(person.get("/data"), "Save a copy to read").response
    assert answer.headers["Content-Type"] == "application/zip"
    assert re.fullmatch(r'attachment; filename="dreamtree-[\d-]+\.zip"', answer.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(answer.data)) as files:
        assert "A boat of my own" in files.read("pages/1.1.html").decode()
        assert "A boat of my own" in files.read("text/1.1.md").decode()
        assert "A boat of my own" in files.read("to-restore.json").decode()


def test_a_copy_to_read_without_private_answers_has_no_file_to_bring_back(person: Visitor) -> None:
    page = person.press(person.get("/data"), "Save a copy to read", {"without_private": "yes"})
    with zipfile.ZipFile(io.BytesIO(page.response.data)) as files:
        assert "to-restore.json" not in files.namelist()
        assert "so you can't restore it in DreamTree" in files.read("README.txt").decode()


def test_saving_copies_writes_nothing_a_person_said_to_the_log(
    person: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "A boat of my own"})
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        copy_of(person)
        locked_copy(person, PASSPHRASE, PASSPHRASE)
        person.press(person.get("/data"), "Save a copy to read")
    assert caplog.text
    assert "boat" not in caplog.text
    assert "plums" not in caplog.text
