"""The mark by which a form says whose page it stands on."""

import hmac

from dreamtree import vault
from dreamtree.accounts.models import User


def person_tag(user: User) -> str:
    """The mark of a person that a form carries, so that it cannot be saved into another tree; says nothing else.

    It hangs on the person's own key, so that a page which stood open is still theirs when the server's secret changed.
    """
    return vault.digest(user, "person", user.id)


def is_person_tag(user: User, tag: str) -> bool:
    """Whether a form with `tag` was rendered for `user`."""
    return hmac.compare_digest(person_tag(user).encode(), tag.encode(errors="replace"))
