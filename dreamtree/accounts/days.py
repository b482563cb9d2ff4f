"""Days are the person's days: "today" and the day of a moment are those of their own time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dreamtree.accounts.models import User
from dreamtree.dates import day_words
from dreamtree.db import now, saving

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"
)  # fmt: skip


@dataclass(frozen=True)
class Region:
    """A part of the world and its time zones: pairs of IANA name and the words for it."""

    name: str
    zones: tuple[tuple[str, str], ...]


def today_of(user: User) -> date:
    """The day it is where the person is."""
    return now_of(user).date()


def now_of(user: User) -> datetime:
    """This moment on the person's clock."""
    return datetime.now(zone_of(user))


def day_of(user: User, at: str) -> date:
    """The person's day at the moment `at`, ISO 8601 UTC text; a plain ISO date is that day."""
    return time_of(user, at).date() if len(at) > len("2027-03-01") else date.fromisoformat(at)


def time_of(user: User, at: str) -> datetime:
    """The moment `at`, ISO 8601 UTC text, on the person's clock."""
    return datetime.fromisoformat(at).astimezone(zone_of(user))


def near_day_words(user: User, at: str) -> str:
    """The person's day at the moment `at`: "today", "yesterday", else "October 28, 2026"."""
    day, today = day_of(user, at), today_of(user)
    near = {today: "today", today - timedelta(days=1): "yesterday"}
    return near.get(day) or day_words(day.isoformat())


def zone_of(user: User) -> tzinfo:
    """The person's time zone; UTC until one is known."""
    return ZoneInfo(user.time_zone) if user.time_zone in known_zones() else UTC


@cache
def known_zones() -> frozenset[str]:
    """The IANA names that are places (Asia/Kathmandu), and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}


@cache
def zones_by_region() -> tuple[Region, ...]:
    """The zones to choose from, by part of the world."""
    named: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for zone in sorted(known_zones()):
        region, _, place = zone.partition("/")
        if region in named:
            named[region].append((zone, place.replace("_", " ").replace("/", ", ")))
    return tuple(Region(name, tuple(zones)) for name, zones in named.items() if zones)


def learn_zone(user: User, name: str) -> None:
    """Keeps what a browser says of itself, once: a zone that is known stays, and nonsense is ignored."""
    if user.time_zone or name not in known_zones():
        return
    mine, at = (User.id == user.id) & (User.time_zone == ""), now()
    saving(lambda: User.update(time_zone=name, updated_at=at).where(mine).execute())
    user.time_zone = name


def choose_zone(user: User, name: str) -> bool:
    """The time zone that the person names; False when there is none of that name."""
    if name not in known_zones():
        return False
    at = now()
    saving(lambda: User.update(time_zone=name, updated_at=at).where(User.id == user.id).execute())
    user.time_zone = name
    return True
