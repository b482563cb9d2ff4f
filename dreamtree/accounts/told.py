"""What home says of the account, in one line: that it closes here soon, or whether the recovery words are at hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dreamtree.accounts import days
from dreamtree.accounts.models import Auth, User
from dreamtree.accounts.people import ACCOUNT_LIFE, Present
from dreamtree.db import moment, now, saving

WARNED_BEFORE = timedelta(days=14)
ANONYMOUS_WARNED_BEFORE = timedelta(days=60)
ASKED_AFTER = timedelta(days=7)
NEVER_CHECKED = "Are your twelve words on paper? They were not checked yet."
STILL_THERE = "Can you still find your twelve words?"


@dataclass(frozen=True)
class Way:
    """Something that can be done about it."""

    label: str
    url: str


@dataclass(frozen=True)
class Told:
    """One line: its words, what can be done, and where *Not now* is sent, "" when it cannot be put off."""

    words: str
    ways: tuple[Way, ...]
    not_now: str = ""


def told_at_home(here: Present) -> Told | None:
    """The one line that is due, an end before a question. At most one query, none without an account."""
    if here.user.is_sample or here.session.is_shared:
        return None
    if here.user.is_anonymous:
        return _closing(here)
    return _signed_out_soon(here) or _words_at_hand(here.user)


def not_now(user: User) -> None:
    """The question about the recovery words was asked, and is not asked again."""
    mine = (Auth.user_id == user.id) & (Auth.type == "recovery")
    at = now()
    saving(Auth.update(asked_at=at).where(mine).execute)


def _closing(here: Present) -> Told | None:
    """A tree without an account lives as long as its cookie (decisions 34)."""
    ends = datetime.fromisoformat(here.session.expires_at)
    if ends - datetime.now(UTC) > ANONYMOUS_WARNED_BEFORE:
        return None
    words = f"This tree opens in this browser only, and here until {_day(here, ends)}."
    return Told(words, (Way("Make an account", "/account/claim"), Way("Save a copy", "/data")))


def _signed_out_soon(here: Present) -> Told | None:
    """A year after a sign-in it ends, however much the session is used."""
    ends = datetime.fromisoformat(here.session.created_at) + ACCOUNT_LIFE
    if ends - datetime.now(UTC) > WARNED_BEFORE:
        return None
    words = f"On {_day(here, ends)} you are signed out here, a year after you signed in."
    return Told(f"{words} Nothing is lost: sign in again then.", (Way("See your account", "/account"),))


def _words_at_hand(user: User) -> Told | None:
    """Asked until they were checked or it was put off, and once more a week after they were made."""
    row = Auth.get_or_none(Auth.user_id == user.id, Auth.type == "recovery")
    if row is None:
        return None
    due = moment(datetime.fromisoformat(row.created_at) + ASKED_AFTER)
    is_due, latest = now() >= due, max(row.asked_at or "", row.checked_at or "")
    if latest >= (due if is_due else row.created_at):
        return None
    ways = (Way("Yes, check them", "/account/words#check"), Way("Make new ones", "/account/words#renew"))
    return Told(STILL_THERE if is_due else NEVER_CHECKED, ways, not_now="/account/words/not-now")


def _day(here: Present, at: datetime) -> str:
    return days.day_words(days.day_of(here.user, moment(at)).isoformat())
