"""The mark by which a form says whose page it stands on."""

import hmac

from dreamtree import web
from dreamtree.accounts.models import User
from dreamtree.accounts.sessions.guessing import keyed


def person_tag(user: User) -> str:
    """The mark of a person that a form carries, so that it cannot be saved into another tree; says nothing else."""
    return _tags(user)[0]


def is_person_tag(user: User, tag: str) -> bool:
    """Whether a form with `tag` was rendered for `user`, also under an earlier secret."""
    said = tag.encode(errors="replace")
    return any(hmac.compare_digest(ours.encode(), said) for ours in _tags(user))


def _tags(user: User) -> list[str]:
    return [keyed(f"person|{user.id}", key) for key in web.application().settings.secrets]
