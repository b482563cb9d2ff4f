"""A story in six questions."""

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block
from dreamtree.db import database
from dreamtree.profile.stories import SoaredStory
from dreamtree.text import clean_line, clean_prose
from dreamtree.tools import Inputs
from dreamtree.tools.soared_story import PARTS, tool
from dreamtree.values import Answer, Item
from tests.examples import examples
from tests.teaching import learn
from tests.tools.conftest import AT
from tests.tools.sheets import again, posted, sheet, some_text

BLOCK = Block("1.1.4.story-1", "1.1.4", "tool", "soared-story", label="Your first story", makes="soared_stories.told")
SEED = Item("1.1.1:seed", "I drew it", {"action": "I drew it\non a menu", "result": "They managed"})
GIVEN = Inputs(draft=(SEED,))


def story(**parts: str) -> Answer:
    return {**tool.empty(BLOCK), **parts}


def test_it_is_complete_with_the_first_third_and_fourth() -> None:
    assert [one.field for one in tool.incomplete(BLOCK, {})] == ["situation", "action", "result"]
    assert not tool.incomplete(BLOCK, story(situation="Ward B", action="I drew", result="They managed"))
    assert [one.field for one in tool.incomplete(BLOCK, story(situation="a", obstacle="b", result="c"))] == ["action"]


def test_six_plain_questions_and_their_names_once() -> None:
    shown = sheet(tool, BLOCK, tool.empty(BLOCK))
    for part in PARTS:
        assert shown.words.count(part.formal) == 1
        assert part.question in shown.words
        assert f'name="1.1.4.story-1:{part.name}~7"' in shown.html
    assert not shown.unlabelled
    assert "maxlength" not in shown.html
    assert len(set(shown.ids)) == len(shown.ids)


def test_it_begins_with_the_thing_one_began_with() -> None:
    draft = tool.start(BLOCK, GIVEN)
    assert (draft["action"], draft["result"], draft["began"]) == ("I drew it\non a menu", "They managed", "1.1.1:seed")
    assert tool.used(draft) == {"1.1.1:seed"}
    assert again(tool, BLOCK, draft, GIVEN) == (tool.form_part(draft), [])
    assert tool.start(BLOCK, Inputs()) == tool.empty(BLOCK)
    assert tool.used(tool.empty(BLOCK)) == frozenset()


def test_new_words_upstream_are_taken_in_on_wish() -> None:
    mine = story(situation="Ward B", action="mine", began="1.1.1:seed")
    taken = tool.apply_upstream(BLOCK, mine, SEED)
    assert taken["situation"] == "Ward B"
    assert taken["action"] == "I drew it\non a menu"
    assert tool.apply_upstream(BLOCK, story(), Item("k", "only words"))["action"] == "only words"
    left = tool.drop_upstream(BLOCK, mine, "1.1.1:seed")
    assert left["action"] == "mine"
    assert tool.used(left) == frozenset()
    assert tool.copies_words


def test_too_long_is_said_and_nothing_is_cut() -> None:
    sent = posted(sheet(tool, BLOCK, tool.empty(BLOCK)), action="x" * 3_007, title="y" * 201)
    answer, problems = tool.read(BLOCK, sent)
    assert len(answer["action"]) == 3_007
    assert {one.field for one in problems} == {"title", "action"}
    assert any("7 characters over" in one.message for one in problems)
    assert "7 characters over" in sheet(tool, BLOCK, answer, problems=problems).words


def test_room_is_told_when_it_is_near() -> None:
    assert "Room for" in sheet(tool, BLOCK, story(action="x" * 2_900)).words
    assert "Room for" not in sheet(tool, BLOCK, story(action="x" * 900)).words


@pytest.mark.parametrize("began", ["a b", '"><', "k" * 81, "\0"])
def test_a_hostile_key_is_refused(began: str) -> None:
    answer, problems = tool.read(BLOCK, MultiDict({f"{BLOCK.key}:began": began}))
    assert answer["began"] == ""
    assert [one.field for one in problems] == ["began"]


def test_fields_that_are_not_there_are_empty() -> None:
    assert tool.read(BLOCK, MultiDict({f"{BLOCK.key}:more": "x"})) == (tool.empty(BLOCK), [])


@settings(max_examples=examples(40), deadline=None)
@example(st.fixed_dictionaries({part.name: some_text.map(clean_prose) for part in PARTS}), some_text.map(clean_line))
def test_what_is_rendered_is_read_again(parts: dict[str, str], title: str) -> None:
    answer = story(title=title, **parts)
    assert again(tool, BLOCK, answer) == (answer, [])


def test_words() -> None:
    answer = story(title="The menu", situation="Ward B", action="I drew\nthree boxes", result="They managed")
    assert tool.summary(BLOCK, answer) == "The menu"
    assert tool.summary(BLOCK, {}) == "No story yet"
    assert tool.long_form(BLOCK, answer).startswith(
        "The menu\n\nWhere were you?\nWard B\n\nWhat did you do?\nI drew\nthree"
    )
    assert "Read the whole story" in sheet(tool, BLOCK, answer).words
    (item,) = tool.items(answer)
    assert (item.text, item.fields["action"]) == ("The menu", "I drew\nthree boxes")
    assert tool.items({}) == ()


@pytest.mark.parametrize("old", [{}, {"title": None}, {"action": "x", "more": 1}])
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    sheet(tool, BLOCK, old)
    tool.long_form(BLOCK, old)


def test_it_teaches_once_and_takes_back(user: User) -> None:
    database.create_tables((SoaredStory,))
    answer = story(situation="Ward B", action="I drew")
    assert learn(tool, user, BLOCK, tool.empty(BLOCK), AT) == frozenset()
    assert learn(tool, user, BLOCK, answer, AT) == {"soared_stories", "skill_evidence", "seen_skills"}
    assert learn(tool, user, BLOCK, answer, AT) == frozenset()
    assert learn(tool, user, BLOCK, story(), AT) == {"soared_stories", "skill_evidence", "seen_skills"}
