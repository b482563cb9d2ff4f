"""What moments have in common: plain counts and exact means, and what had to be left out of each.

Nothing here guesses. A moment counts where it says what is counted: one without a day is in no weekday and in no
trend, one without *how absorbed* is not on the map of energy and focus; how many those are stands beside the numbers.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dreamtree.tools.flow_tracker.keywords import keywords

ENERGIES = (-2, -1, 0, 1, 2)
FOCUSES = (1, 2, 3, 4, 5)
PARTS = ("morning", "midday", "afternoon", "evening", "night")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DEEP = 4
EXTREMES = 5
MOST_GROUPS = 8
MOST_DAYS = 14
SHARED_FROM = 3
SHORTEST_WORD = 3
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Entry:
    """One moment that counts: what it was, and the energy after it, −2 to +2.

    `on` is an ISO day, month or year, or ""; `part` one of `PARTS` or ""; `focus` 1 to 5, or None. `when` is only said
    again, never counted.
    """

    activity: str
    energy: int
    focus: int | None = None
    on: str = ""
    part: str = ""
    reason: str = ""
    when: str = ""

    @cached_property
    def weekday(self) -> int | None:
        """0 for Monday; None where the day is not known."""
        return date.fromisoformat(self.on).weekday() if DAY.fullmatch(self.on) else None

    @cached_property
    def activity_words(self) -> list[str]:
        """The words of the activity that say something by themselves."""
        return keywords(self.activity)


@dataclass(frozen=True)
class Extreme:
    """The first five of an order, and how many further moments stand level with the last of them."""

    entries: tuple[Entry, ...]
    level: int


@dataclass(frozen=True)
class Shared:
    """What most of the strongest moments share. `kind` is part, weekday or word; `count` of `of` moments."""

    kind: str
    value: str
    count: int
    of: int


@dataclass(frozen=True)
class Spot:
    """How many moments had this energy and this focus."""

    energy: int
    focus: int
    count: int


@dataclass(frozen=True)
class FocusMap:
    """Moments by energy and focus; `left_out` did not say how absorbed."""

    spots: tuple[Spot, ...]
    counted: int
    left_out: int


@dataclass(frozen=True)
class Group:
    """Moments that begin alike, under the name of the newest; `mean` of their energy."""

    name: str
    count: int
    mean: Fraction


@dataclass(frozen=True)
class Activities:
    """What turned up at least twice, the most frequent first; `others` are further such groups, `once` single ones."""

    groups: tuple[Group, ...]
    others: int
    once: int


@dataclass(frozen=True)
class Slot:
    """Moments on one weekday (0 is Monday) in one part of the day; `mean` of their energy."""

    weekday: int
    part: str
    count: int
    mean: Fraction


@dataclass(frozen=True)
class Week:
    """Moments by weekday and part of day; `left_out` lack the day or the part of it."""

    slots: tuple[Slot, ...]
    counted: int
    left_out: int


@dataclass(frozen=True)
class Weekday:
    """A day that was noted: an ISO date, how many moments, and their mean energy."""

    on: str
    count: int
    mean: Fraction


@dataclass(frozen=True)
class Trend:
    """The last fourteen days that have moments, oldest first; `before` are moments on earlier days.

    `earlier` and `later` are the means over the moments of the first and the last `half` of these days; with an odd
    number the day in the middle is in neither. Both are None below four days. `left_out` moments have no day.
    """

    days: tuple[Weekday, ...]
    half: int
    earlier: Fraction | None
    later: Fraction | None
    before: int
    left_out: int


@dataclass(frozen=True)
class Patterns:
    """All the numbers. `lifted` gave energy (+1, +2), `drained` took it; `deep` were absorbed (focus 4, 5)."""

    count: int
    lifted: int
    level: int
    drained: int
    deep: int
    deep_lifted: int
    best: Extreme
    worst: Extreme
    shared: Shared | None
    map: FocusMap
    activities: Activities
    week: Week
    trend: Trend


def patterns(entries: Sequence[Entry]) -> Patterns:
    """Every pattern of these moments. The order they come in decides nothing but ties between equals."""
    deep = [one for one in entries if (one.focus or 0) >= DEEP]
    return Patterns(
        count=len(entries),
        lifted=sum(one.energy > 0 for one in entries),
        level=sum(one.energy == 0 for one in entries),
        drained=sum(one.energy < 0 for one in entries),
        deep=len(deep),
        deep_lifted=sum(one.energy > 0 for one in deep),
        best=_extreme(entries, 1),
        worst=_extreme(entries, -1),
        shared=shared_by_strongest(entries),
        map=focus_map(entries),
        activities=activities(entries),
        week=week(entries),
        trend=trend(entries),
    )


# The strongest and the hardest


def strongest(entries: Sequence[Entry], sign: int = 1) -> list[Entry]:
    """Moments that gave energy (`sign` 1) or took it (−1), the strongest first, then the most absorbed, the newest."""
    newest = sorted(entries, key=lambda one: one.on, reverse=True)
    return sorted((one for one in newest if one.energy * sign > 0), key=lambda one: _strength(one, sign), reverse=True)


def _strength(entry: Entry, sign: int) -> tuple[int, int]:
    return entry.energy * sign, entry.focus or 0


def _level_with_fifth(ordered: Sequence[Entry], sign: int) -> list[Entry]:
    """The first five, and those that cannot be told from the fifth by energy and focus."""
    if len(ordered) <= EXTREMES:
        return list(ordered)
    last = _strength(ordered[EXTREMES - 1], sign)
    return [*ordered[:EXTREMES], *(one for one in ordered[EXTREMES:] if _strength(one, sign) == last)]


def _extreme(entries: Sequence[Entry], sign: int) -> Extreme:
    found = _level_with_fifth(strongest(entries, sign), sign)
    return Extreme(tuple(found[:EXTREMES]), max(len(found) - EXTREMES, 0))


def shared_by_strongest(entries: Sequence[Entry]) -> Shared | None:
    """What more than half of the strongest moments share (three at least), and more of them than of all the others.

    Looked for are the part of day, the weekday, and words of the activity and of what made it so. The strongest are
    the five with the most energy and those level with the fifth. Of several, what most of them share; then a part of
    day before a weekday before a word, and the longer word before the shorter.
    """
    best = _level_with_fifth(strongest(entries), 1)
    those = set(map(id, best))
    rest = [one for one in entries if id(one) not in those]
    found = [Shared(kind, value, count, len(best)) for (kind, value), count in _traits(best).items()]
    others = _traits(rest)
    telling = [one for one in found if _is_telling(one, others[one.kind, one.value], len(rest))]
    return min(telling, key=_telling_first, default=None)


def _traits(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    """How many of these moments have each trait."""
    return Counter(trait for entry in entries for trait in _traits_of(entry))


def _traits_of(entry: Entry) -> set[tuple[str, str]]:
    words = (*entry.activity_words, *keywords(entry.reason))
    found = {("word", word) for word in words if len(word) >= SHORTEST_WORD}
    found |= {("part", entry.part)} if entry.part else set()
    return found | ({("weekday", WEEKDAYS[entry.weekday])} if entry.weekday is not None else set())


def _is_telling(one: Shared, others: int, rest: int) -> bool:
    """`others` of the `rest` moments have the trait too."""
    is_most = one.count >= SHARED_FROM and 2 * one.count > one.of
    return is_most and (not rest or one.count * rest > others * one.of)


def _telling_first(one: Shared) -> tuple[Any, ...]:
    return -one.count, ("part", "weekday", "word").index(one.kind), -len(one.value), one.value


# Energy and focus


def focus_map(entries: Iterable[Entry]) -> FocusMap:
    """How many moments had each energy and focus, the most absorbed first."""
    all_ = list(entries)
    counts = Counter((one.energy, one.focus) for one in all_ if one.focus is not None)
    spots = [Spot(energy, focus, counts[energy, focus]) for focus in FOCUSES[::-1] for energy in ENERGIES]
    counted = sum(counts.values())
    return FocusMap(tuple(one for one in spots if one.count), counted, len(all_) - counted)


# Activities


def activity_key(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """What makes two activities alike: the first two of their `keywords`, where there are any; else the same text."""
    return tuple(words[:2]) or (" ".join(text.casefold().split()),)


def activities(entries: Iterable[Entry]) -> Activities:
    """Moments that begin alike, by how often they turned up, then by mean energy."""
    newest = sorted(entries, key=lambda one: one.on, reverse=True)
    groups = _grouped(newest, lambda one: activity_key(one.activity, one.activity_words))
    repeated = [Group(found[0].activity, len(found), _mean(found)) for found in groups.values() if len(found) > 1]
    repeated.sort(key=lambda one: (-one.count, -one.mean, one.name))
    once = sum(len(found) == 1 for found in groups.values())
    return Activities(tuple(repeated[:MOST_GROUPS]), max(len(repeated) - MOST_GROUPS, 0), once)


# Days


def week(entries: Iterable[Entry]) -> Week:
    """Mean energy by weekday and part of day, Monday morning first."""
    all_ = list(entries)
    placed = [one for one in all_ if one.part and one.weekday is not None]
    groups = _grouped(placed, lambda one: (one.weekday, PARTS.index(one.part)))
    slots = tuple(
        Slot(weekday, PARTS[part], len(found), _mean(found)) for (weekday, part), found in sorted(groups.items())
    )
    return Week(slots, len(placed), len(all_) - len(placed))


def trend(entries: Iterable[Entry]) -> Trend:
    """Mean energy day by day."""
    all_ = list(entries)
    dated = [one for one in all_ if one.weekday is not None]
    groups = sorted(_grouped(dated, lambda one: one.on).items())
    shown, before = groups[-MOST_DAYS:], groups[:-MOST_DAYS]
    half = len(shown) // 2 if len(shown) >= 4 else 0
    return Trend(
        days=tuple(Weekday(on, len(found), _mean(found)) for on, found in shown),
        half=half,
        earlier=_mean_of(shown[:half]),
        later=_mean_of(shown[-half:] if half else []),
        before=sum(len(found) for _, found in before),
        left_out=len(all_) - len(dated),
    )


def _mean_of(days: Sequence[tuple[str, list[Entry]]]) -> Fraction | None:
    together = [one for _, found in days for one in found]
    return _mean(together) if together else None


def _mean(entries: Sequence[Entry]) -> Fraction:
    return Fraction(sum(one.energy for one in entries), len(entries))


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], Any]) -> dict[Any, list[Entry]]:
    groups: defaultdict[Any, list[Entry]] = defaultdict(list)
    for one in entries:
        groups[key(one)].append(one)
    return dict(groups)
