"""Migrations and models say the same, and a person's rows go with the person."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from flask import Flask
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

from dreamtree.accounts.models import User
from dreamtree.db import BaseModel, PersonModel, database
from dreamtree.engines import Engine
from dreamtree.profile import nouns
from tests.databases import SERVER, ask, open_at, shut
from tests.visitor import Visitor

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def models() -> list[type[BaseModel]]:
    """Every table: the models that no other model derives from. Nouns bring their own."""
    nouns()

    def below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
        for one in model.__subclasses__():
            yield from below(one) if one.__subclasses__() else [one]

    return sorted(below(BaseModel), key=lambda one: one._meta.table_name)


def tables_of_people() -> list[type[BaseModel]]:
    return [model for model in models() if "user_id" in model._meta.fields]


@pytest.fixture
def empty(app: Flask, tmp_path: Path) -> Iterator[Engine]:
    """A database without a table."""
    yield open_at(tmp_path / "empty.db")
    shut()


def test_migrating_from_nothing_gives_what_the_models_say(empty: Engine) -> None:
    Runner(empty, str(MIGRATIONS)).up()
    assert not diff_models(empty, models())
    assert {model._meta.table_name for model in models()} == set(empty.get_tables()) - _kept_by_the_runner(empty)


@pytest.mark.a_file
def test_every_column_and_key_is_declared_as_in_its_model(empty: Engine, tmp_path: Path) -> None:
    """What `diff_models` does not look at: types, NOT NULL, keys, and what goes with what."""
    Runner(empty, str(MIGRATIONS)).up()
    migrated = _declared(empty)
    modelled = open_at(tmp_path / "modelled.db")
    database.create_tables(models())
    assert migrated == _declared(modelled)


def _declared(db: Engine) -> dict[str, set[tuple[object, ...]]]:
    told = {}
    for name in (model._meta.table_name for model in models()):
        columns = {row[1:4] + row[5:] for row in db.execute_sql(f'PRAGMA table_info("{name}")')}
        told[name] = columns | {row[2:7] for row in db.execute_sql(f'PRAGMA foreign_key_list("{name}")')}
    return told


def test_down_takes_everything_away_and_up_brings_it_back(empty: Engine) -> None:
    runner = Runner(empty, str(MIGRATIONS))
    steps = runner.up()
    before = _schema(empty)
    assert runner.down(steps[0]) == steps[::-1]
    assert set(empty.get_tables()) <= _kept_by_the_runner(empty)
    assert runner.up() == steps
    assert _schema(empty) == before


def _kept_by_the_runner(db: Engine) -> set[str]:
    return {name for name in db.get_tables() if "migration" in name} | {"sqlite_sequence"}


def _schema(db: Engine) -> set[tuple[str, str]]:
    if SERVER:
        told = (row for table in db.get_tables() for row in (*db.get_columns(table), *db.get_indexes(table)))
        return {(str(row.table), repr(row)) for row in told}
    rows = db.execute_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, " ".join(sql.split())) for name, sql in rows}


def test_the_key_of_a_persons_row_begins_with_the_person(app: Flask) -> None:
    tables = [one._meta.table_name for one in models() if issubclass(one, PersonModel)]
    assert len(tables) > 40
    assert [name for name in tables if database.get_primary_keys(name) != ["user_id", "id"]] == []


def test_a_persons_rows_hang_on_the_person(app: Flask) -> None:
    tables = [one._meta.table_name for one in tables_of_people()]
    assert len(tables) > 40
    assert [name for name in tables if not _goes_with_the_person(name)] == []


def _goes_with_the_person(table: str) -> bool:
    keys = database.get_foreign_keys(table)
    return any((one.dest_table, one.column, one.on_delete) == ("users", "user_id", "CASCADE") for one in keys)


def test_foreign_keys_are_enforced(app: Flask) -> None:
    database.connect(reuse_if_open=True)
    with pytest.raises(peewee.IntegrityError):
        database.execute_sql(
            "INSERT INTO user_modules (user_id, module_id, last_modified_at) VALUES ('nobody', '1.1', '2027-03-01')"
        )


def test_deleting_a_person_leaves_no_row_of_theirs_and_all_of_others(filled: Visitor, stranger: Visitor) -> None:
    stranger.save("/workbook/1.1.1", fields={"1.1.1.line:value": "Still here"})
    mine = _of("1.1.1.thanks")
    before = {model: _rows(model, mine) for model in tables_of_people()}
    assert sum(1 for count in before.values() if count) > len(before) / 2, "the sample tree fills too little to tell"
    User.delete().where(User.id == mine).execute()
    assert {model.__name__: _rows(model, mine) for model in tables_of_people() if _rows(model, mine)} == {}
    assert "Still here" in stranger.get("/workbook/1.1.1").html
    assert SERVER or ask("PRAGMA foreign_key_check") == []


def _of(block: str) -> str:
    found = ask("SELECT user_id FROM exercise_responses WHERE block_key = ?", (block,))
    assert len(found) == 1
    return str(found[0][0])


def _rows(model: type[BaseModel], user_id: str) -> int:
    count: int = model.select().where(model._meta.fields["user_id"] == user_id).count()
    return count


@pytest.mark.a_file
def test_the_book_file_is_whole_after_planting(planted: tuple[Path, str]) -> None:
    with sqlite3.connect(planted[0]) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
