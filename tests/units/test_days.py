"""Days are the person's: at both ends of the world, a quarter of an hour off, and on the days when clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine

from dreamtree.accounts.days import day_of, known_zones, now_of, today_of, zone_of, zones_by_region
from dreamtree.accounts.models import User
from dreamtree.db import moment
from dreamtree.workbook.dates import moment_words, saved_words, written_words

MINUTE = timedelta(minutes=1)
MIDNIGHTS = [
    ("Pacific/Pago_Pago", "2027-03-01T11:00", "2027-03-01"),
    ("Pacific/Tongatapu", "2027-03-01T11:00", "2027-03-02"),
    ("Asia/Kathmandu", "2027-03-01T18:15", "2027-03-02"),
    ("Europe/Lisbon", "2027-03-28T00:00", "2027-03-28"),
    ("Europe/Lisbon", "2027-03-28T23:00", "2027-03-29"),
    ("Europe/Lisbon", "2027-10-30T23:00", "2027-10-31"),
    ("Europe/Lisbon", "2027-11-01T00:00", "2027-11-01"),
    ("America/New_York", "2027-03-14T05:00", "2027-03-14"),
    ("America/New_York", "2027-03-15T04:00", "2027-03-15"),
    ("America/New_York", "2027-11-07T04:00", "2027-11-07"),
    ("America/New_York", "2027-11-08T05:00", "2027-11-08"),
]
"""A time zone, a midnight there in UTC, and the day that then begins; the clocks change on the 28th and the 31st in
Lisbon, on the 14th and the 7th in New York."""


def living_in(zone: str) -> User:
    return User(id="somebody", time_zone=zone)


@pytest.mark.parametrize(("zone", "midnight", "day"), MIDNIGHTS)
def test_a_day_begins_at_the_persons_midnight(
    frozen: time_machine.Traveller, zone: str, midnight: str, day: str
) -> None:
    user, at = living_in(zone), datetime.fromisoformat(midnight).replace(tzinfo=UTC)
    begins = date.fromisoformat(day)
    for moved, expected in ((-MINUTE, begins - timedelta(days=1)), (timedelta(), begins), (MINUTE, begins)):
        frozen.move_to(at + moved)
        assert today_of(user) == expected
        assert day_of(user, moment(at + moved)) == expected


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York"])
def test_every_minute_of_a_year_has_one_day_and_days_follow_each_other(zone: str) -> None:
    user, at = living_in(zone), datetime(2027, 1, 1, tzinfo=UTC)
    days = [day_of(user, moment(at + timedelta(minutes=15 * step))) for step in range(365 * 96)]
    assert all(timedelta() <= later - earlier <= timedelta(days=1) for earlier, later in pairwise(days))


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "localtime"])
def test_an_unknown_zone_counts_as_utc(frozen: time_machine.Traveller, zone: str) -> None:
    user = living_in(zone)
    assert zone_of(user) is UTC
    assert (today_of(user), now_of(user).hour) == (date(2027, 3, 1), 9)


def test_a_plain_day_is_that_day_everywhere() -> None:
    assert day_of(living_in("Pacific/Pago_Pago"), "2027-03-01") == date(2027, 3, 1)


def test_what_is_saved_is_dated_by_the_persons_clock(frozen: time_machine.Traveller) -> None:
    frozen.move_to(datetime(2027, 3, 1, 11, 30, tzinfo=UTC))
    before, after = "2027-03-01T10:59:00.000Z", "2027-03-01T11:00:00.000Z"
    samoa, tonga = living_in("Pacific/Pago_Pago"), living_in("Pacific/Tongatapu")
    assert [saved_words(samoa, at) for at in (before, after)] == ["Saved Feb 28, 2027", "Saved 12:00 AM"]
    assert [saved_words(tonga, at) for at in (before, after)] == ["Saved Mar 1, 2027", "Saved 12:00 AM"]
    assert written_words(tonga, after) == "March 2, 2027"
    assert moment_words(living_in("Asia/Kathmandu"), after) == "March 1, 2027, 4:45 PM"


def test_the_zones_to_choose_from_are_known_and_stand_by_region() -> None:
    chosen = [zone for region in zones_by_region() for zone, _ in region.zones]
    assert len(chosen) == len(set(chosen)) > 300
    assert set(chosen) < known_zones()
    asia = next(region for region in zones_by_region() if region.name == "Asia")
    assert ("Asia/Kathmandu", "Kathmandu") in asia.zones
    america = next(region for region in zones_by_region() if region.name == "America")
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in america.zones
