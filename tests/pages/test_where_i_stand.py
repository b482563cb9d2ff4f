"""The numbers of one day and of another, on their page."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests.page import Page
from tests.rules.touching import buttons_of, fields_of
from tests.visitor import Visitor

PATH, BLOCK = "/workbook/2.1.1", "2.1.1.dashboard"
ANEW = f"{BLOCK}|again|"


def on_its_page(person: Visitor) -> Page:
    page = person.get(PATH)
    if not page.has(".//form[@id='exercise']"):
        person.press(page, "Skip everything before this")
    return person.open(PATH)


def said(person: Visitor, **scores: str) -> Page:
    fields = {f"{BLOCK}:rows-{name.removeprefix('row_')}-score": score for name, score in scores.items()}
    return person.send(on_its_page(person), f"{BLOCK}|save|", fields)


def scores_on(page: Page) -> list[str]:
    return [values[0] for name, values in fields_of(page, BLOCK).items() if name.endswith("-score")]


def buttons(page: Page) -> list[str]:
    return [one.get("value", "") for one in buttons_of(page, BLOCK)]


def test_one_number_is_enough_and_the_page_says_what_is_lowest(person: Visitor) -> None:
    page = said(person, row_0="3", row_2="8")
    assert "Love is highest, at 8. Work is lowest, at 3." in page.words
    assert ANEW not in buttons(page), "the numbers are of today"


def test_another_day_has_numbers_of_its_own(person: Visitor) -> None:
    said(person, row_0="3", row_2="8")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        page = person.get(PATH)
        assert ANEW in buttons(page)
        fresh = person.send(page, ANEW)
        assert scores_on(fresh) == ["", "", "", ""]
        after = person.send(fresh, f"{BLOCK}|save|", {f"{BLOCK}:rows-0-score": "5"})
        assert "work went from 3 to 5" in after.words
        assert after.has(".//svg[@class='drawn']")
        assert scores_on(person.open(PATH)) == ["5", "", "", ""]


def test_asking_for_new_numbers_and_leaving_changes_nothing(person: Visitor) -> None:
    said(person, row_0="3", row_2="8")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        fresh = person.send(person.get(PATH), ANEW)
        person.send(fresh, f"{BLOCK}|save|")
        assert scores_on(person.open(PATH)) == ["3", "", "8", ""]


def test_the_first_day_is_shown_after_the_answer(person: Visitor) -> None:
    person.save("/workbook/1.1.1", fields={"1.1.1.life-work:value": "2"})
    assert "Where you stood on your first day" not in on_its_page(person).words
    page = said(person, row_0="3")
    assert "Where you stood on your first day" in page.words
    assert "work went from 2 to 3" in page.words
