"""Settings: the time zone, told once by the browser or chosen here, and whether private answers are folded."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from dreamtree.accounts.models import User
from tests.page import Page, words_of
from tests.visitor import PARTIAL, Visitor

FIRST = "/workbook/1.1.1"
LINE = "1.1.1.line:value"
ZONE = ".//main//form//input[@name='time_zone']"


def zone_in_the_tree() -> str:
    return str(User.select().order_by(User.created_at).first().time_zone)


def test_settings_say_what_time_it_is_for_you(frozen: time_machine.Traveller, person: Visitor) -> None:
    page = person.get("/settings")
    assert "It’s Monday 9:00 AM where you are." in page.words
    assert "so this is UTC" in page.words


def test_a_chosen_clock_is_the_one_that_counts(frozen: time_machine.Traveller, person: Visitor) -> None:
    frozen.move_to(datetime(2027, 3, 1, 10, 30, tzinfo=UTC))
    page = person.press(person.get("/settings"), "Save the time zone", {"time_zone": "Pacific/Tongatapu"})
    assert page.response.request.path == "/settings"
    assert "Saved." in page.words
    assert "It’s Monday 11:30 PM where you are." in page.words
    assert page.fields_in(page.one(".//form[@action='/settings']"))["time_zone"] == ["Pacific/Tongatapu"]
    person.save(FIRST, fields={LINE: "Before midnight"})
    frozen.move_to(datetime(2027, 3, 1, 11, 0, tzinfo=UTC))
    assert words_of(person.get("/home").one(".//h1")) == "Good evening"
    assert "Saved Mar 1, 2027" in words_of(person.get(FIRST).by_id("b-1-1-1-line-status"))


def test_a_british_browser_gets_british_dates_and_nothing_else_changes(
    frozen: time_machine.Traveller, person: Visitor
) -> None:
    person.save(FIRST, fields={LINE: "Before midnight"})
    frozen.move_to(datetime(2027, 3, 2, 14, 5, tzinfo=UTC))
    for language, clock, saved in (
        ("en-GB,en-US;q=0.8", "It’s Tuesday 14:05 where you are.", "Saved 1 Mar 2027"),
        ("en-CA", "It’s Tuesday 2:05 PM where you are.", "Saved Mar 1, 2027"),
        ("", "It’s Tuesday 2:05 PM where you are.", "Saved Mar 1, 2027"),
    ):
        asked = {"Accept-Language": language}
        assert clock in Page(person.client.get("/settings", headers=asked)).words
        page = Page(person.client.get(FIRST, headers=asked))
        assert saved in words_of(page.by_id("b-1-1-1-line-status"))
        assert "Accept-Language" in page.response.headers["Vary"]


@pytest.mark.parametrize("nonsense", ["", "Mars/Olympus", "../etc/passwd", "x" * 10_000, "<b>"])
def test_a_clock_that_does_not_exist_is_refused_with_words(person: Visitor, nonsense: str) -> None:
    page = person.press(person.get("/settings"), "Save the time zone", {"time_zone": nonsense})
    assert page.status == 422
    assert "Choose a place from the list" in page.words
    assert (page.one(".//title").text or "").startswith("Error:")
    assert page.by_id("time-zone").get("aria-invalid") == "true"
    assert zone_in_the_tree() == ""


def test_private_answers_can_be_hidden_here(person: Visitor) -> None:
    person.press(person.get("/settings"), "Hide private answers")
    page = person.get("/settings")
    assert "They’re hidden on every page" in page.words
    person.press(page, "Show private answers")
    assert "They’re showing" in person.get("/settings").words


@pytest.mark.parametrize("place", ["/home", FIRST, "/settings"])
def test_settings_are_found_from_everywhere(person: Visitor, place: str) -> None:
    assert person.get(place).has(".//a[@href='/settings']")


def test_the_first_form_tells_the_time_zone(client: FlaskClient) -> None:
    visitor = Visitor(client)
    landing = visitor.get("/")
    assert len(landing.all(ZONE)) == 2
    first = landing.all(".//main//input[@type='radio']")[0]
    told = {first.get("name", ""): first.get("value", ""), "time_zone": "Asia/Kathmandu"}
    page = visitor.press(landing, "Start on my own device", told)
    assert zone_in_the_tree() == "Asia/Kathmandu"
    assert not page.has(ZONE)


def test_a_sample_tree_has_the_visitors_clock(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.press(visitor.get("/"), "Look at a sample tree", {"time_zone": "Pacific/Pago_Pago"})
    assert zone_in_the_tree() == "Pacific/Pago_Pago"


def test_a_page_tells_it_while_it_is_not_known(person: Visitor) -> None:
    page = person.get(FIRST)
    assert page.form()["time_zone"] == [""]
    person.save(FIRST, fields={LINE: "A line", "time_zone": "Europe/Lisbon"})
    assert zone_in_the_tree() == "Europe/Lisbon"
    assert "time_zone" not in person.get(FIRST).form()


def test_an_autosave_tells_it_too(person: Visitor) -> None:
    sent = {LINE: "A line", "autosave": "1", "time_zone": "Europe/Lisbon"}
    assert person.fragment(FIRST, "1.1.1.line", sent).status == 200
    assert zone_in_the_tree() == "Europe/Lisbon"


@pytest.mark.parametrize("nonsense", ["", "Mars/Olympus", "../etc/passwd", "x" * 10_000])
def test_nonsense_from_a_browser_is_ignored(person: Visitor, nonsense: str) -> None:
    assert person.save(FIRST, fields={LINE: "A line", "time_zone": nonsense}).status == 200
    assert zone_in_the_tree() == ""
    assert person.get(FIRST).form()[LINE] == ["A line"]


def test_a_browser_never_overrules_what_is_known(person: Visitor) -> None:
    sent = person.get(FIRST).form() | {LINE: "A line", "time_zone": "Europe/Lisbon"}
    person.press(person.get("/settings"), "Save the time zone", {"time_zone": "Asia/Kathmandu"})
    person.client.post(FIRST, data=sent)
    person.client.post("/start", data=sent | {"1.1.1.brings:value": "gap", "device": "own"})
    assert zone_in_the_tree() == "Asia/Kathmandu"


def test_a_page_of_another_tree_tells_this_one_nothing(person: Visitor, stranger: Visitor) -> None:
    theirs = {"person": stranger.get(FIRST).form()["person"]}
    sent = person.get(FIRST).form() | theirs | {"time_zone": "Europe/Lisbon"}
    assert Page(person.client.post(f"{FIRST}/1.1.1.line", data=sent, headers=PARTIAL)).status == 409
    assert zone_in_the_tree() == ""
