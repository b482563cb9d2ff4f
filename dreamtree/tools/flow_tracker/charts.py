"""Charts of moments with their tables: from the same marks, so that both say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from dreamtree.drawing import flow
from dreamtree.drawing.flow import Frame, Mark
from dreamtree.profile.flow import ENERGY_WORDS
from dreamtree.tools.flow_tracker.moments import FOCUS_WORDS, energy_word, focus_word
from dreamtree.tools.flow_tracker.patterns import PARTS, WEEKDAYS, Activities, Day, FocusMap, Patterns, Trend, Week
from dreamtree.tools.wording import begun, in_words

CHART_FROM = 5
NOTHING = "–"
ENDS = (ENERGY_WORDS[0], ENERGY_WORDS[2], ENERGY_WORDS[4])
SCALE = "Averages, from −2 (drained) to +2 (lifted)."


@dataclass(frozen=True)
class ChartView:
    """A chart and its table: `head` are the columns, the first cell of a row is its name; `notes` what is left out."""

    title: str
    picture: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def map_chart(found: Patterns, anchor: str) -> ChartView | str:
    """Energy across, absorption upwards, and how many moments stand at each point."""
    here: FocusMap = found.map
    if here.counted < CHART_FROM:
        return _too_few("Energy and focus", here.counted, "say how absorbed you were")
    columns, rows = ENERGY_WORDS, FOCUS_WORDS[::-1]
    marks = [Mark(focus_word(one.focus), energy_word(one.energy), str(one.count), one.count) for one in here.spots]
    told = "; ".join(f"{mark.column} and absorbed {mark.row}: {mark.said}" for mark in marks)
    frame = Frame(f"{anchor}-map", "Energy and focus", f"{told}.", rows, columns)
    notes = ("Across: the energy after it. Upwards: how absorbed.", _left_out(here.left_out, "how absorbed"))
    return _grid_view(frame, flow.spots(frame, marks), marks, "Absorbed", notes)


def week_chart(found: Patterns, anchor: str) -> ChartView | str:
    """Mean energy by weekday and part of day."""
    here: Week = found.week
    if here.counted < CHART_FROM:
        return _too_few("Weekday and part of day", here.counted, "have a day and a part of it")
    marks = [
        Mark(WEEKDAYS[one.weekday], one.part, f"{signed(one.mean)} ({one.count})", float(one.mean))
        for one in here.slots
    ]
    told = "; ".join(f"{mark.row} {mark.column}: {mark.said}" for mark in marks)
    frame = Frame(f"{anchor}-week", "Weekday and part of day", f"{told}.", WEEKDAYS, PARTS)
    notes = (f"{SCALE} In brackets: how many moments.", _left_out(here.left_out, "the day or the part of it"))
    return _grid_view(frame, flow.slots(frame, marks), marks, "Day", notes)


def activity_chart(found: Patterns, anchor: str) -> ChartView | str:
    """Mean energy of what turned up more than once."""
    here: Activities = found.activities
    if not here.groups:
        return "By activity: nothing has turned up twice yet."
    pairs = [_pair(one.name, one.count, one.mean) for one in here.groups]
    frame = _rows_frame(f"{anchor}-activities", "By activity", pairs)
    once = f"{begun(in_words(here.once))} {'activity' if here.once == 1 else 'activities'} came once."
    others = f"{begun(in_words(here.others))} more came twice or oftener." if here.others else ""
    notes = (f"{SCALE} Activities that begin with the same words count as one.", others, once if here.once else "")
    return _rows_view(frame, flow.bars(frame, pairs), pairs, "Activity", notes)


def trend_chart(found: Patterns, anchor: str) -> ChartView | str:
    """Mean energy, day below day."""
    here: Trend = found.trend
    if len(here.days) < CHART_FROM:
        return _too_few("Day by day", len(here.days), "different days are known", "")
    names = _day_names(here.days)
    pairs = [_pair(name, one.count, one.mean) for name, one in zip(names, here.days, strict=True)]
    frame = _rows_frame(f"{anchor}-trend", "Day by day", pairs)
    before = f"{begun(in_words(here.before))} on earlier days are not drawn." if here.before else ""
    notes = (SCALE, _halves(here), before, _left_out(here.left_out, "the day"))
    return _rows_view(frame, flow.days(frame, pairs), pairs, "Day", notes)


def _halves(here: Trend) -> str:
    if here.earlier is None or here.later is None:
        return ""
    days = f"{in_words(here.half)} days"
    return f"The first {days}: {signed(here.earlier)}. The last {days}: {signed(here.later)}."


def signed(mean: Fraction) -> str:
    """A mean to one decimal, halves to the even one: "+1.5", "−0.3", "0"."""
    rounded = float(round(mean, 1))
    return f"{rounded:+.1f}".removesuffix(".0").replace("-", "−") if rounded else "0"


def _day_names(days: Sequence[Day]) -> list[str]:
    """Short names that tell the days apart: with the weekday within one year, else with the year."""
    is_one_year = len({one.on[:4] for one in days}) == 1
    dates = [date.fromisoformat(one.on) for one in days]
    return [f"{day:%a} {day.day} {day:%b}" if is_one_year else f"{day.day} {day:%b} {day:%Y}" for day in dates]


def _pair(name: str, count: int, mean: Fraction) -> tuple[Mark, Mark]:
    often = "once" if count == 1 else f"{count} times"
    return Mark(name, "How often", often, count), Mark(name, "Energy", signed(mean), float(mean))


def _rows_frame(anchor: str, title: str, pairs: Sequence[tuple[Mark, Mark]]) -> Frame:
    told = "; ".join(f"{often.row}, {often.said}: {mean.said}" for often, mean in pairs)
    return Frame(anchor, title, f"{told}.", tuple(often.row for often, _ in pairs), ENDS)


def _rows_view(
    frame: Frame, picture: Markup, pairs: Sequence[tuple[Mark, Mark]], first: str, notes: Sequence[str]
) -> ChartView:
    rows = tuple((often.row, often.said, mean.said) for often, mean in pairs)
    return ChartView(frame.title, picture, (first, "How often", "Energy"), rows, tuple(filter(None, notes)))


def _grid_view(frame: Frame, picture: Markup, marks: Sequence[Mark], first: str, notes: Sequence[str]) -> ChartView:
    said = {(mark.row, mark.column): mark.said for mark in marks}
    rows = tuple((row, *(said.get((row, column), NOTHING) for column in frame.columns)) for row in frame.rows)
    return ChartView(frame.title, picture, (first, *frame.columns), rows, tuple(filter(None, notes)))


def _too_few(title: str, count: int, what: str, of: str = " moments") -> str:
    number = begun(in_words(count))
    return f"{title}: {number[:1].lower()}{number[1:]}{of} {what}; from {in_words(CHART_FROM)} on, they are drawn."


def _left_out(count: int, what: str) -> str:
    if not count:
        return ""
    return f"{begun(in_words(count))} {'is' if count == 1 else 'are'} not in it: {what} is not known."


CHARTS: tuple[Callable[[Patterns, str], ChartView | str], ...] = (map_chart, activity_chart, week_chart, trend_chart)
"""Each draws one chart, or says what it still lacks. The second argument begins the ids of the picture."""
