"""Musts, of which five fit: the sixth asks which one gives way, on the page, without a script."""

from tests.page import Page, words_of
from tests.rules.recipes import write
from tests.rules.touching import buttons_of, section
from tests.visitor import Visitor

SORT, PAGE = "2.2.2.sort", "/workbook/2.2.2"
ASKED = "You have six musts, and there's room for five. Choose one to move."
MUSTS = ("No nights", "Daylight", "Asks first", "A door", "A bus", "A window")


def said(person: Visitor) -> Page:
    for number, words in enumerate(MUSTS):
        row = f"rows-{number}"
        if number:
            write(person, SORT, {}, do=f"{SORT}|add|rows")
        write(person, SORT, {f"{row}-text": words, f"{row}-own": "y", f"{row}-bucket": "must"})
    return person.open(PAGE)


def test_the_sixth_asks_which_one_gives_way(person: Visitor) -> None:
    page = said(person)
    part = section(page, SORT)
    assert ASKED in words_of(part)
    assert "It moves to “Worth pushing for.”" in words_of(part)
    giving = {words_of(one): one.get("value", "") for one in buttons_of(page, SORT) if "|give|" in one.get("value", "")}
    assert set(giving) == set(MUSTS)
    after = section(person.send(page, giving["A window"]), SORT)
    assert ASKED not in words_of(after)
    assert "Saved" in words_of(after)
    assert "Done" in words_of(section(person.open(PAGE), SORT))
    rest = section(person.get(PAGE), SORT)
    assert "Worth pushing for: A window" in words_of(rest)
