"""Twelve weeks of days: a square where something was noted, a dot elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from dreamtree.dates import MONTHS, day_words, week_start, weekdays
from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.svg import EARTH, LEAF, MUTED, TEXT, WIDTH, picture

WEEKS = 12
LEFT = 40
TOP = 24
STEP = (WIDTH - LEFT) / WEEKS
SIDE = 20
LABEL_ROOM = 2
ON_LEAF = "var(--on-leaf,#ffffff)"
LABELED = (0, 2, 4, 6)
"""Every second weekday has its name beside it."""


@dataclass(frozen=True)
class CalendarEntry:
    """Something noted: its day, or what was written in its place; a short label for its square; its further cells.

    `cells`: head of a column → words.
    """

    on: date | str
    label: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Weeks:
    """What is around the entries: the heads of the table after the day, and what the days come to in sentences.

    `today` is None where it is not known; `prose` are the heads of columns of longer text.
    """

    today: date | None
    heads: tuple[str, ...]
    prose: tuple[str, ...]
    notes: tuple[str, ...]
    anchor: str


def calendar(entries: Sequence[CalendarEntry], weeks: Weeks) -> Chart | None:
    """All entries as a table, and the twelve weeks that end with today's as a picture; None without an entry.

    No picture when today is not known or no day in these weeks has an entry. Of several labels of one day the greatest
    is drawn. Squares and dots differ in shape and size, not only in color.
    """
    if not entries:
        return None
    rows = tuple((_day_words(one.on), *(one.cells.get(head, "") for head in weeks.heads)) for one in entries)
    table = ChartTable("", ("Day", *weeks.heads), rows, prose=weeks.prose)
    svg = _picture(_labels(entries), weeks.today, weeks.anchor) if weeks.today else Markup("")
    return Chart(svg, table, weeks.notes)


def _day_words(on: date | str) -> str:
    return day_words(on) if isinstance(on, date) else on


def _labels(entries: Sequence[CalendarEntry]) -> dict[date, str]:
    labels: dict[date, str] = {}
    for entry in entries:
        if isinstance(entry.on, date):
            labels[entry.on] = max(labels.get(entry.on, ""), entry.label)
    return labels


def _picture(labels: Mapping[date, str], today: date, anchor: str) -> Markup:
    first = first_day(today)
    drawn = {day: label for day, label in sorted(labels.items()) if first <= day <= today}
    if not drawn:
        return Markup("")
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    squares = (_square(day, first, label) for day, label in drawn.items())
    dots = _dots([day for day in days if day not in drawn], first)
    shapes = [*_names(first, today), dots, *squares, _today(today, first)]
    words = ", ".join(f"{day_words(day)}{f' ({label})' if label else ''}" for day, label in drawn.items())
    box = (0.0, 0.0, float(WIDTH), TOP + 7 * STEP)
    return picture(anchor, "calendar", box, "Twelve weeks", f"Noted on {words}.", shapes)


def first_day(today: date) -> date:
    """The day that the twelve weeks begin with, the first of a week."""
    return week_start(today) - timedelta(weeks=WEEKS - 1)


def _center(day: date, first: date) -> tuple[float, float]:
    n = (day - first).days
    return round(LEFT + (n // 7 + 0.5) * STEP, 1), round(TOP + (n % 7 + 0.5) * STEP, 1)


def _dots(days: Sequence[date], first: date) -> str:
    """Days on which nothing was noted, as one path: each a stroke without length, whose round ends are the dot."""
    centers = (_center(day, first) for day in days)
    path = "".join(f"M{x:g} {y:g}h0" for x, y in centers)
    return f'<path d="{path}" stroke="{EARTH}" stroke-width="4" stroke-linecap="round"/>'


def _square(day: date, first: date, label: str) -> str:
    x, y = _center(day, first)
    square = f'<rect x="{x - SIDE / 2:g}" y="{y - SIDE / 2:g}" width="{SIDE}" height="{SIDE}" rx="3" fill="{LEAF}"/>'
    if not label:
        return square
    words = f'<text x="{x:g}" y="{y + 4.5:g}" font-size="13" font-weight="600" text-anchor="middle" fill="{ON_LEAF}">'
    return f"{square}{words}{escape(label[:LABEL_ROOM])}</text>"


def _today(today: date, first: date) -> str:
    x, y = _center(today, first)
    side = SIDE + 4
    return (
        f'<rect x="{x - side / 2:g}" y="{y - side / 2:g}" width="{side}" height="{side}" rx="4" fill="none" '
        f'stroke="{TEXT}" stroke-width="1.5"/>'
    )


def _names(first: date, today: date) -> list[str]:
    """Weekdays at the left, and each month above the week it begins in."""
    named = ((weekdays()[n][:3], TOP + (n + 0.5) * STEP + 4) for n in LABELED)
    days = [f'<text x="0" y="{y:g}" font-size="12" fill="{MUTED}">{name}</text>' for name, y in named]
    weeks = [first + timedelta(weeks=n) for n in range(WEEKS)]
    begins = [(n, week) for n, week in enumerate(weeks) if n == 0 or week.month != weeks[n - 1].month]
    shown = [one for place, one in enumerate(begins) if place + 1 == len(begins) or begins[place + 1][0] - one[0] > 1]
    return days + [
        f'<text x="{LEFT + n * STEP + 2:g}" y="14" font-size="12" fill="{MUTED}">{MONTHS[week.month - 1][:3]}</text>'
        for n, week in shown
        if week <= today
    ]
