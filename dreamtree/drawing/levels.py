"""Levels from −2 to +2, one below the other: as bars to both sides of nothing, or as dots that a line joins.

More than color tells levels apart: side, filled or hollow, and the numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group, value
from dreamtree.drawing.svg import (
    BARK,
    EARTH,
    LEAF,
    MUTED,
    TEXT,
    WASH,
    WIDTH,
    picture,
    stroke,
    text,
    text_lines,
    wrapped,
)

BAR_ROW, NAME, LINE = 46, 13, 16
"""A bar under its name, how large that is, and how far one line of it is from the next."""
DAY_ROW = 30
DAY_LABELS = 84
MIDDLE = WIDTH / 2
BAR_REACH = 125
MOST = 2


@dataclass(frozen=True)
class Level:
    """A row: its name, how often it was and its mean in words, and the mean as a number from −2 to +2."""

    name: str
    often: str
    mean: str
    amount: float

    @property
    def on_scale(self) -> float:
        """The mean, kept between both ends."""
        return max(-MOST, min(self.amount, MOST))


@dataclass(frozen=True)
class LevelScale:
    """What is around the levels: the heads of the table (name, how often, mean) and the words for −2, 0 and +2."""

    title: str
    head: tuple[str, str, str]
    ends: tuple[str, str, str]
    notes: tuple[str, ...]
    anchor: str


def bars(levels: Sequence[Level], scale: LevelScale) -> Chart | None:
    """A bar for each level, to the right above nothing and to the left below it, under its name; None for none."""
    names = [wrapped(level.name, WIDTH, NAME) or [""] for level in levels]
    below = list(accumulate(BAR_ROW + LINE * (len(lines) - 1) for lines in names))
    zero = [stroke(f"M{MIDDLE:g} {end - BAR_ROW + 17}v18", EARTH, 1) for end in below]
    bottom = max(below, default=0) + 4
    ends = _ends(scale.ends, MIDDLE - BAR_REACH - 30, MIDDLE + BAR_REACH + 30, bottom + 14)
    placed = zip(levels, names, below, strict=True)
    drawn = [_bar(level, scale.head, lines, end) for level, lines, end in placed]
    return _chart(levels, scale, bottom, [*zero, *ends, *drawn])


def days(levels: Sequence[Level], scale: LevelScale) -> Chart | None:
    """A dot for each level, the dots joined from row to row; None for none."""
    bottom = len(levels) * DAY_ROW + 4
    points = [(_across(level.on_scale), n * DAY_ROW + DAY_ROW / 2) for n, level in enumerate(levels)]
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    dots = [_day(level, scale.head, *point) for level, point in zip(levels, points, strict=True)]
    middle = stroke(f"M{_across(0):g} 0V{bottom}", EARTH, 1, dotted=True)
    ends = _ends(scale.ends, _across(-MOST), _across(MOST), bottom + 14)
    return _chart(levels, scale, bottom, [middle, *ends, stroke(line, LEAF, 1.2), *dots])


def _chart(levels: Sequence[Level], scale: LevelScale, bottom: int, shapes: Sequence[str]) -> Chart | None:
    if not levels:
        return None
    description = "; ".join(f"{level.name}, {level.often}: {level.mean}" for level in levels)
    svg = picture(scale.anchor, "drawn", (0, 0, WIDTH, bottom + 20), scale.title, f"{description}.", shapes)
    rows = tuple((level.name, level.often, level.mean) for level in levels)
    return Chart(svg, ChartTable(scale.title, scale.head, rows), scale.notes)


def _bar(level: Level, head: tuple[str, str, str], lines: Sequence[str], below: float) -> str:
    """A name in lines, and under it the bar between how often it was and its mean; the next one begins `below`."""
    top = below - BAR_ROW
    begin = top - LINE * (len(lines) - 1)
    amount = level.on_scale
    length = max(round(abs(amount) / MOST * BAR_REACH, 1), 2)
    direction = -1 if amount < 0 else 1
    outside, inside = ("end", "start") if direction < 0 else ("start", "end")
    _, often, mean = head
    return group(
        level.name,
        text_lines(0, begin + 13, lines, LINE, NAME),
        _bar_shape(amount, length, top),
        value(mean, level.mean, MIDDLE + direction * (length + 7), top + 31, outside),
        value(often, level.often, MIDDLE - direction * 9, top + 31, inside, 12, MUTED),
    )


def _bar_shape(amount: float, length: float, top: float) -> str:
    """Filled to the right, hollow to the left, a dot for nothing."""
    if not amount:
        return f'<circle cx="{MIDDLE:g}" cy="{top + 26:g}" r="4" fill="{TEXT}"/>'
    x = MIDDLE if amount > 0 else MIDDLE - length
    paint = f'fill="{LEAF}"' if amount > 0 else f'fill="none" stroke="{BARK}" stroke-width="1.5"'
    return f'<rect x="{x:g}" y="{top + 20:g}" width="{length:g}" height="12" rx="2" {paint}/>'


def _day(level: Level, head: tuple[str, str, str], x: float, y: float) -> str:
    paint = f'fill="{WASH}"' if level.amount < 0 else f'fill="{LEAF}"'
    _, often, mean = head
    return group(
        level.name,
        text(0, y + 4, level.name, 12, "start", MUTED),
        f'<circle cx="{x:g}" cy="{y:g}" r="5" {paint} stroke="{LEAF}" stroke-width="1.5"/>',
        value(mean, level.mean, WIDTH - 58, y + 4.5, "end"),
        value(often, level.often, WIDTH, y + 4, "end", 12, MUTED),
    )


def _across(amount: float) -> float:
    """Where a level stands across a chart of days."""
    left, right = DAY_LABELS, WIDTH - 104
    return round(left + (amount + MOST) / (2 * MOST) * (right - left), 1)


def _ends(names: tuple[str, str, str], left: float, right: float, y: float) -> list[str]:
    """The words at both ends of a scale and at its middle."""
    first, middle, last = names
    return [
        text(left, y, first, 12, "start", MUTED),
        text((left + right) / 2, y, middle, 12, "middle", MUTED),
        text(right, y, last, 12, "end", MUTED),
    ]
