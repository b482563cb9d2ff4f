"""Days and times as the person reads them, in their own time zone."""

from dreamtree.accounts.days import day_of, day_words, time_of, today_of
from dreamtree.accounts.models import User


def saved_words(user: User, at: str) -> str:
    """ "Saved 14:02", or with the day when that is not today."""
    here = time_of(user, at)
    return f"Saved {here:%H:%M}" if here.date() == today_of(user) else f"Saved {day_words(here.date().isoformat())}"


def moment_words(user: User, at: str) -> str:
    """ "28 October 2026, 14:02"."""
    here = time_of(user, at)
    return f"{day_words(here.date().isoformat())}, {here:%H:%M}"


def written_words(user: User, at: str) -> str:
    """ "28 October 2026", the person's day at that moment; "" stays ""."""
    return day_words(day_of(user, at).isoformat()) if at else ""
