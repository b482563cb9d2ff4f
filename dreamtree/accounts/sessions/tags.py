"""Marks under the server's secret: whose page a form is, and what was tried too often."""

import hashlib
import hmac

from flask import request

from dreamtree import web
from dreamtree.accounts import devices, throttle
from dreamtree.accounts.models import User


def person_tag(user: User) -> str:
    """The mark of a person that a form carries, so that it cannot be saved into another tree; says nothing else."""
    return _tags(user)[0]


def is_person_tag(user: User, tag: str) -> bool:
    """Whether a form with `tag` was rendered for `user`, also under an earlier secret."""
    said = tag.encode(errors="replace")
    return any(hmac.compare_digest(ours.encode(), said) for ours in _tags(user))


def wait_for(what: str, free: int) -> int:
    """Count a try of `what` from this address: 0, or the seconds to wait (`throttle.attempt`)."""
    return throttle.attempt(_hmac(f"{what}|{devices.network_of(request.remote_addr)}"), free)


def _tags(user: User) -> list[str]:
    return [_hmac(f"person|{user.id}", key) for key in web.application().settings.secrets]


def _hmac(text: str, key: str | None = None) -> str:
    secret = key or web.application().settings.secret_key
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
