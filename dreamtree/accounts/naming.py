"""What a person is called: on the resume, on *What I bring* and at home. Sealed; nobody has to say it."""

from dreamtree.accounts.models import User
from dreamtree.db import now, saving
from dreamtree.text import clean_line
from dreamtree.vault import Sealed, open_, seal

LABEL = "users.display_name"
LONGEST = 200
"""Characters of a name."""


def name_of(user: User) -> str:
    """The name as it was typed; "" when none was."""
    return open_(user, LABEL, user.id, user.display_name) if user.display_name else ""


def call(user: User, typed: str) -> None:
    """From now on the person is called so; an empty name takes the earlier one away."""
    sealed, at = sealed_name(user, clean_line(typed)), now()
    saving(lambda: User.update(display_name=sealed, updated_at=at).where(User.id == user.id).execute())


def sealed_name(user: User, name: str | None) -> Sealed | None:
    """The name as the database keeps it."""
    return seal(user, LABEL, user.id, name) if name else None
