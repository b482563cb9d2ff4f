"""What a page must cost at the least: the same rows read with sqlite3, and the same template rendered, nothing else."""

import re
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee
from flask import Flask, template_rendered
from flask.testing import FlaskClient

from dreamtree import create_app
from dreamtree.config import Settings
from tests.conftest import NOT_QUERIES, environment_in
from tests.databases import DATABASE_NAME

ROUNDS = 150
Asked = list[tuple[str, Any]]


@dataclass(frozen=True)
class Floor:
    """Milliseconds are medians, alternating the two so that a noisy machine hits both."""

    queries: int
    bytes_of_html: int
    request_ms: float
    floor_ms: float


class House:
    """The application in this process, with a sample tree."""

    def __init__(self, seeded: Path, directory: Path) -> None:
        directory.mkdir()
        self.file = directory / DATABASE_NAME
        shutil.copyfile(seeded, self.file)
        self.app: Flask = create_app(
            Settings.from_environment({**environment_in(directory), "DREAMTREE_LOG_LEVEL": "ERROR"})
        )
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.client: FlaskClient = self.app.test_client()
        self.client.post("/sample")

    def floor_of(self, path: str) -> Floor:
        """Measures the page at `path` against its floor."""
        self.client.get(path)
        with queries() as asked, self._rendered() as rendered:
            html = self.client.get(path).data
        assert re.search(rb"<h1", html)
        connection = sqlite3.connect(self.file)
        template, values = rendered[-1]

        def least() -> None:
            for sql, params in asked:
                connection.execute(sql, params).fetchall()
            with self.app.test_request_context(path):
                template.render(values)

        whole, floor = _in_turns(lambda: self.client.get(path), least)
        connection.close()
        return Floor(len(asked), len(html), whole, floor)

    @contextmanager
    def _rendered(self) -> Iterator[list[Any]]:
        kept: list[Any] = []

        def keep(_: Any, template: Any, context: Any, **more: Any) -> None:
            kept.append((template, context))

        with template_rendered.connected_to(keep, self.app):
            yield kept


@contextmanager
def queries() -> Iterator[Asked]:
    """The statements that run inside, with their values."""
    asked: Asked = []
    execute = peewee.Database.execute_sql

    def note(self: peewee.Database, sql: str, params: Any = None, *rest: Any) -> Any:
        if not sql.lstrip().upper().startswith(NOT_QUERIES):
            asked.append((sql, params or ()))
        return execute(self, sql, params, *rest)

    peewee.Database.execute_sql = note
    try:
        yield asked
    finally:
        peewee.Database.execute_sql = execute


def _in_turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for act, kept in zip((first, second), took, strict=True):
            began = time.perf_counter()
            act()
            kept.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[0]), statistics.median(took[1])
