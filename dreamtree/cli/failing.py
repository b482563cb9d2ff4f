"""A command that the disk or the database server stops says so in a sentence, not in fifty lines of places."""

import copy
from functools import wraps
from typing import Any

import click
from peewee import DatabaseError, InterfaceError

from dreamtree import disk
from dreamtree.db import engine

STOPPED = "{error}. What wasn't finished is undone. Put that right, then run the command again."


def in_a_sentence(command: click.Command) -> click.Command:
    """The same command; where the database can't write or can't be reached for a while, it fails with what to do."""
    run = command.callback
    assert run is not None

    @wraps(run)
    def guarded(*arguments: Any, **options: Any) -> Any:
        try:
            return run(*arguments, **options)
        except (DatabaseError, InterfaceError) as error:
            if not engine().is_passing(error):
                raise
            raise click.ClickException(STOPPED.format(error=in_a_line(error))) from error
        except OSError as error:
            if not disk.is_passing(error):
                raise
            raise click.ClickException(STOPPED.format(error=error.strerror)) from error

    found = copy.copy(command)
    found.callback = guarded
    return found


def in_a_line(error: Exception) -> str:
    """What the database or the system says, without line breaks and the mark at its end."""
    return " ".join(str(error).split()).rstrip(".?")
