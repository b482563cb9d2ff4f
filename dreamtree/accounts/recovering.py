"""Back into an account whose password is forgotten, with the twelve words."""

from dreamtree.accounts import credentials, people, second_step
from dreamtree.accounts.models import Auth, User
from dreamtree.db import now, saving


def recover(user: User, password: str) -> None:
    """A new password for `user`, whose key the words opened. All sessions end and the second step is off."""
    row, at = credentials.password_credential(user, password), now()
    words = (Auth.user_id == user.id) & (Auth.type == credentials.RECOVERY)

    def write() -> None:
        credentials.replace(row)
        second_step.turn_off_now(user)
        people.end_sessions(user)
        Auth.update(checked_at=at, updated_at=at).where(words).execute()

    saving(write)
