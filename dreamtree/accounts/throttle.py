"""A growing wait for what is tried too often, never a lock-out. All processes count together, in the database."""

from datetime import UTC, datetime, timedelta

from peewee import ModelDelete

from dreamtree.accounts.models import Throttle
from dreamtree.db import moment, saving
from dreamtree.metrics import THROTTLED, count_one

LONGEST = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


def attempt(key: str, free: int, longest: timedelta = LONGEST) -> int:
    """Count one try of `key` and answer 0, or, when it is too early, the seconds to wait.

    The first `free` tries of a day go through at once; each one after them doubles the wait for the next, up to
    `longest`.
    """
    at = datetime.now(UTC)
    wait = saving(lambda: _attempt(key, free, at, longest))
    if wait:
        count_one(THROTTLED)
    return wait


def uncount(key: str) -> None:
    """The last try was no guess: it does not count."""
    fewer = Throttle.update(tries=Throttle.tries - 1, open_at=Throttle.tried_at)
    saving(fewer.where(Throttle.id == key, Throttle.tries > 0).execute)


def reset(key: str) -> None:
    """Start counting anew: after a sign-in that worked."""
    saving(ModelDelete(Throttle).where(Throttle.id == key).execute)


def _attempt(key: str, free: int, at: datetime, longest: timedelta) -> int:
    row = Throttle.get_or_none(Throttle.id == key)
    if row is not None and row.open_at > moment(at):
        return max(1, round((datetime.fromisoformat(row.open_at) - at).total_seconds()))
    tries = row.tries + 1 if row is not None and row.tried_at >= moment(at - FORGOTTEN_AFTER) else 1
    values = {"tries": tries, "open_at": moment(at + min(longest, _wait(tries - free))), "tried_at": moment(at)}
    Throttle.insert(id=key, **values).on_conflict(conflict_target=[Throttle.id], update=values).execute()
    return 0


def _wait(too_many: int) -> timedelta:
    return timedelta(seconds=2 ** min(too_many, 20)) if too_many >= 0 else timedelta()
