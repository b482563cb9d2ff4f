"""What is asked only after a choice above it: the server decides, and nothing is lost on the way."""

import pytest

from dreamtree.content import book
from tests.page import Page
from tests.visitor import PARTIAL, Visitor

FIRST, WHEN, WAY, JOB = "/workbook/1.1.1", "1.1.1.when", "1.1.1.way", "1.1.1.job"


def is_asked(page: Page, block: str) -> bool:
    """Whether the page has its fields; the place for it is there anyway."""
    assert page.has(f".//section[@id='b-{block.replace('.', '-')}']")
    return f"{block}:base" in page.form()


def chosen(visitor: Visitor, block: str, value: str) -> Page:
    visitor.save(FIRST, fields={f"{block}:value": value})
    return visitor.get(FIRST)


@pytest.mark.parametrize(
    ("when", "is_offered"), [("now", True), ("soon", True), ("months", False), ("no_hurry", False)]
)
def test_the_short_way_is_offered_to_who_needs_work_soon(person: Visitor, when: str, is_offered: bool) -> None:
    assert not is_asked(person.get(FIRST), WAY)
    assert is_asked(chosen(person, WHEN, when), WAY) == is_offered


def test_the_job_line_shows_only_on_the_short_way(person: Visitor) -> None:
    chosen(person, WHEN, "now")
    assert not is_asked(chosen(person, WAY, "whole"), JOB)
    assert is_asked(chosen(person, WAY, "short"), JOB)


def test_a_line_written_there_is_kept_when_it_is_not_asked_for_any_more(person: Visitor) -> None:
    chosen(person, WHEN, "now")
    chosen(person, WAY, "short")
    person.save(FIRST, fields={f"{JOB}:value": "Forklift driver"})
    assert not is_asked(chosen(person, WAY, "whole"), JOB)
    assert chosen(person, WAY, "short").form()[f"{JOB}:value"] == ["Forklift driver"]


def test_the_block_comes_with_the_tap_that_asks_for_it(person: Visitor) -> None:
    chosen(person, WHEN, "now")
    form = person.get(FIRST).form()
    sent = form | {f"{WAY}:value": "short", "autosave": "1"}
    answer = person.client.post(f"{FIRST}/{WAY}", data=sent, headers=PARTIAL)
    assert answer.status_code == 200
    assert f'name="{JOB}:value"' in answer.text


def test_going_on_stops_once_at_what_was_not_asked_before(filled: Visitor) -> None:
    chosen(filled, WHEN, "now")
    form = filled.get(FIRST).form() | {"do": "go", f"{WAY}:value": "short"}
    answer = filled.client.post(FIRST, data=form)
    assert answer.headers.get("Location") == f"{FIRST}#b-1-1-1-job"


def test_what_the_short_way_leaves_for_later_is_one_line_on_home(person: Visitor) -> None:
    chosen(person, WHEN, "now")
    chosen(person, WAY, "short")
    later = len(book().exercises) - len(book().short_way)
    page = person.get("/home")
    (fold,) = [one for one in page.all(".//details") if "For later" in "".join(one.itertext())]
    assert fold.get("open") is None
    assert fold.findtext("summary") == f"For later: {later} exercises"
    assert len(fold.findall(".//form")) == later + 1
