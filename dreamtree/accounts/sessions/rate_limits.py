"""Rate limits: tries are counted by the address they come from and by the account they are for.

Where one is reached, the answer is 429 and says how long to wait (`web/waiting.py`).
"""

import hashlib
import hmac
from datetime import timedelta

from flask import request

from dreamtree import web
from dreamtree.accounts import addresses, credentials, throttle
from dreamtree.accounts.models import User

FREE_FOR_ADDRESS, FREE = 20, 10
LONGEST = timedelta(minutes=2)
"""So long at most a stranger's guesses keep the right person waiting."""
SIGN_IN = "sign-in"
EMPTY = "Type your password."
WRONG = "That’s not the password for this account. Check it and type it again."


def rate_limit(action: str, free: int) -> int:
    """Count a try of `action` from this address: 0, or the seconds to wait (`throttle.attempt`)."""
    return _attempt(_address_key(action), free)


def rate_limit_account(name: str) -> int:
    """Count a try to open the account `name`, be there one or not: 0, or the seconds to wait."""
    return rate_limit(SIGN_IN, FREE_FOR_ADDRESS) or _attempt(_account_key(name), FREE, LONGEST)


def rate_limit_person(action: str, user: User, free: int, longest: timedelta) -> int:
    """Count a try of `action` for this person, wherever it comes from: 0, or the seconds to wait, `longest` at most."""
    return _attempt(_person_key(action, user), free, longest)


def clear_attempts_of(action: str, user: User) -> None:
    """Those tries are forgotten."""
    throttle.reset(_person_key(action, user))


def clear_attempts(name: str) -> None:
    """The try was no guess: it counts no more, and those before it are forgotten for the account."""
    throttle.uncount(_address_key(SIGN_IN))
    throttle.reset(_account_key(name))


def password_problem(user: User) -> str:
    """Why the posted `password` does not show that it is the person who asks: "" when it does. Tries are counted."""
    password = request.form.get("password", "")
    if not password:
        return EMPTY
    if wait := rate_limit_account(user.id):
        return too_often_words(wait)
    if not credentials.is_password(user, password):
        return WRONG
    clear_attempts(user.id)
    return ""


def too_often_words(seconds: int) -> str:
    """What a form says that was sent too often."""
    return f"There were too many tries. {web.wait_words(seconds)}"


def _attempt(key: str, free: int, longest: timedelta = throttle.LONGEST) -> int:
    if wait := throttle.attempt(key, free, longest):
        web.note_wait(wait)
    return wait


def _address_key(action: str) -> str:
    return hmac_of(f"{action}|{web.network_of(request.remote_addr)}")


def _account_key(name: str) -> str:
    return hmac_of(f"account|{addresses.normal(name)}")


def _person_key(action: str, user: User) -> str:
    return hmac_of(f"{action}|{user.id}")


def hmac_of(text: str) -> str:
    """A mark of `text` under the server's secret, 32 digits; it does not lead back."""
    secret = web.application().settings.secret_key
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
