"""The first page, home, credits, and the sample tree."""

from itertools import takewhile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree.accounts.models import User
from dreamtree.content import book
from dreamtree.home.samples import PEOPLE, persona
from dreamtree.profile.provenance import exercise_of
from dreamtree.tools.wording import in_words
from tests.databases import run
from tests.page import Page, words_of
from tests.rules.seeded import EXERCISE_FILES
from tests.rules.test_walk import onward
from tests.visitor import Visitor


def test_the_first_answer_makes_a_tree_and_stands_in_it(person: Visitor) -> None:
    page = person.get("/workbook/1.1.1")
    assert len(page.all(".//input[@name='1.1.1.brings:value'][@checked]")) == 1
    assert "Saved" in words_of(page.by_id("b-1-1-1-brings-status"))


def test_the_first_page_says_how_much_there_is(client: FlaskClient) -> None:
    minutes = [one["minutes"] for one in EXERCISE_FILES]
    count, hours = len(minutes), in_words(round(sum(minutes) / 60))
    words = f"{count} exercises here, about {hours} hours in all, {min(minutes)} to {max(minutes)} minutes at a time."
    assert words in Visitor(client).get("/").words


def test_starting_with_nothing_chosen_asks_and_makes_nobody(client: FlaskClient) -> None:
    visitor = Visitor(client)
    page = visitor.press(visitor.get("/"), "Start on my own device")
    assert page.status == 422
    assert "Choose the closest one" in page.words
    assert User.select().count() == 0


@pytest.mark.parametrize("value", ["made up", "x" * 10_000, "\0", ""])
def test_a_made_up_first_answer_makes_nobody(client: FlaskClient, value: str) -> None:
    visitor = Visitor(client)
    page = visitor.press(visitor.get("/"), "Start on my own device", {"1.1.1.brings:value": value})
    assert page.status == 422
    assert User.select().count() == 0


def test_somebody_whose_tree_is_open_goes_on_with_it(person: Visitor) -> None:
    page = person.get("/")
    assert "Your tree is open in this browser" in page.words
    token = page.all(".//input[@name='csrf_token']")[0].get("value", "")
    sent = {"csrf_token": token, "1.1.1.brings:value": "gap", "device": "own"}
    before = person.get("/workbook/1.1.1").form()["1.1.1.brings:value"]
    person.client.post("/start", data=sent)
    assert User.select().count() == 1
    assert person.get("/workbook/1.1.1").form()["1.1.1.brings:value"] == before


def test_home_greets_and_leads_on(frozen: object, person: Visitor) -> None:
    page = person.get("/home")
    assert words_of(page.one(".//h1")) == "Good morning"
    link = page.one(".//section[@class='goon']//a")
    assert link.get("href") == "/workbook/1.1.1"
    assert "0 of" in page.words


MANY_MOMENTS = """INSERT INTO flow_entries (user_id, id, block_key, item_key, position, written_at, activity, reason,
happened, happened_on, part_of_day) WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers
WHERE n < 1001) SELECT id, 'm' || n, '1.3.3.week', 'm' || n, n, '', '', '', '', '', '' FROM users, numbers"""


def test_home_counts_what_is_there_and_of_very_much_says_so(person: Visitor) -> None:
    run(MANY_MOMENTS)
    assert "more than 1,000 moments of flow" in person.get("/home").words
    run("DELETE FROM flow_entries WHERE id = 'm1'")
    assert "1000 moments of flow" in person.get("/home").words
    assert "more than" not in person.get("/home").words
    run("DELETE FROM flow_entries WHERE id <> 'm2'")
    assert "1 moment of flow" in person.get("/home").words


def test_home_says_when_everything_is_passed(person: Visitor) -> None:
    page = person.get("/workbook/1.1.1")
    while page.response.request.path != "/home":
        page = onward(person, person.press(page, "Skip for now"))
    goon = words_of(page.one(".//section[@class='goon']"))
    assert goon == "Continue You've done or skipped every exercise that's here so far."


def test_home_goes_on_with_what_was_taken_up_again_after_all_was_passed(person: Visitor) -> None:
    person.press(person.get("/workbook/1.5.3"), "Skip everything before this")
    for one in [one.id for one in book().exercises if one.id not in ("1.1.6", "1.1.9")]:
        person.save(f"/workbook/{one}", "not-now")
    page = person.get(person.press(person.get("/home"), "Open it again: My top ten").response.request.path)
    goon = words_of(person.get("/home").one(".//section[@class='goon']"))
    assert "Continue with My top ten" in goon
    assert "It comes next" in goon
    assert page.response.request.path == "/workbook/1.1.6"


def test_all_that_is_for_later_is_taken_up_at_once(person: Visitor) -> None:
    person.press(person.get("/workbook/1.5.3"), "Skip everything before this")
    home = person.get("/home")
    before = list(takewhile(lambda one: one.id != "1.5.3", book().exercises))
    later = [one for one in before if one.id not in book().short_way]
    assert f"For later: {len(later)} exercises" in home.words
    after = person.press(home, f"Put all {len(later)} back")
    assert after.response.request.path == "/home"
    assert "Those exercises are back in your workbook." in after.words
    assert "For later" not in after.words
    assert "Open it again: My top ten" in after.words
    assert "Open it again: Places" not in after.words


def test_what_a_sample_tree_lacks_is_no_fault_to_look_up(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.press(visitor.get("/"), "Look at a sample tree")
    page = visitor.get("/account/claim")
    assert "Start your own" in page.words
    assert page.response.headers["X-Request-Id"] not in page.response.text


@pytest.mark.parametrize("name", PEOPLE)
def test_a_sample_tree_is_full_and_says_what_it_is(client: FlaskClient, name: str) -> None:
    visitor = Visitor(client)
    page = visitor.press(visitor.get("/"), "Look at a sample tree", {"who": name})
    assert page.response.request.path == "/home"
    assert "This is a sample tree" in page.words
    assert persona(name)["display_name"] in words_of(page.one(".//h1"))
    assert "skills named" in page.words
    done = {exercise_of(one["block"]) for one in persona(name)["answer"]}
    for part in (one for one in book().parts if any(one.exercises)):
        here = {one.id for one in part.exercises}
        assert f"{len(done & here)} of {len(here)} done" in page.words
    assert "Needs another look" not in page.words


def test_a_made_up_sample_person_is_refused(client: FlaskClient) -> None:
    visitor = Visitor(client)
    token = visitor.get("/").all(".//input[@name='csrf_token']")[0].get("value", "")
    assert client.post("/sample", data={"csrf_token": token, "who": "../mara"}).status_code == 400
    assert User.select().count() == 0


def test_a_sample_tree_leaves_ones_own_untouched(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.line:value": "My own line"})
    person.press(person.get("/"), "Look at a sample tree")
    assert "My own line" not in person.get("/workbook/1.1.1").html
    person.client.delete_cookie("sample")
    assert person.get("/workbook/1.1.1").form()["1.1.1.line:value"] == ["My own line"]


def test_too_many_sample_trees_from_one_place_have_to_wait(app: Flask, frozen: object) -> None:
    codes = []
    for _ in range(7):
        visitor = Visitor(app.test_client())
        codes.append(visitor.press(visitor.get("/"), "Look at a sample tree").status)
    assert codes[:5] == [200] * 5
    assert codes[-1] == 429


def test_credits_name_every_source_and_where_it_is_used(client: FlaskClient) -> None:
    page = Page(client.get("/credits"))
    assert len(page.all(".//ul[@class='ledger credits']/li")) >= 18
    assert page.has(".//a[@href='/workbook/1.1.4']")
