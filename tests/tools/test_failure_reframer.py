"""A failure turned over: three answers make it whole, and the last sentence stands for all of it."""

from dreamtree.content.book import Block
from dreamtree.tools import Inputs, Problem
from dreamtree.tools.failure_reframer import tool
from dreamtree.values import Answer
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

BLOCK = Block("9.9.9.reframe", "9.9.9", "tool", "failure-reframer", label="One thing that went wrong")
TOLD = {"happened": "I said it on the ninth Monday.", "told": "Coward", "reframe": "I said it late, to his face."}


def said(**typed: str) -> Answer:
    part, problems = tool.read(BLOCK, posted(sheet(tool, BLOCK, tool.empty(BLOCK)), **typed))
    assert problems == []
    return tool.merge_posted(BLOCK, part, None, Inputs())


def test_it_asks_seven_questions_and_says_which_are_open() -> None:
    shown = sheet(tool, BLOCK, tool.empty(BLOCK))
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    for words in ("What happened?", "What did you tell yourself?", "A slip", "Growth", "Next time, I will …"):
        assert words in shown.words
    assert tool.incomplete(BLOCK, said(told="Coward")) == [
        Problem("happened", "Say what happened. A few words will do."),
        Problem("reframe", "Say it the way you'd say it now. One sentence will do."),
    ]


def test_three_answers_are_enough_and_both_sentences_stand_side_by_side() -> None:
    answer = said(**TOLD)
    assert tool.incomplete(BLOCK, answer) == []
    assert "It was “Coward.” Now it's “I said it late, to his face.”" in sheet(tool, BLOCK, answer).words
    assert again(tool, BLOCK, answer) == (tool.form_part(answer), [])


def test_it_rests_on_what_happened_and_how_it_is_said_now_and_teaches_all_of_it() -> None:
    answer = said(**TOLD, kind="habit", next="The first Monday")
    rest = tool.rest(BLOCK, answer)
    assert [(line.text, line.detail) for line in rest.lines] == [
        ("What happened", TOLD["happened"]),
        ("What you told yourself", "Coward"),
        ("How you'd say it now", "I said it late, to his face."),
        ("Next time", "The first Monday"),
    ]
    [item] = tool.items(answer)
    assert (item.text, item.fields["kind"]) == ("I said it late, to his face.", "habit")
    assert tool.headline(BLOCK, answer) == ("I said it late, to his face.",)
    assert "Which kind was it?\nA habit" in tool.long_form(BLOCK, answer)
    assert tool.items(said(happened="Mondays")) == ()


def test_a_kind_that_is_none_is_refused() -> None:
    _, problems = tool.read(BLOCK, posted(sheet(tool, BLOCK, tool.empty(BLOCK)), kind="sin"))
    assert [one.field for one in problems] == ["kind"]
