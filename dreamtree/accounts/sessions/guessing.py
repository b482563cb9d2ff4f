"""Guessing is slow: tries are counted by the address they come from and by the account they are for."""

import hashlib
import hmac
from datetime import timedelta

from flask import request

from dreamtree import web
from dreamtree.accounts import addresses, devices, opening, throttle
from dreamtree.accounts.models import User

FREE_HERE, FREE = 20, 10
LONGEST = timedelta(minutes=2)
"""So long at most a stranger's guesses keep the right person waiting."""
SIGN_IN = "sign-in"
EMPTY = "Type your password."
WRONG = "That is not the password of this account. Check it and type it again."


def wait_for(what: str, free: int) -> int:
    """Count a try of `what` from this address: 0, or the seconds to wait (`throttle.attempt`)."""
    return throttle.attempt(_here(what), free)


def wait_to_guess(name: str) -> int:
    """Count a try to open the account `name`, be there one or not: 0, or the seconds to wait."""
    return wait_for(SIGN_IN, FREE_HERE) or throttle.attempt(_account(name), FREE, LONGEST)


def was_right(name: str) -> None:
    """The try was no guess: it counts no more, and those before it are forgotten for the account."""
    throttle.take_back(_here(SIGN_IN))
    throttle.forget(_account(name))


def password_problem(user: User) -> str:
    """Why the posted `password` does not show that it is the person who asks: "" when it does. Tries are counted."""
    password = request.form.get("password", "")
    if not password:
        return EMPTY
    if wait := wait_to_guess(user.id):
        return wait_words(wait)
    if not opening.is_password(user, password):
        return WRONG
    was_right(user.id)
    return ""


def wait_words(seconds: int) -> str:
    """How long to wait before the next try."""
    if seconds < 100:
        return f"There were many tries. Wait {seconds} second{'s' if seconds != 1 else ''}, then try again."
    return f"There were many tries. Wait {-(-seconds // 60)} minutes, then try again."


def _here(what: str) -> str:
    return keyed(f"{what}|{devices.network_of(request.remote_addr)}")


def _account(name: str) -> str:
    return keyed(f"account|{addresses.normal(name)}")


def keyed(text: str) -> str:
    """A mark of `text` under the server's secret, 32 digits; it does not lead back."""
    secret = web.application().settings.secret_key
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
