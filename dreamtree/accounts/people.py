"""People come, are recognized, and go. Nothing here knows a browser; `sessions` does."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from peewee import SQL, ModelDelete, Table, fn

from dreamtree.accounts.models import Session, User, UserSettings
from dreamtree.db import Statement, moment, new_id, now, saving
from dreamtree.vault import Tampered, new_key, unwrap, wrap

SHARED_IDLE = timedelta(minutes=20)
SHARED_STEP = timedelta(minutes=1)
SAMPLE_LIFE = timedelta(hours=24)
ACCOUNT_IDLE = timedelta(days=30)
ACCOUNT_LIFE = timedelta(days=365)
ANONYMOUS_LIFE = timedelta(days=400)
RENEW_AFTER = timedelta(days=30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Present:
    """Somebody who is here: the person with the key in hand, the session, the settings, and the book's revision."""

    user: User
    session: Session
    settings: UserSettings
    content_revision: int


@dataclass(frozen=True)
class Arrival:
    """A person about to be written, and the token that will open the tree: it is in no row."""

    present: Present
    token: str

    @property
    def cookie(self) -> str:
        return f"{self.present.user.id}.{self.token}"


def plan_arrival(is_shared: bool, device: str, is_sample: bool = False) -> Arrival:
    """A new anonymous person with a key and a session, all ids and times made, nothing written yet."""
    at, token = now(), secrets.token_urlsafe(32)
    user = User(id=new_id(), is_sample=int(is_sample), created_at=at, updated_at=at)
    user.data_key = new_key()
    session = Session(
        user_id=user.id,
        id=session_id(token),
        is_shared=int(is_shared),
        wrapped_data_key=wrap(user.data_key, token.encode(), _label(user.id)),
        user_agent_label=device,
        created_at=at,
        last_seen_at=at,
    )
    session.expires_at = moment(end_of(user, session, datetime.now(UTC)))
    settings = UserSettings(user_id=user.id, hides_private=int(is_shared), created_at=at, updated_at=at)
    return Arrival(Present(user, session, settings, 0), token)


def write_arrival(arrival: Arrival) -> User:
    """Write the person, the settings and the session; call it inside a transaction."""
    present = arrival.present
    for row in (present.user, present.settings, present.session):
        row.save(force_insert=True)
    return present.user


def start(is_shared: bool, device: str) -> tuple[User, str]:
    """Make an anonymous person; answers the person, key in hand, and the cookie that alone opens the tree again."""
    arrival = plan_arrival(is_shared, device)
    return saving(lambda: write_arrival(arrival)), arrival.cookie


def recognize(user_id: str, token: str) -> Present | None:
    """Who holds this token, with the key unwrapped, in one query. None when it is unknown or has ended."""
    found = _WHO.rows(user_id, session_id(token), now())
    if not found:
        return None
    values = iter(found[0])
    user, session, settings = (_next_row(model, values) for model in (User, Session, UserSettings))
    try:
        user.data_key = unwrap(session.wrapped_data_key, token.encode(), _label(user_id))
    except Tampered:
        return None
    return Present(user, session, settings, next(values) or 0)


def _next_row(model: Any, values: Iterator[Any]) -> Any:
    """A row of `model`, from the columns that come next."""
    return model(**{field.name: field.python_value(next(values)) for field in model._meta.sorted_fields})


def _who(user_id: Any, id_of_session: Any, at: Any) -> Any:
    """User, open session and settings, each whole, and the revision of the book."""
    columns = (field for model in (User, Session, UserSettings) for field in model._meta.sorted_fields)
    revision = Table("content_revisions").select(fn.MAX(SQL('"revision"')))
    return (
        Session.select(*columns, revision)
        .join(User, on=(Session.user_id == User.id))
        .join_from(Session, UserSettings, on=(Session.user_id == UserSettings.user_id))
        .where(
            Session.user_id == user_id, Session.id == id_of_session, Session.state == "open", Session.expires_at > at
        )
    )


_WHO = Statement(_who)


def end_of(user: User, session: Session, at: datetime) -> datetime:
    """When a session used at `at` ends if it is not used again."""
    began = datetime.fromisoformat(session.created_at)
    if user.is_sample:
        return began + SAMPLE_LIFE
    if session.is_shared:
        return at + SHARED_IDLE + SHARED_STEP
    if user.is_anonymous:
        return at + ANONYMOUS_LIFE
    return min(at + ACCOUNT_IDLE, began + ACCOUNT_LIFE)


def touch(present: Present) -> bool:
    """Note that the session is used: at most once a day, on a shared device once a minute.

    Answers whether the browser should be given its cookie again: every 30 days of use.
    """
    user, session, at = present.user, present.session, datetime.now(UTC)
    idle = at - datetime.fromisoformat(session.last_seen_at)
    if user.is_sample or idle < (SHARED_STEP if session.is_shared else DAY):
        return False
    is_due = _is_due(present, at)
    ends = moment(end_of(user, session, at)) if is_due or not _lasts(present) else session.expires_at
    row = (Session.user_id == session.user_id) & (Session.id == session.id)
    saving(lambda: Session.update(last_seen_at=moment(at), expires_at=ends).where(row).execute())
    return is_due


def _lasts(present: Present) -> bool:
    """Whether this is a session without an absolute end, whose end moves with its cookie only."""
    return bool(present.user.is_anonymous and not present.session.is_shared)


def _is_due(present: Present, at: datetime) -> bool:
    ends = datetime.fromisoformat(present.session.expires_at)
    return _lasts(present) and ends - at < ANONYMOUS_LIFE - RENEW_AFTER


def end_session(session: Session) -> None:
    """End one session; its token opens nothing from now on."""
    row = (Session.user_id == session.user_id) & (Session.id == session.id)
    saving(ModelDelete(Session).where(row).execute)


def hide_private(user: User, hides: bool) -> None:
    """Fold the private parts of all pages, or show them."""
    change = UserSettings.update(hides_private=int(hides), updated_at=now()).where(UserSettings.user_id == user.id)
    saving(change.execute)


def session_id(token: str) -> str:
    """The id under which a token's session is stored; it does not lead back to the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _label(user_id: str) -> str:
    return f"session|{user_id}"
