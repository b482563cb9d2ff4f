"""What a page must cost at the least: the same rows read with sqlite3, and the same template rendered, nothing else."""

import re
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee
from flask import template_rendered
from flask.testing import FlaskClient

from dreamtree import create_app
from dreamtree.config import Settings
from tests.conftest import DATABASE_NAME, NOT_QUERIES, environment_in

ROUNDS = 150


@dataclass(frozen=True)
class Floor:
    """Milliseconds are medians, alternating the two so that a noisy machine hits both."""

    queries: int
    bytes_of_html: int
    request_ms: float
    floor_ms: float


def floor_of(seeded: Path, directory: Path, path: str) -> Floor:
    """Measures the page at `path` of a sample tree against its floor, in this process."""
    directory.mkdir()
    shutil.copyfile(seeded, directory / DATABASE_NAME)
    app = create_app(Settings.from_environment(environment_in(directory)))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sample")
    html, asked, rendered = _observe(app, client, path)
    connection = sqlite3.connect(directory / DATABASE_NAME)

    def least() -> None:
        for sql, values in asked:
            connection.execute(sql, values).fetchall()
        template, values = rendered
        with app.test_request_context(path):
            template.render(values)

    whole, floor = _in_turns(lambda: client.get(path), least)
    return Floor(len(asked), len(html), whole, floor)


def _observe(app: Any, client: FlaskClient, path: str) -> tuple[bytes, list[tuple[str, Any]], Any]:
    asked: list[tuple[str, Any]] = []
    rendered: list[Any] = []
    execute = peewee.Database.execute_sql

    def note(self: peewee.Database, sql: str, params: Any = None, *rest: Any) -> Any:
        if not sql.lstrip().upper().startswith(NOT_QUERIES):
            asked.append((sql, params or ()))
        return execute(self, sql, params, *rest)

    def keep(_: Any, template: Any, context: Any, **more: Any) -> None:
        rendered.append((template, context))

    client.get(path)
    peewee.Database.execute_sql = note
    template_rendered.connect(keep, app)
    answer = client.get(path)
    peewee.Database.execute_sql = execute
    template_rendered.disconnect(keep, app)
    assert answer.status_code == 200 and re.search(rb"<h1", answer.data)
    return answer.data, asked, rendered[-1]


def _in_turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for act, kept in zip((first, second), took, strict=True):
            began = time.perf_counter()
            act()
            kept.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[0]), statistics.median(took[1])
