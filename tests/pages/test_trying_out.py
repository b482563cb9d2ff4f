"""Trying paths out: which path a question is about, the first of them as tests, which path comes first, and home."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dreamtree.profile.paths import CAREER_OPTIONS
from tests.claimed import current_of
from tests.rules.recipes import write
from tests.rules.touching import section
from tests.visitor import Visitor

PATHS, QUESTIONS, TESTS, STANDING = "2.3.3.paths", "2.4.3.questions", "2.4.4.tests", "2.4.4.standing"
TITLES = {"now": "Makes maps", "instead": "Writes for the bus", "free": "Makes buildings"}
TEST = "An hour at the office"


def with_paths(visitor: Visitor) -> None:
    write(visitor, PATHS, {f"rows-{n}-text": title for n, title in enumerate(TITLES.values())})


def with_questions(visitor: Visitor) -> None:
    asked = (("Is it work?", "now"), ("Who pays?", "instead"), ("How often?", "now"))
    fields = {f"rows-{n}-text": words for n, (words, _) in enumerate(asked)}
    write(visitor, QUESTIONS, fields | {f"rows-{n}-fields-path": path for n, (_, path) in enumerate(asked)})


def told(visitor: Visitor, block: str) -> str:
    page = visitor.open(f"/workbook/{block.rpartition('.')[0]}")
    return " ".join(" ".join(section(page, block).itertext()).split())


def test_a_question_is_about_one_of_the_paths(person: Visitor) -> None:
    with_paths(person)
    write(person, QUESTIONS, {})
    assert "Which path it's about Choose one Makes maps Writes for the bus" in told(person, QUESTIONS)
    with_questions(person)
    assert "Is it work? Makes maps" in told(person, QUESTIONS)
    write(person, PATHS, {"rows-0-text": "Draws maps"})
    assert "Is it work? Draws maps" in told(person, QUESTIONS)


def test_a_title_that_ends_a_sentence_gets_no_second_period(person: Visitor) -> None:
    write(person, PATHS, {"rows-0-text": "Makes maps.", "rows-1-text": "Writes", "rows-2-text": "Builds"})
    scores = {f"rows-0-scores-{key}": "50" for key in ("resources", "liking", "confidence", "coherence")}
    write(person, "2.4.2.gauges", scores | {"rows-0-pays": "yes"})
    page = person.open("/workbook/2.4.3")
    assert "Makes maps. What I have to start with: 50" in page.words


def test_without_paths_no_choice_is_asked_for(person: Visitor) -> None:
    write(person, QUESTIONS, {"rows-0-text": "Is it work?"})
    assert "Which path" not in told(person, QUESTIONS)


def test_the_first_question_of_each_path_begins_a_test(person: Visitor) -> None:
    with_paths(person)
    with_questions(person)
    write(person, TESTS, {"rows-0-fields-test": TEST})
    words = told(person, TESTS)
    assert "Makes maps Is it work?" in words
    assert "Writes for the bus Who pays?" in words
    assert "How often?" not in words


def test_where_a_path_stands_is_known_of_it(person: Visitor) -> None:
    with_paths(person)
    write(person, STANDING, {"rows-0-bucket": "second", "rows-1-bucket": "first", "rows-2-bucket": "parked"})
    known = CAREER_OPTIONS.items(current_of(person).user, {"paths": True})
    assert {one.text: one.fields["standing"] for one in known} == {
        "Makes maps": "second",
        "Writes for the bus": "first",
        "Makes buildings": "parked",
    }


def test_only_one_path_is_first(person: Visitor) -> None:
    with_paths(person)
    write(person, STANDING, {"rows-0-bucket": "first", "rows-1-bucket": "first", "rows-2-bucket": "parked"})
    assert "Choose one to move." in told(person, STANDING)


@pytest.mark.parametrize("way", ["%B %d, %Y", "%B %d", "%A, %b %d"])
def test_home_asks_for_a_week_how_a_test_went(person: Visitor, way: str) -> None:
    now = datetime.now(UTC)
    said = {"text": "Is it work?", "fields-test": TEST, "fields-day": f"{now + timedelta(days=2):{way}}"}
    write(person, TESTS, {f"rows-0-{name}": one for name, one in said.items()})
    asked = f"How did it go: {TEST}?"
    assert asked not in person.open("/home").words
    with time_machine.travel(now + timedelta(days=4), tick=False):
        assert asked in person.open("/home").words
    with time_machine.travel(now + timedelta(days=12), tick=False):
        assert asked not in person.open("/home").words


@pytest.mark.parametrize("today", [(12, 29), (1, 2)])
def test_a_day_without_a_year_that_was_just_before_is_not_the_coming_one(
    start: Callable[[], Visitor], today: tuple[int, int]
) -> None:
    now = datetime(2027, *today, 12, tzinfo=UTC)
    said = {"text": "Is it work?", "fields-test": TEST, "fields-day": f"{now - timedelta(days=3):%B %d}"}
    with time_machine.travel(now, tick=False):
        person = start()
        write(person, TESTS, {f"rows-0-{name}": one for name, one in said.items()})
        assert f"How did it go: {TEST}?" in person.open("/home").words


def test_home_asks_nothing_once_it_is_said_what_happened(person: Visitor) -> None:
    now = datetime.now(UTC)
    said = {"text": "Is it work?", "fields-test": TEST, "fields-day": "Some Tuesday"}
    write(person, TESTS, {f"rows-0-{name}": one for name, one in said.items()})
    with time_machine.travel(now + timedelta(days=8), tick=False):
        assert f"How did it go: {TEST}?" in person.open("/home").words
        page = person.open(f"/workbook/2.4.4?change={TESTS}")
        fields = dict(page.form())
        happened = next(name for name in fields if name.startswith(f"{TESTS}:rows-0-fields-happened"))
        person.client.post("/workbook/2.4.4", data={**fields, happened: "They were busy", "do": "save"})
        assert "How did it go" not in person.open("/home").words
