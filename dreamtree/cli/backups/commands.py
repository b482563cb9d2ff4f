"""The commands `flask backup` and `flask restore-backup`."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from dreamtree import web
from dreamtree.cli.backups import FOLDER, BrokenBackup, backups_of, name_of_now, write
from dreamtree.cli.backups.restoring import Recovered, Refused, restore
from dreamtree.cli.backups.rotation import NAME, backup_day, outdated
from dreamtree.cli.starting import CannotStart, lock_folder
from dreamtree.config import Settings
from dreamtree.db import engine

ITS_SECRET = """The backup is checked and whole. It’s no use without the server’s secret: without it, no account opens.
The secret isn’t in it. It’s in {place}: keep a copy of it, in another place than the backups."""
PROMISE = "People are told that no backup lives longer than {days} days, and this one is older: {path}"
NO_PROMISE = "People are told that you keep no backups. Set DREAMTREE_BACKUP_DAYS to how many days you keep them."
RESTORED = "The backup is in place. People in it: {people}.{aside}\nStart DreamTree: it brings the tables up to date."
ASIDE = "\nWhat was there before is now {path}. Remove it as soon as all is well."


@click.command()
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option("--daily", type=click.IntRange(0), help="Keep the newest backup of so many days, and remove others.")
@click.option("--weekly", type=click.IntRange(0), help="Keep the newest backup of so many weeks, and remove others.")
@with_appcontext
def backup(target: Path | None, daily: int | None, weekly: int | None) -> None:
    """Write everything to a new file while people go on working, and check it.

    TARGET is the file, or a folder in which it is named by its time: without it, the folder "backups" in the data
    folder. With --daily or --weekly, older backups of that folder go once the new one is checked.
    """
    settings, backups = web.application().settings, backups_of(engine())
    target = target or settings.data_directory / FOLDER
    is_folder = target.is_dir() or target == settings.data_directory / FOLDER
    path = target / name_of_now(backups) if is_folder else target
    if path.exists():
        raise click.ClickException(f"{path} already exists")
    try:
        write(backups, path)
    except (BrokenBackup, OSError) as error:
        raise click.ClickException(f"no backup was written: {error}") from error
    click.echo(str(path))
    click.echo(ITS_SECRET.format(place=_place_of_secret(settings)), err=True)
    if is_folder and (daily, weekly) != (None, None):
        _rotate(target, daily or 0, weekly or 0, _oldest(settings))
    _hold_to_promise(path.parent, settings)


@click.command("restore-backup")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Even though there are people in the database: it’s kept aside.")
@click.option("--without-its-secret", is_flag=True, help="Even though the accounts in it don’t open.")
@with_appcontext
def restore_backup(path: Path, replace: bool, without_its_secret: bool) -> None:
    """Make the backup FILE the database, once all of it is read and checked. Stop DreamTree first."""
    settings = web.application().settings
    try:
        handle = lock_folder(settings.data_directory, "flask restore-backup")
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
    try:
        restored = restore(backups_of(engine()), path, settings, replace, without_its_secret)
    except (BrokenBackup, Refused, OSError) as error:
        raise click.ClickException(f"nothing was restored: {error}") from error
    finally:
        os.close(handle)
    click.echo(_restored_words(restored))


def _restored_words(restored: Recovered) -> str:
    aside = ASIDE.format(path=restored.aside) if restored.aside else ""
    return RESTORED.format(people=restored.people, aside=aside)


def _place_of_secret(settings: Settings) -> str:
    path = settings.data_directory / "secret-key"
    is_kept = path.exists() and path.read_text().strip() == settings.secret_key
    return str(path) if is_kept else "the setting DREAMTREE_SECRET_KEY"


def _oldest(settings: Settings) -> datetime | None:
    """From when a backup may be, by what people are told."""
    return datetime.now(UTC) - timedelta(days=settings.backup_days) if settings.backup_days else None


def _rotate(folder: Path, daily: int, weekly: int, oldest: datetime | None) -> None:
    names = [one.name for one in folder.iterdir()]
    for name in outdated(names, daily, weekly, oldest.date() if oldest else None):
        (folder / name).unlink()
        click.echo(f"removed {name}", err=True)


def _hold_to_promise(folder: Path, settings: Settings) -> None:
    """Says what would make a lie of what whoever erases a tree is told."""
    oldest = _oldest(settings)
    if oldest is None:
        click.echo(NO_PROMISE, err=True)
        return
    for path in sorted(one for one in folder.iterdir() if NAME.fullmatch(one.name)):
        if backup_day(path.name) < oldest.date():
            click.echo(PROMISE.format(days=settings.backup_days, path=path), err=True)
