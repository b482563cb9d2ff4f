"""Prompts: one question, one field, and what each teaches."""

from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block
from dreamtree.db import database
from dreamtree.profile.beginnings import StartingPoint
from dreamtree.profile.dashboards import LifeDashboard
from dreamtree.profile.paths import CareerOption
from dreamtree.profile.stories import SoaredStory
from dreamtree.profile.texts import ProfileText
from dreamtree.text import clean_line, clean_prose
from dreamtree.tools import Inputs, canonical
from dreamtree.tools.fields import iso_date
from dreamtree.tools.prompt import tools
from dreamtree.values import Item
from tests.teaching import learn
from tests.tools.conftest import AT
from tests.tools.sheets import again, posted, sheet, some_text

KINDS = {tool.kind: tool for tool in tools}
CHOICES = [{"value": "stuck", "label": "I am stuck"}, {"value": "ended", "label": "It ended", "hint": "or soon will"}]


def block(kind: str, makes: str = "", key: str = "1.1.1.it", required: bool = True, **options: Any) -> Block:
    if kind in ("choice", "checkboxes"):
        options = {"choices": CHOICES, **options}
    return Block(key, "1.1.1", "prompt", kind, label="What is it?", is_required=required, makes=makes, options=options)


def read(kind: str, *values: str, **options: Any) -> Any:
    asked = block(kind, **options)
    return KINDS[kind].read(asked, MultiDict([(f"{asked.key}:value", value) for value in values]))


def said(kind: str, *values: str, **options: Any) -> Any:
    answer, problems = read(kind, *values, **options)
    assert not problems
    return answer["value"]


def refused(kind: str, *values: str, **options: Any) -> str:
    _, problems = read(kind, *values, **options)
    (problem,) = problems
    assert problem.field == "value"
    return problem.message


def test_there_is_one_tool_for_each_kind() -> None:
    assert list(KINDS) == ["text", "textarea", "number", "slider", "choice", "checkboxes", "date"]
    assert {tool.template for tool in tools} == {"tools/prompt.html"}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_said_is_read_as_empty_and_asks_calmly(kind: str) -> None:
    asked = block(kind)
    answer, problems = again(KINDS[kind], asked, KINDS[kind].empty(asked))
    assert answer == KINDS[kind].empty(asked)
    assert not problems
    assert [one.field for one in KINDS[kind].incomplete(asked, answer)] == ["value"]
    assert KINDS[kind].read(asked, MultiDict())[0] == answer


def test_a_textarea_keeps_line_breaks_and_every_sign() -> None:
    assert said("textarea", "one\r\n  two\rthree \n") == "one\n  two\nthree \n"
    assert said("textarea", " \r\n ") == ""


def test_one_line_is_one_line() -> None:
    assert said("text", "  one\r\ntwo ") == "one two"


def test_too_long_says_by_how_much_and_keeps_the_text() -> None:
    answer, problems = read("text", "x" * 301)
    assert answer["value"] == "x" * 301
    assert "1 character over" in problems[0].message
    assert "12 characters" in refused("textarea", "x" * 10_012)
    assert refused("textarea", "x" * 6, limit=5)


def test_a_nul_is_left_out_and_told() -> None:
    answer, problems = read("textarea", "a\0b")
    assert answer == {"value": "ab"}
    assert problems


def test_numbers() -> None:
    assert said("number", " 42 ") == 42
    assert said("number", "-7") == -7
    assert said("slider", "0") == 0
    assert "whole number" in refused("number", "3.5")
    assert "from 0 to 10" in refused("slider", "11")
    assert said("number", "٣") == 3
    assert said("number", "1,250") == 1250
    assert "whole number" in refused("number", "5-")
    assert read("number", "5-")[0] == {"value": "5-"}
    assert refused("number", "9" * 5000)
    assert read("number", "three or so")[0] == {"value": "three or so"}
    assert [said("number", text) for text in ("about 3", "~3", "2k", "1.5k")] == [3, 3, 2000, 1500]
    assert [said("slider", text) for text in ("7/10", "7 out of 10", "around 7")] == [7, 7, 7]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5 years", "without “years”"),
        ("40%", "without “%”"),
        ("2 hrs/week", "without “hrs/week”"),
        ("5-6", "one number"),
    ],
)
def test_a_number_with_something_beside_it_is_kept_and_told(text: str, told: str) -> None:
    answer, problems = read("number", text)
    assert answer == {"value": text}
    assert told in problems[0].message


def test_choices() -> None:
    assert said("choice", "ended") == "ended"
    assert refused("choice", "else")
    assert said("checkboxes", "ended", "stuck", "ended") == ["stuck", "ended"]
    assert refused("checkboxes", "else")


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2019", "2019"),
        ("2019-03", "2019-03"),
        ("2019-3", "2019-03"),
        ("2019-03-14", "2019-03-14"),
        ("March 2019", "2019-03"),
        ("mar. 2019", "2019-03"),
        ("2019 Sept", "2019-09"),
        ("14 March 2019", "2019-03-14"),
        ("March 14th, 2019", "2019-03-14"),
        ("03/2019", "2019-03"),
        ("not sure", ""),
        ("", ""),
    ],
)
def test_dates_as_people_write_them(typed: str, iso: str) -> None:
    assert said("date", typed) == iso


@pytest.mark.parametrize("typed", ["03/04", "19", "2019-13", "2019-02-30", "now", "Marchy 2019", "0000", "spring"])
def test_an_unclear_date_is_asked_again_and_kept(typed: str) -> None:
    assert read("date", typed)[0] == {"value": typed}
    assert "2019" in refused("date", typed)


@example(some_text)
def test_a_date_never_raises_and_is_stable(typed: str) -> None:
    understood = iso_date(typed, ("now",))
    assert understood is None or iso_date(understood, ("now",)) == understood


@example(some_text)
def test_what_is_rendered_is_read_again(words: str) -> None:
    for kind, kept in (("text", clean_line(words)), ("textarea", clean_prose(words))):
        answer, problems = again(KINDS[kind], block(kind), {"value": kept})
        assert (answer, problems) == ({"value": kept}, [])


@example(
    st.integers(0, 10) | st.none(),
    st.sampled_from(["", "stuck", "ended"]),
    st.sets(st.sampled_from(["stuck", "ended"])),
)
def test_numbers_and_choices_are_read_again(number: int | None, one: str, some: set[str]) -> None:
    ticked = [choice["value"] for choice in CHOICES if choice["value"] in some]
    for kind, value in (
        ("number", number),
        ("slider", number),
        ("choice", one),
        ("checkboxes", ticked),
        ("date", "2019-03"),
    ):
        assert again(KINDS[kind], block(kind), {"value": value}) == ({"value": value}, [])


def test_a_textarea_is_named_with_its_revision() -> None:
    assert 'name="1.1.1.it:value~7"' in sheet(KINDS["textarea"], block("textarea"), {"value": ""}).html


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_labelled_and_nothing_is_cut_by_the_browser(kind: str) -> None:
    asked = block(kind)
    shown = sheet(KINDS[kind], asked, KINDS[kind].empty(asked), problems=KINDS[kind].incomplete(asked, {}))
    assert not shown.unlabelled
    assert "maxlength" not in shown.html
    assert "Error:" in shown.words
    assert len(set(shown.ids)) == len(shown.ids)


def test_the_limit_is_told_only_when_it_is_near() -> None:
    asked = block("textarea", limit=100)
    assert "Room" not in sheet(KINDS["textarea"], asked, {"value": "x" * 50}).words
    assert "Room for 5 characters more." in sheet(KINDS["textarea"], asked, {"value": "x" * 95}).words


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("old", [{}, {"value": None}, {"value": ["a"]}, {"value": 3}, {"value": "gone"}])
def test_an_answer_of_another_version_still_shows(kind: str, old: dict[str, Any]) -> None:
    asked = block(kind)
    sheet(KINDS[kind], asked, old)
    KINDS[kind].long_form(asked, old)
    KINDS[kind].summary(asked, old)
    KINDS[kind].items(old)


def test_summary_and_long_form_say_the_label() -> None:
    assert KINDS["choice"].summary(block("choice"), {"value": "ended"}) == "It ended"
    assert KINDS["checkboxes"].long_form(block("checkboxes"), {"value": ["stuck", "ended"]}) == "I am stuck\nIt ended"
    assert KINDS["slider"].long_form(block("slider"), {"value": 0}) == "0"


def test_items_are_the_words() -> None:
    assert KINDS["textarea"].items({"value": " I drew it "}) == (Item("value", "I drew it"),)
    assert KINDS["textarea"].items({"value": ""}) == ()


def test_a_draft_of_words_knows_what_it_began_with() -> None:
    tool, asked = KINDS["textarea"], block("textarea")
    draft = tool.start(asked, Inputs(draft=(Item("k", "Drew it.\nTwice."),)))
    assert draft["value"] == "Drew it.\nTwice."
    assert tool.used(draft) == {"k"}
    bare, _ = again(tool, asked, draft)
    assert canonical(bare) == canonical(tool.form_part(draft))
    assert tool.used(tool.merge_posted(asked, bare, draft, Inputs())) == {"k"}
    assert tool.apply_upstream(asked, draft, Item("k", "Drew it."))["value"] == "Drew it."
    assert tool.apply_upstream(asked, draft, Item("l", "More"))["value"] == "Drew it.\nTwice.\nMore"
    assert tool.used(tool.drop_upstream(asked, draft, "k")) == frozenset()


@pytest.fixture
def mara(user: User) -> User:
    database.create_tables((StartingPoint, LifeDashboard, SoaredStory, CareerOption, ProfileText))
    return user


TAUGHT = [
    ("choice", "starting_points.reason", "ended", "starting_point"),
    ("slider", "life_dashboards.play", 0, "life_dashboard"),
    ("textarea", "soared_stories.seed_action", "I drew it", "soared_stories skill_evidence"),
    ("textarea", "soared_stories.seed_result", "They managed", "soared_stories skill_evidence"),
    ("text", "career_options.first", "Night porter", "career_options"),
    ("text", "profile_texts.resume_line", "I am the one who draws", "profile_text"),
]


@pytest.mark.parametrize(("kind", "makes", "value", "nouns"), TAUGHT)
def test_it_teaches_once_and_takes_back(mara: User, kind: str, makes: str, value: Any, nouns: str) -> None:
    asked, tool = block(kind, makes), KINDS[kind]
    assert learn(tool, mara, asked, tool.empty(asked), AT) == frozenset()
    assert learn(tool, mara, asked, {"value": value}, AT) == set(nouns.split())
    assert learn(tool, mara, asked, {"value": value}, AT) == frozenset()
    assert learn(tool, mara, asked, tool.empty(asked), AT) == set(nouns.split())
    assert learn(tool, mara, asked, tool.empty(asked), AT) == frozenset()


def test_a_zero_is_an_answer(mara: User) -> None:
    asked = block("slider", "life_dashboards.work")
    assert not KINDS["slider"].incomplete(asked, {"value": 0})
    assert learn(KINDS["slider"], mara, asked, {"value": 0}, AT) == {"life_dashboard"}


def test_what_makes_nothing_teaches_nothing(mara: User) -> None:
    assert learn(KINDS["text"], mara, block("text"), {"value": "x"}, AT) == frozenset()


def test_typed_words_of_a_page_reach_the_answer() -> None:
    shown = sheet(KINDS["textarea"], block("textarea"), {"value": "before"})
    assert KINDS["textarea"].read(block("textarea"), posted(shown, value="after"))[0] == {"value": "after"}


def test_a_long_text_stands_large_by_how_it_begins() -> None:
    asked, kind = block("textarea"), KINDS["textarea"]
    assert kind.headline(asked, {"value": "Short."}) == ("Short.",)
    assert kind.headline(asked, {"value": "First this.\n\nThen that."}) == ("First this. …",)
    assert kind.headline(asked, {"value": "so long " * 200})[0].endswith(" so…")
    assert kind.headline(asked, {"value": ""}) == ()
