"""Days and times as the person reads them, in their own time zone."""

from dreamtree.accounts.days import day_of, time_of, today_of
from dreamtree.accounts.models import User
from dreamtree.dates import clock_words, day_words, short_day


def saved_words(user: User, at: str) -> str:
    """ "Saved 2:02 PM", or with the day when that is not today."""
    local = time_of(user, at)
    return f"Saved {clock_words(local) if local.date() == today_of(user) else short_day(local.date())}"


def moment_words(user: User, at: str) -> str:
    """ "October 28, 2026, 2:02 PM"."""
    local = time_of(user, at)
    return f"{day_words(local.date())}, {clock_words(local)}"


def written_words(user: User, at: str) -> str:
    """ "October 28, 2026", the person's day at that moment; "" stays ""."""
    return day_words(day_of(user, at).isoformat()) if at else ""
