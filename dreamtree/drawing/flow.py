"""Charts of moments: spots on a map, slots in a week, bars to both sides, and days one below the other.

What is drawn and what its table says are the same marks: each mark is a group with `data-row`, holding texts with
`data-column`. More than color tells things apart: place, filled or hollow, whole or broken lines, and the numbers.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dreamtree.drawing.svg import BARK, EARTH, LEAF, MUTED, TEXT, WIDTH, picture, stroke

WASH = "var(--wash,#eef2e5)"
LABELS = 72
HEAD = 22
BAR_ROW = 46
DAY_ROW = 30
DAY_LABELS = 84
LONGEST_NAME = 44
MIDDLE = WIDTH / 2
BAR_REACH = 125


@dataclass(frozen=True)
class Mark:
    """One cell that has something: where it stands, what it says, and its size (a count) or level (−2 to +2)."""

    row: str
    column: str
    said: str
    amount: float


@dataclass(frozen=True)
class Frame:
    """What is around the marks: names of rows from the top, names of columns from the left, and what the whole says."""

    anchor: str
    title: str
    description: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def spots(frame: Frame, marks: Sequence[Mark]) -> Markup:
    """Circles with their number, larger where there are more; a dot where there is nothing."""
    most = max((mark.amount for mark in marks), default=1)
    return _grid(frame, marks, 44, lambda mark, x, y: _spot(mark, x, y, most))


def slots(frame: Frame, marks: Sequence[Mark]) -> Markup:
    """Boxes with their mean: filled above nothing, broken lines below it, hollow at it."""
    return _grid(frame, marks, 36, _slot)


def bars(frame: Frame, marks: Sequence[tuple[Mark, Mark]]) -> Markup:
    """A bar for each row of `frame`, to the right above nothing and to the left below it, under its name.

    `marks` are pairs in the order of the rows: how often, and the mean.
    """
    bottom = len(marks) * BAR_ROW + 4
    shapes = [_bar(often, mean, n * BAR_ROW) for n, (often, mean) in enumerate(marks)]
    zero = [stroke(f"M{MIDDLE:g} {n * BAR_ROW + 17}v18", EARTH, 1) for n in range(len(marks))]
    axis = [*zero, *_ends(frame.columns, MIDDLE - BAR_REACH - 30, MIDDLE + BAR_REACH + 30, bottom + 14)]
    return picture(frame.anchor, "drawn", (0, 0, WIDTH, bottom + 20), frame.title, frame.description, [*axis, *shapes])


def days(frame: Frame, marks: Sequence[tuple[Mark, Mark]]) -> Markup:
    """A dot for each row, placed by its mean, the dots joined from day to day. `marks` as in `bars`."""
    bottom = len(marks) * DAY_ROW + 4
    points = [(_level(mean.amount), n * DAY_ROW + DAY_ROW / 2) for n, (_, mean) in enumerate(marks)]
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    dots = [_day(*pair, *point) for pair, point in zip(marks, points, strict=True)]
    middle = stroke(f"M{_level(0):g} 0V{bottom}", EARTH, 1, dotted=True)
    axis = [middle, *_ends(frame.columns, _level(-2), _level(2), bottom + 14)]
    shapes = [*axis, stroke(line, LEAF, 1.2), *dots]
    return picture(frame.anchor, "drawn", (0, 0, WIDTH, bottom + 20), frame.title, frame.description, shapes)


# Grids


def _grid(frame: Frame, marks: Iterable[Mark], height: int, draw: Callable[[Mark, float, float], str]) -> Markup:
    """Names at the left and above, a drawing where there is a mark, a dot where there is none."""
    found = {(mark.row, mark.column): mark for mark in marks}
    wide = (WIDTH - LABELS) / len(frame.columns)
    xs = [LABELS + wide * (n + 0.5) for n in range(len(frame.columns))]
    shapes = [_text(x, 12, name, 11, "middle", MUTED) for x, name in zip(xs, frame.columns, strict=True)]
    for n, row in enumerate(frame.rows):
        y = HEAD + height * (n + 0.5)
        cells = [(found.get((row, column)), x) for x, column in zip(xs, frame.columns, strict=True)]
        shapes.append(_text(0, y + 4, row, 12, "start", MUTED))
        shapes += [draw(mark, x, y) if mark else _dot(x, y) for mark, x in cells]
    box = (0, 0, WIDTH, HEAD + height * len(frame.rows))
    return picture(frame.anchor, "drawn", box, frame.title, frame.description, shapes)


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="1.5" fill="{EARTH}"/>'


def _spot(mark: Mark, x: float, y: float, most: float) -> str:
    radius = round(9 + 11 * (mark.amount / most) ** 0.5, 1)
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{WASH}" stroke="{LEAF}" stroke-width="1.5"/>'
    return _group(mark, circle + _value(mark, x, y + 4.5, "middle"))


def _slot(mark: Mark, x: float, y: float) -> str:
    paint = _ABOVE if mark.amount > 0 else _BELOW if mark.amount < 0 else _LEVEL
    box = f'<rect x="{x - 26:g}" y="{y - 15:g}" width="52" height="30" rx="3" stroke-width="1.5" {paint}/>'
    return _group(mark, box + _value(mark, x, y + 4, "middle", 12))


_ABOVE = f'fill="{WASH}" stroke="{LEAF}"'
_BELOW = f'fill="none" stroke="{BARK}" stroke-dasharray="3 3"'
_LEVEL = f'fill="none" stroke="{MUTED}"'


# Bars and days


def _bar(often: Mark, mean: Mark, top: float) -> str:
    """A name, and under it the bar between how often it was and its mean."""
    length = max(round(abs(mean.amount) / 2 * BAR_REACH, 1), 2)
    way = -1 if mean.amount < 0 else 1
    outside, inside = ("end", "start") if way < 0 else ("start", "end")
    return _group(
        often,
        _text(0, top + 13, _shortened(often.row), 13, "start", TEXT)
        + _bar_shape(mean.amount, length, top)
        + _value(mean, MIDDLE + way * (length + 7), top + 31, outside)
        + _value(often, MIDDLE - way * 9, top + 31, inside, 12, MUTED),
    )


def _bar_shape(level: float, length: float, top: float) -> str:
    """Filled to the right, hollow to the left, a dot for nothing."""
    if not level:
        return f'<circle cx="{MIDDLE:g}" cy="{top + 26:g}" r="4" fill="{TEXT}"/>'
    x = MIDDLE if level > 0 else MIDDLE - length
    paint = f'fill="{LEAF}"' if level > 0 else f'fill="none" stroke="{BARK}" stroke-width="1.5"'
    return f'<rect x="{x:g}" y="{top + 20:g}" width="{length:g}" height="12" rx="2" {paint}/>'


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _day(often: Mark, mean: Mark, x: float, y: float) -> str:
    paint = f'fill="{WASH}"' if mean.amount < 0 else f'fill="{LEAF}"'
    dot = f'<circle cx="{x:g}" cy="{y:g}" r="5" {paint} stroke="{LEAF}" stroke-width="1.5"/>'
    return _group(
        often,
        _text(0, y + 4, often.row, 12, "start", MUTED)
        + dot
        + _value(mean, WIDTH - 58, y + 4.5, "end")
        + _value(often, WIDTH, y + 4, "end", 12, MUTED),
    )


def _level(mean: float) -> float:
    """Where a mean from −2 to +2 stands across a chart of days."""
    left, right = DAY_LABELS, WIDTH - 104
    return round(left + (mean + 2) / 4 * (right - left), 1)


def _ends(names: Sequence[str], left: float, right: float, y: float) -> list[str]:
    """The words at both ends of a scale and at its middle."""
    first, middle, last = names
    return [
        _text(left, y, first, 12, "start", MUTED),
        _text((left + right) / 2, y, middle, 12, "middle", MUTED),
        _text(right, y, last, 12, "end", MUTED),
    ]


# Texts


def _group(mark: Mark, shapes: str) -> str:
    return f'<g data-row="{escape(mark.row)}">{shapes}</g>'


def _value(mark: Mark, x: float, y: float, anchor: str, size: int = 13, color: str = TEXT) -> str:
    return _text(x, y, mark.said, size, anchor, color, f' data-column="{escape(mark.column)}"')


def _text(x: float, y: float, words: str, size: int, anchor: str, color: str, more: str = "") -> str:
    place = f'x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="{color}"'
    return f"<text {place}{more}>{escape(words)}</text>"
