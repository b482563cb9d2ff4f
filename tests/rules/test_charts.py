"""Every chart says what its table says, is told in words, and is drawn without style attributes."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import time_machine
from flask import Flask

from dreamtree.db import database, open_database
from dreamtree.home.samples import PEOPLE
from tests.page import Page, parsed, words_of
from tests.rules.seeded import EXERCISES, MODULES
from tests.visitor import Visitor

PATHS = ("/", "/home", "/workbook", "/what-i-bring", *(f"/workbook/modules/{one}" for one in MODULES))
WHILE_THEY_PRACTICED = "2026-11-21T09:00:00Z"
CHARTS = {"1.1.2": "timeline", "1.2.4": "donut", "1.3.3": "drawn", "1.5.1": "calendar", "1.5.3": "calendar"}
"""Exercise → the class of a picture that stands on it."""
NOTHING = ("", "–", "—", "0")
"""What a cell says that is only a dot in the picture."""
CUT = 12
"""Letters of a name that a picture at least keeps."""


@pytest.fixture(scope="module", params=PEOPLE)
def pages(
    request: pytest.FixtureRequest, _opened: tuple[Flask, Path], seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Page]]:
    """All pages of a sample person, by address."""
    path = tmp_path_factory.mktemp("drawn") / "dreamtree.db"
    shutil.copyfile(seeded, path)
    open_database(f"sqlite:///{path}")
    with time_machine.travel(WHILE_THEY_PRACTICED, tick=False):
        visitor = Visitor(_opened[0].test_client())
        visitor.press(visitor.get("/"), "Look around with a sample tree", {"who": request.param})
        yield {one: visitor.get(one) for one in (*PATHS, *(f"/workbook/{one}" for one in EXERCISES))}
    database.close()


def pictures(page: Page) -> list[Element]:
    """The drawings of a page; icons are none."""
    return [one for one in page.root.iter("svg") if one.get("role") == "img"]


def test_the_charts_of_the_book_are_there(pages: dict[str, Page]) -> None:
    for exercise, look in CHARTS.items():
        found = [one.get("class", "") for one in pictures(pages[f"/workbook/{exercise}"])]
        assert look in found, f"{exercise}: {found}"


def test_every_drawing_is_told_in_words_and_has_no_style(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        for svg in pictures(page):
            told = [one for one in svg if one.tag in ("title", "desc")]
            assert [one.tag for one in told] == ["title", "desc"], path
            assert all((one.text or "").strip() for one in told), path
            assert svg.get("aria-labelledby", "").split() == [one.get("id") for one in told], path
        assert not [one for one in page.root.iter() if one.get("style") is not None], path
        assert not list(page.root.iter("style")), path


def test_every_chart_equals_its_table(pages: dict[str, Page]) -> None:
    compared = 0
    for path, page in pages.items():
        for figure in page.root.iter("figure"):
            svg, table = figure.find("svg"), figure.find(".//table")
            if svg is not None and table is not None:
                compare(svg, table, path)
                compared += 1
    assert compared >= 3


def compare(svg: Element, table: Element, where: str) -> None:
    """Fails where a picture and its table do not say the same."""
    head, rows = cells_of(table)
    marks = marks_of(svg)
    if marks:
        told = {(row[0], column): cell for row in rows for column, cell in zip(head[1:], row[1:], strict=True)}
        assert {key: told.get(key) for key in marks} == marks, where
        assert not {key: said for key, said in told.items() if key not in marks and said not in NOTHING}, where
        return
    if shares := shares_of(svg):
        assert shares == {(row[0], row[-1]) for row in rows}, where
        total = words_of(next(iter(table.iter("tfoot"))))
        assert numbers_in(middle_of(svg)) <= numbers_in(total), where
        return
    words = words_of(svg) + " " + " ".join(one.text or "" for one in svg if one.tag in ("title", "desc"))
    assert len(list(svg.iter("rect"))) == len(rows), where
    for name, *cells in rows:
        assert name[:CUT] in words, f"{name} on {where}"
        for number in numbers_in(" ".join(cells)):
            assert number in numbers_in(words), f"{number} of {name} on {where}"


def cells_of(table: Element) -> tuple[list[str], list[list[str]]]:
    """The words of the head, and of each row of the body."""
    head = [words_of(one) for one in table.iter("th") if one.get("scope") == "col"]
    rows = [[words_of(one) for one in row] for row in table.findall(".//tbody/tr")]
    return head, rows


def marks_of(svg: Element) -> dict[tuple[str, str], str]:
    """What is drawn with its number: (row, column) → what it says."""
    return {
        (group.get("data-row", ""), text.get("data-column", "")): words_of(text)
        for group in svg.iter("g")
        if group.get("data-row") is not None
        for text in group.iter("text")
        if text.get("data-column") is not None
    }


def shares_of(svg: Element) -> set[tuple[str, str]]:
    """The slices of a ring: the name and the share that stand beside each. Every slice has its own."""
    if svg.get("class") != "donut":
        return set()
    labels = [(text.text or "", words_of(span)) for text in svg.iter("text") for span in text.iter("tspan")]
    slices = [one for one in svg.iter("path") if one.get("fill", "none") != "none"]
    assert len(slices) == len(labels)
    return set(labels)


def middle_of(ring: Element) -> str:
    return " ".join(words_of(one) for one in ring.iter("text") if one.get("x") == "0")


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d[\d.,\u00a0]*\d|\d", text))


def test_the_days_of_a_calendar_are_those_of_its_table(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        for section in page.all(".//section[@data-block]"):
            drawn = [one for one in section.iter("svg") if one.get("class") == "calendar"]
            for svg in drawn:
                told = svg.find("desc")
                assert told is not None
                days = set(re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", told.text or ""))
                (table,) = [one for one in section.iter("table") if words_of(one).startswith("Day ")]
                noted = {row[0] for row in cells_of(table)[1]}
                assert days <= noted, path
                filled = [one for one in svg.iter("rect") if one.get("fill") != "none"]
                assert len(filled) == len(days), path


CHART = (
    '<figure><svg><title>t</title><desc>d</desc><g data-row="Morning"><text data-column="Mean">2</text></g></svg>'
    "<table><thead><tr><th scope='col'></th><th scope='col'>Mean</th></tr></thead>"
    "<tbody><tr><th>Morning</th><td>{}</td></tr></tbody></table></figure>"
)


@pytest.mark.parametrize("said", ["3", "", "2.0"])
def test_a_cell_that_says_something_else_would_be_found(said: str) -> None:
    def check(number: str) -> None:
        root = parsed(CHART.format(number))
        svg, table = next(root.iter("svg")), next(root.iter("table"))
        compare(svg, table, "here")

    check("2")
    with pytest.raises(AssertionError):
        check(said)
