"""*Forget for good*: no text of the answer is left anywhere, and the page names who else holds its words."""

import json
import sqlite3
from contextlib import closing

import pytest

from dreamtree.accounts.people import authenticate
from dreamtree.answers.models import AnswerInput
from dreamtree.db import database
from dreamtree.profile.skills import OwnSkill, UserSkill
from tests import databases
from tests.copies import copied
from tests.page import Page
from tests.rules.filling import Canaries
from tests.rules.seeded import ANSWERED, BLOCKS, exercise_of
from tests.rules.strict_html import faults
from tests.visitor import Visitor

SONG = Canaries().song
THANKS, LINE, AFTER = "1.1.1.thanks", "1.1.1.line", "1.1.1.after"
SENTENCE = f"I carried the {SONG} piano up four flights alone"
ONE_OF_EACH = sorted({BLOCKS[key]: key for key in reversed(ANSWERED)}.values())


def write(visitor: Visitor, block: str, words: str) -> None:
    path = f"/workbook/{exercise_of(block)}"
    name = next(one for one in visitor.get(path).form() if one.split("~")[0] == f"{block}:value")
    assert visitor.save(path, fields={name: words}).status == 200


def ask(visitor: Visitor, block: str) -> Page:
    page = visitor.get(f"/workbook/{exercise_of(block)}/{block}/forget")
    assert page.status == 200, page.words[:200]
    return page


def forget(visitor: Visitor, block: str) -> Page:
    page = visitor.press(ask(visitor, block), "Forget it for good")
    assert page.status == 200
    return page


def everything_opened(visitor: Visitor) -> str:
    """All that the person's key opens: what a copy holds, the profile too."""
    cookie = visitor.client.get_cookie("tree")
    assert cookie is not None
    here = authenticate(*cookie.value.split("."))
    assert here is not None
    return copied(here.user).decode()


def sealed_texts(block: str) -> list[bytes]:
    """The sealed texts of one block, as they stand in the file now."""
    asked = {
        "exercise_responses": "response_json",
        "tool_instances": "content_json",
        "answer_revisions": "content_json",
    }
    found = [
        databases.ask(f'SELECT "{column}" FROM "{table}" WHERE block_key = ?', (block,))
        for table, column in asked.items()
    ]
    return [json.loads(text)["ciphertext"].encode() for rows in found for (text,) in rows]


def raw() -> bytes:
    return b"".join(databases.contents().values())


@pytest.fixture
def told(filled: Visitor) -> Visitor:
    """Somebody who said it in three versions, each with the canary, and built on it."""
    for words in (f"{SENTENCE}, slowly", f"{SENTENCE}, in one evening", f"{SENTENCE}, and down again"):
        write(filled, THANKS, words)
    return filled


def test_it_asks_in_words_and_says_what_goes(told: Visitor) -> None:
    page = ask(told, THANKS)
    assert faults(page.html) == []
    assert "Forget this answer for good?" in page.words
    assert "earlier versions" in page.words
    assert SONG not in page.html
    assert SONG in told.get("/workbook/1.1.1").html, "asked, and nothing done"


def test_no_text_of_it_is_left_for_any_key_and_no_byte_in_the_file(told: Visitor) -> None:
    assert SONG in everything_opened(told)
    bytes_of_it = sealed_texts(THANKS)
    assert len(bytes_of_it) > 2
    assert all(one in raw() for one in bytes_of_it)
    page = forget(told, THANKS)
    assert faults(page.html) == []
    assert "None of your other answers has the same words." in page.words
    assert SONG not in everything_opened(told)
    assert SONG not in page.html
    left = raw()
    assert not [one for one in bytes_of_it if one in left]


def test_what_it_taught_is_forgotten_and_what_rests_on_it_says_so(told: Visitor) -> None:
    stale = AnswerInput.select().where(AnswerInput.is_stale == 1).count()
    forget(told, "1.1.2.experiences")
    assert AnswerInput.select().where(AnswerInput.is_stale == 1).count() > stale
    home = told.get("/home")
    assert "Needs another look" in home.words
    for link in home.all(".//main//a"):
        assert told.client.get(link.get("href", "")).status_code in (200, 303)


def test_in_the_trash_it_is_forgotten_too(told: Visitor) -> None:
    told.press(told.get(f"/workbook/1.1.1/{THANKS}/history"), "Move this answer to the trash")
    assert "in the trash" in ask(told, THANKS).words
    forget(told, THANKS)
    assert SONG not in everything_opened(told)
    assert "The trash is empty" in told.get("/data/trash").words


def test_the_answers_that_still_hold_the_words_are_named_with_their_places(told: Visitor) -> None:
    write(told, LINE, f"Somebody who says: i CARRIED the {SONG} piano -- up four flights")
    write(told, AFTER, f"They thanked me. {SENTENCE}, they said.")
    write(told, AFTER, "They thanked me.")
    page = forget(told, THANKS)
    assert faults(page.html) == []
    assert "The same words are still here" in page.words
    links = {one.get("href") for one in page.all(".//main//ul//a")}
    assert links == {"/workbook/1.1.1#b-1-1-1-line", f"/workbook/1.1.1/{AFTER}/history"}
    assert "in its history" in page.words
    assert SONG not in page.html, "their words are not on this page"
    forget(told, AFTER)
    forget(told, LINE)
    assert SONG not in everything_opened(told)


def test_a_question_forgotten_is_answered_from_the_beginning(told: Visitor) -> None:
    forget(told, THANKS)
    write(told, THANKS, "Something else")
    assert told.get(f"/workbook/1.1.1/{THANKS}/history").words.count("saved") == 1


def test_there_is_nothing_to_forget_twice(told: Visitor) -> None:
    asked = ask(told, THANKS)
    forget(told, THANKS)
    assert told.press(asked, "Forget it for good").status == 404
    assert told.client.get(f"/workbook/1.1.1/{THANKS}/forget").status_code == 404


@pytest.mark.parametrize("block", ONE_OF_EACH)
def test_any_kind_of_answer_can_be_forgotten(filled: Visitor, block: str) -> None:
    bytes_of_it = sealed_texts(block)
    forget(filled, block)
    left = raw()
    assert bytes_of_it
    assert not [one for one in bytes_of_it if one in left]
    assert filled.client.get(f"/workbook/{exercise_of(block)}").status_code == 200
    assert {name for name in database.get_tables() if _names(name, block)} <= SHARED.get(block, set())


SHARED = {THANKS: {"soared_stories"}}
"""Two questions write the seed of one story; without its half the row stays."""


def _names(table: str, block: str) -> bool:
    """Whether a row of this table still says that it comes from the block."""
    if table == "stem" or "block_key" not in databases.columns(table):
        return False
    return bool(databases.ask(f'SELECT 1 FROM "{table}" WHERE block_key = ?', (block,)))


def test_a_word_of_ones_own_for_a_skill_goes_with_its_ratings_and_its_offer(filled: Visitor) -> None:
    """Whatever named it is forgotten: then the word is in no table."""
    own = {row.id for row in OwnSkill.select()}
    assert own
    for block in [key for key in ANSWERED if BLOCKS[key] in ("skill-tagger", "list-builder")]:
        forget(filled, block)
    assert OwnSkill.select().count() == 0
    assert UserSkill.select().where(UserSkill.id.in_(list(own))).count() == 0


@pytest.mark.a_file
def test_a_reader_in_the_way_does_not_stop_it(told: Visitor) -> None:
    with closing(sqlite3.connect(databases.database_path(), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM users").fetchone()
        forget(told, THANKS)
    assert SONG not in everything_opened(told)


def test_a_strangers_answer_is_not_there_to_forget(told: Visitor, stranger: Visitor) -> None:
    assert stranger.client.get(f"/workbook/1.1.1/{THANKS}/forget").status_code == 404
