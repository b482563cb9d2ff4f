"""The command that serves: it looks first whether it can."""

import os
import resource
import sys

import click
from flask.cli import with_appcontext

from dreamtree import metrics, web
from dreamtree.cli.starting import CannotStart, lock_folder, refuse_taken_port
from dreamtree.db import database

KILL_SECONDS = "30"
"""Whoever stops the server waits no longer for somebody who sends slowly."""
IDLE_SECONDS = 15
"""So long a connection may say nothing between two requests, or take for the head of one."""
CONNECTIONS = 4_096
"""Connections that a process holds at most, an idle one in some 8 KB: a few hundred idle ones leave room for others."""
OTHER_FILES = 256
WORKERS = (os.cpu_count() or 1) + 1
"""One more than cores: connections fall to workers by chance, and one that has most of them keeps one core busy.
Granian would warn of it, so it tells errors only: a worker that ended unexpectedly is one."""
GRANIAN = (
    *("--interface", "asginl", "--http", "1", "--no-ws"),
    *("--http1-header-read-timeout", str(IDLE_SECONDS * 1000), "--backpressure", str(CONNECTIONS)),
    *("--workers-kill-timeout", KILL_SECONDS, "--respawn-failed-workers"),
    *("--log-level", "error", "app:asgi"),
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=WORKERS, show_default="one more than cores", type=click.IntRange(1))
@click.pass_context
@with_appcontext
def serve(context: click.Context, host: str, port: int, workers: int) -> None:
    """Bring database and book up to date, then serve, until stopped with Ctrl+C."""
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    try:
        lock_folder(web.application().settings.data_directory, address)
        refuse_taken_port(host, port)
    except CannotStart as problem:
        raise click.ClickException(str(problem)) from problem
    for name in ("migrate", "seed"):
        context.invoke(web.application().cli.commands[name])
    metrics.clear_counts(web.application().settings.data_directory / "metrics")
    database.close()
    click.echo(f"\n  DreamTree is at {address}   (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    _allow_files(CONNECTIONS + OTHER_FILES)
    options = ("--host", host, "--port", str(port), "--workers", str(workers))
    os.execv(sys.executable, (sys.executable, "-m", "granian", *options, *GRANIAN))


def _allow_files(count: int) -> None:
    """Lets a process open so many files, or as many as the system grants: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
