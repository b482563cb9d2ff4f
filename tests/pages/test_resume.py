"""A first resume: what a tree holds so far on one page, where each line comes from, what would make it stronger."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamtree.accounts.models import User
from dreamtree.resume.hints import NUMBER
from dreamtree.resume.lines import Space, first_sentence, latest_first, place_entry, years
from dreamtree.values import Item
from tests.conftest import Queries
from tests.examples import examples
from tests.page import Page, words_of
from tests.rules.strict_html import faults
from tests.visitor import Visitor

PAGE = "/resume"
STORY = "1.1.4.story-1"


def parts(page: Page) -> dict[str, str]:
    """The words under each heading of the sheet."""
    return {words_of(one.find("h2")): words_of(one) for one in page.all(".//article/section")}


def hints(page: Page) -> list[str]:
    return [words_of(one) for one in page.all(".//section[@class='section unprinted']//li/span")]


def tell_a_story(person: Visitor, **fields: str) -> None:
    path = "/workbook/1.1.4"
    page = person.get(path)
    if not page.has(".//form[@id='exercise']"):
        page = person.press(page, "Skip everything before this")
    names = {name.split("~")[0].removeprefix(f"{STORY}:"): name for name in person.open(path).form()}
    person.save(path, fields={names[name]: words for name, words in fields.items()})


def test_an_empty_tree_says_what_would_begin_it(person: Visitor) -> None:
    page = person.get(PAGE)
    assert "Nothing here yet." in page.words
    assert words_of(page.one(".//h2")) == "To get started"
    assert hints(page)[0] == "One story of something you did."
    assert not page.has(".//main//form")


def test_the_name_on_it_is_said_there_sealed_and_taken_away_again(person: Visitor) -> None:
    tell_a_story(person, title="The blue gate", situation="It hung.", action="I rehung it. Twice.", result="It closes.")
    assert words_of(person.get(PAGE).one(".//h1")) == "A first resume"
    page = person.press(person.get(PAGE), "Save the name", {"display_name": "  Zoë   Ångström "})
    assert faults(page.html) == []
    assert words_of(page.one(".//article//h1")) == "Zoë Ångström"
    assert "Saved." in page.words
    assert "Zoë Ångström" in person.get("/home").words
    assert "Zoë Ångström" not in str(User.get().__data__["display_name"].envelope)
    assert "Zoë Ångström" in person.press(person.get("/data"), "Save a copy").html
    page = person.press(page, "Save the name", {"display_name": " "})
    assert words_of(page.one(".//h1")) == "A first resume"
    assert User.get().display_name is None


def test_a_name_that_is_too_long_stays_in_its_field(person: Visitor) -> None:
    tell_a_story(person, title="The blue gate", situation="It hung.", action="I rehung it. Twice.", result="It closes.")
    page = person.press(person.get(PAGE), "Save the name", {"display_name": "n" * 203})
    assert page.status == 422
    assert "That's 3 characters over the 200 that fit here." in page.words
    assert page.by_id("display-name").get("value") == "n" * 203
    assert faults(page.html) == []


def test_one_story_is_enough_for_a_page_and_for_home_to_lead_there(person: Visitor) -> None:
    assert not person.get("/home").has(f".//a[@href='{PAGE}']")
    tell_a_story(person, title="The blue gate", situation="It hung.", action="I rehung it. Twice.", result="It closes.")
    page = person.get(PAGE)
    assert list(parts(page)) == ["Stories"]
    assert "The blue gate" in parts(page)["Stories"]
    assert "I rehung it. It closes." in parts(page)["Stories"]
    assert "Twice" not in parts(page)["Stories"]


def test_the_exercise_of_the_first_story_and_home_lead_there(sample: Visitor) -> None:
    for path in ("/workbook/1.1.4", "/home"):
        assert sample.get(path).has(f".//main//a[@href='{PAGE}']"), path


def test_everything_stands_in_its_part(sample: Visitor) -> None:
    page = sample.get(PAGE)
    assert words_of(page.one(".//h1")) == "Mara"
    told = parts(page)
    assert list(told) == ["Experience", "Stories", "Learning", "Skills"]
    assert told["Experience"].index("Nurse, 4 West") < told["Experience"].index("Linden House")
    assert "Nursing school" in told["Learning"]
    assert "Nursing school" not in told["Experience"]
    assert "Explaining complicated things simply" in told["Skills"]


def test_each_line_says_where_it_comes_from_and_none_of_it_prints(sample: Visitor) -> None:
    page = sample.get(PAGE)
    notes = [one for one in page.all(".//article//*") if "resume__change" in (one.get("class") or "")]
    assert all("unprinted" in one.get("class", "") for one in notes)
    assert len(notes) >= 10
    links = [one.find("a") for one in notes]
    assert {words_of(one) for one in notes if "Nurse, 4 West" in words_of(one)} == {
        "Change: Nurse, 4 West from Everything I have done"
    }
    for link in links[:3]:
        assert link is not None
        assert sample.get(link.get("href", "").partition("#")[0]).status == 200


def test_what_others_said_stands_on_it_only_when_it_is_asked_for(sample: Visitor) -> None:
    assert "What others say" not in sample.get(PAGE).words
    asked = sample.get(f"{PAGE}?private=yes")
    assert "Private: What others say" in parts(asked)
    assert asked.by_id("private").get("checked") is not None


def test_it_asks_each_source_once_and_others_only_when_asked(sample: Visitor, queries: Queries) -> None:
    counted = []
    for path in (PAGE, f"{PAGE}?private=yes"):
        sample.get(path)
        queries.clear()
        sample.get(path)
        counted.append(len(queries))
    assert counted[1] == counted[0] + 1
    assert counted[0] <= 9, "\n".join(queries)


def test_it_names_what_is_missing_and_where_it_is_asked(person: Visitor) -> None:
    tell_a_story(person, situation="It hung.", action="I rehung it.", result="It closes.")
    page = person.get(PAGE)
    assert hints(page) == [
        "The places where you've worked, helped, or learned.",
        "A line about who you are at work.",
        "Your skills, in your own order.",
    ]
    assert page.has(".//main//a[@href='/workbook/1.1.2']")


@pytest.mark.parametrize("task", ["Trained 12 people", "Recorded forty paths", "Asked Eleven people", "A dozen shifts"])
def test_a_number_in_words_is_a_number(task: str) -> None:
    assert NUMBER.search(task)


@pytest.mark.parametrize("task", ["Ran the canteen", "Often weighty", "Once upon a time", "Trained everyone"])
def test_what_only_looks_like_a_number_is_none(task: str) -> None:
    assert not NUMBER.search(task)


def test_a_resume_of_somebody_else_is_empty_here(person: Visitor, stranger: Visitor) -> None:
    tell_a_story(stranger, situation="It hung.", action="The stranger rehung it.", result="It closes.")
    assert "stranger rehung" not in person.get(PAGE).html


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("I drew it. Then I went home.", "I drew it."),
        ("I drew it", "I drew it."),
        ("Did it\nwork?  Yes.", "Did it work?"),
        ("It cost 3.50 in all. Twice.", "It cost 3.50 in all."),
    ],
)
def test_a_story_is_told_by_its_first_sentences(said: str, line: str) -> None:
    assert first_sentence(said) == line


def place(**fields: Any) -> Item:
    return Item("a", fields.pop("title", "A place"), {"where": "", "from": "", "to": "", "tasks": (), **fields})


def test_the_latest_place_comes_first_and_one_without_a_date_last() -> None:
    old, now, bare = (
        place(title="Old", to="2019"),
        place(title="Now", **{"from": "2015", "to": "now"}),
        place(title="Bare"),
    )
    assert [one.text for one in latest_first([bare, old, now])] == ["Now", "Old", "Bare"]
    assert [years(one) for one in (old, now, bare)] == ["2019", "2015 to present", ""]


@settings(max_examples=examples(50))
@given(st.lists(st.lists(st.text("ab ", max_size=300), max_size=9), max_size=30))
def test_no_tree_takes_more_than_the_room_there_is(tasks: list[list[str]]) -> None:
    space = Space(12)
    entries = [place_entry(place(tasks=tuple(one)), space) for one in tasks]
    assert space.lines >= 0
    assert sum(1 + len(one.lines) for one in entries if one) <= 12
    assert all(len(one.lines) + one.left_out == len(said) for one, said in zip(entries, tasks, strict=True) if one)
