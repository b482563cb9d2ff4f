"""Lines that a person does not want to see for a while."""

from datetime import UTC, datetime, timedelta

from dreamtree.accounts.models import Snooze, User
from dreamtree.db import moment, now, saving


def is_snoozed(user: User, kind: str) -> bool:
    """Whether this line is not to be shown now. One query."""
    return bool(Snooze.select().where(Snooze.user_id == user.id, Snooze.id == kind, Snooze.until > now()).exists())


def snooze(user: User, kind: str, for_: timedelta) -> None:
    """Does not show this line again for so long."""
    at = datetime.now(UTC)
    times = {"until": moment(at + for_), "snoozed_at": moment(at)}
    row = Snooze.insert(user_id=user.id, id=kind, **times).on_conflict(
        conflict_target=[Snooze.user_id, Snooze.id], update=times
    )
    saving(row.execute)
