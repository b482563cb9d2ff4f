"""The commands of an operator: `flask --app app …`."""

import tomllib
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from peewee import DatabaseError, InterfaceError
from playhouse.migrations import MigrationError

from dreamtree import web
from dreamtree.accounts.rotation import rotate
from dreamtree.archive.maintaining import maintain as clear_away
from dreamtree.cli.backups.commands import backup, restore_backup
from dreamtree.cli.failing import in_a_line, in_a_sentence
from dreamtree.cli.moving import CannotMove, move
from dreamtree.cli.numbers import numbers
from dreamtree.cli.serving import serve
from dreamtree.cli.sharding import shard_plan
from dreamtree.cli.starting import CannotStart, bring_up_to_date, lock_folder, refuse_unusable_database
from dreamtree.config import problem_of_database
from dreamtree.connections.sources import REFERENCE_SOURCES, SOURCES
from dreamtree.content import book, clear_cache
from dreamtree.content.check import Findings, check_book
from dreamtree.content.seed import BrokenSeed, load_seed
from dreamtree.content.seed.finding_lines import with_line
from dreamtree.content.voice import read_manner
from dreamtree.content.voice.figures import figures_of_exercises, figures_of_people
from dreamtree.db import engine
from dreamtree.engines import Server, Sqlite, open_engine
from dreamtree.tools import all_tools

ROOT = Path(__file__).parents[2]
TAKEN_TWICE = """\
These accounts have a name that another account took too, while some servers didn't know the new secret yet: {}.
Both open, each with its own password, as long as the earlier secret stays in DREAMTREE_SECRET_KEY_FALLBACKS.
Leave it there until one of the two has chosen another name on the page Account. Then run this again."""
MOVED = """{count} rows are there, and equal on both sides.
Next, set DREAMTREE_DATABASE_URL to that address. Keep the secret: without DREAMTREE_SECRET_KEY, nobody's tree opens
there. If you haven't set it until now, it's in {key}. Then start DreamTree."""
UNREACHED = "{error}. What was copied already stays. Fix that, then run the command again: it goes on where it stopped."


def register(app: Flask) -> None:
    """Adds the commands to `app`."""
    of_the_book, of_the_data = (migrate, seed, check), (backup, restore_backup, maintain, rotate_secret)
    for command in (*of_the_book, *of_the_data, print_numbers, move_database, print_shard_plan, serve):
        app.cli.add_command(in_a_sentence(command))


def with_todays_tables(command: Callable[..., None]) -> Callable[..., None]:
    """A command that says what to do where the database doesn't open or isn't that of this code."""

    @wraps(command)
    def checked(*args: Any, **options: Any) -> None:
        try:
            refuse_unusable_database()
        except CannotStart as error:
            raise click.ClickException(str(error)) from error
        command(*args, **options)

    return checked


@click.command()
def migrate() -> None:
    """Bring the tables of the database up to date."""
    try:
        applied = bring_up_to_date(engine())
    except MigrationError as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(applied) if applied else "The tables are up to date.")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "seed")
@with_todays_tables
def seed(folder: Path) -> None:
    """Take the book and the reference data from FOLDER into the database."""
    try:
        click.echo(str(load_seed(folder)))
    except BrokenSeed as error:
        raise click.ClickException(f"the seed is broken; nothing was changed.\n{error}") from error
    finally:
        clear_cache()


@click.command("check-book")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "seed")
@click.option("--figures", is_flag=True, help="Print the figures of the voice, not what is found.")
@with_appcontext
@with_todays_tables
def check(folder: Path, figures: bool) -> None:
    """Check that the seeded book hangs together, and its voice. Fails on whatever it finds.

    The lines are those of FOLDER, from which the book was seeded.
    """
    addresses = {one.rule for one in current_app.url_map.iter_rules()}
    manner = read_manner(folder)
    findings = check_book(book(), SOURCES.keys(), REFERENCE_SOURCES.keys(), all_tools(), manner, addresses)
    for line in _figures(folder) if figures else _found(folder, findings):
        click.echo(line)
    click.echo(f"{len(findings.errors)} errors, {len(findings.warnings)} warnings.")
    if findings.fails:
        raise SystemExit(1)


def _found(folder: Path, findings: Findings) -> Iterator[str]:
    yield from (f"look at  {with_line(folder, line)}" for line in findings.warnings)
    yield from (f"WRONG    {with_line(folder, line)}" for line in findings.errors)


def _figures(folder: Path) -> Iterator[str]:
    people = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("personas/*.toml")))
    answers = {person["name"]: person["answer"] for person in people if "answer" in person}
    yield from map(str, figures_of_exercises(book(), all_tools()))
    yield from map(str, figures_of_people(book(), answers))


@click.command()
@with_todays_tables
def maintain() -> None:
    """Clear away what has ended and what was in the trash for 30 days, then empty the database's log.

    Meant for a daily timer. Running it twice, or while people write, is fine. It fails at its end when something
    couldn't be cleared.
    """
    is_well = True
    for done in clear_away():
        click.echo(done.words, err=not done.is_well)
        is_well &= done.is_well
    if not is_well:
        raise SystemExit(1)


@click.command("numbers")
@with_todays_tables
def print_numbers() -> None:
    """Print how many people there are, who wrote in which week, and what is used. Fewer than five aren't told apart."""
    for line in numbers():
        click.echo(line)


@click.command("move-database")
@click.argument("url")
@with_appcontext
@with_todays_tables
def move_database(url: str) -> None:
    """Copy everything from the SQLite file into the empty database server at URL (postgresql://…).

    Stop DreamTree first. When it is broken off, run it again: it goes on where it was. The file stays as it is.
    """
    if problem := problem_of_database(url):
        raise click.ClickException(f"the address of the new database {problem}.")
    settings, source, target = web.application().settings, engine(), open_engine(url)
    if not isinstance(source, Sqlite) or not isinstance(target, Server):
        raise click.ClickException("this moves from SQLite to a database server. Between servers, use pg_dump.")
    try:
        lock_folder(settings.data_directory, "flask move-database")
        count = move(source, target, click.echo)
    except (CannotStart, CannotMove, MigrationError) as error:
        raise click.ClickException(str(error)) from error
    except (DatabaseError, InterfaceError) as error:
        raise click.ClickException(UNREACHED.format(error=in_a_line(error))) from error
    click.echo(MOVED.format(count=count, key=settings.data_directory / "secret-key"))


@click.command("shard-plan")
def print_shard_plan() -> None:
    """Print the statements that distribute the tables over several servers by person, for Citus.

    Run `flask migrate` on the empty database first, then these, then `flask seed`.
    """
    for statement in shard_plan():
        click.echo(statement)


@click.command("rotate-secret")
@with_appcontext
@with_todays_tables
def rotate_secret() -> None:
    """Seal anew what is sealed under an earlier secret; after it the earlier one is needed no more.

    The new secret stands in DREAMTREE_SECRET_KEY, the earlier one in DREAMTREE_SECRET_KEY_FALLBACKS.
    """
    rotation = rotate(web.application().settings.secrets)
    click.echo(f"{rotation.resealed} addresses sealed again; {rotation.up_to_date} were already up to date.")
    problems = [TAKEN_TWICE.format(", ".join(rotation.taken))] if rotation.taken else []
    if rotation.unreadable:
        problems.append(f"{rotation.unreadable} addresses don't open with any of these secrets. One is missing.")
    if problems:
        raise click.ClickException("\n".join(problems))
