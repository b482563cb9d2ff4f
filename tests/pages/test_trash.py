"""The trash: an answer put away is unanswered, taught by nobody, and comes back as it was."""

from collections.abc import Callable

import pytest
from time_machine import Traveller

from dreamtree.answers.models import AnswerInput, AnswerRevision, ExerciseResponse, ToolInstance
from dreamtree.db import database
from tests.databases import ask, columns, run
from tests.page import Page, words_of
from tests.rules.seeded import ANSWERED, BLOCKS, exercise_of
from tests.rules.strict_html import faults
from tests.visitor import Visitor

ONE_OF_EACH = sorted({BLOCKS[key]: key for key in reversed(ANSWERED)}.values())
LINE, STORY = "1.1.1.line", "1.1.4.story-1"
MOMENTS = "1.3.2.moments"


def put_away(visitor: Visitor, block: str) -> Page:
    return visitor.press(
        visitor.get(f"/workbook/{exercise_of(block)}/{block}/history"), "Move this answer to the trash"
    )


def press(visitor: Visitor, page: Page, words: str) -> Page:
    """Presses the first button whose words begin so."""
    found = (words_of(one) for one in page.all(".//button"))
    return visitor.press(page, next(one for one in found if one.startswith(words)))


def write_line(visitor: Visitor, words: str) -> Page:
    return visitor.save("/workbook/1.1.1", fields={_field_now(visitor, f"{LINE}:value"): words})


def _field_now(visitor: Visitor, name: str) -> str:
    return next(one for one in visitor.get("/workbook/1.1.1").form() if one.split("~")[0] == name)


def line_of(visitor: Visitor) -> str:
    return visitor.get("/workbook/1.1.1").form()[_field_now(visitor, f"{LINE}:value")][0]


@pytest.fixture
def with_a_line(frozen: Traveller, start: Callable[[], Visitor]) -> Visitor:
    visitor = start()
    write_line(visitor, "Electrician, quick with people")
    return visitor


def test_an_empty_trash_says_how_something_gets_there(person: Visitor) -> None:
    page = person.get("/data/trash")
    assert faults(page.html) == []
    assert "The trash is empty" in page.words


def test_an_answer_in_the_trash_is_no_answer_and_is_listed_with_its_time(with_a_line: Visitor) -> None:
    page = put_away(with_a_line, LINE)
    assert page.response.request.path == "/data/trash"
    assert faults(page.html) == []
    assert "Electrician, quick with people" in page.words
    assert "moved here March 1, 2027, 9:00 AM · kept until March 31, 2027" in page.words
    assert line_of(with_a_line) == ""
    assert with_a_line.client.get(f"/workbook/1.1.1/{LINE}/history").status_code == 404


def test_bringing_it_back_brings_its_history_too(with_a_line: Visitor) -> None:
    write_line(with_a_line, "Electrician and listener")
    page = press(with_a_line, put_away(with_a_line, LINE), "Restore")
    assert page.response.request.path == "/workbook/1.1.1"
    assert line_of(with_a_line) == "Electrician and listener"
    assert "Electrician, quick with people" in with_a_line.get(f"/workbook/1.1.1/{LINE}/history").words
    assert "The trash is empty" in with_a_line.get("/data/trash").words


def test_answered_anew_the_trashed_text_is_in_the_history_and_that_is_said(with_a_line: Visitor) -> None:
    trash = put_away(with_a_line, LINE)
    write_line(with_a_line, "Somebody else by now")
    page = press(with_a_line, trash, "Restore")
    assert faults(page.html) == []
    assert "You have a newer answer" in page.words
    assert line_of(with_a_line) == "Somebody else by now"
    history = with_a_line.get(f"/workbook/1.1.1/{LINE}/history")
    assert "Electrician, quick with people" in history.words
    assert "in the trash when you wrote a new answer" in history.words
    press(with_a_line, history, "Restore this one")
    assert line_of(with_a_line) == "Electrician, quick with people"


def test_answered_anew_nothing_is_kept_of_what_the_trashed_answer_was_built_on(filled: Visitor) -> None:
    run("UPDATE answer_inputs SET kept_digest = 'kept' WHERE block_key = ?", (STORY,))
    kept = "SELECT count(*) FROM answer_inputs WHERE block_key = ? AND kept_digest = 'kept'"
    assert ask(kept, (STORY,)) != [(0,)]
    put_away(filled, STORY)
    filled.save("/workbook/1.1.4", fields={f"{STORY}:title": "The night the power went out"})
    assert ask(kept, (STORY,)) == [(0,)]


def test_deleting_it_now_asks_once_and_takes_the_history_along(with_a_line: Visitor) -> None:
    write_line(with_a_line, "Electrician and listener")
    asked = press(with_a_line, put_away(with_a_line, LINE), "Delete it now")
    assert faults(asked.html) == []
    assert "Electrician and listener" in with_a_line.get("/data/trash").words, "asked, and nothing done"
    assert "The trash is empty" in press(with_a_line, asked, "Delete it now").words
    assert ExerciseResponse.select().where(ExerciseResponse.block_key == LINE).count() == 0
    assert AnswerRevision.select().where(AnswerRevision.block_key == LINE).count() == 0
    write_line(with_a_line, "From the beginning")
    assert line_of(with_a_line) == "From the beginning"


def test_nobody_reaches_into_anothers_trash(with_a_line: Visitor, stranger: Visitor) -> None:
    page = put_away(with_a_line, LINE)
    forms = [form.get("action", "") for form in page.all(".//main//form")]
    token = stranger.get("/").all(".//input[@name='csrf_token']")[0].get("value", "")
    for action in forms:
        assert stranger.client.post(action, data={"csrf_token": token, "confirm": "yes"}).status_code == 404
    assert "Electrician" in with_a_line.get("/data/trash").words


def _everything_but(*changing: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the profile and its evidence; sealed ones by their ids."""
    told: dict[str, list[tuple[object, ...]]] = {}
    for name in database.get_tables():
        kept = [one for one in columns(name) if one not in changing and not _is_sealed(name, one)]
        if "block_key" in kept and name not in HISTORY:
            told[name] = sorted(ask(f'SELECT {", ".join(kept)} FROM "{name}"'), key=str)
    return told


HISTORY = ("answer_revisions", "exercise_responses", "tool_instances", "answer_inputs", "connection_choices", "stem")


def _is_sealed(table: str, column: str) -> bool:
    rows = ask(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1')
    return bool(rows) and str(rows[0][0]).startswith('{"v":1,"iv"')


@pytest.mark.parametrize("block", ONE_OF_EACH)
def test_there_and_back_the_tree_knows_the_same(filled: Visitor, block: str) -> None:
    shown = filled.get(f"/workbook/{exercise_of(block)}")
    before = _everything_but("written_at", "rated_at", "named_at", "updated_at", "position")
    gone = put_away(filled, block)
    assert gone.status == 200, gone.words[:300]
    assert faults(gone.html) == []
    back = press(filled, gone, "Restore")
    assert back.status == 200
    assert _everything_but("written_at", "rated_at", "named_at", "updated_at", "position") == before
    assert said_in(back, block) == said_in(shown, block)


def said_in(page: Page, block: str) -> dict[str, list[str]]:
    """What the fields of a block hold; a blank row has another key each time."""
    own = {name.split("~")[0]: values for name, values in page.form().items() if name.startswith(f"{block}:")}
    return {name: values for name, values in own.items() if not name.endswith((":base", "-key"))}


def test_the_whole_tree_can_be_put_away_and_teaches_nothing_then(filled: Visitor) -> None:
    token = filled.get("/data/trash").all(".//input[@name='csrf_token']")[0].get("value", "")
    for block in ANSWERED:
        url = f"/workbook/{exercise_of(block)}/{block}/trash"
        assert filled.client.post(url, data={"csrf_token": token}).status_code == 303, block
    for exercise in dict.fromkeys(exercise_of(block) for block in ANSWERED):
        assert filled.client.get(f"/workbook/{exercise}").status_code == 200, exercise
    taught = [name for name in database.get_tables() if _has(name, "block_key") and name not in HISTORY]
    assert {name for name in taught if _count(name)} == set()


def _has(table: str, column: str) -> bool:
    return column in columns(table)


def _count(table: str) -> int:
    found: int = ask(f'SELECT COUNT(*) FROM "{table}"')[0][0]
    return found


def test_what_rests_on_it_needs_another_look(filled: Visitor) -> None:
    before = AnswerInput.select().where(AnswerInput.is_stale == 1).count()
    put_away(filled, "1.1.3.skills")
    assert AnswerInput.select().where(AnswerInput.is_stale == 1).count() > before
    assert "Needs another look" in filled.get("/home").words


def test_an_entry_that_was_removed_lies_there_by_itself_and_comes_back(filled: Visitor) -> None:
    path = f"/workbook/{exercise_of(MOMENTS)}"
    button = next(one for one in filled.open(path).buttons() if one.startswith(f"{MOMENTS}|remove|"))
    count = ToolInstance.select().where(ToolInstance.deleted_at.is_null()).count()
    filled.save(path, do=button)
    trash = filled.get("/data/trash")
    assert "An entry from Flow I remember" in trash.words
    assert press(filled, trash, "Restore").status == 200
    assert ToolInstance.select().where(ToolInstance.deleted_at.is_null()).count() == count
    assert "The trash is empty" in filled.get("/data/trash").words


def test_an_answer_of_entries_goes_and_comes_as_one(filled: Visitor) -> None:
    path = f"/workbook/{exercise_of(MOMENTS)}"
    shown = filled.open(path).form()
    trash = put_away(filled, MOMENTS)
    assert len(trash.all(".//main//ol/li")) == 1
    assert f"{MOMENTS}:rows-0-activity" in filled.open(path).form()
    press(filled, trash, "Restore")
    again = filled.open(path).form()
    assert [one for one in shown if one.startswith(f"{MOMENTS}:rows")] == [
        one for one in again if one.startswith(f"{MOMENTS}:rows")
    ]


def test_private_words_are_folded_there_as_everywhere(filled: Visitor) -> None:
    put_away(filled, "1.1.9.people")
    filled.press(filled.get("/home"), "Hide private answers")
    page = filled.get("/data/trash")
    assert page.has(".//details[@class='fold private']//div[@class='words']")
    assert faults(page.html) == []
