"""Rating skills: tapped once, kept for good, light on the page."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block
from dreamtree.profile import skill_lessons
from dreamtree.profile.skills import ExerciseSkill, Tag, UserSkill, learn_tags
from dreamtree.tools import Button, Inputs, UnknownButton, canonical
from dreamtree.tools.skill_rater import tool
from dreamtree.values import Answer, Item
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT

KEY = "1.1.6.rate"
NO_POST: MultiDict[str, str] = MultiDict()
STEP = st.none() | st.integers(1, 5)


def block(**options: Any) -> Block:
    return Block(
        KEY,
        "1.1.6",
        "tool",
        "skill-rater",
        label="Rate",
        is_required=True,
        makes="user_skills.ratings",
        options=options,
    )


def skills(count: int) -> Inputs:
    return Inputs(tuple(Item(f"k{n}", f"Skill {n}", {"places": count - n}) for n in range(count)))


def rated(*steps: tuple[int | None, int | None], given: Inputs | None = None) -> Answer:
    rows = [{"key": f"k{n}", "mastery": one, "frequency": two} for n, (one, two) in enumerate(steps)]
    return tool.merge_posted(block(), {"rows": rows}, None, given or skills(len(steps)))


def posted(**fields: str) -> MultiDict[str, str]:
    return MultiDict({f"{KEY}:{name.replace('_', '-')}": value for name, value in fields.items()})


def read(**fields: str) -> tuple[Answer, list[str]]:
    answer, problems = tool.read(block(), posted(**fields))
    return answer, [problem.message for problem in problems]


def show(answer: Answer, given: Inputs, **options: Any) -> Any:
    return tool.show(block(**options), answer, given, {})


@example(st.lists(st.tuples(STEP, STEP), max_size=30), st.lists(st.tuples(st.text(max_size=20), STEP), max_size=5))
@settings(max_examples=examples(40), deadline=None)
def test_what_the_page_holds_reads_back_the_same(
    render: Any, steps: list[tuple[int | None, int | None]], own: list[tuple[str, int | None]]
) -> None:
    hand = [{"key": f"hand-{n}", "text": text, "own": True, "mastery": step} for n, (text, step) in enumerate(own, 1)]
    given = skills(len(steps))
    answer = tool.with_live_rows(block(), {"rows": [*rated(*steps)["rows"], *hand]}, given)
    page = render(tool, block(), show(answer, given))
    again, problems = tool.read(block(), page.posted)
    assert problems == []
    assert canonical(again) == canonical(tool.form_part(answer))
    assert fragment_faults(page.html) == []


def test_rows_follow_their_source_and_keep_their_ratings() -> None:
    before = rated((5, 4), (3, None), (None, None))
    given = Inputs((Item("new", "Fresh"), Item("k1", "Skill 1, reworded")))
    rows = tool.with_live_rows(block(), before, given)["rows"]
    assert [(row["key"], row["text"], row["mastery"]) for row in rows] == [
        ("new", "Fresh", None),
        ("k1", "Skill 1, reworded", 3),
        ("k0", "Skill 0", 5),
    ]
    view = show(before, given)
    assert [row.key for row in view.rows] == ["new", "k1"]
    assert [row.key for row in view.gone] == ["k0"]


def test_those_in_most_places_come_first() -> None:
    given = Inputs((Item("a", "A", {"places": 1}), Item("b", "B", {"places": 4})))
    view = show({"rows": []}, given, first=1)
    assert [(row.text, row.places) for row in view.rows] == [("B", "in four places")]
    assert (view.others, view.waiting) == ((), 1)
    asked = tool.show(block(first=1), {"rows": []}, given, {"verb": "others"})
    assert ([row.text for row in asked.others], asked.waiting) == (["A"], 0)


def test_a_full_tree_makes_the_page_no_longer() -> None:
    given = Inputs(tuple(Item(f"k{n}", f"Skill {n}") for n in range(300)))
    rated = {"rows": [{"key": "k299", "text": "Skill 299", "mastery": 5, "frequency": 1}]}
    view = show(rated, given)
    assert (len(view.rows), [row.text for row in view.others], view.waiting) == (15, ["Skill 299"], 184)


def test_five_rated_are_enough_and_fewer_when_there_are_fewer() -> None:
    assert tool.incomplete(block(), rated(*[(3, 3)] * 4, (1, None), (None, None)))[0].message.startswith("Four so far.")
    assert tool.incomplete(block(), rated((None, None)))[0].message == "Rate one: how well, and how often."
    assert tool.incomplete(block(), rated(*[(3, 3)] * 5, (None, None))) == []
    assert tool.incomplete(block(), rated((1, 1), (1, 2))) == []
    assert tool.incomplete(block(), tool.empty(block()))


def test_without_rows_one_writes_them_by_hand(render: Any) -> None:
    given = Inputs()
    page = render(tool, block(), show({"rows": []}, given))
    assert f"{KEY}:rows-0-text" in page.posted
    answer, problems = read(
        rows_0_key="hand-1", rows_0_own="y", rows_0_text="Weaving", rows_0_mastery="4", rows_0_frequency="1"
    )
    assert problems == []
    answer = tool.merge_posted(block(), answer, None, given)
    assert tool.incomplete(block(), answer) == []
    for _ in range(7):
        answer = tool.act(block(), answer, Button("add", "rows", NO_POST))
    keys = [row["key"] for row in answer["rows"]]
    assert len(set(keys)) == len(keys) == 5
    assert not show(answer, given).can_add
    joined = tool.with_live_rows(block(), answer, skills(2))
    assert [row["key"] for row in joined["rows"]][:3] == ["k0", "k1", keys[0]]


def test_remove_undo_and_leave_out() -> None:
    answer = rated((5, 5), (4, 4))
    cleared = tool.act(block(), answer, Button("clear", "k0", NO_POST))
    assert cleared["rows"][0] == {"key": "k0", "text": "Skill 0", "mastery": None, "frequency": None}
    removed = tool.act(block(), answer, Button("remove", "k1", NO_POST))
    assert [row["key"] for row in removed["rows"]] == ["k0"]
    assert tool.act(block(), removed, Button("undo", "", NO_POST))["rows"] == answer["rows"]
    with pytest.raises(UnknownButton):
        tool.act(block(), answer, Button("top", "k1", NO_POST))


def test_flat_ratings_are_noticed_kindly() -> None:
    assert show(rated(*[(4, 2)] * 5), skills(5)).flat == ""
    assert show(rated(*[(4, 2)] * 6), skills(6)).flat.startswith("All six are at “well.”")
    assert show(rated(*[(4, 2)] * 6, (3, 1)), skills(7)).flat == ""


@pytest.mark.parametrize("step", ["0", "6", "-1", "x", "1e9", "9" * 5000, "2.5"])
def test_steps_that_do_not_exist_are_refused(step: str) -> None:
    _, problems = read(rows_0_key="k0", rows_0_mastery=step)
    assert problems


def test_hostile_rows() -> None:
    assert read(rows_0_key="../x y", rows_0_mastery="3")[1]
    assert read(rows_0_key="a", rows_0_mastery="3", rows_1_key="a", rows_1_mastery="4")[1]
    assert read(**{f"rows_{n}_key": f"k{n}" for n in range(201)}, **{f"rows_{n}_mastery": "1" for n in range(201)})[1]
    assert "fit here. Cut it down" in read(rows_0_key="hand-1", rows_0_own="y", rows_0_text="x" * 301)[1][0]
    assert read(rows_0_key="hand-1", rows_0_own="y", rows_0_text="a\0b")[1]
    assert read(rows_0_key="k0", rows_0_mastery="3", rows_0_other="x", nonsense="y") == (
        {"rows": [{"key": "k0", "text": "", "mastery": 3, "frequency": None}]},
        [],
    )
    stolen, _ = read(rows_0_key="k0", rows_0_own="y", rows_0_text="Mine now", rows_0_mastery="3")
    assert tool.merge_posted(block(), stolen, None, skills(1))["rows"][0]["text"] == "Skill 0"


def test_a_mistake_stands_at_its_row_where_the_page_leaves_out_others(render: Any) -> None:
    answer = tool.with_live_rows(block(), {"rows": [{"key": "hand-1", "text": "Weaving", "own": True}]}, skills(40))
    page = render(tool, block(), show(answer, skills(40)))
    name = f"{KEY}:rows-40-text"
    assert name in page.posted
    _, problems = tool.read(block(), MultiDict({**page.posted, name: "x" * 301}))
    assert [problem.field for problem in problems] == ["rows-40-text"]


def test_answers_of_other_versions_do_not_crash(render: Any) -> None:
    for old in (
        {},
        {"rows": None},
        {"rows": [None, {}, {"key": "k0"}, {"key": "k1", "mastery": "5", "text": None}]},
        {"rows": [], "removed": 3},
    ):
        assert isinstance(tool.long_form(block(), old), str)
        assert tool.summary(block(), old)
        assert fragment_faults(render(tool, block(), show(old, skills(2))).html) == []


def test_fifteen_rows_are_light(render: Any) -> None:
    given = Inputs(
        tuple(
            Item(f"{n:08}-0000-5000-8000-000000000000", f"Explaining complicated things {n}", {"places": 3})
            for n in range(15)
        )
    )
    answer = {
        "rows": [
            {"key": item.key, "text": item.text, "mastery": n % 5 + 1, "frequency": 2}
            for n, item in enumerate(given.rows)
        ]
    }
    page = render(tool, block(), show(answer, given))
    assert len(page.html.encode()) <= 24_000
    empty = render(tool, block(), show({"rows": []}, given))
    assert len(empty.html.encode()) <= 21_000
    assert page.unlabelled == []
    assert len(set(page.ids)) == len(page.ids)


def test_ratings_are_learned_once_and_taken_back(user: Any) -> None:
    tags = [Tag(f"k{n}", f"Skill {n}", "transferable") for n in range(3)]
    learn_tags(user, ExerciseSkill, "1.1.3.skills", {"ward": tags}, AT)
    answer = rated((5, 4), (3, None), (None, None))
    assert learn(tool, user, block(), answer, AT) == {"user_skills"}
    assert learn(tool, user, block(), answer, AT) == frozenset()
    kept = {row.id: (row.mastery, row.frequency) for row in UserSkill.select()}
    assert kept == {"k0": (5, 4), "k1": (3, None), "k2": (None, None)}
    assert learn(tool, user, block(), tool.empty(block()), AT) == {"user_skills"}
    assert {(row.mastery, row.frequency) for row in UserSkill.select()} == {(None, None)}


def test_rows_of_lists_leave_the_ratings_of_things_one_does_alone(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = replace(block(rows_of=["work"], category="knowledge"), key="1.1.8.rate")
    monkeypatch.setattr(skill_lessons, "book", lambda: SimpleNamespace(blocks=(block(), lists)))
    learn_tags(user, ExerciseSkill, "1.1.3.skills", {"ward": [Tag("k0", "Skill 0", "transferable")]}, AT)
    learn_tags(user, ExerciseSkill, "1.1.8.work", {"wounds": [Tag("own", "Wounds", "knowledge", own=True)]}, AT)
    learn(tool, user, block(), rated((5, 5)), AT)
    learn(tool, user, lists, {"rows": [{"key": "wounds", "text": "Wounds", "mastery": 4, "frequency": 1}]}, AT)
    assert {row.id: row.mastery for row in UserSkill.select()} == {"k0": 5, "own": 4}


def test_it_reads_as_text() -> None:
    answer = rated((5, 4), (3, None), (None, None))
    assert tool.summary(block(), answer) == "Two rated: Skill 0 and Skill 1"
    assert tool.long_form(block(), answer) == "Skill 0: teach others, weekly\nSkill 1: on my own"
    assert [item.key for item in tool.items(answer)] == ["k0", "k1"]
    assert tool.used(answer) == {"k0", "k1"}
