"""What home says of the account, in one line: that it closes here soon, or whether the recovery words are at hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dreamtree.accounts import days
from dreamtree.accounts.models import Auth, User
from dreamtree.accounts.people import ACCOUNT_LIFE, Current
from dreamtree.dates import day_words
from dreamtree.db import moment, now, saving

WARNED_BEFORE = timedelta(days=14)
ANONYMOUS_WARNED_BEFORE = timedelta(days=60)
ASKED_AFTER = timedelta(days=7)
NEVER_CHECKED = "Are your twelve words on paper? You haven’t checked them yet."
STILL_THERE = "Can you still find your twelve words?"


@dataclass(frozen=True)
class MessageLink:
    """What can be done about it: a link and its words."""

    label: str
    url: str


@dataclass(frozen=True)
class Message:
    """One line about the account on home.

    `dismiss_url` is where its button *Skip for now* is sent, "" when it cannot be put off.
    """

    words: str
    links: tuple[MessageLink, ...]
    dismiss_url: str = ""


CHECK_WORDS = MessageLink("Yes, check them", "/account/words#check")
RENEW_WORDS = MessageLink("Make new ones", "/account/words#renew")


def message_for_home(current: Current) -> Message | None:
    """The one line that is due, an end before a question. At most one query, none without an account."""
    if current.user.is_sample or current.session.is_shared:
        return None
    if current.user.is_anonymous:
        return _closing(current)
    return _signed_out_soon(current) or _words_at_hand(current.user)


def dismiss_words_question(user: User) -> None:
    """The question about the recovery words was asked, and is not asked again."""
    mine = (Auth.user_id == user.id) & (Auth.type == "recovery")
    at = now()
    saving(Auth.update(asked_at=at).where(mine).execute)


def _closing(current: Current) -> Message | None:
    """A tree without an account lives as long as its cookie."""
    ends = datetime.fromisoformat(current.session.expires_at)
    if ends - datetime.now(UTC) > ANONYMOUS_WARNED_BEFORE:
        return None
    words = f"Only this browser can open this tree, and only until {_day(current, ends)}."
    return Message(words, (MessageLink("Make an account", "/account/claim"), MessageLink("Save a copy", "/data")))


def _signed_out_soon(current: Current) -> Message | None:
    """A year after a sign-in it ends, however much the session is used."""
    ends = datetime.fromisoformat(current.session.created_at) + ACCOUNT_LIFE
    if ends - datetime.now(UTC) > WARNED_BEFORE:
        return None
    words = f"We’ll sign you out here on {_day(current, ends)}, a year after you signed in."
    return Message(
        f"{words} You won’t lose anything. Just sign in again.", (MessageLink("See your account", "/account"),)
    )


def _words_at_hand(user: User) -> Message | None:
    """Asked until they were checked or it was put off, and once more a week after they were made."""
    row = Auth.get_or_none(Auth.user_id == user.id, Auth.type == "recovery")
    if row is None:
        return None
    due = moment(datetime.fromisoformat(row.created_at) + ASKED_AFTER)
    is_due, latest = now() >= due, max(row.asked_at or "", row.checked_at or "")
    if latest >= (due if is_due else row.created_at):
        return None
    links = (CHECK_WORDS, RENEW_WORDS)
    return Message(STILL_THERE if is_due else NEVER_CHECKED, links, dismiss_url="/account/words/not-now")


def _day(current: Current, at: datetime) -> str:
    return day_words(days.day_of(current.user, moment(at)))
