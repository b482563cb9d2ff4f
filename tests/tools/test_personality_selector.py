"""Four scales: what they say, what the middle asks, and a type known already."""

from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import UserSettings
from dreamtree.content import book
from dreamtree.content.book import Block, Book
from dreamtree.profile.personality import PersonalityScore
from dreamtree.tools import Button, Inputs, UnknownButton, canonical, personality_selector
from dreamtree.tools.personality_selector import tool
from dreamtree.values import Answer
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT
from tests.visitor import Visitor

KEY = "1.1.7.type"
BLOCK = Block(KEY, "1.1.7", "tool", "personality-selector", label="How I am", makes="personality_types")
SCALES = ("energy", "information", "decisions", "structure")


@pytest.fixture(autouse=True)
def _book(monkeypatch: pytest.MonkeyPatch, reference: Book) -> None:
    monkeypatch.setattr(personality_selector, "book", lambda: reference)


def answered(*scores: int | None, letters: dict[str, str] | None = None, code: str = "") -> Answer:
    """An answer as it is stored."""
    said = {
        "scales": dict(zip(SCALES, scores, strict=True)),
        "letters": letters or {},
        "code": code,
        "known": bool(code),
    }
    return tool.merge_posted(BLOCK, tool.form_part(said), None, Inputs())


def view(answer: Answer) -> Any:
    return tool.show(BLOCK, answer, Inputs(), {})


@pytest.mark.parametrize(
    ("scores", "code"),
    [((-3, 1, 2, 3), "ENFP"), ((3, -1, -2, -3), "ISTJ"), ((1, 1, -1, 1), "INTP"), ((-1, -1, 1, -1), "ESFJ")],
)
def test_the_scales_say_a_type(scores: tuple[int, ...], code: str) -> None:
    answer = answered(*scores)
    assert answer["code"] == code
    assert tool.incomplete(BLOCK, answer) == []
    assert view(answer).name
    assert tool.summary(BLOCK, answer).startswith(f"{code}, ")


def test_an_open_scale_is_named() -> None:
    answer = answered(-3, None, 2, None)
    assert answer["code"] == ""
    still_open = tool.incomplete(BLOCK, answer)
    assert [one.field for one in still_open] == ["information", "structure"]
    assert len({one.question for one in still_open}) == 2, "each names the pair that it asks for"
    assert view(answer).name == ""


def test_in_between_both_neighbors_are_shown_and_the_person_chooses(render: Any) -> None:
    answer = answered(0, 1, 2, 3)
    assert tool.incomplete(BLOCK, answer) == [], "the middle is an answer"
    assert tool.summary(BLOCK, answer) == "In between on one of the four"
    assert [one.name for one in view(answer).scales[0].neighbors] == [
        "ENFP, Open-minded starter",
        "INFP, Meaning seeker",
    ]
    page = render(tool, BLOCK, view(answer), tuple(tool.incomplete(BLOCK, answer)))
    assert "Meaning seeker" in page.words
    assert "b-1-1-7-type-letter_energy" in page.ids
    posted = page.posted
    posted[f"{KEY}:letter_energy"] = "I"
    bare, problems = tool.read(BLOCK, posted)
    assert problems == []
    assert tool.merge_posted(BLOCK, bare, answer, Inputs())["code"] == "INFP"


def test_two_in_between_name_their_types_once_the_other_is_chosen() -> None:
    assert [one.name for one in view(answered(0, 0, 2, 3)).scales[0].neighbors] == ["", ""]
    chosen = answered(0, 0, 2, 3, letters={"information": "S"})
    assert [one.name[:4] for one in view(chosen).scales[0].neighbors] == ["ESFP", "ISFP"]


def test_a_letter_goes_when_its_scale_leaves_the_middle() -> None:
    assert answered(2, 1, 1, 1, letters={"energy": "E"})["code"] == "INFP"
    assert answered(2, 1, 1, 1, letters={"energy": "E"})["letters"] == {}
    assert answered(0, 1, 1, 1, letters={"energy": "X"})["letters"] == {}


def test_a_known_type_counts_without_scales_and_before_them() -> None:
    assert tool.incomplete(BLOCK, answered(None, None, None, None, code="ISTJ")) == []
    known = answered(-3, 1, 2, 3, code="ISTJ")
    assert known["code"] == "ISTJ"
    assert known["known"]
    assert known["scales"]["energy"] == -3


scores = st.none() | st.integers(-3, 3)


@settings(max_examples=examples(30), deadline=None)
@example(
    values=st.tuples(scores, scores, scores, scores),
    code=st.sampled_from(["", "ENFP", "ISTP"]),
    letter=st.sampled_from("EI"),
)
def test_the_page_posts_back_what_it_was_given(
    render: Any, values: tuple[int | None, ...], code: str, letter: str
) -> None:
    answer = answered(*values, letters={"energy": letter}, code=code)
    page = render(tool, BLOCK, view(answer))
    bare, problems = tool.read(BLOCK, page.posted)
    assert problems == []
    assert canonical(bare) == canonical(tool.form_part(answer))
    assert tool.merge_posted(BLOCK, bare, answer, Inputs()) == answer


def test_the_page_is_labelled(render: Any) -> None:
    page = render(tool, BLOCK, view(answered(0, 1, 2, 3, letters={"energy": "E"})))
    assert fragment_faults(page.html) == []
    assert "A few taps on one day" in page.words
    seven = [one for one in page.root.iter("input") if one.get("name") == f"{KEY}:energy"]
    assert [one.get("value") for one in seven] == ["-3", "-2", "-1", "0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("name", "said"), [("energy", "4"), ("energy", "1.0"), ("structure", "x"), ("type", "ABCD"), ("type", "enfp\0")]
)
def test_what_is_not_offered_is_said(name: str, said: str) -> None:
    _, problems = tool.read(BLOCK, MultiDict({f"{KEY}:{name}": said}))
    assert [one.field for one in problems] == [name]


@settings(max_examples=examples(40), deadline=None)
@example(
    fields=st.dictionaries(
        st.sampled_from([f"{KEY}:{name}" for name in (*SCALES, "letter_energy", "type")]), st.text(max_size=60)
    )
)
def test_nothing_posted_breaks_it(fields: dict[str, str]) -> None:
    bare, _ = tool.read(BLOCK, MultiDict(fields))
    tool.incomplete(BLOCK, tool.merge_posted(BLOCK, bare, None, Inputs()))
    assert canonical(tool.form_part(bare)) == canonical(bare)


@pytest.mark.parametrize(
    "stored", [{}, {"scales": None, "code": None}, {"scales": {"energy": True}, "letters": 3, "known": True}]
)
def test_an_answer_of_another_version_is_shown(stored: Answer, render: Any) -> None:
    answer = tool.with_live_rows(BLOCK, stored, Inputs())
    assert render(tool, BLOCK, view(answer)).words
    assert render(tool, BLOCK, view(stored)).words
    assert tool.summary(BLOCK, stored) == "No type yet"
    assert tool.long_form(BLOCK, stored) == ""
    assert tool.items(stored) == ()


def test_it_has_no_buttons() -> None:
    with pytest.raises(UnknownButton):
        tool.act(BLOCK, tool.empty(BLOCK), Button("add", "rows", MultiDict()))


def test_the_long_form_is_in_words() -> None:
    text = tool.long_form(BLOCK, answered(-3, 0, 2, 1, letters={"information": "N"}))
    assert text.startswith(
        "ENFP, Open-minded starter\n\nWhat gives you energy back on a long day?\nMuch like this: Being"
    )
    assert "In between." in text


def test_it_teaches_the_type_once(user: Any) -> None:
    answer = answered(-3, 0, 2, 1, letters={"information": "N"})
    assert learn(tool, user, BLOCK, answer, AT) == {"personality_type"}
    assert learn(tool, user, BLOCK, answer, AT) == frozenset()
    assert UserSettings.get().personality_type == "ENFP"
    assert PersonalityScore.select().count() == 4
    assert learn(tool, user, BLOCK, tool.empty(BLOCK), AT) == {"personality_type"}
    assert UserSettings.get().personality_type is None
    assert PersonalityScore.select().count() == 0


def test_in_between_the_question_comes_with_the_answer_that_earns_it(person: Visitor) -> None:
    person.press(person.get("/workbook/1.1.7"), "Skip everything before this")
    scale = book().scales[0].id
    came = person.fragment("/workbook/1.1.7", "1.1.7.type", {f"1.1.7.type:{scale}": "0", "autosave": "1"})
    asked = came.by_id(f"b-1-1-7-type-earned-between-{scale}")
    assert len([one for one in asked.iter("input") if one.get("type") == "radio"]) == 2
