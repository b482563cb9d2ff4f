"""Every chart says what its table says, is told in words, and is drawn without style attributes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from importlib import import_module
from inspect import isfunction
from itertools import zip_longest
from pathlib import Path
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import time_machine
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dreamtree import drawing
from dreamtree.drawing import Chart
from dreamtree.home.samples import PEOPLE
from tests.databases import open_copy, shut
from tests.examples import examples
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
    open_copy(seeded, path)
    with time_machine.travel(WHILE_THEY_PRACTICED, tick=False):
        visitor = Visitor(_opened[0].test_client())
        visitor.press(visitor.get("/"), "Look at a sample tree", {"who": request.param})
        yield {one: visitor.open(one) for one in (*PATHS, *(f"/workbook/{one}" for one in EXERCISES))}
    shut()


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
    compared = {path: [compare(*pair, path) for pair in charts_of(page.root)] for path, page in pages.items()}
    for exercise, look in CHARTS.items():
        assert look in compared[f"/workbook/{exercise}"], exercise


def charts_of(root: Element) -> Iterator[tuple[Element, Element]]:
    """Each picture with its table, which is in the same figure or directly below it."""
    for parent in root.iter():
        for figure, after in zip_longest(parent, list(parent)[1:]):
            if figure.tag == "figure" and (svg := figure.find("svg")) is not None:
                tables = [*figure.iter("table"), *(after.iter("table") if after is not None else ())]
                if tables:
                    yield svg, tables[0]


def compare(svg: Element, table: Element, where: str) -> str:
    """Fails where a picture and its table do not say the same; answers the kind of picture."""
    look = svg.get("class", "")
    _, rows = cells_of(table)
    words = words_of(svg) + " " + " ".join(one.text or "" for one in svg if one.tag in ("title", "desc"))
    if look == "calendar":
        compare_days(svg, [row[0] for row in rows], where)
        return look
    for name, *_ in rows:
        assert name[:CUT] in words, f"{name} on {where}"
    READ.get(look, compare_marks)(svg, table, where)
    return look


def compare_marks(svg: Element, table: Element, where: str) -> None:
    """Each mark stands in the table; a cell that is not drawn says nothing."""
    head, rows = cells_of(table)
    cells = Counter((row[0], column, cell) for row in rows for column, cell in zip(head[1:], row[1:], strict=True))
    marks = marks_of(svg)
    assert marks, where
    assert not marks - cells, where
    assert all(said in NOTHING for _, _, said in cells - marks), where


def compare_shares(svg: Element, table: Element, where: str) -> None:
    """Each share stands beside a slice, and in the middle what it comes to."""
    _, rows = cells_of(table)
    labels = [(text.text or "", words_of(span)) for text in svg.iter("text") for span in text.iter("tspan")]
    slices = [one for one in svg.iter("path") if one.get("fill", "none") != "none"]
    assert len(slices) == len(labels), where
    assert Counter(labels) == Counter((row[0], row[-1]) for row in rows), where
    _, total, _ = (words_of(one) for one in table.findall(".//tfoot/tr/*"))
    assert total in [words_of(one) for one in svg.iter("text") if one.get("x") == "0"], where


def compare_years(svg: Element, table: Element, where: str) -> None:
    """A bar for each row, and every number of the table in the words."""
    _, rows = cells_of(table)
    words = " ".join(one.text or "" for one in svg if one.tag in ("title", "desc"))
    assert len(list(svg.iter("rect"))) == len(rows), where
    for _, *cells in rows:
        assert numbers_in(" ".join(cells)) <= numbers_in(words), where


def compare_words(svg: Element, table: Element, where: str) -> None:
    """A leaf for each row, in its order, filled where the word is liked, and named by it."""
    _, rows = cells_of(table)
    leaves = [one for one in svg.iter("g") if one.get("data-row") is not None]
    assert [one.get("data-row") for one in leaves] == [word for word, *_ in rows], where
    for leaf, (word, _, liked) in zip(leaves, rows, strict=True):
        (circle,), (label,) = leaf.iter("circle"), leaf.iter("text")
        assert words_of(label)[:CUT] == word[:CUT], where
        assert ("--leaf" in circle.get("fill", "")) == (liked == "yes"), where


def compare_days(svg: Element, noted: list[str], where: str) -> None:
    """Each day that is drawn is in the table, which goes back further."""
    told = svg.find("desc")
    assert told is not None, where
    days = set(re.findall(r"[A-Z][a-z]+ \d{1,2}, \d{4}", told.text or ""))
    assert days, where
    assert days <= set(noted), where
    assert len([one for one in svg.iter("rect") if one.get("fill") != "none"]) == len(days), where


def compare_lanes(svg: Element, table: Element, where: str) -> None:
    """Each cell is drawn in its words, of which a long one may be cut short with an ellipsis."""
    head, rows = cells_of(table)
    said = {(row[0], column): cell for row in rows for column, cell in zip(head[1:], row[1:], strict=True)}
    drawn = {(row, column): words for row, column, words in marks_of(svg)}
    assert drawn, where
    for place, cell in said.items():
        words = r"\S*".join(map(re.escape, drawn.get(place, cell).split("…")))
        assert re.fullmatch(words, cell), where
        assert place in drawn or cell in NOTHING, where


READ = {"donut": compare_shares, "ideas": compare_words, "lanes": compare_lanes, "timeline": compare_years}
"""How pictures are read whose marks do not carry their column."""


def cells_of(table: Element) -> tuple[list[str], list[list[str]]]:
    """The words of the head, and of each row of the body."""
    head = [words_of(one) for one in table.iter("th") if one.get("scope") == "col"]
    rows = [[words_of(one) for one in row] for row in table.findall(".//tbody/tr")]
    return head, rows


def marks_of(svg: Element) -> Counter[tuple[str, str, str]]:
    """What is drawn with its words: (row, column, what it says)."""
    return Counter(
        (group.get("data-row", ""), text.get("data-column", ""), words_of(text))
        for group in svg.iter("g")
        if group.get("data-row") is not None
        for text in group.iter("text")
        if text.get("data-column") is not None
    )


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d[\d.,\u00a0]*\d|\d", text))


CHART = (
    "<figure><svg><title>t</title><desc>d</desc><text>Morning</text>"
    '<g data-row="Morning"><text data-column="Mean">2</text></g></svg>'
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


# Every kind of picture, whatever it is given


ANCHOR = "here"
TEXTS = (
    "",
    "Morning",
    "Ana’s <b>idea</b> & more",
    "2019",
    "2019-03",
    "now",
    "1,234.50",
    "–",
    "−0.3 (2)",
    "سلام",
    "W" * 300,
)
FIGURES = Environment(loader=FileSystemLoader("templates"), autoescape=True, undefined=StrictUndefined)
Draw = Callable[..., Chart | None]


def kinds_of_charts() -> list[Draw]:
    """The functions of `drawing` that answer a chart; the first argument of each are the facts."""
    modules = [import_module(f"{drawing.__name__}.{one.name}") for one in iter_modules(drawing.__path__)]
    public = [
        one
        for module in modules
        for name, one in vars(module).items()
        if isfunction(one) and one.__module__ == module.__name__ and not name.startswith("_")
    ]
    return [one for one in public if get_type_hints(one)["return"] in (Chart, Chart | None)]


KINDS = kinds_of_charts()
DOT = re.compile(r"M([\d.-]+) ([\d.-]+)h0")
"""A dot in a path: a stroke without length."""
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(TEXTS),
    int: st.integers(-(10**12), 10**12),
    float: st.floats(-(10**9), 10**9),
    bool: st.booleans(),
    NoneType: st.none(),
    date: st.dates(date(1900, 1, 1), date(1900, 3, 1)) | st.dates(date(1000, 1, 1)),
}


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Whatever a type allows, the empty and the extreme too."""
    if kind in PLAIN:
        return PLAIN[kind]
    if is_dataclass(kind):
        return st.builds(kind, **arguments_of(kind))
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.one_of([values_of(one) for one in inner])
    if origin is Mapping:
        return st.dictionaries(*(values_of(one) for one in inner), max_size=4)
    if origin is tuple and inner[-1] is not Ellipsis:
        return st.tuples(*(values_of(one) for one in inner))
    return st.lists(values_of(inner[0]), max_size=6).map(tuple)


def arguments_of(called: Any) -> dict[str, st.SearchStrategy[Any]]:
    hints = {name: kind for name, kind in get_type_hints(called).items() if name != "return"}
    return {name: st.just(ANCHOR) if name == "anchor" else values_of(kind) for name, kind in hints.items()}


def test_every_kind_of_chart_is_found() -> None:
    assert {one.__name__ for one in KINDS} >= {
        "bars",
        "calendar",
        "days",
        "donut",
        "grouped",
        "ideas",
        "lanes",
        "multiples",
        "slots",
        "spots",
        "timeline",
    }


@pytest.mark.parametrize("draw", KINDS, ids=lambda one: one.__name__)
@settings(max_examples=examples(50))
@given(data=st.data())
def test_every_kind_of_chart_says_the_same_twice(draw: Draw, data: st.DataObject) -> None:
    chart = data.draw(st.builds(draw, **arguments_of(draw)))
    if chart is None:
        return
    assert {len(row) for row in (*chart.table.rows, chart.table.foot) if row} == {len(chart.table.head)}
    root = parsed(str(FIGURES.get_template("charts.html").module.chart(chart)))  # type: ignore[attr-defined]
    assert len(cells_of(root)[1]) == len(chart.table.rows) > 0
    if chart.picture:
        look_at(ElementTree.fromstring(chart.picture), chart)
        ((svg, table),) = charts_of(root)
        compare(svg, table, draw.__name__)
    ids = [one.get("id") for one in root.iter() if one.get("id") is not None]
    assert len(ids) == len(set(ids))


def look_at(svg: Element, chart: Chart) -> None:
    """A picture by itself: told in words, without style, and with nothing drawn outside of it."""
    title, description = list(svg)[:2]
    assert (title.tag, description.tag) == ("title", "desc")
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", f"{title.get('id')} {description.get('id')}")
    assert str(title.get("id")).startswith(ANCHOR)
    assert description.text
    if chart.table.caption:
        assert title.text == chart.table.caption
    assert not [one for one in svg.iter() if one.get("style") is not None or one.tag in ("style", "script")]
    left, top, width, height = map(float, str(svg.get("viewBox")).split())
    for shape in (*svg.iter("rect"), *svg.iter("circle")):
        x, y = (float(shape.get(name) or shape.get(f"c{name}") or "nan") for name in ("x", "y"))
        assert left <= x <= left + width - float(shape.get("width", 0))
        assert top <= y <= top + height - float(shape.get("height", 0))
    for x, y in (map(float, dot) for path in svg.iter("path") for dot in DOT.findall(path.get("d", ""))):
        assert left <= x <= left + width
        assert top <= y <= top + height


@pytest.mark.parametrize("draw", KINDS, ids=lambda one: one.__name__)
@settings(max_examples=examples(5))
@given(data=st.data())
def test_a_chart_of_nothing_is_none(draw: Draw, data: st.DataObject) -> None:
    _, *around = arguments_of(draw).items()
    assert draw((), **data.draw(st.fixed_dictionaries(dict(around)))) is None
