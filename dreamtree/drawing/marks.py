"""Marks that say in a picture what a cell of its table says.

A mark is a group with `data-row`, holding texts with `data-column`: the name of the row and the head of
the column.
"""

from markupsafe import escape

from dreamtree.drawing.svg import TEXT, text


def group(row: str, *shapes: str) -> str:
    """Everything that is drawn of one row of the table, or of one cell."""
    return f'<g data-row="{escape(row)}">{"".join(shapes)}</g>'


def value(column: str, words: str, x: float, y: float, anchor: str, size: int = 13, color: str = TEXT) -> str:
    """The words of a cell, as they stand in the table; `anchor` is start, middle or end."""
    return text(x, y, words, size, anchor, color, f' data-column="{escape(column)}"')
