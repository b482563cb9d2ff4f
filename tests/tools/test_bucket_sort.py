"""Sorting: every thing keeps its bucket, limits are said, and the last sentence is true."""

from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block
from dreamtree.profile.skills import ExerciseSkill, Tag, UserSkill, learn_tags
from dreamtree.tools import Given, UnknownButton, canonical
from dreamtree.tools.bucket_sort import tool
from dreamtree.values import Answer, Item
from tests.rules.strict_html import fragment_faults
from tests.tools.conftest import AT

KEY = "1.1.6.energy"
BUCKETS = (("lifted", "lifted"), ("same", "the same"), ("drained", "drained"))


def block(**options: Any) -> Block:
    buckets = [{"value": value, "label": label} for value, label in BUCKETS]
    options = {"ask": "After an hour of this I am …", "buckets": buckets, "result": "lift", **options}
    return Block(KEY, "1.1.6", "tool", "bucket-sort", label="Energy", makes="user_skills.energy", options=options)


def items(count: int) -> tuple[Item, ...]:
    return tuple(Item(f"k{n}", f"Thing {n}") for n in range(count))


def sorted_into(*buckets: str) -> Answer:
    return {"rows": [{"key": f"k{n}", "text": f"Thing {n}", "bucket": one} for n, one in enumerate(buckets)]}


def view(answer: Answer, given: Given = Given(), **options: Any) -> Any:  # noqa: B008
    return tool.show(block(**options), answer, given, {})


@pytest.mark.parametrize(
    ("buckets", "sentence"),
    [
        (["lifted"] * 4 + ["same"] * 6, "You are good at all ten. Four of them lift you."),
        (["lifted"] + ["drained"] * 2, "You are good at all three. One of them lifts you."),
        (["same"] * 13, "You are good at all 13. None of them lifts you."),
        (["lifted"] * 3, "You are good at all three. All of them lift you."),
        (["lifted"] * 2, "You are good at both. Both of them lift you."),
        (["lifted", "same"], "You are good at both. One of them lifts you."),
        (["drained"], "You are good at this one. It does not lift you."),
        (["lifted", ""], ""),
    ],
)
def test_the_closing_sentence(buckets: list[str], sentence: str) -> None:
    assert view(sorted_into(*buckets)).result == sentence


def test_without_the_option_nothing_is_concluded() -> None:
    assert view(sorted_into("lifted"), result="").result == ""


def test_it_is_complete_when_all_are_sorted_or_enough() -> None:
    assert tool.missing(block(), sorted_into("lifted", "same")) == []
    assert tool.missing(block(), sorted_into("lifted", ""))[0].message == "One is still without an answer."
    assert tool.missing(block(), sorted_into("", ""))[0].message == "Two are still without an answer."
    assert tool.missing(block(enough=1), sorted_into("lifted", "")) == []
    assert tool.missing(block(), tool.empty(block()))


def test_a_limit_is_said_when_reached_and_when_passed() -> None:
    limits = {"lifted": 2}
    assert view(sorted_into("lifted", "same"), limits=limits).full == ()
    full = "“Lifted” is full: Thing 0 and Thing 1. To add one, move one of them."
    assert view(sorted_into("lifted", "lifted", ""), limits=limits).full == (full,)
    over = "“Lifted” holds two. Move one somewhere else."
    assert view(sorted_into("lifted", "lifted", "lifted"), limits=limits).full == (over,)
    assert tool.missing(block(limits=limits), sorted_into(*["lifted"] * 3))[0].message == over


def test_it_starts_from_a_draft_and_follows_new_words() -> None:
    answer = tool.start(block(), Given(draft=items(2)))
    assert [row["bucket"] for row in answer["rows"]] == ["", ""]
    answer = sorted_into("lifted", "same")
    fresh = tool.with_rows(block(), answer, Given(draft=(Item("k0", "Better"),)))
    assert fresh["rows"][0] == {"key": "k0", "text": "Better", "bucket": "lifted"}


def test_live_rows_come_unanswered_and_those_gone_are_folded(render: Any) -> None:
    given = Given(rows=(Item("k1", "Thing 1"), Item("new", "New")))
    answer = tool.with_rows(block(), sorted_into("lifted", "same"), given)
    assert answer["rows"][2] == {"key": "new", "text": "New", "bucket": ""}
    shown = view(answer, given)
    assert [row.key for row in shown.gone] == ["k0"]
    page = render(tool, block(), shown)
    assert canonical(tool.read(block(), page.posted)[0]) == canonical(tool.bare(answer))
    assert f"{KEY}|remove|new" not in page.buttons


def test_taking_in_and_out() -> None:
    answer = sorted_into("lifted")
    assert tool.take_in(block(), answer, Item("k0", "Better"))["rows"][0]["bucket"] == "lifted"
    more = tool.take_in(block(), answer, Item("new", "New"))
    assert tool.used(more) == {"k0", "new"}
    assert tool.used(tool.take_out(block(), more, "k0")) == {"new"}


def test_the_page_posts_back_what_it_was_given(render: Any) -> None:
    own = {"key": "a", "text": "<i>&", "own": True, "bucket": "drained"}
    for answer in (tool.empty(block()), sorted_into("lifted", ""), {"rows": [own]}):
        page = render(tool, block(), view(answer))
        assert canonical(tool.read(block(), page.posted)[0]) == canonical(tool.bare(answer))
        assert fragment_faults(page.html) == []


def test_each_item_is_a_fieldset_named_with_it(render: Any) -> None:
    page = render(tool, block(), view(sorted_into("lifted", "")))
    legends = ["".join(one.itertext()).strip() for one in page.root.iter("legend")]
    assert "Thing 1" in legends
    assert page.buttons[f"{KEY}|remove|k1"] == "Remove Thing 1"


def test_rows_by_hand(render: Any) -> None:
    page = render(tool, block(), view(tool.empty(block())))
    posted = page.posted
    posted[f"{KEY}:rows-0-text"], posted[f"{KEY}:rows-0-bucket"] = " In general ", "lifted"
    bare, problems = tool.read(block(), posted)
    assert problems == []
    answer = tool.dress(block(), bare, None, Given())
    assert tool.missing(block(), answer) == []
    added = tool.act(block(), answer, "add", "rows", MultiDict())
    assert len(view(added).rows) == 2
    gone = tool.act(block(), answer, "remove", answer["rows"][0]["key"], MultiDict())
    assert view(gone).removed == "In general"
    assert tool.act(block(), gone, "undo", "", MultiDict()) == answer
    with pytest.raises(UnknownButton):
        tool.act(block(), answer, "up", "k0", MultiDict())


def test_a_bucket_that_is_none_is_said(render: Any) -> None:
    posted = MultiDict({f"{KEY}:rows-0-key": "k0", f"{KEY}:rows-0-bucket": "elated"})
    _, problems = tool.read(block(), posted)
    assert [one.field for one in problems] == ["rows-0-bucket"]
    page = render(tool, block(), view(sorted_into("lifted")), tuple(problems))
    assert "b-1-1-6-energy-rows-0-bucket-error" in page.ids


def test_too_many_rows_are_said_not_cut() -> None:
    fields = {
        f"{KEY}:rows-{n}-{name}": value
        for n in range(52)
        for name, value in (("key", f"k{n}"), ("own", "y"), ("text", "x"))
    }
    bare, problems = tool.read(block(), MultiDict(fields))
    assert len(bare["rows"]) == 52
    assert problems[0].message == "You can add up to 50 of your own. Take 2 out."


@settings(max_examples=40, deadline=None)
@example(
    fields=st.dictionaries(
        st.sampled_from([f"{KEY}:rows-{n}-{field}" for n in (0, 1, 9) for field in ("key", "text", "own", "bucket")]),
        st.text(max_size=400),
    )
)
def test_nothing_posted_breaks_it(fields: dict[str, str]) -> None:
    bare, problems = tool.read(block(), MultiDict(fields))
    if not problems:
        answer = tool.dress(block(), bare, sorted_into("lifted"), Given())
        tool.missing(block(), answer)
        assert canonical(tool.bare(tool.dress(block(), tool.bare(answer), answer, Given()))) == canonical(
            tool.bare(answer)
        )


@pytest.mark.parametrize("stored", [{}, {"rows": None}, {"rows": [{"key": "a"}, {"text": "b"}, 7]}])
def test_an_answer_of_another_version_is_shown(stored: Answer, render: Any) -> None:
    assert render(tool, block(), view(stored)).words
    assert tool.summary(block(), stored) == "Nothing sorted yet"
    assert tool.long_form(block(), stored) == ""


def test_summary_and_long_form() -> None:
    answer = sorted_into("lifted", "drained", "lifted", "")
    assert tool.summary(block(), answer) == "Two lifted and one drained"
    assert tool.long_form(block(), answer).split("\n\n") == [
        "Lifted:\n– Thing 0\n– Thing 2",
        "Drained:\n– Thing 1",
        "Not sorted yet:\n– Thing 3",
    ]
    assert tool.items(answer)[1].fields["bucket"] == "drained"


def test_it_teaches_energy_once(user: Any) -> None:
    tags = {"thing": [Tag(f"k{n}", f"Thing {n}", "transferable") for n in range(3)]}
    learn_tags(user, ExerciseSkill, "1.1.3.skills", tags, AT)
    answer = sorted_into("lifted", "drained", "")
    assert tool.learn(user, block(), answer, AT) == {"user_skills"}
    assert tool.learn(user, block(), answer, AT) == frozenset()
    assert {row.id: row.energy for row in UserSkill.select()} == {"k0": "lifted", "k1": "drained", "k2": None}
    assert tool.learn(user, block(), tool.empty(block()), AT) == {"user_skills"}
    assert {row.energy for row in UserSkill.select()} == {None}
