"""Which backups of a folder are kept: the newest of each of some days, and of each of some weeks."""

import re
from collections.abc import Callable, Iterable
from datetime import date

NAME = re.compile(r"dreamtree-(\d{4}-\d{2}-\d{2})-\d{6}\.(db|dump)")
"""Only files that `flask backup` named itself are ever removed."""


def outdated(names: Iterable[str], daily: int, weekly: int, oldest: date | None) -> list[str]:
    """The names of the backups that may go, oldest first.

    The newest of the last `daily` days and of the last `weekly` weeks that have one stay, unless they were written
    before the day `oldest`. The newest backup of all always stays.
    """
    ours = sorted(name for name in names if NAME.fullmatch(name))
    kept = {*_newest(ours, backup_day, daily), *_newest(ours, lambda name: backup_day(name).isocalendar()[:2], weekly)}
    young = {name for name in kept if oldest is None or backup_day(name) >= oldest}
    return [name for name in ours if name not in {*young, *ours[-1:]}]


def backup_day(name: str) -> date:
    """The day (UTC) on which a backup was written."""
    found = NAME.fullmatch(name)
    assert found
    return date.fromisoformat(found[1])


def _newest(names: list[str], span_of: Callable[[str], object], most: int) -> list[str]:
    newest = {span_of(name): name for name in names}
    return list(newest.values())[len(newest) - min(most, len(newest)) :]
