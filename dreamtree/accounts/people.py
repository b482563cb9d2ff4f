"""People and their sessions in the database: beginning, authenticating, ending. `sessions` is the browser's side."""

import hashlib
import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from peewee import SQL, InternalError, ModelDelete, OperationalError, Table, fn

from dreamtree.accounts.models import Email, Session, User, UserSettings
from dreamtree.db import Statement, database, engine, moment, new_id, now, saving
from dreamtree.vault import Locked, Tampered, new_key, unwrap, wrap

SHARED_IDLE = timedelta(minutes=20)
SHARED_STEP = timedelta(minutes=1)
SAMPLE_LIFE = timedelta(hours=24)
ACCOUNT_IDLE = timedelta(days=30)
ACCOUNT_LIFE = timedelta(days=365)
ANONYMOUS_LIFE = timedelta(days=400)
RENEW_AFTER = timedelta(days=30)
DAY = timedelta(days=1)
log = logging.getLogger("dreamtree.accounts")
OPEN, CODE, MERGE, ARRIVAL = "open", "code", "merge", "arrival"
WAITING = {CODE: timedelta(minutes=10), MERGE: timedelta(minutes=15), ARRIVAL: timedelta(minutes=15)}
"""How long a session waits: for the second step of a sign-in, for the word that two trees become one, and until all of
a copy has arrived."""


@dataclass(frozen=True)
class Current:
    """Who makes this request: the person with the key in hand, the session, the settings, and the book's revision."""

    user: User
    session: Session
    settings: UserSettings
    content_revision: int


@dataclass(frozen=True)
class NewSession:
    """A session about to be written, and the token that opens it: it is in no row."""

    session: Session
    token: str

    @property
    def cookie(self) -> str:
        """What the browser keeps: the person's id and the token, with a dot between."""
        return f"{self.session.user_id}.{self.token}"


@dataclass(frozen=True)
class NewTree:
    """A person and everything that begins with them, not yet written, and the token that will open the tree."""

    current: Current
    token: str

    @property
    def cookie(self) -> str:
        """What the browser keeps: the person's id and the token, with a dot between."""
        return f"{self.current.user.id}.{self.token}"


def new_tree(is_shared: bool, device: str, is_sample: bool = False) -> NewTree:
    """A new anonymous person with a key and a session, all ids and times made, nothing written yet."""
    at = now()
    user = User(id=new_id(), is_sample=int(is_sample), created_at=at, updated_at=at)
    user.data_key = new_key()
    ticket = new_session(user, is_shared, device)
    settings = UserSettings(user_id=user.id, hides_private=int(is_shared), created_at=at, updated_at=at)
    return NewTree(Current(user, ticket.session, settings, 0), ticket.token)


def new_session(user: User, is_shared: bool, device: str, state: str = OPEN) -> NewSession:
    """A new session of a person whose key is in hand, not yet written."""
    if user.data_key is None:
        raise Locked("the person's key is not in hand")
    at, token = now(), secrets.token_urlsafe(32)
    session = Session(
        user_id=user.id,
        id=session_id(token),
        state=state,
        is_shared=int(is_shared),
        wrapped_data_key=wrap(user.data_key, token.encode(), _label(user.id)),
        user_agent_label=device,
        created_at=at,
        last_seen_at=at,
    )
    session.expires_at = moment(expiry_of(user, session, datetime.now(UTC)))
    return NewSession(session, token)


def insert_tree(new: NewTree) -> User:
    """Write the person, the settings and the session; call it inside a transaction."""
    current = new.current
    for row in (current.user, current.settings, current.session):
        row.save(force_insert=True)
    return current.user


def insert_arriving(new: NewTree) -> User:
    """As `insert_tree`, but the session opens nothing until `open_session`: the tree is still being written."""
    session = new.current.session
    session.state = ARRIVAL
    session.expires_at = moment(expiry_of(new.current.user, session, datetime.now(UTC)))
    return insert_tree(new)


def authenticate(user_id: str, token: str, state: str = OPEN) -> Current | None:
    """Who holds this token, with the key unwrapped, in one query. None when it is unknown or has ended."""
    found = _CURRENT.rows(user_id, session_id(token), state, now())
    if not found:
        return None
    values = iter(found[0])
    user, session, settings = (_next_row(model, values) for model in (User, Session, UserSettings))
    try:
        user.data_key = unwrap(session.wrapped_data_key, token.encode(), _label(user_id))
    except Tampered:
        return None
    return Current(user, session, settings, next(values) or 0)


def _next_row(model: Any, values: Iterator[Any]) -> Any:
    """A row of `model`, from the columns that come next."""
    return model(**{field.name: field.python_value(next(values)) for field in model._meta.sorted_fields})


def _current(user_id: Any, id_of_session: Any, state: Any, at: Any) -> Any:
    """User, open session and settings, each whole, and the revision of the book."""
    columns = (field for model in (User, Session, UserSettings) for field in model._meta.sorted_fields)
    revision = Table("content_revisions").select(fn.MAX(SQL('"revision"')))
    return (
        Session.select(*columns, revision)
        .join(User, on=(Session.user_id == User.id))
        .join_from(Session, UserSettings, on=(Session.user_id == UserSettings.user_id))
        .where(Session.user_id == user_id, Session.id == id_of_session, Session.state == state, Session.expires_at > at)
    )


_CURRENT = Statement(_current)


def expiry_of(user: User, session: Session, at: datetime) -> datetime:
    """When a session used at `at` ends if it is not used again."""
    began = datetime.fromisoformat(session.created_at)
    if session.state in WAITING:
        return began + WAITING[session.state]
    if user.is_sample:
        return began + SAMPLE_LIFE
    if session.is_shared:
        return at + SHARED_IDLE + SHARED_STEP
    if user.is_anonymous:
        return at + ANONYMOUS_LIFE
    return min(at + ACCOUNT_IDLE, began + ACCOUNT_LIFE)


def touch(current: Current) -> bool:
    """Note that the session is used: at most once a day, on a shared device once a minute.

    Answers whether the browser should be given its cookie again: every 30 days of use. Where nothing can be written,
    on a full disk say, this waits: what was saved is read all the same.
    """
    user, session, at = current.user, current.session, datetime.now(UTC)
    idle = at - datetime.fromisoformat(session.last_seen_at)
    if user.is_sample or idle < (SHARED_STEP if session.is_shared else DAY):
        return False
    is_due = _is_cookie_due(current, at)
    ends = moment(expiry_of(user, session, at)) if is_due or not _has_no_fixed_end(current) else session.expires_at
    row = (Session.user_id == session.user_id) & (Session.id == session.id)
    try:
        saving(lambda: Session.update(last_seen_at=moment(at), expires_at=ends).where(row).execute())
    except (InternalError, OperationalError) as error:
        if not engine().is_passing(error):
            raise
        log.warning("not noted that a session is used: the database can't be written to")
        return False
    return is_due


def _has_no_fixed_end(current: Current) -> bool:
    """Whether this is a session without an absolute end, whose end moves with its cookie only."""
    return bool(current.user.is_anonymous and not current.session.is_shared)


def _is_cookie_due(current: Current, at: datetime) -> bool:
    ends = datetime.fromisoformat(current.session.expires_at)
    return _has_no_fixed_end(current) and ends - at < ANONYMOUS_LIFE - RENEW_AFTER


def end_session(session: Session) -> None:
    """End one session; its token opens nothing from now on."""
    row = (Session.user_id == session.user_id) & (Session.id == session.id)
    saving(ModelDelete(Session).where(row).execute)


def end_sessions(user: User, but: Session | None = None) -> int:
    """End all sessions of a person, inside a transaction, `but` one. Answers how many."""
    theirs = Session.user_id == user.id
    chosen = theirs & (Session.id != but.id) if but else theirs
    return int(ModelDelete(Session).where(chosen).execute())


def is_anywhere_shared(user: User) -> bool:
    """Whether any session of a person stands on a shared device."""
    return bool(Session.select().where(Session.user_id == user.id, Session.is_shared == 1).exists())


def open_session(user: User, session: Session) -> None:
    """A session that waited is open from now on. Call it inside a transaction."""
    session.state = OPEN
    session.expires_at = moment(expiry_of(user, session, datetime.now(UTC)))
    row = (Session.user_id == session.user_id) & (Session.id == session.id)
    Session.update(state=OPEN, expires_at=session.expires_at).where(row).execute()


def is_anonymous(user_id: str) -> bool | None:
    """Whether this person has no account to sign in to; None when nobody has this id, or nobody any more."""
    found = User.select(User.is_anonymous).where(User.id == user_id).tuples().first()
    return bool(found[0]) if found else None


def has_answers(user: User) -> bool:
    """Whether anything stands in the tree, be it in the trash."""
    tables = (Table("exercise_responses"), Table("tool_instances"))
    return any(table.select(SQL("1")).where(table.c.user_id == user.id).limit(1).execute(database) for table in tables)


def delete(user_ids: list[str]) -> int:
    """Deletes people with every row of theirs; answers how many. Inside a transaction.

    Their rows go with them by themselves, but for those of tables that a distributed database keeps whole.
    """
    if not user_ids:
        return 0
    ModelDelete(Email).where(Email.user_id.in_(user_ids)).execute()
    return int(ModelDelete(User).where(User.id.in_(user_ids)).execute())


def hide_private(user: User, hides: bool) -> None:
    """Fold the private answers of all pages, or show them."""
    change = UserSettings.update(hides_private=int(hides), updated_at=now()).where(UserSettings.user_id == user.id)
    saving(change.execute)


def session_id(token: str) -> str:
    """The id under which a token's session is stored; it does not lead back to the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _label(user_id: str) -> str:
    return f"session|{user_id}"
