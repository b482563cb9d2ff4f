"""A question that the exercise is done without says that it may be skipped; one that is needed doesn't."""

import pytest

from tests.page import words_of
from tests.visitor import Visitor

SKIP = "You can skip this one."


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("2.5.2.turn", True),
        ("2.5.2.story", False),
        ("1.1.1.job", False),
        ("1.1.1.life-work", False),
        ("1.1.9.surprised", False),
        ("1.3.3.noticed", False),
    ],
)
def test_only_what_the_exercise_is_done_without_says_so(person: Visitor, block: str, says: bool) -> None:
    exercise = ".".join(block.split(".")[:3])
    page = person.get(f"/workbook/{exercise}")
    if not page.has(".//form[@id='exercise']"):
        person.press(page, "Skip everything before this")
        page = person.get(f"/workbook/{exercise}")
    here = [one for one in page.all(".//section") if one.get("data-block") == block]
    assert here, [one.get("data-block") for one in page.all(".//section")]
    assert (SKIP in words_of(here[0])) is says
