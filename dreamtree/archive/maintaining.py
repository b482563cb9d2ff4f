"""`flask maintain`: what has ended is cleared away, a little at a time, and the database's log is emptied."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from dreamtree import db
from dreamtree.accounts.maintenance import maintain as maintain_accounts
from dreamtree.answers import trash
from dreamtree.answers.trash import KEPT_FOR
from dreamtree.profile import orphans

MOST = 100
PATIENCE = 5_000
"""Milliseconds to wait for a reader that holds the log."""


def maintain() -> Iterator[str]:
    """Clears, and answers a line with counts for each step once it is done. Twice, or beside another, is fine."""
    before = db.moment(datetime.now(UTC) - KEPT_FOR)
    gone = maintain_accounts(orphans.release_offers)
    yield f"Cleared {gone.sessions} ended sessions, {gone.throttles} attempt counts, {gone.snoozes} expired snoozes."
    yield f"{gone.people} trees that nobody can open and {gone.samples} sample trees."
    yield f"{_until_none(lambda: trash.clear_old(before, MOST))} texts cleared from the trash, with their history."
    yield f"{_until_none(lambda: orphans.clear_orphans(before, MOST))} skills cleared that nothing names any more."
    yield (
        "The log is empty."
        if db.checkpoint(PATIENCE)
        else "The database is in use: the log will be emptied on the next run."
    )


def _until_none(clear_some: Callable[[], int]) -> int:
    total = 0
    while count := db.saving(clear_some):
        total += count
    return total
