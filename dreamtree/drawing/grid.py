"""Grids: rows of names at the left, columns of names above, a mark where there is something and a dot elsewhere.

More than color tells marks apart: place, size, filled or hollow, whole or broken lines, and the numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.marks import group, value
from dreamtree.drawing.svg import BARK, EARTH, LEAF, MUTED, WASH, WIDTH, Point, pair, picture, stroke, text

LABELS = 72
HEAD = 22
SPOT_ROW = 44
SLOT_ROW = 36
SLOT = 52
NOTHING = "–"


@dataclass(frozen=True)
class Mark:
    """A cell that has something: `text` stands in it, and `name` says which cell it is in the description.

    `amount` is a count from one (spots), or a level with nothing at 0 (slots).
    """

    row: str
    column: str
    name: str
    text: str
    amount: float


@dataclass(frozen=True)
class Grid:
    """What is around the marks: names of rows from the top, of columns from the left, and what the rows are."""

    title: str
    row_head: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    anchor: str


Draw = Callable[[Mark, float, float, float], str]


def spots(marks: Sequence[Mark], grid: Grid) -> Chart | None:
    """Circles with their number, larger where there are more; None without a mark."""
    most = max((mark.amount for mark in marks), default=1)
    return _chart(marks, grid, SPOT_ROW, lambda mark, x, y, width: _spot(mark, x, y, width, max(most, 1)))


def slots(marks: Sequence[Mark], grid: Grid) -> Chart | None:
    """Boxes with their level: filled above nothing, broken lines below it, hollow at it; None without a mark."""
    return _chart(marks, grid, SLOT_ROW, _slot)


def _chart(marks: Sequence[Mark], grid: Grid, height: int, draw: Draw) -> Chart | None:
    """`height` is that of a row; `draw` draws a mark around a point, no wider than a column.

    Of two marks in one cell the later one counts.
    """
    cells = {(mark.row, mark.column): mark for mark in marks if mark.row in grid.rows and mark.column in grid.columns}
    if not cells:
        return None
    width = (WIDTH - LABELS) / len(grid.columns)
    xs = [LABELS + width * (n + 0.5) for n in range(len(grid.columns))]
    shapes = [text(x, 12, name, 11, "middle", MUTED) for x, name in zip(xs, grid.columns, strict=True)]
    dots = []
    for n, row in enumerate(grid.rows):
        y = HEAD + height * (n + 0.5)
        line = [(cells.get((row, column)), x) for x, column in zip(xs, grid.columns, strict=True)]
        shapes.append(text(0, y + 4, row, 12, "start", MUTED))
        shapes += [draw(mark, x, y, width) for mark, x in line if mark]
        dots += [(x, y) for mark, x in line if not mark]
    shapes.append(_dots(dots))
    box = (0, 0, WIDTH, HEAD + height * len(grid.rows))
    description = "; ".join(f"{mark.name}: {mark.text}" for mark in cells.values())
    svg = picture(grid.anchor, "drawn", box, grid.title, f"{description}.", shapes)
    return Chart(svg, _table(cells, grid), grid.notes)


def _table(cells: dict[tuple[str, str], Mark], grid: Grid) -> ChartTable:
    texts = {place: mark.text for place, mark in cells.items()}
    rows = tuple((row, *(texts.get((row, column), NOTHING) for column in grid.columns)) for row in grid.rows)
    return ChartTable(grid.title, (grid.row_head, *grid.columns), rows)


def _dots(empty: Sequence[Point]) -> str:
    """Cells with nothing in them, as one path: each a stroke without length, whose round ends are the dot."""
    return stroke("".join(f"M{pair(point)}h0" for point in empty), EARTH, 3) if empty else ""


def _spot(mark: Mark, x: float, y: float, width: float, most: float) -> str:
    radius = min(round(9 + 11 * (max(mark.amount, 0) / most) ** 0.5, 1), width / 2)
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{WASH}" stroke="{LEAF}" stroke-width="1.5"/>'
    return group(mark.row, circle, value(mark.column, mark.text, x, y + 4.5, "middle"))


def _slot(mark: Mark, x: float, y: float, width: float) -> str:
    paint = _ABOVE if mark.amount > 0 else _BELOW if mark.amount < 0 else _LEVEL
    wide = min(SLOT, width)
    box = f'<rect x="{x - wide / 2:g}" y="{y - 15:g}" width="{wide:g}" height="30" rx="3" stroke-width="1.5" {paint}/>'
    return group(mark.row, box, value(mark.column, mark.text, x, y + 4, "middle", 12))


_ABOVE = f'fill="{WASH}" stroke="{LEAF}"'
_BELOW = f'fill="none" stroke="{BARK}" stroke-dasharray="3 3"'
_LEVEL = f'fill="none" stroke="{MUTED}"'
