"""An answer that stands at the edge of every later exercise."""

from dataclasses import replace

import pytest

from dreamtree.content import book
from dreamtree.content.book import Block, Book, Exercise
from tests.visitor import Visitor

LINE = "1.1.1.line"
WORDS = "I draw what comes next"


@pytest.fixture
def _ambient_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of which the line of the first exercise stands at the edge of all others."""

    def found(here: Book, exercise: Exercise) -> tuple[Block, ...]:
        block = here.block(LINE)
        assert block is not None
        return (replace(block, is_ambient=True),) if exercise.id != block.exercise_id else ()

    monkeypatch.setattr(Book, "ambient_on", found)


@pytest.mark.usefixtures("_ambient_line")
def test_it_stands_at_the_edge_of_later_pages_once_it_is_answered(person: Visitor) -> None:
    assert "The first line of your resume" not in person.open("/workbook/1.1.2").words
    person.save("/workbook/1.1.1", fields={f"{LINE}:value": WORDS})
    edge = person.open("/workbook/1.1.2").one(".//aside[@class='margin']")
    told = " ".join("".join(edge.itertext()).split())
    assert f"The first line of your resume{WORDS} Change" in told
    assert f"/workbook/1.1.1#b-{LINE.replace('.', '-')}" in [one.get("href") for one in edge.iter("a")]
    own = person.open("/workbook/1.1.1").one(".//aside[@class='margin']")
    assert WORDS not in "".join(own.itertext())


def test_only_what_comes_later_has_it_at_its_edge() -> None:
    ambient = [block for block in book().blocks if block.is_ambient]
    assert ambient
    for one in book().exercises:
        shown = book().ambient_on(one)
        assert all((book().exercise(block.exercise_id) or one).order < one.order for block in shown)
