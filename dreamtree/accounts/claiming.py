"""An anonymous person makes an account: an address, a password, and twelve words. The tree stays as it is."""

import json
import secrets as chance
from datetime import UTC, date, datetime, timedelta

from dreamtree import vault
from dreamtree.accounts import addresses, credentials, days, passwords, people, recovery_words
from dreamtree.accounts.addresses import Secrets, Taken
from dreamtree.accounts.models import Auth, User
from dreamtree.accounts.people import NewSession
from dreamtree.db import now, saving

LABEL = "recovery words"
A_MOMENT = timedelta(minutes=15)
"""So long a claim that is sent twice shows its words again."""
ASKED = 3
"""So many of the twelve words are asked back."""


def claim(user: User, secrets: Secrets, name: str, password: str, new: NewSession, secret: bytes) -> tuple[str, ...]:
    """Make the account, end every session but this `new` one, and answer the twelve words, which are kept nowhere.

    Raises `Taken` when the address names another account, or this tree has one since a moment ago.
    """
    rows = (credentials.password_credential(user, password), credentials.recovery_credential(user, secret))
    address, at = addresses.new_row(secrets, user.id, name), now()

    def write() -> None:
        mine = (User.id == user.id) & (User.is_anonymous == 1)
        if not User.update(is_anonymous=0, updated_at=at).where(mine).execute():
            raise Taken
        addresses.insert(secrets, address)
        for row in rows:
            credentials.replace(row)
        people.end_sessions(user)
        new.session.save(force_insert=True)

    saving(write)
    return recovery_words.words_from(secret)


def secret_of(token: str, password: str, once: str = "") -> bytes:
    """The secret of the words that one form makes, the same however often that form is sent.

    It comes from the token of the session and from the password, which are kept nowhere; `once` tells apart the forms
    that one session fills in.
    """
    parts = "\0".join((token, passwords.normal(password), once))
    return vault.derive(parts.encode(), LABEL)[: recovery_words.SECRET_BYTES]


def claimed_already(user_id: str, secret: bytes) -> User | None:
    """The person whose claim made the words of `secret` a moment ago, key in hand, while nobody has typed them back."""
    row = credentials.credential_of(user_id, credentials.RECOVERY)
    if row is None or row.checked_at or datetime.now(UTC) - datetime.fromisoformat(row.created_at) > A_MOMENT:
        return None
    return credentials.user_by_words(user_id, secret)


def renew_words(user: User, secret: bytes) -> tuple[str, ...]:
    """Twelve new words in place of the old ones, which open nothing from now on."""
    row = credentials.recovery_credential(user, secret)
    saving(lambda: credentials.replace(row))
    return recovery_words.words_from(secret)


def random_positions() -> tuple[int, ...]:
    """Which words to ask for, counted from 1, in order."""
    return tuple(sorted(chance.SystemRandom().sample(range(1, recovery_words.COUNT + 1), ASKED)))


def wrong_positions(user: User, typed: dict[int, str]) -> list[int]:
    """The positions at which something else was typed than the word that stands there."""
    row = credentials.credential_of(user.id, credentials.RECOVERY)
    marks: list[str] = json.loads(row.password_hash or "[]") if row else []
    return [
        position
        for position, word in typed.items()
        if not marks or not recovery_words.is_word(user, marks, position, word)
    ]


def mark_checked(user: User) -> None:
    """The person has shown that the words can be found."""
    mine, at = (Auth.user_id == user.id) & (Auth.type == credentials.RECOVERY), now()
    saving(lambda: Auth.update(checked_at=at, asked_at=at, updated_at=at).where(mine).execute())


def checked_on(user: User) -> date | None:
    """The person's day on which the words were last typed back; None when they never were."""
    row = credentials.credential_of(user.id, credentials.RECOVERY)
    return days.day_of(user, row.checked_at) if row and row.checked_at else None
