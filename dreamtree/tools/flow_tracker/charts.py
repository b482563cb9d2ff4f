"""What moments show, as charts: which numbers, under which names, with which notes."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from dreamtree.dates import short_day, weekday_words, weekdays
from dreamtree.drawing import Chart
from dreamtree.drawing.grid import Grid, Mark, slots, spots
from dreamtree.drawing.levels import Level, LevelScale, bars, days
from dreamtree.profile.flow import ENERGY_WORDS
from dreamtree.tools.flow_tracker.moments import FOCUS_WORDS, energy_word, focus_word
from dreamtree.tools.flow_tracker.patterns import PARTS, WEEKDAYS, Patterns, Slot, Spot, Trend, Weekday
from dreamtree.tools.wording import capitalized, in_words, times

CHART_FROM = 5
LEVEL_HEADS = ("How often", "Energy")
ENDS = (ENERGY_WORDS[0], ENERGY_WORDS[2], ENERGY_WORDS[4])
SCALE = "Averages, from −2 (drained) to +2 (energized)."

Drawn = Chart | str | None
"""A chart, or a sentence about what it still lacks."""


def map_chart(found: Patterns, anchor: str) -> Drawn:
    """Energy across, absorption upwards, and how many moments stand at each point."""
    focus_map = found.map
    if focus_map.counted < CHART_FROM:
        return _too_few("Energy and focus", focus_map.counted, "say how absorbed you were")
    notes = ("Across: how you felt afterward. Up: how absorbed.", _left_out(focus_map.left_out, "how absorbed"))
    frame = Grid("Energy and focus", "Absorbed", FOCUS_WORDS[::-1], ENERGY_WORDS, _some(notes), f"{anchor}-map")
    return spots([_spot(one) for one in focus_map.spots], frame)


def week_chart(found: Patterns, anchor: str) -> Drawn:
    """Mean energy by weekday and part of day."""
    week = found.week
    if week.counted < CHART_FROM:
        return _too_few("Weekday and part of day", week.counted, "have a day and a part of it")
    notes = (f"{SCALE} In parentheses: how many moments.", _left_out(week.left_out, "the day or the part of it"))
    frame = Grid("Weekday and part of day", "Day", weekdays(), PARTS, _some(notes), f"{anchor}-week")
    return slots([_slot(one) for one in week.slots], frame)


def activity_chart(found: Patterns, anchor: str) -> Drawn:
    """Mean energy of what turned up more than once."""
    activities = found.activities
    once = (
        f"{capitalized(in_words(activities.once))} {'activity' if activities.once == 1 else 'activities'} came up once."
    )
    others = f"{capitalized(in_words(activities.others))} more came up twice or more." if activities.others else ""
    notes = (
        f"{SCALE} Activities that start with the same words count as one.",
        others,
        once if activities.once else "",
    )
    frame = LevelScale("By activity", ("Activity", *LEVEL_HEADS), ENDS, _some(notes), f"{anchor}-activities")
    levels = [_level(one.name, one.count, one.mean) for one in activities.groups]
    return bars(levels, frame) or "By activity: nothing has come up twice yet."


def trend_chart(found: Patterns, anchor: str) -> Drawn:
    """Mean energy, day below day."""
    trend = found.trend
    if len(trend.days) < CHART_FROM:
        return _too_few("Day by day", len(trend.days), "different days are known", "")
    before = f"{capitalized(in_words(trend.before))} on earlier days are not drawn." if trend.before else ""
    notes = (SCALE, _halves(trend), before, _left_out(trend.left_out, "the day"))
    frame = LevelScale("Day by day", ("Day", *LEVEL_HEADS), ENDS, _some(notes), f"{anchor}-trend")
    names = _day_names(trend.days)
    levels = [_level(name, one.count, one.mean) for name, one in zip(names, trend.days, strict=True)]
    return days(levels, frame)


def _halves(trend: Trend) -> str:
    if trend.earlier is None or trend.later is None:
        return ""
    count = f"{in_words(trend.half)} days"
    return f"The first {count}: {signed(trend.earlier)}. The last {count}: {signed(trend.later)}."


def signed(mean: Fraction) -> str:
    """A mean to one decimal, halves to the even one: "+1.5", "−0.3", "0"."""
    rounded = float(round(mean, 1))
    return f"{rounded:+.1f}".removesuffix(".0").replace("-", "−") if rounded else "0"


def _day_names(known: Sequence[Weekday]) -> list[str]:
    """Short names that tell the days apart: with the weekday within one year, else with the year."""
    is_one_year = len({one.on[:4] for one in known}) == 1
    dates = [date.fromisoformat(one.on) for one in known]
    return [weekday_words(day, short=True, has_year=False) if is_one_year else short_day(day) for day in dates]


def _level(name: str, count: int, mean: Fraction) -> Level:
    return Level(name, times(count), signed(mean), float(mean))


def _spot(spot: Spot) -> Mark:
    focus, energy = focus_word(spot.focus), energy_word(spot.energy)
    return Mark(focus, energy, f"{energy} and absorbed {focus}", str(spot.count), spot.count)


def _slot(slot: Slot) -> Mark:
    day, text = WEEKDAYS[slot.weekday], f"{signed(slot.mean)} ({slot.count})"
    return Mark(day, slot.part, f"{day} {slot.part}", text, float(slot.mean))


def _some(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, notes))


def _too_few(title: str, count: int, what: str, of: str = " moments") -> str:
    number = capitalized(in_words(count))
    return f"{title}: {number[:1].lower()}{number[1:]}{of} {what}; from {in_words(CHART_FROM)} on, they are drawn."


def _left_out(count: int, what: str) -> str:
    if not count:
        return ""
    return f"{capitalized(in_words(count))} {'is' if count == 1 else 'are'} not in it: {what} is not known."


CHARTS: tuple[Callable[[Patterns, str], Drawn], ...] = (map_chart, activity_chart, week_chart, trend_chart)
"""The second argument begins the ids of the picture."""
