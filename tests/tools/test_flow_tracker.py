"""Flow: moments that are never lost, a week that begins with its first entry, charts that equal their tables."""

from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as example
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block, Book
from dreamtree.db import database
from dreamtree.profile import provenance
from dreamtree.profile.flow import FlowEntry, flow_entries
from dreamtree.text import clean_line, clean_prose
from dreamtree.tools import Button, Inputs
from dreamtree.tools.flow_tracker import tool
from dreamtree.tools.flow_tracker.charts import signed
from dreamtree.tools.flow_tracker.moments import MOMENTS, on_of, typed_when, when_words
from dreamtree.tools.flow_tracker.patterns import PARTS, Shared
from dreamtree.tools.flow_tracker.view import shared_words
from dreamtree.values import Answer, Item
from tests.examples import examples
from tests.page import words_of
from tests.rules.strict_html import fragment_faults
from tests.teaching import learn
from tests.tools.conftest import AT, Rendered
from tests.tools.sheets import again, posted, sheet, some_text

TODAY = "2026-11-21"
NOW = Inputs(today=TODAY)


def block(mode: str = "remembered", **options: Any) -> Block:
    key = "1.3.3.week" if mode == "week" else "1.3.2.moments"
    asked = {"mode": mode, "enough": 1 if mode == "week" else 2, **options}
    return Block(key, key[:5], "tool", "flow-tracker", label="Moments", makes="flow_entries", options=asked)


WEEK = block("week")


def moment(activity: str, energy: int | None = 2, **said: Any) -> dict[str, Any]:
    return {"activity": activity, "energy": energy, **said}


def answer_of(*moments: dict[str, Any]) -> Answer:
    return {"rows": [whole_row(f"k{n}", one) for n, one in enumerate(moments)], "was": ""}


def whole_row(key: str, said: dict[str, Any]) -> dict[str, Any]:
    row = MOMENTS.load_row({"key": key, **said})
    assert row is not None
    return MOMENTS.store_row(row)


def activities(answer: Answer) -> list[str]:
    return [row["activity"] for row in answer["rows"]]


def page(answer: Answer, asked: Block = WEEK, given: Inputs = NOW) -> Rendered:
    return sheet(tool, asked, tool.with_live_rows(asked, answer, given), given)


def press(answer: Answer, verb: str, argument: str = "", asked: Block = WEEK, given: Inputs = NOW) -> Answer:
    return tool.act(asked, tool.with_live_rows(asked, answer, given), Button(verb, argument, MultiDict(), given))


def at_rest(shown: Rendered) -> list[str]:
    """The lines of moments that have no fields on the page."""
    return [words_of(one) for one in shown.root.iter("li") if "row--rests" in one.get("class", "")]


def opened_in(shown: Rendered) -> list[str]:
    """What the moments are about that have fields on the page."""
    named = {name: value for name, value in shown.posted.items() if name.endswith("-activity")}
    return [value for value in named.values() if value]


def names(shown: Rendered, tag: str) -> list[str]:
    return [words_of(one) for one in shown.root.iter(tag)]


# Rows


def test_an_empty_page_has_rows_for_what_is_enough_and_reads_back_as_nothing() -> None:
    shown = page({"rows": []}, block())
    assert shown.html.count("What were you doing?") == 2
    assert "Two moments are enough to continue; five is better." in shown.words
    answer, problems = again(tool, block(), {"rows": []}, NOW)
    assert (answer["rows"], problems) == ([], [])
    assert not shown.unlabelled
    assert not fragment_faults(shown.html)


def test_a_week_opens_with_today() -> None:
    shown = page({"rows": []})
    assert shown.html.count("What were you doing?") == 1
    assert shown.posted["1.3.3.week:rows-0-day"] == TODAY
    assert "Today, Saturday" in shown.words
    assert "Yesterday, Friday Thursday, November 19" in shown.words
    assert "Your seven days start with your first entry." in shown.words
    assert again(tool, WEEK, {"rows": []}, NOW)[0]["rows"] == []


def test_what_is_written_today_is_of_today() -> None:
    shown = page({"rows": []})
    answer, problems = tool.read(WEEK, posted(shown, rows_0_activity="Drew a map", rows_0_energy="2"))
    assert not problems
    assert (answer["rows"][0]["when"], answer["rows"][0]["energy"]) == (TODAY, 2)
    assert tool.incomplete(WEEK, answer) == []


@pytest.mark.parametrize(("today", "words"), [("2026-11-21", "Day 3 of 7."), ("2026-11-19", "Day 1 of 7.")])
def test_the_days_count_from_the_first_entry(today: str, words: str) -> None:
    answer = answer_of(moment("Map", when="2026-11-20"), moment("Bus", when="2026-11-19"))
    assert words in page(answer, given=Inputs(today=today)).words


def test_after_its_week_it_is_over_and_may_go_on() -> None:
    answer = answer_of(moment("Map", when="2026-11-10"), moment("Bus", when="2026-11-12"))
    shown = page(answer)
    assert "Your week is over: two entries. You can keep going as long as you like." in shown.words
    assert "A new entry" not in shown.words
    assert "1.3.3.week|add|rows" in shown.buttons
    more = page(press(answer, "add"))
    assert "A new entry" in more.words


def test_nothing_is_said_of_days_without_an_entry() -> None:
    shown = page(answer_of(moment("Map", when="2026-11-16")))
    (state,) = [words_of(one) for one in shown.root.iter("p") if one.get("class") == "lead"]
    assert state == "Day 6 of 7."
    assert not any(word in shown.words for word in ("missed", "without", "streak", "skipped", "not yet"))


def test_entries_of_a_week_stand_newest_first_and_rest() -> None:
    answer = answer_of(moment("Old", when="2026-11-18"), moment("New", when=TODAY), moment("Mid", when="2026-11-19"))
    shown = page(answer)
    assert at_rest(shown) == [
        "New Saturday, November 21 · energized Change New",
        "Mid Thursday, November 19 · energized Change Mid",
        "Old Wednesday, November 18 · energized Change Old",
    ]
    assert opened_in(shown) == []


def test_without_an_entry_for_today_there_is_room_for_one() -> None:
    shown = page(answer_of(moment("Old", when="2026-11-18")))
    assert "A new entry" in shown.words
    assert len(at_rest(shown)) == 1


def test_an_unfinished_moment_stays_open() -> None:
    answer = answer_of(moment("Half", None), moment("Whole"), moment("Another"))
    assert opened_in(page(answer, block())) == ["Half"]


def test_a_moment_is_changed_in_its_place_and_the_others_stay_as_they_were() -> None:
    answer = answer_of(moment("Map"), moment("Bus", reason="The view"), moment("Tea"))
    shown = page(answer, block(), replace(NOW, opened="k1"))
    assert opened_in(shown) == ["Bus"]
    assert [one.get("data-row") for one in shown.root.iter("li") if one.get("data-row")] == ["k0", "k1", "k2"]
    assert (
        tool.goes_on_at(block(), answer, Button("change", "k1", inputs=replace(NOW, opened="k1"))) == "rows-0-activity"
    )
    part, problems = tool.read(block(), posted(shown, rows_0_activity="Bus to the sea"))
    assert (activities(part), problems) == (["Bus to the sea"], [])
    whole = tool.merge_posted(block(), part, answer, NOW)
    assert activities(whole) == ["Map", "Bus to the sea", "Tea"]
    assert [row["reason"] for row in whole["rows"]] == ["", "The view", ""]
    assert whole["resting"] == ["k0", "k2"]


def test_what_is_removed_and_comes_back_stands_where_it_stood() -> None:
    answer = answer_of(moment("Map"), moment("Bus"), moment("Tea"))
    gone = press(answer, "remove", "k1", block(), replace(NOW, opened="k1"))
    assert (activities(gone), gone["dropped"]) == (["Map", "Tea"], {"k1": ""})
    assert activities(press(gone, "undo", asked=block())) == ["Map", "Bus", "Tea"]


def test_of_two_empty_moments_the_second_waits() -> None:
    folds = list(page(answer_of(), block()).root.iter("details"))
    assert [words_of(one.find("summary/span/b")) for one in folds] == ["Moment 2"]
    assert folds[0].get("open") is None


def test_an_error_opens_its_moment() -> None:
    answer = answer_of(moment("Bus"), moment("x" * 301), moment("Map"))
    shown = sheet(tool, block(), answer, NOW)
    _, problems = tool.read(block(), posted(shown))
    assert [one.field for one in problems] == ["rows-1-activity"]
    told = sheet(tool, block(), answer, NOW, problems)
    wrong = next(one for one in told.root.iter("fieldset") if "1 character over" in words_of(one))
    assert "x" * 301 in words_of(wrong.find("legend"))


def test_an_error_stands_at_the_row_that_is_shown_for_it() -> None:
    begun = answer_of(moment("Bus", when=TODAY), moment("Map", when=TODAY))
    sent = posted(sheet(tool, WEEK, begun, NOW), rows_1_activity="x" * 305)
    for name in ("activity", "energy"):
        sent[f"{WEEK.key}:rows-0-{name}"] = ""
    answer, problems = tool.read(WEEK, sent)
    assert len(answer["rows"]) == 1
    assert [one.field for one in problems] == ["rows-0-activity"]


def test_complete_takes_an_activity_and_an_energy_no_more() -> None:
    assert tool.incomplete(block(), answer_of(moment("Map"), moment("Bus", -2))) == []
    half = answer_of(moment("Map"), moment("Bus", None), moment("", 1))
    assert [one.field for one in tool.incomplete(block(), half)] == ["rows-1-energy", "rows-2-activity"]
    (problem,) = tool.incomplete(block(), answer_of(moment("Map")))
    assert (problem.field, problem.message) == (
        "rows-1-activity",
        "Add at least two moments. You have one so far.",
    )
    (problem,) = tool.incomplete(WEEK, {"rows": []})
    assert problem.message == "Add at least one entry."


def test_adding_gives_one_row_more_than_was_shown() -> None:
    assert len(press({"rows": []}, "add", asked=block())["rows"]) == 3
    full = answer_of(moment("Map"), moment("Bus"))
    assert len(press(full, "add", asked=block())["rows"]) == 3
    one = press(answer_of(moment("Map", when=TODAY)), "add")
    assert len(press(one, "add")["rows"]) == 2, "one empty row at a time"
    assert page(one).html.count("A new entry") == 1


def test_a_removed_moment_comes_back() -> None:
    answer = answer_of(moment("Map"), moment("Bus"))
    gone = press(answer, "remove", "k0", block())
    assert activities(gone) == ["Bus"]
    assert "“Map” is removed." in page(gone, block()).words
    assert activities(press(gone, "undo", asked=block())) == ["Map", "Bus"]


def test_buttons_are_told_apart() -> None:
    answer = answer_of(moment("Map"), moment("Map"), moment("Bus"), moment("", None, reason="why"))
    for shown in (page(answer, block()), sheet(tool, block(), answer, NOW)):
        spoken = list(shown.buttons.values())
        assert len(set(spoken)) == len(spoken)
    assert "Remove Bus" in spoken
    assert "Remove Map, moment 2" in spoken


# When


@pytest.mark.parametrize(
    ("typed", "kept", "on"),
    [
        ("March 2019", "2019-03", "2019-03"),
        ("2019", "2019", "2019"),
        ("14 March 2019", "2019-03-14", "2019-03-14"),
        ("spring 2019", "spring 2019", "2019"),
        ("as a child", "as a child", ""),
        ("between 2015 and 2019", "between 2015 and 2019", ""),
        ("not sure", "not sure", ""),
        ("", "", ""),
        ("room 12019", "room 12019", ""),
    ],
)
def test_when(typed: str, kept: str, on: str) -> None:
    assert typed_when(typed) == kept
    assert typed_when(kept) == kept
    assert on_of(kept) == on


def test_when_in_words() -> None:
    assert when_words("2026-11-21") == "Saturday, November 21, 2026"
    assert when_words("2026-11-21", TODAY) == "Saturday, November 21"
    assert when_words("2019-03", TODAY) == "March 2019"
    assert when_words("as a child") == "as a child"


@pytest.mark.parametrize(("typed", "kept"), [("Today", TODAY), ("yesterday", "2026-11-20"), ("soon", "soon")])
def test_today_typed_is_a_day(typed: str, kept: str) -> None:
    bare = answer_of(moment("Map", when=typed))
    assert tool.merge_posted(block(), bare, None, NOW)["rows"][0]["when"] == kept
    assert tool.merge_posted(block(), bare, None, Inputs())["rows"][0]["when"] == typed


def test_a_day_further_back_can_be_kept_and_is_shown() -> None:
    answer = answer_of(moment("Map", when="2026-01-05"), moment("Bus", when="as a child"), moment("Tea"))
    assert again(tool, WEEK, answer, NOW)[0]["rows"] == answer["rows"]
    assert "Monday, January 5, 2026" in sheet(tool, WEEK, answer, NOW).words


# Reading back

some_moment = st.fixed_dictionaries(
    {
        "activity": some_text.map(clean_line),
        "when": st.one_of(
            some_text.map(clean_line), st.sampled_from(["2019", "2019-03", TODAY, "2026-11-20", "as a child"])
        ),
        "part": st.sampled_from(["", *PARTS]),
        "energy": st.one_of(st.none(), st.integers(-2, 2)),
        "focus": st.one_of(st.none(), st.integers(1, 5)),
        "reason": some_text.map(clean_prose),
    }
)
REMEMBERED = Inputs(today=TODAY, draft=(Item("r1", "Building a dam", {"energy": 2, "focus": 5, "when": "as a child"}),))


@pytest.mark.parametrize("mode", ["remembered", "week"])
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(st.lists(some_moment, max_size=5))
def test_what_is_rendered_is_read_again(mode: str, some: list[dict[str, Any]]) -> None:
    answer, asked = answer_of(*some), block(mode)
    read, problems = again(tool, asked, answer, REMEMBERED)
    assert problems == []
    assert read["rows"] == tool.form_part(answer)["rows"]


@pytest.mark.parametrize(
    "name", ["rows-²-activity", "rows-" + "9" * 5000 + "-when", "rows--1-day", "rows-0-energy", "rows", "rows-0-0-0"]
)
@pytest.mark.parametrize("value", ["x", "", "\0", "-9", "９", "k" * 11_000])
def test_hostile_fields_never_raise(name: str, value: str) -> None:
    key = WEEK.key
    fields = MultiDict({f"{key}:{name}": value, f"{key}:rows-3-activity": "a", f"{key}:rows-3-key": "k"})
    answer, _ = tool.read(WEEK, fields)
    assert "a" in activities(answer)


def test_a_step_that_does_not_exist_is_refused() -> None:
    base = {f"{WEEK.key}:rows-0-key": "k", f"{WEEK.key}:rows-0-activity": "a"}
    for name, value in (("energy", "3"), ("focus", "0"), ("part", "dawn")):
        _, problems = tool.read(WEEK, MultiDict(base | {f"{WEEK.key}:rows-0-{name}": value}))
        assert [one.field for one in problems] == [f"rows-0-{name}"]


@pytest.mark.parametrize(
    "old", [{}, {"rows": [{"key": "k"}]}, {"rows": [{"key": "k", "activity": "a", "energy": "high", "part": 3}]}]
)
def test_an_answer_of_another_version_still_shows(old: Answer) -> None:
    for asked in (block(), WEEK):
        page(old, asked)
        tool.long_form(asked, old)
        tool.incomplete(asked, old)
        assert tool.summary(asked, old)


def test_of_many_entries_the_latest_can_be_changed_and_all_count() -> None:
    many = answer_of(*(moment(f"Thing {n}", when=TODAY) for n in range(120)))
    whole = tool.with_live_rows(WEEK, many, NOW)
    assert len(whole["resting"]) == 120
    shown = sheet(tool, WEEK, whole, NOW)
    assert len(at_rest(shown)) == 40
    assert [words_of(one) for one in shown.root.iter("a") if "older=" in one.get("href", "")] == ["Older entries: 80"]
    assert "All 120 moments gave you energy." in shown.words
    read, problems = tool.read(WEEK, posted(shown))
    assert not problems
    assert len(tool.merge_posted(WEEK, read, whole, NOW)["rows"]) == 120


def test_of_many_unfinished_entries_the_latest_have_fields() -> None:
    many = answer_of(*(moment(f"Thing {n}", None) for n in range(50)))
    shown = page(many, block())
    assert opened_in(shown) == [f"Thing {n}" for n in range(20, 50)]
    assert len(at_rest(shown)) == 10, "and those before them on the page can be opened"


def test_words() -> None:
    answer = answer_of(
        moment("Map", 2, when="2019-03", part="night", focus=5, reason="They\nlaughed"), moment("Bus", -2)
    )
    assert tool.summary(block(), answer) == "Map, Bus"
    assert tool.long_form(block(), answer) == (
        "Map\nMarch 2019 · night · energized · absorbed: fully\nThey\nlaughed\n\nBus\ndrained"
    )
    assert tool.long_form(block(), {"rows": [{"key": "k", "activity": "Map"}]}) == "Map"
    assert [item.text for item in tool.items(answer)] == ["Map", "Bus"]


# The moments one remembered


def test_remembered_moments_stand_beside_a_week_and_are_no_rows_of_it() -> None:
    assert tool.start(WEEK, REMEMBERED)["rows"] == []
    shown = page({"rows": []}, given=REMEMBERED)
    assert "The moments you remembered, 1" in shown.words
    assert "Building a dam" in shown.words
    assert again(tool, WEEK, {"rows": []}, REMEMBERED)[0]["rows"] == []
    assert tool.used(answer_of(moment("Map"))) == frozenset()


def test_remembered_moments_count_in_the_patterns() -> None:
    draft = tuple(Item(f"r{n}", f"Thing {n}", {"energy": 2, "part": "evening"}) for n in range(4))
    shown = page(answer_of(moment("Map", -1, when=TODAY)), given=Inputs(today=TODAY, draft=draft)).words
    assert "Of five moments, four gave you energy and one drained you." in shown
    assert "All four of your most energizing moments were in the evening." in shown


# Patterns


def test_a_few_moments_say_little() -> None:
    shown = page(answer_of(*(moment(f"Thing {n}") for n in range(4))), block()).words
    assert "Patterns" not in shown
    assert "Once you have five, you'll see the patterns here." in shown
    five = page(answer_of(*(moment(f"Thing {n}") for n in range(5))), block())
    assert "All five moments gave you energy." in five.words
    assert '<svg class="drawn"' not in five.html
    assert "Once you have twelve, you'll see charts." in five.words


@pytest.mark.parametrize(
    ("shared", "words"),
    [
        (Shared("part", "evening", 4, 5), "Four of your five most energizing moments were in the evening."),
        (Shared("part", "midday", 3, 3), "All three of your most energizing moments were at midday."),
        (Shared("weekday", "Sunday", 3, 5), "Three of your five most energizing moments were on a Sunday."),
        (Shared("word", "drew", 3, 5), "“Drew” shows up in three of your five most energizing moments."),
        (Shared("word", "drew", 4, 4), "“Drew” shows up in all four of your most energizing moments."),
        (None, ""),
    ],
)
def test_the_one_sentence(shared: Shared | None, words: str) -> None:
    assert shared_words(shared) == words


def test_means_have_one_decimal() -> None:
    said = [signed(Fraction(*one)) for one in ((3, 2), (-1, 3), (0, 1), (2, 1), (-1, 50), (5, 4), (-2, 1))]
    assert said == ["+1.5", "−0.3", "0", "+2", "0", "+1.2", "−2"]


def test_strongest_and_hardest_moments_are_named() -> None:
    rows = [moment(f"Good {n}", 2, focus=4) for n in range(7)] + [moment(f"Hard {n}", -2) for n in range(5)]
    shown = page(answer_of(*rows), block()).words
    assert "What energized you most" in shown
    assert "Two more are tied with the last one." in shown
    assert "What drained you most" in shown


some_day = st.integers(1, 20).map(lambda day: f"2026-11-{day:02}")
drawn_moment = st.fixed_dictionaries(
    {
        "activity": st.sampled_from(["Night shift", "Night shift again", "Fixing <b>", "Forms & more", "Team meeting"]),
        "when": st.one_of(some_day, some_day, st.sampled_from(["", "2019"])),
        "part": st.sampled_from(["", *PARTS]),
        "energy": st.integers(-2, 2),
        "focus": st.one_of(st.none(), st.integers(1, 5)),
    }
)


@settings(max_examples=examples(30), deadline=None)
@example(st.lists(drawn_moment, min_size=12, max_size=30))
def test_every_chart_equals_its_table(some: list[dict[str, Any]]) -> None:
    shown = page(answer_of(*some), block())
    assert len(set(shown.ids)) == len(shown.ids)
    charts = [one for one in shown.root.iter("figure") if one.get("class") == "chart"]
    for chart in charts:
        assert drawn_in(chart) == told_in(chart)


def drawn_in(chart: Element) -> dict[tuple[str, str], str]:
    """What the picture says at each mark: its row and column, and the words."""
    marks = [one for one in chart.iter() if one.get("data-row") is not None]
    texts = [(mark.get("data-row", ""), one) for mark in marks for one in mark.iter() if one.get("data-column")]
    said = [((row, text.get("data-column", "")), words_of(text)) for row, text in texts]
    assert len(dict(said)) == len(said), "one mark a cell"
    return dict(said)


def told_in(chart: Element) -> dict[tuple[str, str], str]:
    """The cells of the table that say something."""
    table = next(chart.iter("table"))
    head = [words_of(one) for one in table.iter("th") if one.get("scope") == "col"][1:]
    rows = [row for row in table.iter("tr") if row.find("td") is not None]
    cells = [(words_of(row.find("th")), head, [words_of(one) for one in row.iter("td")]) for row in rows]
    return {
        (name, column): words
        for name, columns, told in cells
        for column, words in zip(columns, told, strict=True)
        if words != "–"
    }


def test_twelve_moments_are_drawn_with_titles_and_descriptions() -> None:
    rows = [
        moment(f"Night <shift> & {n % 2}", n % 5 - 2, focus=n % 5 + 1, part=PARTS[n % 5], when=f"2026-11-{n + 1:02}")
        for n in range(14)
    ]
    shown = page(answer_of(*rows), block())
    titles = [words_of(one) for one in shown.root.iter("figcaption")]
    assert titles == ["Energy and focus", "By activity", "Weekday and part of day", "Day by day"]
    assert not fragment_faults(shown.html)
    pictures = [one for one in shown.root.iter() if one.get("class") == "drawn"]
    assert len(pictures) == 4
    for one in pictures:
        assert one.get("role") == "img"
        assert all(name in shown.ids for name in one.get("aria-labelledby", "").split())
    assert "style=" not in shown.html


def test_what_is_not_known_is_said_and_left_out() -> None:
    rows = [moment(f"Thing {n}", 1, when="2019") for n in range(12)]
    words = page(answer_of(*rows), block()).words
    assert "By activity: nothing has come up twice yet." in words
    assert "Energy and focus: no moments say how absorbed you were; from five on, they are drawn." in words
    assert "Day by day: no different days are known; from five on, they are drawn." in words


# What it teaches


@pytest.fixture
def mara(user: User, monkeypatch: pytest.MonkeyPatch) -> User:
    database.create_tables((FlowEntry,))
    monkeypatch.setattr(provenance, "book", Book)
    return user


def test_whole_moments_are_taught_once(mara: User) -> None:
    answer = answer_of(moment("Map", 2, when="spring 2019", part="night", focus=5, reason="why"), moment("Half", None))
    assert learn(tool, mara, block(), answer, AT) == {"flow_entries"}
    assert learn(tool, mara, block(), answer, AT) == frozenset()
    (item,) = flow_entries(mara, {})
    assert item.text == "Map"
    assert item.fields == {
        "energy": 2,
        "felt": "energized",
        "focus": 5,
        "part": "night",
        "on": "2019",
        "when": "spring 2019",
        "reason": "why",
        "from": "2019",
    }
    assert learn(tool, mara, block(), {"rows": []}, AT) == {"flow_entries"}
    assert flow_entries(mara, {}) == []


def test_rows_without_fields_are_taught_too(mara: User) -> None:
    learn(tool, mara, block(), {**answer_of(moment("Map"), moment("Bus")), "resting": ["k1"]}, AT)
    assert {item.text for item in flow_entries(mara, {})} == {"Map", "Bus"}


def test_the_source_filters_and_orders(mara: User) -> None:
    answer = answer_of(
        moment("Old", 2, when="2019", focus=3),
        moment("New", 1, when="2026-11-20", focus=5),
        moment("Forms", -2, when="2026-11-21", focus=1),
        moment("Deep", 2, when="2018", focus=5),
    )
    learn(tool, mara, block(), answer, AT)

    def said(**filters: Any) -> list[str]:
        return [item.text for item in flow_entries(mara, filters)]

    assert said() == ["Forms", "New", "Old", "Deep"]
    assert said(energy_from=1) == ["Deep", "Old", "New"]
    assert said(energy_from=1, focus_from=4) == ["Deep", "New"]
    assert said(focus_from=4, take=1) == ["Deep"]
    assert said(take=2) == ["Forms", "New"]
