"""My story so far: what Trunk has gathered, on one page; nothing marked private is on it."""

import pytest
from flask import Flask

from dreamtree import db
from dreamtree.accounts.models import User
from dreamtree.db import now, tables_below
from dreamtree.home.my_story import my_story
from dreamtree.profile.rows import DerivedRow
from dreamtree.vault import seal
from tests.page import Page, words_of
from tests.people import new_person
from tests.rules.recipes import typing
from tests.visitor import Visitor

PAGE, END = "/my-story", "/workbook/modules/2.5"


@pytest.fixture
def lin(app: Flask) -> Visitor:
    """Somebody in the tree of the one who has come to its end."""
    visitor = Visitor(app.test_client())
    visitor.press(visitor.get("/"), "Look at a sample tree", {"who": "lin"})
    return visitor


def parts(page: Page) -> dict[str, str]:
    """The words under each heading of the page."""
    return {words_of(one.find("h2")): words_of(one) for one in page.all(".//section") if one.find("h2") is not None}


def test_an_empty_tree_names_the_pages_that_would_begin_it(person: Visitor) -> None:
    page = person.get(PAGE)
    assert "Nothing here yet" in page.words
    assert "To get started: My compass ·" in page.words
    assert not parts(page)
    assert not page.has(".//main//form")


def test_the_compass_and_the_story_are_on_it_with_where_they_were_written(lin: Visitor) -> None:
    page = lin.get(PAGE)
    found = parts(page)
    assert "easy to find your way in" in found["My compass"]
    assert found["My identity story"].startswith("My identity story When I was nine, I learned the schedule")
    assert page.has(".//article//a[@href='/workbook/2.1.4']")
    assert page.has(".//article//a[@href='/workbook/2.5.2']")


def test_a_must_that_came_from_something_private_stays_off(lin: Visitor) -> None:
    page = lin.get(PAGE)
    assert "Software my screen reader can read" in parts(page)["My musts"]
    assert "$" not in page.words


def test_a_story_keeps_its_paragraphs(person: Visitor) -> None:
    typing("2.5.2.story", "value", "First this.\n\nThen that.")(person)
    assert "First this.\n\nThen that." in "".join(person.get(PAGE).one(".//div[@class='words']").itertext())


def test_only_the_path_that_is_tried_first_is_on_it(app: Flask) -> None:
    user = new_person()
    for key, title, standing in (
        ("now", "Nurse", None),
        ("other", "Teaches maps", "first"),
        ("third", "Signs", "parked"),
    ):
        _learn_path(user, key, title, standing)
    (path,) = my_story(user).parts
    assert [line.text for line in path.lines] == ["Teaches maps"]


def _learn_path(user: User, key: str, title: str, standing: str | None) -> None:
    model = next(one for one in tables_below(DerivedRow) if one._meta.table_name == "career_options")
    row = {"user_id": user.id, "id": key, "block_key": "9.9.9.paths", "item_key": key, "written_at": now()}
    said = {"title": seal(user, "career_options.title", key, title), "standing": standing}
    db.saving(model.insert(**row, **said).execute)


def test_the_end_of_trunk_names_what_is_on_it(lin: Visitor) -> None:
    """The musts and the path themselves, not how many there are; what came from something private stays off."""
    lines = lin.get(END).all(".//*[@class='made-line']")
    said = {words_of(line.find("dt")): words_of(line.find("dd")) for line in lines}
    assert "Freedom; Software my screen reader can read; " in said["What you won't give up"]
    assert "$" not in said["What you won't give up"]
    assert said["The path you'll try first"] == "Makes maps people read by hand"


def test_the_end_of_trunk_and_home_lead_there(lin: Visitor, person: Visitor) -> None:
    assert lin.get(END).has(f".//main//a[@href='{PAGE}']")
    assert "My story so far" in lin.get(END).words
    assert lin.get("/home").has(f".//a[@href='{PAGE}']")
    assert not person.get("/home").has(f".//a[@href='{PAGE}']")


def test_links_and_controls_stay_off_the_paper(lin: Visitor) -> None:
    page = lin.get(PAGE)
    unprinted = {
        id(one) for part in page.root.iter() if "unprinted" in (part.get("class") or "") for one in part.iter()
    }
    ways = [*page.all(".//article//a"), *page.all(".//main//form")]
    assert len(ways) > 2
    assert [one.get("href") for one in ways if id(one) not in unprinted] == []


def test_what_somebody_else_wrote_is_not_here(person: Visitor, lin: Visitor) -> None:
    assert "When I was nine" not in person.get(PAGE).html
