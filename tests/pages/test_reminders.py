"""The honest reminder of a tree without an account: after the first story and once a module, in one line."""

import pytest
from flask import Flask

from dreamtree.accounts.models import Session, Snooze, User
from tests.page import Page
from tests.rules.strict_html import faults
from tests.visitor import Visitor

WORDS = "Only this browser can open these answers. If you clear its data, they're gone, and we can't get them back."
SHARED = "Only this browser can open these answers, until you leave or you're away for 20 minutes."
NEXT, SUMMARY = "/workbook/1.1.5", "/workbook/modules/1.1"


def reminded(page: Page) -> bool:
    assert faults(page.html) == []
    return WORDS in page.words


@pytest.mark.parametrize("path", [NEXT, SUMMARY])
def test_it_stands_after_the_first_story_and_at_the_end_of_a_module(filled: Visitor, path: str) -> None:
    page = filled.get(path)
    assert reminded(page)
    assert page.words.count(WORDS) == 1
    form = page.one(".//form[@action='/snooze']")
    assert [link.text for link in form.iter("a")] == ["Make an account", "Save a copy"]
    assert [link.get("href") for link in form.iter("a")] == ["/account/claim", "/data"]


@pytest.mark.parametrize("path", ["/home", "/workbook", "/workbook/1.1.3", "/workbook/1.1.4", "/workbook/1.1.9"])
def test_it_stands_nowhere_else(filled: Visitor, path: str) -> None:
    assert not reminded(filled.get(path))


def test_before_there_is_a_story_nothing_is_said(person: Visitor) -> None:
    assert not reminded(person.get(NEXT))
    assert not reminded(person.get("/workbook/modules/1.2")), "nothing was made there"


def test_not_now_is_for_this_line_alone(filled: Visitor) -> None:
    page = filled.press(filled.get(NEXT), "Remind me later")
    assert page.status == 200
    assert not reminded(filled.get(NEXT))
    assert reminded(filled.get(SUMMARY))
    filled.press(filled.get(SUMMARY), "Remind me later")
    assert not reminded(filled.get(SUMMARY))
    assert reminded(filled.get("/workbook/modules/1.2"))
    assert {row.id for row in Snooze.select()} == {"keep-after-a-story", "keep-after-module-1.1"}


def test_twice_is_as_once(filled: Visitor) -> None:
    page = filled.get(NEXT)
    filled.press(page, "Remind me later")
    assert filled.press(page, "Remind me later").status == 200
    assert Snooze.select().count() == 1


@pytest.mark.parametrize("kind", ["", "made-up", "keep-after-module-9.9"])
def test_only_lines_that_exist_can_be_put_off(filled: Visitor, kind: str) -> None:
    token = filled.get("/home").all(".//input[@name='csrf_token']")[0].get("value", "")
    assert filled.client.post("/snooze", data={"csrf_token": token, "kind": kind}).status_code == 400
    assert Snooze.select().count() == 0


def test_a_sample_is_not_reminded(sample: Visitor) -> None:
    assert not any(reminded(sample.get(path)) for path in (NEXT, SUMMARY))


def test_an_account_is_not_reminded(filled: Visitor) -> None:
    User.update(is_anonymous=0).execute()
    assert not any(reminded(filled.get(path)) for path in (NEXT, SUMMARY))


def test_where_a_device_is_shared_it_says_what_happens_there(filled: Visitor) -> None:
    Session.update(is_shared=1).execute()
    page = filled.get(SUMMARY)
    assert SHARED in page.words
    assert not reminded(page)


def test_it_is_not_on_paper(filled: Visitor) -> None:
    assert "unprinted" in filled.get(SUMMARY).one(".//form[@action='/snooze']").get("class", "")


def test_a_place_to_keep_it_is_named_only_when_it_is_there(filled: Visitor, app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    links = [one.get("href") for one in filled.get(NEXT).one(".//form[@action='/snooze']").iter("a")]
    assert set(links) <= rules
