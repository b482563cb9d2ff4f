"""Ways of thinking: a time each one worked, and a small way to try it again."""

import tomllib

import pytest

from dreamtree.content.book import Block, Book, Mindset
from dreamtree.tools import Inputs, mindset_profiles
from dreamtree.tools.mindset_profiles import tool
from dreamtree.values import Answer
from tests.rules.strict_html import fragment_faults
from tests.tools.conftest import ROOT
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.mindsets"
BLOCK = Block(KEY, "9.9.9", "tool", "mindset-profiles", label="When did it work?", options={"enough": 2})
SEED = tomllib.loads((ROOT / "seed/reference/mindsets.toml").read_text())["mindset"]
WORDS = ("slug", "name", "formal_name", "meaning", "ask", "try_it")
MINDSETS = tuple(Mindset(*(one[name] for name in WORDS)) for one in SEED)


@pytest.fixture(autouse=True)
def _mindsets_of_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mindset_profiles, "book", lambda: Book(mindsets=MINDSETS))


def said(before: Answer | None = None, **typed: str) -> Answer:
    page = posted(sheet(tool, BLOCK, before or tool.empty(BLOCK)), **typed)
    part, problems = tool.read(BLOCK, page)
    assert problems == []
    return tool.merge_posted(BLOCK, part, before, Inputs())


def test_it_asks_about_each_of_the_five() -> None:
    shown = sheet(tool, BLOCK, tool.empty(BLOCK))
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for one in MINDSETS:
        assert all(words in shown.words for words in (one.name, one.ask, one.meaning))
        assert f"For example: {one.try_it}" in shown.words


def test_two_with_a_time_each_are_enough() -> None:
    (two_left,) = tool.incomplete(BLOCK, tool.empty(BLOCK))
    assert two_left.message == "Write about a time for two of the five."
    one = said(rows_0_evidence="The elevator", rows_1_next="One hour on Saturday")
    (one_left,) = tool.incomplete(BLOCK, one)
    assert one_left.message == "Write about a time for one more of the five."
    two = said(one, rows_4_evidence="Senay, at four")
    assert tool.incomplete(BLOCK, two) == []
    assert "You've got proof of two of the five." in sheet(tool, BLOCK, two).words
    assert again(tool, BLOCK, two) == (tool.form_part(two), [])


def test_it_teaches_those_with_proof_and_rests_on_all_that_was_said() -> None:
    answer = said(rows_0_evidence="The elevator", rows_1_next="One hour on Saturday", rows_4_evidence="Senay")
    assert [(item.key, item.fields["evidence"]) for item in tool.items(answer)] == [
        ("stay-curious", "The elevator"),
        ("ask-for-help", "Senay"),
    ]
    rest = tool.rest(BLOCK, answer)
    assert rest is not None
    assert [(line.text, line.detail) for line in rest.lines][1] == ("Try it", "To try again: One hour on Saturday")
    assert tool.summary(BLOCK, answer) == "Stay curious, Ask for help"
    assert "Try it\n  To try again: One hour on Saturday" in tool.long_form(BLOCK, answer)


def test_one_that_left_the_reference_keeps_its_name_and_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = said(rows_0_evidence="The elevator")
    monkeypatch.setattr(mindset_profiles, "book", lambda: Book(mindsets=MINDSETS[1:]))
    shown = sheet(tool, BLOCK, answer)
    assert "Stay curious" in shown.words
    assert said(answer)["rows"][-1]["evidence"] == "The elevator"
