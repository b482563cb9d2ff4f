"""The operator's commands about content."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from dreamtree.content import book, clear_cache
from dreamtree.db import database
from tests.databases import open_at

from .small_seed import edit, write_seed


@pytest.fixture
def empty(app: Flask, tmp_path: Path) -> Iterator[FlaskCliRunner]:
    """The commands of an installation whose tables hold nothing: to take the whole book out of them takes long."""
    runner = app.test_cli_runner()
    open_at(tmp_path / "content.db")
    clear_cache()
    assert runner.invoke(args=["migrate"]).exit_code == 0
    yield runner
    clear_cache()


def test_seed_says_when_there_is_nothing_to_change(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["seed"])
    assert (result.exit_code, result.output) == (0, "Nothing to change: revision 1.\n")


def test_seed_takes_another_folder_and_the_book_follows(empty: FlaskCliRunner, tmp_path: Path) -> None:
    empty.invoke(args=["seed", str(write_seed(tmp_path / "one"))])
    assert [one.title for one in book().exercises] == ["One thing", "Everything"]
    edit(write_seed(tmp_path / "other"), "workbook/1/1.1/1.1.1.toml", "One thing", "Another thing")
    result = empty.invoke(args=["seed", str(tmp_path / "other")])
    assert result.exit_code == 0
    assert "Revision 2." in result.output
    assert [one.title for one in book().exercises] == ["Another thing", "Everything"]


def test_a_broken_seed_stops_with_file_and_line(empty: FlaskCliRunner, tmp_path: Path) -> None:
    edit(write_seed(tmp_path), "workbook/1/1.1/1.1.1.toml", "minutes = 10", "minutes = ten")
    result = empty.invoke(args=["seed", str(tmp_path)])
    assert result.exit_code == 1
    assert "workbook/1/1.1/1.1.1.toml:5: Invalid value" in result.output


def test_check_book_fails_on_an_error(empty: FlaskCliRunner, tmp_path: Path) -> None:
    edit(write_seed(tmp_path), "connections.toml", 'source = "starting_point"', 'source = "dreams"')
    empty.invoke(args=["seed", str(tmp_path)])
    result = empty.invoke(args=["check-book", str(tmp_path)])
    assert result.exit_code == 1
    assert "WRONG    connections.toml:3: C1: there is no source “dreams”" in result.output


def test_check_book_names_the_file_and_the_line(empty: FlaskCliRunner, tmp_path: Path) -> None:
    edit(write_seed(tmp_path), "connections.toml", 'gives = "draft"', 'gives = "offer"')
    edit(tmp_path, "workbook/1/1.1/1.1.2.toml", "enough = 3", "far = 3")
    empty.invoke(args=["seed", str(tmp_path)])
    lines = empty.invoke(args=["check-book", str(tmp_path)]).output.splitlines()
    assert "WRONG    connections.toml:3: C1: list-builder (1.1.2.list) accepts no offer from starting_point" in lines
    assert "WRONG    workbook/1/1.1/1.1.2.toml:10: 1.1.2.list: list-builder has no option “far”" in lines
    assert "WRONG    experiences: no connection uses this source" in lines


def test_migrate_says_that_the_tables_are_there(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["migrate"])
    assert (result.exit_code, result.output) == (0, "The tables are up to date.\n")


@pytest.mark.parametrize("command", ["backup", "maintain"])
def test_commands_without_arguments(app: Flask, command: str) -> None:
    result = app.test_cli_runner().invoke(args=[command])
    assert result.exit_code == 0
    assert result.output.strip()


@pytest.mark.parametrize("command", ["seed", "check-book", "maintain", "rotate-secret"])
def test_an_older_database_is_told_what_to_do(app: Flask, command: str) -> None:
    database.execute_sql("DELETE FROM schema_migration WHERE name = (SELECT MAX(name) FROM schema_migration)")
    result = app.test_cli_runner().invoke(args=[command])
    assert result.exit_code == 1
    assert "flask --app app migrate" in result.output
