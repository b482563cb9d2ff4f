"""My level: which of five sentences fits, one thing at a time, what stands out of the levels, and what moved."""

from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.profile.competencies import FEWEST, standing_apart
from dreamtree.tools import Button, Inputs, tool
from dreamtree.values import Answer
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.tools.sheets import again, posted, sheet

KEY = "9.9.9.levels"
BLOCK = Block(KEY, "9.9.9", "tool", "competency-assessment", label="Which one fits you?", options={"enough": 9})
KIND = tool("competency-assessment")
TENTHS = st.sampled_from(range(10, 51, 5))
LEVELS = st.dictionaries(st.text(min_size=1, max_size=3), TENTHS, min_size=FEWEST, max_size=15)
VALUES = st.sampled_from(["", "1", "1-2", "2", "2-3", "3", "3-4", "4", "4-5", "5", "unknown"])
pytestmark = pytest.mark.usefixtures("app")


def on(day: str) -> Inputs:
    return Inputs(today=day)


def said(day: str, *levels: str, before: Answer | None = None) -> Answer:
    """What stands once these levels were posted, in the order of the things, on a page of this day."""
    rows = [{"key": one.slug, "level": level} for one, level in zip(book().competencies, levels, strict=False)]
    return KIND.merge_posted(BLOCK, {"on": day if before else "", "rows": rows}, before, on(day))


def told(answer: Answer, day: str = "2026-11-25") -> str:
    return " ".join(KIND.show(BLOCK, answer, on(day), {}).result)


# The rule


@example(LEVELS)
@settings(max_examples=examples(50), deadline=None)
def test_nothing_both_stands_out_and_is_below(levels: dict[str, int]) -> None:
    apart = standing_apart(levels)
    assert not set(apart.above) & set(apart.below)


@example(LEVELS)
@settings(max_examples=examples(50), deadline=None)
def test_three_tenths_from_the_mean_are_enough_and_less_is_not(levels: dict[str, int]) -> None:
    mean, margin = Fraction(sum(levels.values()), 10 * len(levels)), Fraction(3, 10)
    apart = standing_apart(levels)
    assert set(apart.above) == {key for key, one in levels.items() if Fraction(one, 10) >= mean + margin}
    assert set(apart.below) == {key for key, one in levels.items() if Fraction(one, 10) <= mean - margin}


@example(TENTHS, st.integers(FEWEST, 15))
def test_where_all_are_alike_there_is_neither(level: int, count: int) -> None:
    apart = standing_apart({str(n): level for n in range(count)})
    assert (apart.above, apart.below) == ((), ())


def test_fewer_than_nine_say_nothing() -> None:
    apart = standing_apart({str(n): 10 + 5 * n for n in range(FEWEST - 1)})
    assert (apart.above, apart.below) == ((), ())


# On its page


def test_one_thing_is_asked_with_its_plain_name_first_and_the_others_are_posted_along(app: Flask) -> None:
    shown = sheet(KIND, BLOCK, KIND.empty(BLOCK), on("2026-11-25"))
    assert not fragment_faults(shown.html)
    assert not shown.unlabelled
    assert "Working things out (analytical thinking)" in shown.words
    assert "You check numbers or facts that someone gives you" in shown.words
    assert shown.words.count("Between this one and the next") == 4
    assert "I can’t tell" in shown.words
    assert "1 of 15" in shown.words
    assert "Getting things done" not in shown.words
    assert len([name for name in shown.posted if name.endswith("-key")]) == 15


@example(st.lists(VALUES, min_size=15, max_size=15))
@settings(max_examples=examples(20), deadline=None)
def test_what_the_page_holds_reads_back_the_same(levels: list[str]) -> None:
    answer = said("2026-11-25", *levels)
    assert again(KIND, BLOCK, answer, on("2026-11-26")) == (KIND.form_part(answer), [])


def test_the_next_thing_comes_after_each_and_undo_asks_the_last_one_again(app: Flask) -> None:
    first, second = (one.slug for one in book().competencies[:2])
    answer = KIND.act(BLOCK, said("2026-11-25", "3"), Button("then", first))
    assert KIND.show(BLOCK, answer, on("2026-11-25"), {}).step.key == second
    back = KIND.act(BLOCK, answer, Button("back", first))
    assert (KIND.show(BLOCK, back, on("2026-11-25"), {}).step.key, back["rows"][0]["level"]) == (first, "")


def test_a_level_that_is_none_is_refused(app: Flask) -> None:
    page = posted(sheet(KIND, BLOCK, KIND.empty(BLOCK)), rows_0_level="6")
    assert [one.field for one in KIND.read(BLOCK, page)[1]] == ["rows-0-level"]


# What is enough


def test_nine_levels_are_enough_and_one_that_cannot_be_told_is_no_level(app: Flask) -> None:
    eight = said("2026-11-25", *["3"] * 8, "unknown")
    (problem,) = KIND.incomplete(BLOCK, eight)
    assert problem.message == "Choose a level for one more part of a job to continue."
    assert KIND.incomplete(BLOCK, said("2026-11-25", *["3"] * 9)) == []
    assert KIND.incomplete(BLOCK, KIND.empty(BLOCK))


def test_whoever_cannot_tell_goes_on_without_a_result(app: Flask) -> None:
    answer = said("2026-11-25", *["unknown"] * 12, "3", "2", "4")
    assert KIND.incomplete(BLOCK, answer) == []
    assert told(answer) == ""


# What it says


def test_it_says_what_stands_out_and_what_is_below(app: Flask) -> None:
    answer = said("2026-11-25", "4-5", "3", "3", "3", "3", "3", "3", "3", "1")
    assert told(answer).startswith(
        "This stands out: working things out. This is below your own average: winning people over."
    )
    assert "Your average is 2.9: 3.3 in handling the work and 2.3 in working with people." in told(answer)
    assert KIND.headline(BLOCK, answer) == ("Working things out",)


def test_alike_levels_pick_none(app: Flask) -> None:
    assert told(said("2026-11-25", *["2-3"] * 15)).startswith("They’re all about the same, so none stand out.")


def test_it_rests_with_each_level_and_the_jobs_it_points_to(app: Flask) -> None:
    lines = KIND.rest(BLOCK, said("2026-11-25", "2-3", *["3"] * 8, "unknown")).lines
    assert lines[0].detail.startswith("Between 2 and 3, like bike mechanics, nursing assistants, and payroll clerks.")
    assert lines[9].detail == "I can’t tell."


# Over the years


def test_two_assessments_are_compared_and_both_are_learned(app: Flask) -> None:
    first = said("2026-11-25", *["3"] * 9)
    assert [words for words, _ in KIND.rest(BLOCK, KIND.with_live_rows(BLOCK, first, on("2027-11-26"))).buttons]
    anew = KIND.show(BLOCK, first, on("2027-11-26"), {"verb": "again"})
    assert (anew.on, anew.step.place, {row.level for row in anew.rows}) == ("2027-11-26", 1, {""})
    second = said("2027-11-26", "3-4", *["3"] * 8, before=first)
    assert second["earlier"] == [{"on": "2026-11-25", "rows": first["rows"]}]
    assert told(second, "2027-11-26").endswith(
        "Since November 25, 2026: working things out went from 3 to between 3 and 4."
    )
    days = [item.fields["on"] for item in KIND.lessons(BLOCK, second)]
    assert days == ["2026-11-25"] * 9 + ["2027-11-26"] * 9
    same = said("2027-11-26", *["3"] * 9, before=first)
    assert told(same, "2027-11-26").endswith("Nothing has moved since November 25, 2026.")
