"""Grouped bars: what is measured, one below the other, and in each a bar for everything that is compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group, value
from dreamtree.drawing.svg import (
    EARTH,
    LEAF,
    TEXT,
    WIDTH,
    cut_to_width,
    picture,
    stroke,
    text,
    text_lines,
    width_of,
    wrapped,
)

HEAD = 26
BAR_ROW = 32
LINE_ROW = 22
LINE = 15
SIZE = 12
GROUP_GAP = 12
GAP = 12
NOTHING = "–"


@dataclass(frozen=True)
class BarFact:
    """What is said of one of the things in one of the groups. `amount` is its number, None where it has no bar."""

    name: str
    group: str
    words: str
    amount: int | None = None


@dataclass(frozen=True)
class BarGroups:
    """What is around the bars: the title, the head of the first column, what is compared, in which groups, and what a
    whole bar is.
    """

    title: str
    head: str
    names: tuple[str, ...]
    groups: tuple[str, ...]
    most: int
    anchor: str


Cells = Mapping[tuple[str, str], BarFact]


def grouped(compared: Sequence[BarFact], frame: BarGroups) -> Chart | None:
    """A group for everything that is measured, each thing in it under its own name; None where nothing is said."""
    cells = {(one.name, one.group): one for one in compared if one.name in frame.names and one.group in frame.groups}
    cells = {place: one for place, one in cells.items() if one.words.strip()}
    if not cells:
        return None
    names = tuple(name for name in dict.fromkeys(frame.names) if any(name == one for one, _ in cells))
    groups = tuple(name for name in dict.fromkeys(frame.groups) if any(name == one for _, one in cells))
    shapes, top = [], 0.0
    for name in groups:
        shapes.append(text(0, top + 16, cut_to_width(name, WIDTH, 13), 13, "start", TEXT, ' font-weight="600"'))
        top += HEAD
        for one in (cells[place] for thing in names if (place := (thing, name)) in cells):
            lines = _lines(one)
            below = top + LINE * (len(lines) - 1)
            shapes.append(_bar(one, lines, top, below, frame.most))
            top = below + (LINE_ROW if one.amount is None else BAR_ROW)
        top += GROUP_GAP
    rows = tuple((thing, *(_cell_words(cells, thing, name) for name in groups)) for thing in names)
    description = "; ".join(f"{one.group}, {one.name}: {one.words}" for one in cells.values())
    svg = picture(frame.anchor, "drawn", (0, 0, WIDTH, top), frame.title, f"{description}.", shapes)
    return Chart(svg, ChartTable(frame.title, (frame.head, *groups), rows))


def _cell_words(cells: Cells, name: str, of: str) -> str:
    return cells[name, of].words if (name, of) in cells else NOTHING


def _lines(one: BarFact) -> list[str]:
    """The name in lines, beside which there is room for what is said of it."""
    width = max(WIDTH - width_of(one.words) * 13 - GAP, WIDTH / 2)
    return wrapped(one.name, width, SIZE)


def _bar(one: BarFact, lines: Sequence[str], top: float, below: float, most: int) -> str:
    """A name from `top` on, on its last line (`below`) what is said of it, and then the bar on the line of all."""
    words = text_lines(0, top + 12, lines, LINE, SIZE)
    value_words = value(one.group, one.words, WIDTH, below + 12, "end")
    if one.amount is None:
        return group(one.name, words, value_words)
    share = min(max(one.amount, 0), max(most, 1)) / max(most, 1)
    track = stroke(f"M0 {below + 21:g}H{WIDTH}", EARTH, 1)
    long = max(round(share * WIDTH, 1), 1)
    bar = f'<rect x="0" y="{below + 18:g}" width="{long:g}" height="7" rx="2" fill="{LEAF}"/>'
    return group(one.name, words, value_words, track, bar)
