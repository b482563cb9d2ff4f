"""What I bring: what Roots has gathered, on one page; pay and terms only when they are ticked."""

import pytest
from flask import Flask

from tests.page import Page, words_of
from tests.visitor import Visitor

PAGE = "/what-i-bring"


@pytest.fixture
def sample(app: Flask) -> Visitor:
    """Somebody in the sample tree."""
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/"), "Look at a sample tree")
    return visitor


def parts(page: Page) -> dict[str, str]:
    """The words under each heading of the page."""
    return {words_of(one.find("h2")): words_of(one) for one in page.all(".//section") if one.find("h2") is not None}


def test_an_empty_tree_names_the_pages_that_would_begin_it(person: Visitor) -> None:
    page = person.get(PAGE)
    assert "Nothing here yet" in page.words
    assert "To get started: My top ten · Superpowers ·" in page.words
    assert not parts(page)
    assert not page.has(".//main//form")


def test_what_would_add_to_it_is_one_line_on_the_screen_only(sample: Visitor) -> None:
    assert "To add more" not in sample.get(PAGE).words
    sample.client.post("/workbook/1.2.1/1.2.1.places/trash", data=sample.get("/workbook/1.2.1").form())
    lines = [one for one in sample.get(PAGE).all(".//article/p") if "To add more" in words_of(one)]
    assert [(words_of(one), one.get("class")) for one in lines] == [("To add more: Places", "brings__source unprinted")]


def test_ten_things_in_their_order_with_how_often_they_were_shown(sample: Visitor) -> None:
    page = sample.get(PAGE)
    assert "Mara" in page.words
    lines = [words_of(one) for one in page.all(".//article//ol")[0].iter("li")]
    assert len(lines) == 10
    assert lines[0].startswith("Explaining complicated things simply")
    assert any("named" in one and "times" in one for one in lines)
    assert page.has(".//article//a[@href='/workbook/1.1.6']")


def test_skills_of_every_kind_are_on_it(sample: Visitor) -> None:
    found = parts(sample.get(PAGE))
    assert {"What I do well", "How I am", "What I know"} <= found.keys()
    assert "Encouraging" in found["How I am"]


def test_home_leads_there(sample: Visitor) -> None:
    assert sample.get("/home").has(f".//a[@href='{PAGE}']")


def test_pay_and_terms_stay_off_until_they_are_ticked(sample: Visitor) -> None:
    plain, ticked = sample.get(PAGE), sample.get(f"{PAGE}?private=yes")
    assert plain.by_id("private").get("checked") is None
    assert ticked.by_id("private").get("checked") is not None
    assert not {"The lowest pay I need", "My terms"} & parts(plain).keys()


def test_links_and_controls_stay_off_the_paper(sample: Visitor) -> None:
    page = sample.get(PAGE)
    unprinted = {
        id(one) for part in page.root.iter() if "unprinted" in (part.get("class") or "") for one in part.iter()
    }
    ways = [*page.all(".//article//a"), *page.all(".//main//form")]
    assert len(ways) > 2
    assert [one.get("href") for one in ways if id(one) not in unprinted] == []


def test_what_somebody_else_brings_is_not_here(person: Visitor, sample: Visitor) -> None:
    assert "Mara" not in person.get(PAGE).html
