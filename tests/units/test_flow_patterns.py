"""Patterns of moments: every number is counted a second time here, in plain loops."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamtree.tools.flow_tracker.keywords import keywords
from dreamtree.tools.flow_tracker.patterns import (
    PARTS,
    WEEKDAYS,
    Entry,
    activities,
    activity_key,
    focus_map,
    patterns,
    shared_by_strongest,
    trend,
    week,
)
from tests.examples import examples

FIRST = date(2026, 11, 2)
days = st.integers(0, 20).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
times = st.one_of(days, days, st.sampled_from(["", "2019", "2019-03"]))
what = st.sampled_from(
    [
        "Night shift",
        "night shift with Ana",
        "Fixing a bike",
        "Fixing the bike again",
        "Team meeting",
        "The",
        "昼寝",
        "Drew",
    ]
)
why = st.sampled_from(["", "Drawing on a menu", "They were lost, and drawing helped", "It was the forms", "Ana’s idea"])
entry = st.builds(
    Entry,
    activity=what,
    energy=st.integers(-2, 2),
    focus=st.one_of(st.none(), st.integers(1, 5)),
    on=times,
    part=st.sampled_from(["", *PARTS]),
    reason=why,
)
some = st.lists(entry, max_size=40)


def key_of(text: str) -> tuple[str, ...]:
    return activity_key(text, keywords(text))


def is_day(text: str) -> bool:
    return len(text) == 10


def mean_of(values: list[int]) -> Fraction:
    total = 0
    for value in values:
        total += value
    return Fraction(total, len(values))


@settings(max_examples=examples(100), deadline=None)
@given(some)
def test_counts(entries: list[Entry]) -> None:
    found = patterns(entries)
    up = down = level = deep = deep_up = 0
    for one in entries:
        up += 1 if one.energy in (1, 2) else 0
        down += 1 if one.energy in (-1, -2) else 0
        level += 1 if one.energy == 0 else 0
        if one.focus in (4, 5):
            deep += 1
            deep_up += 1 if one.energy >= 1 else 0
    assert (found.count, found.lifted, found.level, found.drained) == (len(entries), up, level, down)
    assert (found.deep, found.deep_lifted) == (deep, deep_up)


@settings(max_examples=examples(100), deadline=None)
@given(some)
def test_the_map_counts_every_moment_that_says_how_absorbed(entries: list[Entry]) -> None:
    found = focus_map(entries)
    for energy in range(-2, 3):
        for focus in range(1, 6):
            here = 0
            for one in entries:
                here += one.energy == energy and one.focus == focus
            drawn = [spot.count for spot in found.spots if (spot.energy, spot.focus) == (energy, focus)]
            assert drawn == ([here] if here else [])
    without = len([one for one in entries if one.focus is None])
    assert (found.counted, found.left_out) == (len(entries) - without, without)


@settings(max_examples=examples(100), deadline=None)
@given(some)
def test_weekdays_and_parts_of_the_day(entries: list[Entry]) -> None:
    found = week(entries)
    used = 0
    for weekday in range(7):
        for part in PARTS:
            here = [
                one.energy
                for one in entries
                if is_day(one.on) and one.part == part and date.fromisoformat(one.on).isoweekday() == weekday + 1
            ]
            used += len(here)
            drawn = [(slot.count, slot.mean) for slot in found.slots if (slot.weekday, slot.part) == (weekday, part)]
            assert drawn == ([(len(here), mean_of(here))] if here else [])
    assert (found.counted, found.left_out) == (used, len(entries) - used)


@settings(max_examples=examples(100), deadline=None)
@given(some)
def test_the_trend_is_the_last_fourteen_days_that_have_moments(entries: list[Entry]) -> None:
    found = trend(entries)
    known: list[str] = []
    for one in entries:
        if is_day(one.on) and one.on not in known:
            known.append(one.on)
    known.sort()
    last = known[max(0, len(known) - 14) :]
    energies = {day: [one.energy for one in entries if one.on == day] for day in last}
    assert [(one.on, one.count, one.mean) for one in found.days] == [
        (day, len(energies[day]), mean_of(energies[day])) for day in last
    ]
    assert found.left_out == len([one for one in entries if not is_day(one.on)])
    assert found.before + found.left_out + sum(one.count for one in found.days) == len(entries)
    if len(last) < 4:
        assert (found.half, found.earlier, found.later) == (0, None, None)
        return
    half = len(last) // 2
    early: list[int] = []
    late: list[int] = []
    for place, day in enumerate(last):
        if place < half:
            early += energies[day]
        if place >= len(last) - half:
            late += energies[day]
    assert (found.half, found.earlier, found.later) == (half, mean_of(early), mean_of(late))


@settings(max_examples=examples(100), deadline=None)
@given(some)
def test_activities_that_begin_alike_are_one(entries: list[Entry]) -> None:
    found = activities(entries)
    left = list(entries)
    once = 0
    groups: list[tuple[int, Fraction]] = []
    while left:
        alike = [one for one in left if key_of(one.activity) == key_of(left[0].activity)]
        left = [one for one in left if key_of(one.activity) != key_of(alike[0].activity)]
        if len(alike) == 1:
            once += 1
        else:
            groups.append((len(alike), mean_of([one.energy for one in alike])))
    assert found.once == once
    assert len(groups) == len(found.groups) + found.others
    assert [(one.count, one.mean) for one in found.groups] == sorted(groups, reverse=True)[:8]
    named = [key_of(one.name) for one in found.groups]
    assert len(set(named)) == len(named)


@settings(max_examples=examples(100), deadline=None)
@given(some)
def test_the_best_and_the_worst_five(entries: list[Entry]) -> None:
    found = patterns(entries)
    for extreme, sign in ((found.best, 1), (found.worst, -1)):
        able = [one for one in entries if one.energy * sign >= 1]
        assert len(extreme.entries) == min(5, len(able))
        ranks = [(one.energy * sign, one.focus or 0) for one in extreme.entries]
        assert ranks == sorted([(one.energy * sign, one.focus or 0) for one in able], reverse=True)[:5]
        level = len([one for one in able if (one.energy * sign, one.focus or 0) == ranks[-1]]) if ranks else 0
        assert extreme.level == max(level - ranks.count(ranks[-1]), 0) if ranks else extreme.level == 0


@settings(max_examples=examples(150), deadline=None)
@given(some)
def test_what_the_strongest_share_is_true_and_more_than_half(entries: list[Entry]) -> None:
    shared = shared_by_strongest(entries)
    if shared is None:
        return
    order = sorted((one for one in entries if one.energy > 0), key=lambda one: (-one.energy, -(one.focus or 0)))
    fifth = order[:5][-1]
    best = [one for one in order if (one.energy, one.focus or 0) >= (fifth.energy, fifth.focus or 0)]
    having = len([one for one in best if has(one, shared.kind, shared.value)])
    assert (shared.count, shared.of) == (having, len(best))
    assert having >= 3
    assert having > len(best) / 2
    others = len([one for one in entries if has(one, shared.kind, shared.value)]) - having
    rest = len(entries) - len(best)
    assert rest == 0 or having / len(best) > others / rest


def has(one: Entry, kind: str, value: str) -> bool:
    if kind == "part":
        return one.part == value
    if kind == "weekday":
        return is_day(one.on) and date.fromisoformat(one.on).strftime("%A") == value
    return value in keywords(one.activity) + keywords(one.reason)


@settings(max_examples=examples(50), deadline=None)
@given(some)
def test_the_same_moments_have_the_same_patterns(entries: list[Entry]) -> None:
    assert patterns(entries) == patterns(list(entries))


EVENINGS = [Entry(f"Thing {n}", 2, 5, part="evening") for n in range(4)]
OTHERS = [Entry("Forms", -1, 1, part="morning"), Entry("Bus", 2, 5, part="night")]


def test_four_of_five_in_the_evening() -> None:
    shared = shared_by_strongest([*EVENINGS, *OTHERS])
    assert shared is not None
    assert (shared.kind, shared.value, shared.count, shared.of) == ("part", "evening", 4, 5)


def test_what_all_moments_have_alike_tells_nothing() -> None:
    assert shared_by_strongest([*EVENINGS, Entry("Forms", -1, 1, part="evening")]) is None


def test_two_are_too_few_to_share() -> None:
    assert shared_by_strongest(EVENINGS[:2]) is None


def test_nothing_lifted_nothing_shared() -> None:
    assert shared_by_strongest([Entry("Forms", -2, part="morning")] * 6) is None


def test_a_cut_inside_a_tie_takes_all_of_the_tie() -> None:
    found = patterns([Entry(f"Thing {n}", 2, 3) for n in range(9)])
    assert (len(found.best.entries), found.best.level) == (5, 4)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Team meeting", "team meeting", True),
        ("The team meeting about rosters", "A team meeting", True),
        ("Fixing Ana's bike", "fixing ana bike", True),
        ("Fixing bikes", "Fixing lamps", False),
        ("Team meeting", "Team lunch", False),
        ("The", "the ", True),
        ("昼寝", "昼寝", True),
        ("", "", True),
    ],
)
def test_which_activities_are_alike(one: str, other: str, are_alike: bool) -> None:
    assert (key_of(one) == key_of(other)) is are_alike


def test_words_that_say_nothing_are_left_out() -> None:
    assert keywords("The night I was with my sister’s dog") == ["night", "sister", "dog"]


def test_a_month_is_no_day() -> None:
    found = patterns([Entry("Walk", 1, on="2019-03", part="evening"), Entry("Walk", 1, on="2019")])
    assert (found.week.left_out, found.trend.left_out) == (2, 2)
    assert found.trend.days == ()


def test_weekdays_begin_with_monday() -> None:
    (slot,) = week([Entry("Walk", 1, on="2026-11-21", part="night")]).slots
    assert WEEKDAYS[slot.weekday] == "Saturday"
