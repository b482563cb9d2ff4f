"""What no page sends is refused or ignored; it never ends in an error of ours."""

import pytest

from dreamtree.connections.sources import SOURCES
from dreamtree.content import book
from tests.visitor import Visitor

VERBS = ("accept", "keep-mine", "noted", "off", "on")


@pytest.fixture
def everywhere(person: Visitor) -> Visitor:
    """Somebody to whom every exercise is open."""
    last = max((block.exercise_id for block in book().blocks), key=lambda key: [int(n) for n in key.split(".")])
    person.press(person.get(f"/workbook/{last}"), "Skip everything before this")
    return person


@pytest.mark.parametrize("verb", VERBS)
def test_a_connection_without_items_settles_nothing(everywhere: Visitor, verb: str) -> None:
    blocks = [block for block in book().blocks if any(one.source not in SOURCES for one in block.connections)]
    assert blocks
    for block in blocks[:4]:
        path = f"/workbook/{block.exercise_id}"
        numbers = [str(one.id) for one in block.connections if one.source not in SOURCES]
        for number in [*numbers, "9" * 5000, "٣", "x"]:
            page = everywhere.save(path, do=f"{block.key}|{verb}|{number}:some-key")
            assert page.status < 500, (block.key, number)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "12/31/9999", "9999"])
def test_a_day_at_the_end_of_all_days_opens_its_page_and_home(everywhere: Visitor, day: str) -> None:
    for kind in ("practice-log", "flow-tracker", "budget-calculator", "experience-builder"):
        block = next(one for one in book().blocks if one.type == kind)
        path = f"/workbook/{block.exercise_id}"
        page = everywhere.open(path)
        fields = {one.get("name", ""): day for one in page.all(".//input[@type='text']") if one.get("name")}
        assert everywhere.send(page, fields=fields).status < 500
        assert everywhere.get(path).status < 500
    assert everywhere.get("/home").status == 200
