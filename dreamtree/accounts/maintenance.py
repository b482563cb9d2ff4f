"""What `flask maintain` clears away here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from peewee import ModelDelete, fn

from dreamtree.accounts.models import Auth, Session, Throttle, User
from dreamtree.accounts.people import SAMPLE_LIFE
from dreamtree.accounts.throttle import FORGOTTEN_AFTER
from dreamtree.db import moment, saving


@dataclass(frozen=True)
class Cleared:
    """How many rows went."""

    sessions: int
    people: int
    samples: int
    throttles: int


def maintain() -> Cleared:
    """Remove ended sessions, anonymous people whom no browser can open any more, old samples and old counts."""
    at = datetime.now(UTC)
    return saving(lambda: _clear(at))


def _clear(at: datetime) -> Cleared:
    sessions = ModelDelete(Session).where(Session.expires_at <= moment(at)).execute()
    throttles = ModelDelete(Throttle).where(Throttle.tried_at < moment(at - FORGOTTEN_AFTER)).execute()
    samples = ModelDelete(User).where(User.is_sample == 1, User.created_at <= moment(at - SAMPLE_LIFE)).execute()
    people = ModelDelete(User).where(User.is_sample == 0, User.is_anonymous == 1, ~_has(Session), ~_has(Auth)).execute()
    return Cleared(sessions, people, samples, throttles)


def _has(model: type[Session] | type[Auth]) -> Any:
    return fn.EXISTS(model.select(model.id).where(model.user_id == User.id))
