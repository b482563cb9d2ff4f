"""What `flask maintain` clears away here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from peewee import fn

from dreamtree.accounts import people
from dreamtree.accounts.models import Auth, Session, Snooze, Throttle, User
from dreamtree.accounts.people import SAMPLE_LIFE
from dreamtree.accounts.throttle import FORGOTTEN_AFTER
from dreamtree.db import clear, moment, saving

BeforeDelete = Callable[[list[str]], None]
BATCH = 20


@dataclass(frozen=True)
class Cleared:
    """How many rows went."""

    sessions: int = 0
    people: int = 0
    samples: int = 0
    throttles: int = 0
    snoozes: int = 0


def maintain(before_delete: BeforeDelete = lambda _: None) -> Cleared:
    """Remove ended sessions, anonymous people whom no browser can open any more, old samples, counts and snoozes.

    A few rows a transaction, so that people write in between. `before_delete` is told who is about to go, in theirs.
    """
    at = datetime.now(UTC)
    alone = (User.is_sample == 0, User.is_anonymous == 1, ~_has(Session), ~_has(Auth))
    return Cleared(
        sessions=clear(Session, Session.expires_at <= moment(at)),
        people=_clear_people(before_delete, *alone),
        samples=_clear_people(before_delete, User.is_sample == 1, User.created_at <= moment(at - SAMPLE_LIFE)),
        throttles=clear(Throttle, Throttle.tried_at < moment(at - FORGOTTEN_AFTER)),
        snoozes=clear(Snooze, Snooze.until <= moment(at)),
    )


def _clear_people(before_delete: BeforeDelete, *which: Any) -> int:
    total = 0
    while count := saving(lambda: _clear_some(before_delete, which)):
        total += count
    return total


def _clear_some(before_delete: BeforeDelete, which: tuple[Any, ...]) -> int:
    found: Any = User.select(User.id).where(*which).limit(BATCH)
    ids = [identity for (identity,) in found.tuples()]
    before_delete(ids)
    return people.delete(ids)


def _has(model: type[Session] | type[Auth]) -> Any:
    return fn.EXISTS(model.select(model.id).where(model.user_id == User.id))
