"""A line of years: what was done when, as bars that overlap where life did."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dreamtree.drawing.chart import Chart, ChartTable
from dreamtree.drawing.svg import EARTH, LEAF, MUTED, OWN_WAY, TEXT, WIDTH, cut_to_width, picture, stroke, text

TITLE = "The years"
NOT_SURE = "not sure"
ROW = 44
MARGIN = 8


@dataclass(frozen=True)
class Stretch:
    """Something that lasted: "2019" or "2019-03" to the same, to "now", or to "" (not known). Paid ones are filled."""

    title: str
    begins: str
    ends: str
    is_paid: bool = True

    @property
    def start(self) -> str:
        """Where its bar begins: at its end, if that alone has a year."""
        return self.ends if _year(self.begins) is None and _year(self.ends) is not None else self.begins


def timeline(stretches: Sequence[Stretch], this_year: int, anchor: str = "timeline") -> Chart | None:
    """Bars by years, each under its own name, the earliest first; None when nothing has a year.

    Filled bars were paid, hollow ones were not; a bar with an open end has no end known.
    """
    dated = [stretch for stretch in stretches if _year(stretch.start) is not None]
    if not dated:
        return None
    rows = tuple((stretch.title, stretch.begins or NOT_SURE, stretch.ends or NOT_SURE) for stretch in dated)
    return Chart(_picture(dated, this_year, anchor), ChartTable(TITLE, ("What", "From", "To"), rows))


def _picture(dated: Sequence[Stretch], this_year: int, anchor: str) -> Markup:
    ordered = sorted(dated, key=lambda stretch: _span(stretch, this_year))
    spans = [_span(stretch, this_year) for stretch in ordered]
    first = int(min(begin for begin, _ in spans))
    last = max(int(max(end for _, end in spans)) + 1, first + 2)
    bars = [_bar(one, span, place, (first, last)) for place, (one, span) in enumerate(zip(ordered, spans, strict=True))]
    height = len(ordered) * ROW + 30
    description = "; ".join(f"{stretch.title}, {_years_words(stretch)}" for stretch in ordered) + "."
    shapes = [*_years_axis(first, last, len(ordered) * ROW + 8), *bars]
    return picture(anchor, "timeline", (0, 0, WIDTH, height), TITLE, description, shapes)


def _year(date: str) -> float | None:
    """ "2019-03" as 2019.17; None for what begins with no year."""
    year, _, month = date[:7].partition("-")
    if not (year.isdecimal() and len(year) == 4):
        return None
    return int(year) + (min(int(month), 12) - 1) / 12 if month.isdecimal() and int(month) else float(int(year))


def _span(stretch: Stretch, this_year: int) -> tuple[float, float]:
    """From when to when its bar goes, in years; at least a quarter of one."""
    begin, ends = _year(stretch.start) or 0.0, stretch.ends
    end = this_year + 1.0 if ends == "now" else _year(ends)
    if end is None:
        return begin, begin + 1
    rest = 0.0 if ends == "now" else 1.0 if len(ends) == 4 else 1 / 12
    return begin, max(begin + 0.25, end + rest)


def _years_words(stretch: Stretch) -> str:
    begins = stretch.begins or stretch.start
    return f"{begins} to {stretch.ends}" if stretch.ends else f"from {begins}"


def _bar(stretch: Stretch, span: tuple[float, float], place: int, years: tuple[int, int]) -> str:
    left, right = _across(span[0], years), _across(span[1], years)
    top = place * ROW + 4
    x, anchor, width = (left, "start", WIDTH - left) if WIDTH - left >= right else (right, "end", right)
    paint = f'fill="{LEAF}"' if stretch.is_paid else f'fill="none" stroke="{LEAF}" stroke-width="1.5"'
    return (
        f"{text(x, top + 13, cut_to_width(stretch.title, width, 13), 13, anchor, TEXT, OWN_WAY)}"
        f'<rect x="{left:g}" y="{top + 20}" width="{max(round(right - left, 1), 4):g}" height="9" rx="2" {paint}/>'
    )


def _across(year: float, years: tuple[int, int]) -> float:
    first, last = years
    return round(MARGIN + (year - first) / (last - first) * (WIDTH - 2 * MARGIN), 1)


def _years_axis(first: int, last: int, bottom: int) -> list[str]:
    """A line at the foot with at most five years on it."""
    step = max(1, -(-(last - first) // 4))
    line = stroke(f"M{MARGIN} {bottom}H{WIDTH - MARGIN}", EARTH, 1)
    marks = [_year_mark(year, (first, last), bottom) for year in range(first, last + 1, step)]
    return [line, *marks]


def _year_mark(year: int, years: tuple[int, int], bottom: int) -> str:
    x = _across(year, years)
    anchor = "start" if year == years[0] else "end" if year == years[1] else "middle"
    return (
        f'<path d="M{x:g} {bottom}v4" stroke="{EARTH}"/>'
        f'<text x="{x:g}" y="{bottom + 17}" font-size="12" text-anchor="{anchor}" fill="{MUTED}">{year}</text>'
    )
