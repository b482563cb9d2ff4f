"""Home asks once a day for what runs day by day, and is silent about the days that went by."""

import pytest
import time_machine

from tests.page import Page, words_of
from tests.rules.recipes import levels, write
from tests.visitor import Visitor

DAY = 24 * 60 * 60
WEEK, PRACTICE = "1.3.3.week", "1.5.1.practice"
ASKS = "Got three lines for your flow log"


def today_on(page: Page) -> str:
    """What stands under *Today*; "" where there is no such part."""
    parts = [part for part in page.all(".//section") if part.findtext("h2") == "Today"]
    return words_of(parts[0]) if parts else ""


def note_something(visitor: Visitor) -> None:
    write(visitor, WEEK, {"rows-0-activity": "Drew the way to the ward", "rows-0-energy": "2"})


def test_a_week_of_noticing_is_asked_for_on_each_of_its_days(frozen: time_machine.Traveller, person: Visitor) -> None:
    assert today_on(person.get("/home")) == ""
    note_something(person)
    assert today_on(person.get("/home")) == "", "today is written already"
    for _ in range(6):
        frozen.shift(DAY)
        assert ASKS in today_on(person.get("/home"))
    frozen.shift(DAY)
    assert today_on(person.get("/home")) == "", "its seven days are over"


def test_a_practice_is_asked_for_until_it_is_logged(frozen: time_machine.Traveller, person: Visitor) -> None:
    write(person, PRACTICE, {"name": "One drawing a day", "days": "7"}, do=f"{PRACTICE}|begin|")
    assert "One drawing a day Day 1 of 7." in today_on(person.get("/home"))
    done = next(one for one in person.get("/workbook/1.5.1").buttons() if one.startswith(f"{PRACTICE}|done|"))
    write(person, PRACTICE, {}, do=done)
    assert today_on(person.get("/home")) == ""
    frozen.shift(3 * DAY)
    words = today_on(person.get("/home"))
    assert "Day 4 of 7." in words
    assert "missed" not in words


@pytest.mark.parametrize(("decision", "left"), [("keep", "Day 1 of 7."), ("drop", "")])
def test_after_its_days_a_practice_is_decided_once(
    frozen: time_machine.Traveller, person: Visitor, decision: str, left: str
) -> None:
    write(person, PRACTICE, {"name": "One drawing a day", "days": "7"}, do=f"{PRACTICE}|begin|")
    frozen.shift(7 * DAY)
    assert "Keep it, change it, or let it go?" in today_on(person.get("/home"))
    write(person, PRACTICE, {}, do=f"{PRACTICE}|decide|{decision}")
    assert left in today_on(person.get("/home"))
    assert bool(today_on(person.get("/home"))) is bool(left)


def test_a_year_after_the_levels_home_asks_once_whether_they_moved(
    frozen: time_machine.Traveller, person: Visitor
) -> None:
    levels("Working things out", "4")(person)
    frozen.shift(364 * DAY)
    assert "Has anything moved?" not in person.get("/home").words
    frozen.shift(DAY)
    home = person.get("/home")
    assert "My level It’s been a year since you did this. Has anything moved?" in today_on(home)
    assert "Has anything moved?" not in today_on(person.press(home, "Not this year: My level"))


def test_a_week_after_people_were_asked_home_asks_whether_anyone_wrote_back(
    frozen: time_machine.Traveller, person: Visitor
) -> None:
    asked, asks = "1.1.9.people", "Did anyone write back?"
    for row, name in enumerate(("Rafi", "Ana", "Jo")):
        write(person, asked, {f"rows-{row}-text": name})
    frozen.shift(6 * DAY)
    assert today_on(person.get("/home")) == ""
    frozen.shift(DAY)
    words = today_on(person.get("/home"))
    assert asks in words
    assert "Rafi" not in words
    write(person, asked, {"rows-0-fields-words": "You stayed."})
    assert today_on(person.get("/home")) == ""


def test_a_line_of_today_leads_to_where_it_is_written(person: Visitor) -> None:
    write(person, PRACTICE, {"name": "One drawing a day", "days": "7"}, do=f"{PRACTICE}|begin|")
    link = next(one for one in person.get("/home").all(".//a") if "One drawing a day" in words_of(one))
    path, _, anchor = link.get("href", "").partition("#")
    assert person.get(path).has(f".//*[@id='{anchor}']")


def test_another_failure_is_asked_for_once_a_week_for_four_weeks(
    frozen: time_machine.Traveller, person: Visitor
) -> None:
    asks = "Did something go wrong this week that you’d like to turn over?"
    told = {"happened": "Burned the pan", "told": "I can't cook", "reframe": "I was on the phone"}
    write(person, "2.2.4.reframe-1", dict(told))
    days = {6: False, 7: True, 9: False, 28: True, 35: False}
    for before, day in zip([0, *days], days, strict=False):
        frozen.shift((day - before) * DAY)
        assert (asks in today_on(person.get("/home"))) == days[day], day
    frozen.shift(-7 * DAY)
    write(person, "2.2.4.reframe-2", dict(told))
    frozen.shift(7 * DAY)
    assert asks not in today_on(person.get("/home")), "both are turned over"
