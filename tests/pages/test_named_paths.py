"""Paths that somebody names where their years are drawn are known on the pages that follow."""

from tests.page import words_of
from tests.rules.recipes import in_its_form, typing
from tests.visitor import Visitor

YEAR = {
    "rows_0_text": "Own a small bakery",
    "rows_0_entries_0_text": "Night shifts at a bakery",
    "rows_0_entries_0_year": "1",
    "rows_0_entries_0_lane": "work",
}
name_a_path = in_its_form("2.4.1.timelines", "Own a small bakery", **YEAR)


def begun_at(person: Visitor, path: str) -> None:
    person.press(person.get(path), "Skip everything before this")


def test_a_path_that_was_named_by_hand_has_its_gauges_and_questions(person: Visitor) -> None:
    begun_at(person, "/workbook/2.5.2")
    name_a_path(person)
    gauges = person.get("/workbook/2.4.2")
    assert "Own a small bakery" in words_of(gauges.by_id("b-2-4-2-gauges-body"))
    assert "What would you call this path?" not in gauges.words
    questions = person.open("/workbook/2.4.3")
    chosen = [one for one in questions.all(".//select/option") if one.text == "Own a small bakery"]
    assert chosen


def test_a_path_that_was_named_by_hand_has_its_place_and_is_the_one_to_try_first(person: Visitor) -> None:
    begun_at(person, "/workbook/2.5.2")
    name_a_path(person)
    page = person.open("/workbook/2.4.4")
    assert "Own a small bakery" in words_of(page.by_id("b-2-4-4-standing-body"))
    in_its_form("2.4.4.standing", "", rows_0_bucket="first")(person)
    assert "Own a small bakery" in person.get("/my-story").words
    assert "Own a small bakery" not in person.get("/resume").words
    assert "What would you call this path?" not in person.get("/workbook/2.4.2").words


def test_where_paths_were_chosen_only_those_go_on(person: Visitor) -> None:
    begun_at(person, "/workbook/2.5.2")
    typing("2.3.3.paths", "rows-0-text", "Makes maps by hand")(person)
    in_its_form("2.4.1.timelines", "", **{name: words for name, words in YEAR.items() if name != "rows_0_text"})(person)
    gauges = words_of(person.get("/workbook/2.4.2").by_id("b-2-4-2-gauges-body"))
    assert gauges.count("Makes maps by hand") >= 1
    assert "Path 1" not in gauges
