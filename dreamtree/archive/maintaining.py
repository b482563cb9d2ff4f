"""`flask maintain`: what has ended is cleared away, a little at a time, and the database's log is emptied.

Each step stands alone: a row that can't go is left where it is and counted, and whatever comes after it goes on.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from peewee import DatabaseError

from dreamtree import db
from dreamtree.accounts import maintenance
from dreamtree.accounts.maintenance import ClearSome
from dreamtree.answers import trash
from dreamtree.answers.trash import KEPT_FOR
from dreamtree.profile import orphans

BATCH = 20
MOST_SKIPPED = 100
"""When so many rows of a step can't go, it's no matter of rows."""
PATIENCE = 5_000
"""Milliseconds to wait for a reader that holds the log."""
EMPTY = "The log is empty."
IN_USE = "The database is in use: the log will be emptied on the next run."
STOPPED = "{} stopped early. The log says where."
LEFT = "{} of the {} couldn't be cleared, and stay. The log says why."
log = logging.getLogger("dreamtree.archive")


@dataclass(frozen=True)
class StepResult:
    """What a step has done, in words."""

    words: str
    is_well: bool = True


def maintain() -> Iterator[StepResult]:
    """Clears, and tells of each step once it is done. Twice, or beside another, is fine."""
    for name, clear_some in _steps().items():
        yield from _safely(f"Clearing {name}", partial(_until_none, name, clear_some))
    yield from _safely("Emptying the log", lambda: iter([StepResult(EMPTY if db.checkpoint(PATIENCE) else IN_USE)]))


def _steps() -> dict[str, ClearSome]:
    before = db.moment(datetime.now(UTC) - KEPT_FOR)
    return {
        **maintenance.steps(orphans.release_offers),
        "answers in the trash, with their history": partial(trash.clear_old_answers, before),
        "records in the trash, with their history": partial(trash.clear_old_records, before),
        "skills that no answer names anymore": partial(orphans.clear_orphans, before),
    }


def _safely(name: str, step: Callable[[], Iterator[StepResult]]) -> Iterator[StepResult]:
    try:
        yield from step()
    except Exception:
        log.exception("a step stopped early")
        yield StepResult(STOPPED.format(name), is_well=False)


def _until_none(name: str, clear_some: ClearSome) -> Iterator[StepResult]:
    """Clears until nothing is there but what can't go. After a failure, row by row until the row in question."""
    cleared, skipped, limit = 0, 0, BATCH
    while True:
        try:
            count = db.saving(partial(clear_some, limit, skipped))
        except DatabaseError as error:
            if skipped == MOST_SKIPPED or db.engine().is_passing(error):
                raise
            skipped, limit = (skipped + 1, BATCH) if limit == 1 else (skipped, 1)
            if limit == BATCH:
                log.exception("a row can't be cleared")
            continue
        if not count:
            break
        cleared += count
    yield StepResult(f"Cleared {cleared} {name}.")
    if skipped:
        yield StepResult(LEFT.format(skipped, name), is_well=False)
