"""Days and times as the person reads them, in their own time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dreamtree.accounts.models import User


def saved_words(user: User, at: str) -> str:
    """ "Saved 14:02", or with the day when that is not today."""
    here = _local(user, at)
    is_today = here.date() == datetime.now(here.tzinfo).date()
    return f"Saved {here:%H:%M}" if is_today else f"Saved {day_words(here.date().isoformat())}"


def moment_words(user: User, at: str) -> str:
    """ "28 October 2026, 14:02"."""
    here = _local(user, at)
    return f"{day_words(here.date().isoformat())}, {here:%H:%M}"


def day_words(day: str) -> str:
    """ "28 October 2026" from an ISO date; "" stays ""."""
    if not day:
        return ""
    date = datetime.fromisoformat(day)
    return f"{date.day} {date:%B %Y}"


def _local(user: User, at: str) -> datetime:
    try:
        zone = ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.fromisoformat(at).astimezone(UTC)
    return datetime.fromisoformat(at).astimezone(zone)
