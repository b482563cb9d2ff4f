"""Pages of which any one answer is enough, and the note at the foot of those that ask for hard things."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.page import Page, words_of
from tests.visitor import Visitor

FAMILY, COMMUNITY = "/workbook/1.4.1", "/workbook/1.4.2"
NOTE = "If this brought up something heavy"


@pytest.fixture
def at_family(person: Visitor) -> Visitor:
    """Somebody who has set aside everything up to *Family*."""
    person.press(person.get(FAMILY), "Skip everything before this")
    return person


def said(visitor: Visitor, words: str, do: str = "save", block: str = "lesson") -> Page:
    name = next(one for one in visitor.get(FAMILY).form() if one.startswith(f"1.4.1.{block}:value"))
    return visitor.save(FAMILY, do, {name: words})


def progress(page: Page) -> str:
    return words_of(page.by_id("progress").find("p"))


def state(visitor: Visitor, exercise: str) -> str:
    line = next(one for one in visitor.get("/workbook").all(".//li") if f"{exercise} ·" in words_of(one))
    return words_of(line).rsplit(" minutes ", 1)[-1]


def test_the_page_says_that_one_is_enough(at_family: Visitor) -> None:
    assert progress(at_family.get(FAMILY)) == "One answer is enough here."


def test_going_on_with_none_asks_for_one(at_family: Visitor) -> None:
    page = at_family.save(FAMILY, do="go")
    assert (page.status, page.response.request.path) == (422, FAMILY)
    assert "One answer is enough to continue. It can be this one, or any other question on this page." in page.words
    assert page.by_id("errors").find(".//a").get("href") == "#b-1-4-1-person-value"
    assert state(at_family, "1.4.1") == "not started"


@pytest.mark.parametrize("block", ["person", "lesson", "leave"])
def test_any_one_makes_it_done_and_opens_the_next(at_family: Visitor, block: str) -> None:
    page = said(at_family, "Wash your hands first.", "go", block)
    assert page.response.request.path == COMMUNITY
    assert page.has(".//form[@id='exercise']")
    assert state(at_family, "1.4.1") == "done"
    assert progress(at_family.get(FAMILY)) == "1 answered; one is enough."
    assert at_family.get("/home").one(".//section[@class='goon']//a").get("href") == COMMUNITY


def test_more_than_one_is_counted(at_family: Visitor) -> None:
    said(at_family, "Wash your hands first.")
    said(at_family, "My uncle, who never hurried.", block="person")
    assert progress(at_family.get(FAMILY)) == "2 answered; one is enough."


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n"])
def test_an_answer_that_was_emptied_does_not_count_and_locks_nobody_out(at_family: Visitor, nothing: str) -> None:
    said(at_family, "Wash your hands first.", "go")
    said(at_family, nothing)
    assert progress(at_family.get(FAMILY)) == "One answer is enough here."
    assert state(at_family, "1.4.1") == "in progress"
    assert at_family.get(COMMUNITY).has(".//form[@id='exercise']")


@pytest.mark.parametrize("number", range(1, 6))
def test_the_note_stands_at_the_foot_open_and_read_ahead(person: Visitor, number: int) -> None:
    path = f"/workbook/1.4.{number}"
    locked = person.get(path)
    assert not locked.has(".//form[@id='exercise']")
    for page in (locked, person.press(locked, "Skip everything before this")):
        assert [words_of(one)[: len(NOTE)] for one in page.all(".//div[@role='note']/p")][-1] == NOTE


def test_other_pages_have_no_note(person: Visitor) -> None:
    assert NOTE not in person.get("/workbook/1.1.1").words


def test_the_operator_writes_the_note_and_no_html(app: Flask, person: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    said_by_operator = "Ring *Ann*, room 4.\n\n<b>Any day.</b> [Write](https://help.example/)"
    monkeypatch.setattr(app, "settings", replace(app.settings, care_note=said_by_operator))
    page = person.get(FAMILY)
    assert NOTE not in page.words
    note = page.all(".//div[@role='note']")[-1]
    assert words_of(note) == "Ring Ann, room 4. <b>Any day.</b> Write"
    assert [one.get("href") for one in note.iter("a")] == ["https://help.example/"]
