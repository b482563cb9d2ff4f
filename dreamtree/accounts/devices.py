"""Where a person is signed in: the open sessions, and ending them."""

from dataclasses import dataclass
from typing import Any

from peewee import ModelDelete

from dreamtree.accounts import days, people
from dreamtree.accounts.models import Session, User
from dreamtree.db import now, saving


@dataclass(frozen=True)
class Device:
    """A browser that may open the tree, in the person's words and days."""

    id: str
    name: str
    is_current: bool
    is_shared: bool
    since: str
    used: str


def devices_of(user: User, current: Session) -> tuple[Device, ...]:
    """Every browser that is signed in, the one that asks first, then by last use. One query."""
    open_ones = _open_sessions(user).order_by(Session.last_seen_at.desc(), Session.id)
    return tuple(_device(user, one, current) for one in sorted(open_ones, key=lambda one: one.id != current.id))


def count_devices(user: User) -> int:
    """How many browsers are signed in."""
    return int(_open_sessions(user).count())


def end_one(user: User, session_id: str) -> bool:
    """End the session with this id. False when the person has none of that id."""
    mine = (Session.user_id == user.id) & (Session.id == session_id)
    return bool(saving(ModelDelete(Session).where(mine).execute))


def end_others(user: User, current: Session) -> None:
    """End every session but `current`, half-made ones too."""
    saving(lambda: people.end_sessions(user, but=current))


def _open_sessions(user: User) -> Any:
    return Session.select().where(Session.user_id == user.id, Session.state == "open", Session.expires_at > now())


def _device(user: User, one: Session, current: Session) -> Device:
    since, used = (days.near_day_words(user, at) for at in (one.created_at, one.last_seen_at))
    return Device(one.id, one.user_agent_label, one.id == current.id, bool(one.is_shared), since, used)
