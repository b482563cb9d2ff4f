"""Lanes: steps of time from the top, and beside each what is planned for it, in columns of their own.

It is narrow, so that several stand side by side. More than color tells the columns apart: their places and their heads.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group
from dreamtree.drawing.svg import EARTH, LEAF, MUTED, TEXT, picture, stroke, text, text_lines, wrapped

NARROW = 300
HEAD = 24
SIZE = 12
LINE = 15
GAP = 12
NOTHING = "–"
SEPARATOR = "; "


@dataclass(frozen=True)
class Planned:
    """Something in a step of time, in one of the lanes."""

    step: str
    lane: str
    text: str


@dataclass(frozen=True)
class Lanes:
    """What is around it: the title, the head of the first column of its table, the steps and the lanes in order."""

    title: str
    head: str
    steps: tuple[str, ...]
    lanes: tuple[str, ...]
    anchor: str


Cells = Mapping[tuple[str, str], list[str]]


def lanes(planned: Sequence[Planned], frame: Lanes) -> Chart | None:
    """Each step with what is planned in every lane; None where nothing is."""
    steps, columns = tuple(dict.fromkeys(frame.steps)), tuple(dict.fromkeys(frame.lanes))
    cells = _cells(planned, steps, columns)
    if not cells:
        return None
    width = (NARROW - GAP * (len(columns) - 1)) / len(columns)
    lefts = [round(n * (width + GAP), 1) for n in range(len(columns))]
    shapes = [
        text(x, 13, name, SIZE, "start", TEXT, ' font-weight="600"') for x, name in zip(lefts, columns, strict=True)
    ]
    top = float(HEAD)
    for step in steps:
        drawn, height = _step(step, [(name, cells.get((step, name), [])) for name in columns], lefts, width, top)
        shapes.append(drawn)
        top += height
    rows = tuple((step, *(_cell_words(cells, step, name) or NOTHING for name in columns)) for step in steps)
    description = "; ".join(f"{step}, {name}: {_cell_words(cells, step, name)}" for step, name in cells)
    svg = picture(frame.anchor, "lanes", (0, 0, NARROW, top), frame.title, f"{description}.", shapes)
    return Chart(svg, ChartTable(frame.title, (frame.head, *columns), rows, prose=columns))


def _cells(planned: Iterable[Planned], steps: Sequence[str], columns: Sequence[str]) -> Cells:
    found: dict[tuple[str, str], list[str]] = {}
    for one in planned:
        if one.step in steps and one.lane in columns and one.text.strip():
            found.setdefault((one.step, one.lane), []).append(one.text)
    return found


def _cell_words(cells: Cells, step: str, lane: str) -> str:
    return SEPARATOR.join(cells.get((step, lane), []))


def _step(
    name: str, columns: Sequence[tuple[str, list[str]]], lefts: Sequence[float], width: float, top: float
) -> tuple[str, float]:
    """A step under a line with its name, and how high it is; a dot stands where nothing is planned."""
    shapes, most = [stroke(f"M0 {top:g}H{NARROW}", EARTH, 1), text(0, top + 15, name, 11, "start", MUTED)], 1
    first = top + 15 + LINE + 3
    for (lane, words), left in zip(columns, lefts, strict=True):
        lines = _lines(words, width)
        most = max(most, len(lines))
        shapes.append(_cell(lane, lines, left, first) if lines else stroke(f"M{left + 3:g} {first - 4:g}h0", EARTH, 3))
    return group(name, *shapes), 15 + LINE * most + 3 + 12


def _lines(words: Sequence[str], width: float) -> list[tuple[str, bool]]:
    """The lines of a cell, each with whether a new thing begins in it."""
    parts = [f"{one}{SEPARATOR.strip()}" for one in words[:-1]] + list(words[-1:])
    return [(line, n == 0) for one in parts for n, line in enumerate(wrapped(one, width - 10, SIZE))]


def _cell(lane: str, lines: Sequence[tuple[str, bool]], left: float, first: float) -> str:
    """One text of several lines, with a dot at each thing that begins."""
    dots = "".join(f"M{left + 3:g} {first + LINE * n - 4:g}h0" for n, (_, begins) in enumerate(lines) if begins)
    words = text_lines(left + 10, first, (line for line, _ in lines), LINE, SIZE, f' data-column="{escape(lane)}"')
    return f"{stroke(dots, LEAF, 5)}{words}"
