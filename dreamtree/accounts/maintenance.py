"""What `flask maintain` clears away here."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from peewee import fn

from dreamtree.accounts import people
from dreamtree.accounts.models import Auth, Session, Snooze, Throttle, User
from dreamtree.accounts.people import SAMPLE_LIFE
from dreamtree.accounts.throttle import FORGOTTEN_AFTER
from dreamtree.db import clear_some, moment

BeforeDelete = Callable[[list[str]], None]
ClearSome = Callable[[int, int], int]
"""Clears so many rows at the most, after so many that it leaves where they are; answers how many went."""


def steps(before_delete: BeforeDelete = lambda _: None) -> dict[str, ClearSome]:
    """What is cleared here, in words → a function that clears some of it, inside a transaction.

    `before_delete` is told whose trees are about to go, in the same transaction.
    """
    at = datetime.now(UTC)
    alone = (User.is_sample == 0, User.is_anonymous == 1, ~_has(Session), ~_has(Auth))
    old_samples = (User.is_sample == 1, User.created_at <= moment(at - SAMPLE_LIFE))
    return {
        "ended sessions": _rows(Session, Session.expires_at <= moment(at)),
        "attempt counts": _rows(Throttle, Throttle.tried_at < moment(at - FORGOTTEN_AFTER)),
        "expired snoozes": _rows(Snooze, Snooze.until <= moment(at)),
        "trees that nobody can open": _people(before_delete, *alone),
        "sample trees": _people(before_delete, *old_samples),
    }


def _rows(model: Any, *which: Any) -> ClearSome:
    return lambda limit, skipped: clear_some(model, *which, limit=limit, skipped=skipped)


def _people(before_delete: BeforeDelete, *which: Any) -> ClearSome:
    def clear(limit: int, skipped: int) -> int:
        found: Any = User.select(User.id).where(*which).order_by(User.id).limit(limit).offset(skipped)
        ids = [identity for (identity,) in found.tuples()]
        before_delete(ids)
        return people.delete(ids)

    return clear


def _has(model: type[Session] | type[Auth]) -> Any:
    return fn.EXISTS(model.select(model.id).where(model.user_id == User.id))
