"""A chart: a picture, the same in numbers, and what is to be said beside it.

A new kind of picture is one module in this room: a function from facts to a `Chart`, drawn by `charts.html`. Marks that
carry their row and column (`marks`) are compared with the table by tests/rules/test_charts.py, which finds the function
by what it returns and by `anchor`, the argument or field that begins the ids in its picture.
"""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class ChartTable:
    """Numbers in words: the first cell of a row is its name, `head` names the columns, `foot` is a last row of sums.

    `caption` is for screen readers; "" where what is around the table names it. `prose` are the columns of longer text.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """`picture` is an SVG with title and description, or "" where the facts are only told in numbers.

    `notes` are sentences: how to read it, and what is left out.
    """

    picture: Markup
    table: ChartTable
    notes: tuple[str, ...] = ()
