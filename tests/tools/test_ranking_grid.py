"""Ranking: few questions, never a contradiction, and nothing lost on the way."""

from dataclasses import replace
from math import ceil, log2
from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.content.book import Block, Book
from dreamtree.db import database
from dreamtree.profile import provenance
from dreamtree.profile.locations import LOCATIONS, Location
from dreamtree.profile.preferences import PREFERENCES, WorkPreference
from dreamtree.profile.skills import ExerciseSkill, Tag, UserSkill, learn_tags
from dreamtree.tools import Button, Inputs, UnknownButton, canonical
from dreamtree.tools.ordering.pairs import most_questions, standing
from dreamtree.tools.ranking_grid import tool
from dreamtree.values import Answer, Item
from tests.examples import examples
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT

KEY = "1.1.6.rank"
ASK = "Which would you rather use tomorrow?"
FEW = settings(max_examples=examples(40), deadline=None)
NO_POST: MultiDict[str, str] = MultiDict()


def block(**options: Any) -> Block:
    options = {"ask": ASK, "top": 10, **options}
    return Block(KEY, "1.1.6", "tool", "ranking-grid", label="Rank", makes="user_skills.rank", options=options)


def things(count: int) -> tuple[Item, ...]:
    return tuple(Item(f"k{n}", f"Thing {n}") for n in range(count))


def started(count: int, **options: Any) -> Answer:
    return tool.start(block(**options), Inputs(draft=things(count)))


def press(answer: Answer, button: str, **options: Any) -> Answer:
    verb, _, argument = button.partition("|")
    return tool.act(block(**options), answer, Button(verb, argument, NO_POST))


def view(answer: Answer, **options: Any) -> Any:
    return tool.show(block(**options), answer, Inputs(), {})


def reply(keys: tuple[str, ...], worth: dict[str, int]) -> list[str]:
    one, other = keys
    if worth[one] == worth[other]:
        return ["level", one, other]
    return ["over", one, other] if worth[one] < worth[other] else ["over", other, one]


def asked_until_done(keys: tuple[str, ...], late: set[str], log: list[list[str]], worth: dict[str, int]) -> int:
    """Answers every question two at a time, into `log`; how many there were."""
    before = len(log)
    while question := standing(keys, late, log, "two", len(keys)).question:
        log.append(reply(question.keys, worth))
    return len(log) - before


worths = st.integers(2, 20).flatmap(lambda n: st.lists(st.integers(0, 25), min_size=n, max_size=n))


def as_worth(values: list[int]) -> dict[str, int]:
    return {f"k{n}": value for n, value in enumerate(values)}


# The number of questions


def test_the_promised_bounds() -> None:
    assert (most_questions(10), most_questions(20)) == (22, 62)


@pytest.mark.parametrize("count", range(2, 21))
@settings(max_examples=examples(8), deadline=None)
@example(random=st.randoms(use_true_random=False))
def test_any_order_of_any_size_keeps_the_bound(count: int, random: Any) -> None:
    keys = tuple(f"k{n}" for n in range(count))
    worth = dict(zip(keys, random.sample(range(count), count), strict=True))
    log: list[list[str]] = []
    assert asked_until_done(keys, set(), log, worth) <= most_questions(count)
    assert standing(keys, (), log, "two", count).order == tuple(sorted(keys, key=worth.get))


@FEW
@example(values=worths)
def test_ties_are_kept_and_cost_no_more(values: list[int]) -> None:
    worth, log = as_worth(values), []
    assert asked_until_done(tuple(worth), set(), log, worth) <= most_questions(len(worth))
    now = standing(tuple(worth), (), log, "two", len(worth))
    assert now.is_done
    assert [{worth[key] for key in tier} for tier in now.tiers] == [{value} for value in sorted(set(values))]


@FEW
@example(values=worths, late=st.integers(0, 25))
def test_a_later_item_costs_little(values: list[int], late: int) -> None:
    worth, log = as_worth(values), []
    asked_until_done(tuple(worth), set(), log, worth)
    worth["late"] = late
    cost = asked_until_done(tuple(worth), {"late"}, log, worth)
    assert cost <= ceil(log2(len(values))) + 1
    order = standing(tuple(worth), {"late"}, log, "two", len(worth)).order
    assert [worth[key] for key in order] == sorted(worth.values())


@FEW
@example(values=worths, late=st.integers(0, 25), at=st.integers(1, 20))
def test_an_item_that_comes_in_the_middle_costs_little_too(values: list[int], late: int, at: int) -> None:
    worth, log = as_worth(values), []
    whole = asked_until_done(tuple(worth), set(), log, worth)
    del log[at:]
    worth["late"] = late
    rest = asked_until_done(tuple(worth), {"late"}, log, worth)
    assert min(at, whole) + rest <= whole + ceil(log2(len(values))) + 1


# Stopping, resuming, undoing


@FEW
@example(values=worths, at=st.integers(0, 62))
def test_resuming_after_any_prefix_is_as_if_never_stopped(values: list[int], at: int) -> None:
    worth, log = as_worth(values), []
    asked_until_done(tuple(worth), set(), log, worth)
    resumed = log[:at]
    asked_until_done(tuple(worth), set(), resumed, worth)
    assert resumed == log


@FEW
@example(values=worths)
def test_undo_brings_every_earlier_question_back(values: list[int]) -> None:
    answer = press(started(len(values), top=20), "way|two", top=20)
    worth, seen = as_worth(values), []
    while (question := view(answer, top=20).question) is not None:
        seen.append(question)
        one, other = question.choices[0].button.partition("|")[2].split(">")
        name, *pair = reply((one, other), worth)
        answer = press(answer, f"{name}|{pair[0]}>{pair[1]}", top=20)
    for question in reversed(seen):
        answer = press(answer, "undo|log", top=20)
        assert view(answer, top=20).question == question
    assert answer["log"] == []


def test_what_contradicts_is_passed_over_and_a_repeat_changes_nothing() -> None:
    answer = press(press(started(3), "over|k0>k1"), "over|k1>k2")
    for button in ("over|k2>k0", "level|k0>k2", "over|k0>k1"):
        assert press(answer, button)["order"] == ["k0", "k1", "k2"]


def test_a_button_for_something_gone_does_nothing_and_an_unknown_one_is_refused() -> None:
    answer = started(3)
    for button in ("over|k0>gone", "over|k0>k0", "level|", "next|1>gone", "next|9>k0", "in|k0", "rest|x>"):
        assert press(answer, button)["log"] == []
    for button in ("way|sideways", "explode|k0"):
        with pytest.raises(UnknownButton):
            press(answer, button)


# One after another


def test_one_after_another_asks_which_is_first_and_then_next() -> None:
    answer = started(4)
    assert view(answer).question.title == "Which comes first?"
    answer = press(answer, "next|1>k2")
    assert view(answer).question.title == "And next?"
    assert {one.text for one in view(answer).question.choices} == {"Thing 0", "Thing 1", "Thing 3"}
    answer = press(press(answer, "next|2>k0"), "next|3>k3")
    assert answer["order"] == ["k2", "k0", "k3", "k1"]
    assert answer["done"]
    assert tool.incomplete(block(), answer) == []
    assert view(answer).words == "Four places, in your order."


def test_pressing_twice_takes_one_place() -> None:
    once = press(started(4), "next|1>k2")
    assert press(once, "next|1>k2") == once
    assert press(once, "next|1>k0") == once


def test_it_stops_at_the_places_that_are_needed() -> None:
    answer = press(press(started(9, top=2), "next|1>k4", top=2), "next|2>k5", top=2)
    assert answer["done"]
    assert view(answer, top=2).question is None


def test_the_rest_does_not_matter() -> None:
    answer = press(press(started(5), "next|1>k3"), "rest|2>")
    assert answer["done"]
    assert answer["order"][0] == "k3"
    assert view(answer).places[2].is_level


def test_a_cut_inside_a_tie_is_asked() -> None:
    answer = press(press(started(7, top=4), "next|1>k3", top=4), "rest|2>", top=4)
    assert not answer["done"]
    assert view(answer, top=4).question.title == "These six are tied. Choose the three that go in."
    assert "three of the tied ones" in tool.incomplete(block(top=4), answer)[0].message
    for key in ("k6", "k0", "k5"):
        answer = press(answer, f"in|{key}", top=4)
    assert answer["done"]
    assert answer["order"][:4] == ["k3", "k6", "k0", "k5"]
    assert not press(answer, "undo|log", top=4)["done"]


# By hand


def test_by_hand_is_done_when_it_is_said_or_something_moves() -> None:
    answer = press(started(3), "way|hand")
    assert not answer["done"]
    assert press(answer, "order|")["done"]
    moved = press(answer, "top|k2")
    assert moved["order"] == ["k2", "k0", "k1"]
    assert moved["done"]
    assert press(moved, "down|k2")["order"] == ["k0", "k2", "k1"]
    assert press(moved, "undo|log")["order"] == ["k0", "k1", "k2"]


@pytest.mark.parametrize("typed", ["1", "1st", "#1", "1.", "１"])
def test_a_typed_place_moves_the_item_and_again_changes_nothing(render: Any, typed: str) -> None:
    answer = press(started(4), "way|hand")
    posted = render(tool, block(), view(answer)).posted
    posted.setlist(f"{KEY}:place", ["1", "2", "3", typed])
    bare, problems = tool.read(block(), posted)
    assert problems == []
    moved = tool.merge_posted(block(), bare, answer, Inputs())
    assert moved["order"] == ["k3", "k0", "k1", "k2"]
    assert tool.merge_posted(block(), bare, moved, Inputs()) == moved


@pytest.mark.parametrize("typed", ["0", "21", "-1", "first", "1.5", "9" * 5000])
def test_a_place_that_is_none_is_said(render: Any, typed: str) -> None:
    answer = press(started(3), "way|hand")
    posted = render(tool, block(), view(answer)).posted
    posted.setlist(f"{KEY}:place", ["1", typed, "3"])
    _, problems = tool.read(block(), posted)
    assert [one.field for one in problems] == ["place-of-k1"]
    html = render(tool, block(), view(answer), tuple(problems))
    assert "b-1-1-6-rank-place-of-k1-error" in html.ids


def test_the_log_by_hand_stays_short() -> None:
    answer = press(started(5), "way|hand")
    for n in range(100):
        answer = press(answer, f"top|k{n % 5}")
    assert len(answer["log"]) <= 20


def test_a_change_of_way_keeps_what_is_known() -> None:
    answer = press(press(started(4), "next|1>k2"), "way|two")
    assert all("k2" not in choice.button for choice in view(answer).question.choices)
    assert press(press(started(4), "top|k3"), "way|two")["done"]


# Items that come and go


def test_an_item_added_later_is_asked_for() -> None:
    answer = press(press(started(3), "next|1>k0"), "next|2>k1")
    answer = tool.apply_upstream(block(), answer, Item("new", "New"))
    assert not answer["done"]
    assert tool.incomplete(block(), answer)[0].message == "New: no place yet. Say where it goes."
    assert view(answer).question.title == "Where does “New” go?"
    answer = press(press(answer, "over|new>k1"), "over|new>k0")
    assert answer["order"] == ["new", "k0", "k1", "k2"]
    assert answer["done"]


def test_new_words_replace_the_old_and_nothing_else() -> None:
    answer = press(started(3), "next|1>k1")
    assert tool.apply_upstream(block(), answer, Item("k1", "Better"))["order"] == answer["order"]
    fresh = tool.with_live_rows(block(), answer, Inputs(draft=(Item("k1", "Better"),)))
    assert [row["text"] for row in fresh["items"]] == ["Thing 0", "Better", "Thing 2"]


def test_taking_out_keeps_what_was_said_about_the_others() -> None:
    answer = press(press(started(3), "over|k0>k1"), "over|k1>k2")
    without = press(answer, "remove|k1")
    assert without["order"] == ["k0", "k2"]
    assert without["done"]
    assert view(without).removed == "Thing 1"
    assert press(without, "undo")["order"] == ["k0", "k1", "k2"]


def test_twenty_are_the_most() -> None:
    assert len(started(25)["items"]) == 20
    assert press(started(20), "add|items") == started(20)
    assert tool.apply_upstream(block(), started(20), Item("new", "New")) == started(20)
    posted = MultiDict({f"{KEY}:items-{n}-key": f"k{n}" for n in range(23)})
    assert tool.read(block(), posted)[1][0].message == "You can rank up to 20. Remove 3."


def test_with_nothing_to_rank_it_is_filled_by_hand(render: Any) -> None:
    page = render(tool, block(), view(tool.empty(block())))
    posted = page.posted
    assert posted[f"{KEY}:items-0-text"] == ""
    posted[f"{KEY}:items-0-text"] = "  Lisbon\n by the river "
    bare, problems = tool.read(block(), posted)
    assert (bare["items"][0]["text"], problems) == ("Lisbon by the river", [])
    answer = tool.merge_posted(block(), bare, None, Inputs())
    assert answer["done"]
    assert len(press(answer, "add|items")["items"]) == 2


def test_rows_another_page_took_in_stay(render: Any) -> None:
    old = started(2)
    bare, _ = tool.read(block(), render(tool, block(), view(old)).posted)
    new = tool.apply_upstream(block(), old, Item("new", "New"))
    assert {row["key"] for row in tool.merge_posted(block(), bare, new, Inputs())["items"]} == {"k0", "k1", "new"}


# The page


def test_the_page_posts_back_what_it_was_given(render: Any) -> None:
    answers = [tool.empty(block()), started(4), press(started(4), "next|1>k2"), press(started(3), "way|hand")]
    answers += [
        press(started(3), "way|two"),
        {"items": [{"key": "a", "text": "<b>&\u2028x", "own": True}], "way": "hand"},
    ]
    for answer in answers:
        page = render(tool, block(), view(answer))
        assert canonical(tool.read(block(), page.posted)[0]) == canonical(tool.form_part(answer))
        assert fragment_faults(page.html) == []
        assert ASK in page.words


def test_move_buttons_are_named_with_the_item(render: Any) -> None:
    buttons = render(tool, block(), view(press(started(3), "way|hand"))).buttons
    assert buttons[f"{KEY}|up|k1"] == "Move Thing 1 up"
    assert buttons[f"{KEY}|top|k2"] == "Move Thing 2 to the top"
    assert f"{KEY}|order|" in buttons


def test_a_first_press_on_a_draft_keeps_its_words(render: Any) -> None:
    given = Inputs(draft=things(3))
    shown = tool.show(block(), tool.start(block(), given), given, {})
    bare, _ = tool.read(block(), render(tool, block(), shown).posted)
    assert tool.merge_posted(block(), bare, None, given) == tool.start(block(), given)


hostile = st.dictionaries(
    st.sampled_from(
        [f"{KEY}:items-{n}-{field}" for n in (0, 1, 9) for field in ("key", "text", "own", "place", "was")]
    ),
    st.text(max_size=400),
)


@FEW
@example(fields=hostile)
def test_nothing_posted_breaks_it(fields: dict[str, str]) -> None:
    bare, problems = tool.read(block(), MultiDict(fields))
    if not problems:
        answer = tool.merge_posted(block(), bare, started(2), Inputs())
        tool.incomplete(block(), answer)
        assert canonical(
            tool.form_part(tool.merge_posted(block(), tool.form_part(answer), answer, Inputs()))
        ) == canonical(tool.form_part(answer))


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"items": None},
        {"items": [{"key": "a"}, {"text": "b"}, 7]},
        {"log": [["jump"], [], 3], "order": None, "way": "x"},
    ],
)
def test_an_answer_of_another_version_is_shown(stored: Answer, render: Any) -> None:
    assert render(tool, block(), view(stored)).words
    assert tool.summary(block(), stored)
    tool.long_form(block(), stored)


def test_too_long_a_line_says_by_how_much() -> None:
    posted = MultiDict({f"{KEY}:items-0-key": "a", f"{KEY}:items-0-own": "y", f"{KEY}:items-0-text": "x" * 310})
    assert "10 characters over" in tool.read(block(), posted)[1][0].message


# What it teaches


def test_summary_and_long_form() -> None:
    answer = press(press(started(5), "next|1>k1"), "next|2>k4")
    assert tool.summary(block(), answer) == "Thing 1 and Thing 4; three without a place yet"
    assert tool.long_form(block(), answer).splitlines()[:3] == ["1. Thing 1", "2. Thing 4", "Without a place yet:"]
    assert [one.key for one in tool.items(answer)][:2] == ["k1", "k4"]


def test_it_teaches_ranks_once(user: Any) -> None:
    tags = {"thing": [Tag(f"k{n}", f"Thing {n}", "transferable") for n in range(4)]}
    learn_tags(user, ExerciseSkill, "1.1.3.skills", tags, AT)
    answer = press(press(started(4), "next|1>k2"), "rest|2>")
    assert learn(tool, user, block(), answer, AT) == {"user_skills", "work_factors", "seen_skills"}
    assert learn(tool, user, block(), answer, AT) == frozenset()
    assert {row.id: row.rank for row in UserSkill.select()} == {"k2": 1, "k0": 2, "k1": 2, "k3": 2}
    assert learn(tool, user, block(), tool.empty(block()), AT) == {"user_skills", "work_factors", "seen_skills"}
    assert {row.rank for row in UserSkill.select()} == {None}


def test_ranks_end_where_the_places_do() -> None:
    def ranks(answer: Answer) -> dict[str, int]:
        return {item.key: item.fields["rank"] for item in tool.lessons(block(top=3), answer)}

    answer = press(press(started(6, top=3), "next|1>k0", top=3), "rest|2>", top=3)
    assert ranks(answer) == {"k0": 1}
    answer = press(press(answer, "in|k5", top=3), "in|k2", top=3)
    assert ranks(answer) == {"k0": 1, "k5": 2, "k2": 2}
    assert len(ranks(press(started(6, top=3), "top|k1", top=3))) == 3


FACTORS = tuple({"key": key, "text": key.title()} for key in ("skills", "place", "workplace", "people", "pay"))


def factors() -> Block:
    return replace(block(items=FACTORS, top=5), makes="work_preferences.factor")


def test_items_of_the_exercise_are_all_there_from_the_start_and_none_is_added(render: Any) -> None:
    answer = tool.with_live_rows(factors(), tool.empty(factors()), Inputs())
    assert [row["text"] for row in answer["items"]] == ["Skills", "Place", "Workplace", "People", "Pay"]
    shown = tool.show(factors(), answer, Inputs(), {})
    page = render(tool, factors(), shown)
    assert shown.question.title == "Which comes first?"
    assert not [one for one in page.buttons if "|add|" in one or "|remove|" in one]
    assert canonical(tool.read(factors(), page.posted)[0]) == canonical(tool.form_part(answer))
    assert fragment_faults(page.html) == []
    assert tool.act(factors(), answer, Button("add", "items", NO_POST)) == answer
    assert tool.act(factors(), answer, Button("remove", "skills", NO_POST)) == answer
    made_up = MultiDict({f"{KEY}:items-0-key": "joy", f"{KEY}:items-0-own": "y", f"{KEY}:items-0-text": "Joy"})
    dressed = tool.merge_posted(factors(), tool.read(factors(), made_up)[0], None, Inputs())
    assert [row["key"] for row in dressed["items"]] == [one["key"] for one in FACTORS]


def test_items_of_the_exercise_follow_the_book() -> None:
    answer = tool.act(factors(), tool.empty(factors()), Button("next", "1>pay", NO_POST))
    fewer = replace(factors(), options={**factors().options, "items": (*FACTORS[1:], {"key": "joy", "text": "Joy"})})
    now = tool.with_live_rows(fewer, answer, Inputs())
    assert [row["key"] for row in now["items"]] == ["place", "workplace", "people", "pay", "joy"]
    assert now["items"][-1]["late"]
    assert tool.show(fewer, now, Inputs(), {}).places[0].row.key == "pay"


def test_factors_are_rows_of_their_own(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    database.create_tables((WorkPreference,))
    monkeypatch.setattr(provenance, "book", Book)
    answer = tool.empty(factors())
    for button in ("1>pay", "2>people", "3>skills", "4>place"):
        answer = tool.act(factors(), answer, Button("next", button, NO_POST))
    assert tool.incomplete(factors(), answer) == []
    assert "work_preferences" in learn(tool, user, factors(), answer, AT)
    assert learn(tool, user, factors(), answer, AT) == frozenset()
    found = PREFERENCES.items(user, {"kinds": ["factor"]})
    assert [item.key for item in found] == ["pay", "people", "skills", "place", "workplace"]
    assert [item.fields["rank"] for item in found] == [1, 2, 3, 4, 5]
    learn(tool, user, factors(), tool.empty(factors()), AT)
    assert PREFERENCES.items(user, {}) == []


@pytest.mark.parametrize("way", ["one", "two", "hand"])
def test_one_thing_alone_is_in_order(render: Any, way: str) -> None:
    answer = tool.start(block(way=way, top=3), Inputs(draft=things(1)))
    assert tool.incomplete(block(way=way, top=3), answer) == []
    page = render(tool, block(way=way, top=3), tool.show(block(way=way, top=3), answer, Inputs(), {}))
    assert "One place, in your order." in page.words
    assert not [one for one in page.buttons if "|way|" in one or "|order|" in one]
    assert canonical(tool.read(block(), page.posted)[0]) == canonical(tool.form_part(answer))


def test_places_get_their_rank_by_their_own_key(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    database.create_tables((Location,))
    monkeypatch.setattr(provenance, "book", Book)
    places = Block("1.2.1.places", "1.2.1", "tool", "list-builder", makes="locations")
    LOCATIONS.learn(user, places, [Item(f"k{n}", f"Place {n}") for n in range(3)], AT)
    asked = replace(block(top=3), key="1.2.1.rank", makes="locations.rank")
    answer = tool.act(
        asked, tool.start(asked, Inputs(draft=tuple(LOCATIONS.items(user, {})))), Button("next", "1>k2", NO_POST)
    )
    answer = tool.act(asked, answer, Button("next", "2>k0", NO_POST))
    assert learn(tool, user, asked, answer, AT) == {"locations", "work_factors"}
    assert learn(tool, user, asked, answer, AT) == frozenset()
    assert [item.key for item in LOCATIONS.items(user, {})] == ["k2", "k0", "k1"]
    learn(tool, user, asked, tool.empty(asked), AT)
    assert [item.fields["rank"] for item in LOCATIONS.items(user, {})] == [None, None, None]
