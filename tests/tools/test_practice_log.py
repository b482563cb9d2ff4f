"""A practice for a length: begun, noted day by day, and asked about at its end."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as example
from werkzeug.datastructures import MultiDict

from dreamtree.accounts.models import User
from dreamtree.content.book import Block
from dreamtree.db import database
from dreamtree.drawing.calendar import CalendarEntry, Weeks, calendar, first_day
from dreamtree.profile.practices import PracticeLog, PracticeRow, SkillState, practice_state
from dreamtree.profile.rows import opened_column
from dreamtree.tools import Button, Inputs, UnknownButton, canonical
from dreamtree.tools.practice_log import tool
from dreamtree.values import Answer, Item
from tests.page import words_of
from tests.teaching import learn
from tests.tools.conftest import AT, Rendered
from tests.tools.sheets import again, posted, sheet, some_text

KEY = "1.5.1.practice"
TODAY = "2027-03-15"
SKILLS = (Item("skill-1", "Photography"), Item("skill-2", "Wound care"))
STEPS = (Item("s1", "Coffee outside"), Item("s2", "Phone in the drawer"))


def block(**options: Any) -> Block:
    return Block(KEY, "1.5.1", "tool", "practice-log", label="My practice", makes="practices", options=options)


def given(*draft: Item, today: str = TODAY, rows: tuple[Item, ...] = ()) -> Inputs:
    return Inputs(rows=rows, draft=draft, today=today)


def begun(*rows: dict[str, Any], **own: Any) -> Answer:
    practice = {"skill": "", "name": "Drawing", "days": 14, "begun_on": "2027-03-10", "decision": ""}
    return {**practice, **own, "rows": [_row(n, row) for n, row in enumerate(rows)]}


def _row(n: int, said: dict[str, Any]) -> dict[str, Any]:
    row = tool.rows.load_row({"key": f"k{n}", **said})
    assert row is not None
    return tool.rows.store_row(row)


def page(answer: Answer, kind: str = "skill", problems: Any = (), **more: Any) -> Rendered:
    options = {"kind": kind, **more.pop("options", {})}
    what = more.pop("given", given())
    return sheet(tool, block(**options), tool.with_live_rows(block(**options), answer, what), what, problems)


def press(answer: Answer, verb: str, argument: str = "", kind: str = "skill") -> Answer:
    return tool.act(block(kind=kind), answer, Button(verb, argument, MultiDict(), given()))


def sent(shown: Rendered, fields: dict[str, str]) -> MultiDict[str, str]:
    """What the page posts with these fields typed."""
    form = posted(shown)
    for name, value in fields.items():
        form[f"{KEY}:{name}"] = value
    return form


def typed(answer: Answer, fields: dict[str, str], what: Inputs | None = None, kind: str = "skill") -> Answer:
    what = what or given(*SKILLS)
    shown = sheet(tool, block(kind=kind), tool.with_live_rows(block(), answer, what), what)
    bare, problems = tool.read(block(kind=kind), sent(shown, fields))
    assert [*problems, *tool.contextual_errors(block(kind=kind), bare, None, what)] == []
    return tool.merge_posted(block(kind=kind), bare, answer, what)


# Beginning


def test_a_skill_is_chosen_from_what_would_pay_back_or_named_in_own_words() -> None:
    shown = page(tool.empty(block()), given=given(*SKILLS))
    assert "Photography" in shown.words
    assert "Something else, in my own words" in shown.words
    assert not shown.unlabelled
    chosen = typed(tool.empty(block()), {"skill": "skill-2"})
    assert (chosen["skill"], chosen["skill_name"]) == ("skill-2", "Wound care")
    assert not tool.incomplete(block(), chosen)
    own = typed(tool.empty(block()), {"name": "Listening"})
    assert (own["skill"], own["name"]) == ("", "Listening")
    assert tool.incomplete(block(), tool.empty(block()))[0].message == "Say what you want to practice."


def test_a_skill_that_was_never_offered_is_none() -> None:
    bare, _ = tool.read(block(), MultiDict({f"{KEY}:skill": "skill-99", f"{KEY}:days": "14"}))
    assert tool.merge_posted(block(), bare, None, given(*SKILLS))["skill"] == ""


def test_what_was_chosen_stays_when_it_is_offered_no_more() -> None:
    answer = begun(skill="skill-2", skill_name="Wound care", name="")
    after = typed(answer, {}, given(SKILLS[0]))
    assert after["skill_name"] == "Wound care"
    assert "Wound care" in page(answer).words
    assert tool.used(answer) == frozenset()


def test_it_begins_on_the_day_it_is_named_and_the_day_can_be_changed() -> None:
    answer = typed(tool.empty(block()), {"name": "Drawing"})
    assert answer["begun_on"] == TODAY
    assert "Day 1 of 14; the last one is March 28, 2027." in page(answer).words
    assert typed(answer, {"begun_on": "2027-03-01"})["begun_on"] == "2027-03-01"


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-25", "0001-01-01"])
def test_a_day_at_the_end_of_all_days_is_shown(day: str) -> None:
    assert page(begun(begun_on=day)).root.tag


def test_the_length_is_one_of_those_offered() -> None:
    bare, problems = tool.read(block(), MultiDict({f"{KEY}:name": "Drawing", f"{KEY}:days": "99"}))
    assert not problems
    assert [one.field for one in tool.contextual_errors(block(), bare, None, given())] == ["days"]
    assert tool.empty(block(length=7))["days"] == 7


def test_beginning_without_a_name_asks_for_one() -> None:
    assert "Say what you want to practice." not in page(tool.empty(block())).words
    shown = page(press(tool.empty(block()), "begin"))
    assert "Say what you want to practice." in shown.words
    assert "Start today" in shown.buttons.values()


def test_a_day_that_was_said_is_one_line_and_todays_is_open() -> None:
    said = {"done_on": "2027-03-12", "tried": "Hands", "result": 4}
    shown = page(begun({"done_on": TODAY}, said))
    days = {one.get("data-row"): one for one in shown.root.iter("li") if one.get("data-row")}
    assert next(words_of(one) for one in days["k0"].iter("legend")) == "March 15, 2027"
    assert words_of(days["k1"]) == "March 12, 2027 Well · Hands Change the entry of March 12, 2027"
    assert shown.posted.getlist(f"{KEY}:rows-0-key") == ["k0"]


def test_a_day_is_changed_in_its_place_and_the_others_stay_as_they_were() -> None:
    days = [{"done_on": f"2027-03-{day}", "tried": f"Day {day}"} for day in (14, 13, 12, 11, 10)]
    answer, what = begun(*days), replace(given(), opened="k4")
    shown = page(answer, given=what)
    assert shown.posted[f"{KEY}:rows-0-tried~0"] == "Day 10"
    fold = next(one for one in shown.root.iter("details") if "Earlier days" in words_of(one))
    assert fold.get("open") is not None
    part, problems = tool.read(block(), sent(shown, {"rows-0-tried": "Day ten"}))
    assert not problems
    whole = tool.merge_posted(block(), part, answer, given())
    assert [row["tried"] for row in whole["rows"]] == ["Day 14", "Day 13", "Day 12", "Day 11", "Day ten"]
    assert whole["resting"] == ["k0", "k1", "k2", "k3"]


# Noting a day


def test_done_today_is_one_entry_however_often_the_button_is_pressed() -> None:
    shown = page(begun())
    button = next(value for value, words in shown.buttons.items() if words == "Done today")
    key = button.split("|")[2]
    once = press(begun(), "done", key)
    assert [(row["key"], row["done_on"]) for row in once["rows"]] == [(key, TODAY)]
    assert press(once, "done", key) == once
    shown = page(once)
    assert "Done today" not in shown.buttons.values()
    assert "You did it today." in shown.words
    more = next(value for value, words in shown.buttons.items() if words == "Log it again")
    assert len(press(once, "done", more.split("|")[2])["rows"]) == 2


def test_two_entries_of_one_day_are_told_apart() -> None:
    shown = page(begun({"done_on": TODAY, "tried": "a"}, {"done_on": TODAY, "tried": "b"}))
    names = [words for value, words in shown.buttons.items() if "|remove|" in value]
    assert sorted(names) == ["Remove the entry of March 15, 2027", "Remove the entry of March 15, 2027, entry 2"]


def test_a_day_that_has_not_come_is_refused_kindly() -> None:
    bare, _ = tool.read(block(), sent(page(begun()), {"rows-0-done_on": "2027-03-16", "rows-0-tried": "Hands"}))
    (problem,) = tool.contextual_errors(block(), bare, None, given())
    assert problem.field == "rows-0-done_on"
    assert "hasn't come yet" in problem.message
    assert "hasn't come yet" in page(tool.merge_posted(block(), bare, begun(), given()), problems=[problem]).words


def test_another_day_can_be_noted_and_needs_its_date() -> None:
    answer = typed(begun(), {"rows-0-done_on": "12 March 2027", "rows-0-tried": "Hands", "rows-0-result": "4"})
    (row,) = answer["rows"]
    assert (row["done_on"], row["tried"], row["result"]) == ("2027-03-12", "Hands", 4)
    undated = typed(begun(), {"rows-0-tried": "Hands"})
    (problem,) = tool.incomplete(block(), undated)
    assert problem.field == "rows-0-done_on"


def test_a_routine_keeps_what_its_steps_were_called() -> None:
    what = given(rows=STEPS)
    bare, problems = tool.read(
        block(kind="routine"),
        MultiDict(
            [
                (f"{KEY}:rows-0-{name}", one)
                for name, one in (("key", "a"), ("done_on", TODAY), ("steps", "s1"), ("steps", "s9"))
            ]
        ),
    )
    assert not problems
    answer = tool.merge_posted(block(kind="routine"), bare, None, what)
    assert answer["rows"][0]["steps"] == ["s1"]
    renamed = given(rows=(Item("s1", "Tea outside"),))
    shown = sheet(tool, block(kind="routine"), begun(*answer["rows"]), renamed)
    assert "Coffee outside" in shown.words
    assert "Coffee outside" in tool.long_form(block(kind="routine"), answer)


def test_each_kind_asks_its_own() -> None:
    row = {"done_on": TODAY}
    assert "What I tried" in page(begun(row), "skill").words
    assert "Mood before" in page(begun(row), "rest").words
    assert "Coffee outside" in page(begun(row), "routine", given=given(rows=STEPS)).words
    for kind in ("skill", "rest", "routine"):
        shown = page(begun(row), kind, given=given(rows=STEPS))
        assert not shown.unlabelled
        assert len(set(shown.ids)) == len(shown.ids)


# Its end


def test_the_question_comes_when_the_days_are_over_and_not_before() -> None:
    last = begun(begun_on="2027-03-02")
    assert "Let it go" not in page(last).buttons.values()
    over = begun(begun_on="2027-03-01")
    shown = page(over)
    assert "Your 14 days are up. Keep it, change it, or let it go?" in shown.words
    assert {"Keep it", "Change it", "Let it go"} <= set(shown.buttons.values())


def test_keep_change_and_drop() -> None:
    over = begun({"done_on": "2027-03-02"}, begun_on="2027-03-01")
    kept = press(over, "decide", "keep")
    assert (kept["begun_on"], kept["decision"]) == (TODAY, "keep")
    assert "Day 1 of 14" in page(kept).words
    changed = press(over, "decide", "change")
    assert "Start today" in page(changed).buttons.values()
    again_ = press(typed(changed, {"name": "Drawing hands"}), "begin")
    assert (again_["name"], again_["begun_on"]) == ("Drawing hands", TODAY)
    dropped = press(over, "decide", "drop")
    shown = page(dropped)
    assert "You let this one go. Your notes stay here." in shown.words
    assert "Done today" not in shown.buttons.values()
    assert "March 2, 2027" in shown.words
    assert press(dropped, "again")["name"] == ""
    with pytest.raises(UnknownButton):
        press(over, "decide", "explode")
    with pytest.raises(UnknownButton):
        press(over, "done", "../")


# What it shows


def test_nothing_is_said_of_days_without_an_entry() -> None:
    for kind in ("skill", "rest", "routine"):
        words = page(begun({"done_on": "2027-03-11"}), kind, given=given(rows=STEPS)).words.casefold()
        assert not any(word in words for word in ("streak", "missed", "in a row", "no entry", "not logged"))


def test_the_calendar_has_words_shapes_and_numbers() -> None:
    shown = page(begun({"done_on": "2027-03-11", "result": 4}, {"done_on": "2027-03-12"}))
    assert "Noted on March 11, 2027 (4), March 12, 2027." in shown.html
    assert "style=" not in shown.html
    assert shown.html.count("<rect") == 3, "two squares, and the frame of today"
    assert "Show it as a table" in shown.words
    assert "4 · Well" in shown.words
    assert '<svg class="calendar"' not in page(begun()).html


def test_the_twelve_weeks_begin_with_a_week() -> None:
    today = date.fromisoformat(TODAY)
    first = first_day(today)
    assert f"{first:%A}" == "Sunday"
    assert (today - first).days // 7 == 11
    weeks = Weeks(today, ("What I tried",), (), (), "calendar")
    before, now = (calendar([CalendarEntry(day, "<b>", {})], weeks) for day in (first - timedelta(days=1), today))
    assert before is not None
    assert now is not None
    assert before.picture == ""
    assert before.table.rows == (("December 26, 2026", ""),)
    assert "&lt;" in now.picture


def test_moods_are_told_with_numbers() -> None:
    rows = (
        {"done_on": TODAY, "before": -1, "after": 1},
        {"done_on": TODAY, "before": 0, "after": 1},
        {"done_on": TODAY},
    )
    words = page(begun(*rows), "rest").words
    assert "Mood, logged twice, from −2 to +2: −0.5 before on average, +1 after." in words


def test_every_day_that_was_read_can_be_changed_and_rests() -> None:
    first = date(2026, 11, 1)
    rows = [{"done_on": (first + timedelta(days=n)).isoformat(), "tried": f"Day {n}"} for n in range(60)]
    answer = tool.with_live_rows(block(), begun(*rows), given())
    assert len(answer["resting"]) == 60
    assert answer["rows"][0]["tried"] == "Day 59"
    shown = sheet(tool, block(), answer, given())
    assert len([one for one in shown.buttons.values() if one.startswith("Change the entry")]) == 60
    assert "Day 0" in shown.words
    bare, _ = tool.read(block(), posted(shown))
    assert canonical(bare) == canonical(tool.form_part(answer))
    assert len(tool.merge_posted(block(), bare, begun(*rows), given())["rows"]) == 60


def test_reads_back_what_it_shows() -> None:
    rows = ({"done_on": TODAY, "tried": "a\nb", "result": 5}, {"done_on": "2027-03-11", "before": -2, "after": 0})
    for kind in ("skill", "rest", "routine"):
        fields = {"skill": ("tried", "result"), "rest": ("before", "after"), "routine": ()}[kind]
        said = [{name: row[name] for name in row if name in ("done_on", *fields)} for row in rows]
        bare, problems = again(tool, block(kind=kind), begun(*said), given())
        assert problems == []
        assert canonical(bare) == canonical(tool.form_part(begun(*said)))


@example(some_text, some_text)
def test_any_text_is_kept(tried: str, name: str) -> None:
    shown = page(begun({"done_on": TODAY}))
    bare, problems = tool.read(block(), sent(shown, {"rows-0-tried": tried, "name": name}))
    assert not problems
    bare_again, _ = again(tool, block(), bare, given())
    assert canonical(bare_again) == canonical(bare) or not (bare["name"] and bare["begun_on"])


@pytest.mark.parametrize(
    "name", ["rows-0-done_on", "rows-0-result", "rows-0-key", "begun_on", "days", "skill", "decision"]
)
def test_hostile_values_are_problems_beside_their_fields(name: str) -> None:
    bare, problems = tool.read(block(), sent(page(begun({"done_on": TODAY})), {name: "'; -- ９"}))
    assert problems
    what = tool.merge_posted(block(), bare, begun(), given())
    page(what, problems=problems)
    tool.long_form(block(), what)


# What it teaches


def learned(user: User, answer: Answer, kind: str = "skill") -> frozenset[str]:
    return learn(tool, user, block(kind=kind), answer, AT)


@pytest.fixture
def taught(user: User) -> User:
    database.create_tables((PracticeRow, PracticeLog, SkillState))
    return user


def test_it_teaches_the_practice_its_days_and_the_skill(taught: User) -> None:
    row = {"done_on": TODAY, "tried": "Hands", "result": 4, "before": -1, "skill": "skill-1"}
    answer = begun(row, skill="skill-1", skill_name="Photography")
    assert learned(taught, answer) == {"practices"}
    assert learned(taught, answer) == frozenset()
    (practice,) = PracticeRow.select()
    assert (opened_column(taught, practice, "name"), practice.skill_id, practice.days) == ("Photography", "skill-1", 14)
    (log,) = PracticeLog.select()
    assert (log.practice_key, log.done_on, log.result) == (practice.id, TODAY, 4)
    assert (
        opened_column(taught, log, "tried"),
        opened_column(taught, log, "before"),
        opened_column(taught, log, "after"),
    ) == (
        "Hands",
        "-1",
        "",
    )
    assert [(one.skill_id, one.state) for one in SkillState.select()] == [("skill-1", "in progress")]
    assert learned(taught, tool.empty(block())) == {"practices"}
    assert not PracticeRow.select().count() + PracticeLog.select().count() + SkillState.select().count()


def results(*said: tuple[int, int | None]) -> list[tuple[str, int | None]]:
    return [(f"2027-03-{day:02}", result) for day, result in said]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], "not started"),
        ([(1, None)], "in progress"),
        ([(1, 5), (2, 5)], "in progress"),
        ([(1, 4), (2, 4), (3, 4)], "in progress"),
        ([(1, 4), (2, 5), (2, 4)], "in progress"),
        ([(1, 4), (2, 5), (3, 4)], "mastered"),
        ([(1, 1), (2, 5), (3, 4), (4, 4)], "mastered"),
        ([(1, 4), (2, 5), (3, 4), (4, 3)], "mastered"),
        ([(1, 4), (2, 5), (3, 4), (4, 2)], "review needed"),
        ([(1, 4), (2, 5), (3, 4), (4, 2), (5, 4)], "review needed"),
        ([(1, 4), (2, 5), (3, 4), (4, 2), (5, 4), (6, 4), (7, 5)], "mastered"),
    ],
)
def test_the_state_of_a_skill(said: list[tuple[int, int | None]], state: str) -> None:
    assert practice_state(results(*said)) == state


def test_a_line_and_a_long_form() -> None:
    answer = begun({"done_on": TODAY, "tried": "Hands\nand feet", "result": 4})
    assert tool.summary(block(), answer) == "Drawing, one day logged"
    assert tool.long_form(block(), answer).splitlines() == [
        "Drawing, 14 days from March 10, 2027",
        "– March 15, 2027",
        "  Hands",
        "  and feet",
        "  4 · Well",
    ]
    assert tool.long_form(block(), {"rows": answer["rows"]}).startswith("– March 15, 2027")


@pytest.mark.parametrize(
    "odd", [{}, {"rows": [{"key": "a"}]}, {"rows": None, "days": "x"}, {"rows": [{"key": "a", "steps": None}]}]
)
def test_an_answer_of_another_version_is_shown_calmly(odd: Answer) -> None:
    whole = tool.empty(block()) | odd
    page(whole)
    tool.show(block(), whole, Inputs(), {})
    tool.summary(block(), whole)
    tool.long_form(block(), whole)
    tool.incomplete(block(), whole)
