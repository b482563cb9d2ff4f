"""A whole page in one post: what feeds another block of it is seen there, and the tree is what a rebuild makes."""

import pytest

from dreamtree import db
from dreamtree.archive.loading import read_snapshot
from tests.rules.filling import Canaries, type_everywhere
from tests.rules.rebuilding import rebuild_profile
from tests.rules.seeded import exercises_of_each, kind_of
from tests.rules.test_on_the_spot import opened
from tests.rules.test_rebuild import differing, living, profile
from tests.rules.test_tools import person_of
from tests.visitor import Visitor

PLACES = "/workbook/1.2.1"


def test_a_place_and_the_ranking_of_places_saved_at_once(person: Visitor) -> None:
    opened(person, "1.2.1.places")
    typed = {"1.2.1.places:rows-0-text~0": "Here", "1.2.1.rank:items-0-text": "A place of my own"}
    page = person.save(PLACES, "save", typed)
    assert "New since you answered." in page.words
    page = person.press(person.open(PLACES), "Add it Here")
    assert "New since you answered." not in page.words
    assert [one for one in ("Here", "A place of my own") if one not in person.open(PLACES).words] == []


@pytest.mark.parametrize("exercise", exercises_of_each(kind_of))
def test_a_page_saved_whole_is_learned_as_a_rebuild_learns_it(person: Visitor, exercise: str) -> None:
    path = f"/workbook/{exercise}"
    page = person.get(path)
    if not page.has(".//form[@id='exercise']"):
        person.press(page, "Skip everything before this")
    type_everywhere(person, person.open(path), Canaries())
    user = person_of(person)
    live, seen = living(profile(user)), read_snapshot(user).seen
    db.saving(lambda: rebuild_profile(user, db.now()))
    assert differing(live, living(profile(user))) == {}
    assert read_snapshot(user).seen == seen
