"""Restoring a backup: all that could be wrong is found before anything is touched."""

from dataclasses import dataclass
from pathlib import Path

from dreamtree import vault
from dreamtree.accounts import addresses
from dreamtree.accounts.models import Email
from dreamtree.cli.backups import Backups, name_of_now
from dreamtree.cli.starting import MIGRATIONS
from dreamtree.config import Settings

NOT_OURS = "{path} is a database, but not one of DreamTree’s."
NEWER = "it was written by a newer DreamTree than this one (it has {name}). Install that version first."
IN_THE_WAY = "the database already has people in it: {people}. Use --replace to restore anyway: it’s kept aside."
UNREADABLE = "the database that’s there now can’t be opened. Use --replace to restore anyway: it’s kept aside."
OTHER_SECRET = (
    "{count} of the {all} names of accounts in it don’t open with this server’s secret. Set DREAMTREE_SECRET_KEY to "
    "the secret of the server that wrote the backup. If that is lost, --without-its-secret restores the backup anyway, "
    "but nobody can sign in to those accounts."
)


class Refused(Exception):
    """Why nothing was touched, and what to do about it."""


@dataclass(frozen=True)
class Recovered:
    """How many people there are now, and where what was there before is kept; None where there was nobody."""

    people: int
    aside: Path | None


def restore(backups: Backups, path: Path, settings: Settings, may_replace: bool, may_stay_shut: bool) -> Recovered:
    """Makes the backup at `path` the database. Nobody else may use it meanwhile. Raises `Refused` or `BrokenBackup`."""
    backups.check(path)
    _refuse_other_versions(backups, path)
    if not may_stay_shut:
        _refuse_other_secret(backups, path, settings)
    before = backups.people()
    if before != 0 and not may_replace:
        raise Refused(UNREADABLE if before is None else IN_THE_WAY.format(people=before))
    aside = settings.data_directory / f"replaced-{name_of_now(backups)}" if before != 0 else None
    backups.put_in_place(path, aside)
    return Recovered(sum(row["is_sample"] == "0" for row in backups.rows(path, "users")), aside)


def _refuse_other_versions(backups: Backups, path: Path) -> None:
    applied = [row["name"] for row in backups.rows(path, "schema_migration")]
    if not applied:
        raise Refused(NOT_OURS.format(path=path))
    if ahead := sorted({*applied} - {one.stem for one in MIGRATIONS.glob("*.py")}):
        raise Refused(NEWER.format(name=ahead[-1]))


def _refuse_other_secret(backups: Backups, path: Path, settings: Settings) -> None:
    rows = backups.rows(path, "emails")
    if shut := sum(not _opens(Email(**row), settings) for row in rows):
        raise Refused(OTHER_SECRET.format(count=shut, all=len(rows)))


def _opens(row: Email, settings: Settings) -> bool:
    try:
        addresses.open_row(settings.secrets, row)
    except vault.Tampered:
        return False
    return True
