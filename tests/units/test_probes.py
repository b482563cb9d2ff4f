"""`/healthz` and `/readyz`: plain answers for machines, in words for the operator, and nothing of anybody's."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dreamtree.db import open_database
from dreamtree.web.headers import EVERYWHERE
from tests.databases import database_path, open_at, run, shut
from tests.visitor import Visitor

BOTH = ("/healthz", "/readyz")


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize("host", ["localhost", "10.0.0.7:8000"])
def test_a_sound_installation_says_so_to_whoever_asks(person: Visitor, path: str, host: str) -> None:
    answer = person.client.get(path, headers={"Host": host})
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert EVERYWHERE.items() <= dict(answer.headers).items()
    assert person.client.head(path).data == b""


@pytest.mark.parametrize("path", BOTH)
def test_only_questions_are_answered(client: FlaskClient, path: str) -> None:
    answer = client.post(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def not_ready(client: FlaskClient) -> str:
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    return answer.text


def test_a_step_that_the_tables_lack_is_named(client: FlaskClient) -> None:
    run("DELETE FROM schema_migration WHERE name LIKE ?", ("0003%",))
    assert not_ready(client).startswith("tables: steps are missing (1, from 0003")


def test_tables_of_a_newer_version_are_named(client: FlaskClient) -> None:
    run("INSERT INTO schema_migration (name, applied) VALUES ('9999_to_come', '2030-01-01')")
    assert not_ready(client) == "tables: a newer DreamTree has written them, up to 9999_to_come\n"


def test_a_book_that_was_never_seeded_is_missed(client: FlaskClient) -> None:
    run("DELETE FROM content_revisions")
    assert "flask --app app seed" in not_ready(client)


def test_a_database_that_is_away_is_told_without_its_address(client: FlaskClient, tmp_path: Path) -> None:
    path = database_path()
    shut()
    open_database(f"sqlite:///{tmp_path}/nowhere/of-mara.db")
    told = not_ready(client)
    open_at(path)
    assert told == "database: it doesn't answer (OperationalError)\n"


def test_nothing_is_logged(client: FlaskClient, app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    for path in BOTH:
        client.get(path)
    assert caplog.text == ""
