"""Small multiples: one little chart a thing that is measured, all on one scale, each reading a dot with its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group, value
from dreamtree.drawing.svg import EARTH, LEAF, MUTED, TEXT, WIDTH, cut_to_width, picture, stroke, text, width_of

COLUMNS = 2
GAP = 24
PANEL = (WIDTH - GAP) / COLUMNS
ROW = 122
TOP, BOTTOM = 40, 90
"""Where the highest and the lowest reading stand in a panel."""
INSET = 12
DOT = 4
SMALL = 11
NONE = "–"


@dataclass(frozen=True)
class Measured:
    """What was read at one time: the name of the time, and the numbers by the name of what they measure."""

    name: str
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Multiples:
    """What is around the readings: the things measured, the ends of their scale, and the head of the first column."""

    title: str
    head: str
    things: tuple[str, ...]
    low: int
    high: int
    notes: tuple[str, ...]
    anchor: str


def multiples(readings: Sequence[Measured], frame: Multiples) -> Chart | None:
    """A panel for each thing, its readings from left to right; None where nothing was read."""
    things = tuple(dict.fromkeys(frame.things))
    if not any(thing in one.numbers for one in readings for thing in things):
        return None
    panels = [_panel(readings, thing, n, frame) for n, thing in enumerate(things)]
    height = -(-len(things) // COLUMNS) * ROW
    rows = tuple((one.name, *(_cell_words(one, thing) for thing in things)) for one in readings)
    description = "; ".join(f"{one.name}: {_readings_words(one, things)}" for one in readings)
    svg = picture(frame.anchor, "drawn", (0, 0, WIDTH, height), frame.title, f"{description}.", panels)
    return Chart(svg, ChartTable(frame.title, (frame.head, *things), rows), frame.notes)


def _cell_words(reading: Measured, thing: str) -> str:
    return str(reading.numbers[thing]) if thing in reading.numbers else NONE


def _readings_words(reading: Measured, things: Sequence[str]) -> str:
    return ", ".join(f"{thing} {reading.numbers[thing]}" for thing in things if thing in reading.numbers) or NONE


def _panel(readings: Sequence[Measured], thing: str, number: int, frame: Multiples) -> str:
    """A thing's name, its readings as dots that a line joins, and below them the first and the last time."""
    left, top = number % COLUMNS * (PANEL + GAP), number // COLUMNS * ROW
    places = [(one, _across(n, len(readings)) + left) for n, one in enumerate(readings) if thing in one.numbers]
    points = [(one, x, top + _down(one.numbers[thing], frame)) for one, x in places]
    line = "M" + "L".join(f"{x:g} {y:g}" for _, x, y in points)
    return "".join(
        [
            text(left, top + 14, cut_to_width(thing, PANEL, 13), 13, "start", TEXT, ' font-weight="600"'),
            stroke(f"M{left:g} {top + BOTTOM:g}h{PANEL:g}", EARTH, 1),
            *([stroke(line, LEAF, 1.5)] if len(points) > 1 else []),
            *(_dot(one, thing, x, y) for one, x, y in points),
            *_ends(readings, left, top + BOTTOM + 22),
        ]
    )


def _ends(readings: Sequence[Measured], left: float, down: float) -> list[str]:
    """The first time, and the last one in the room that it leaves."""
    first = cut_to_width(readings[0].name, PANEL / 2, SMALL)
    last = cut_to_width(readings[-1].name, PANEL - width_of(first) * SMALL - DOT, SMALL)
    ends = [text(left, down, first, SMALL, "start", MUTED), text(left + PANEL, down, last, SMALL, "end", MUTED)]
    return ends[: len(readings)]


def _dot(reading: Measured, thing: str, x: float, y: float) -> str:
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="{DOT}" fill="{LEAF}"/>'
    return group(reading.name, circle, value(thing, str(reading.numbers[thing]), x, y - 8, "middle"))


def _across(place: int, count: int) -> float:
    """Where a reading stands in its panel: the first at the left, the last at the right, a single one at the left."""
    return round(INSET + place / max(count - 1, 1) * (PANEL - 2 * INSET), 1)


def _down(number: int, frame: Multiples) -> float:
    """How far down a number stands; one outside of the scale at its end."""
    reach = max(frame.high - frame.low, 1)
    share = (min(max(number, frame.low), max(frame.high, frame.low)) - frame.low) / reach
    return round(BOTTOM - min(share, 1.0) * (BOTTOM - TOP), 1)
