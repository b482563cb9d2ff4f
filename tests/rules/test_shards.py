"""What lets a distributed database keep a person's rows together: keys begin with the person, and queries name them."""

import re

import pytest

from dreamtree.cli.sharding import LOOKED_UP_FIRST, Placement, placements, shard_plan
from dreamtree.db import BaseModel
from tests.conftest import Queries
from tests.rules.filling import Canaries, fill_in
from tests.rules.seeded import EXERCISES, ONE_OF_EACH_KIND, OWN, exercise_of
from tests.rules.test_schema import models
from tests.visitor import Visitor

TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')
PLACES = placements()
NAMES_A_PERSON = re.compile(r'"user_id"\)? (?:=|IN)|INSERT INTO "\w+" \([^)]*"user_id"')
NAMES_AN_ID = re.compile(r'"id"\)? (?:=|IN)|INSERT INTO "\w+" \([^)]*"id"')
THE_ONES = {Placement.BY_PERSON: NAMES_A_PERSON, Placement.BY_ID: NAMES_AN_ID}


def place(model: type[BaseModel]) -> Placement:
    return PLACES[str(model._meta.table_name)]


@pytest.mark.parametrize("model", models(), ids=lambda one: one.__name__)
def test_every_key_has_what_says_where_the_row_lies(model: type[BaseModel]) -> None:
    """A primary or unique key is watched over on one server alone."""
    if place(model) is Placement.EVERYWHERE:
        return
    by = place(model).value
    meta = model._meta
    assert by in [field.column_name for field in meta.get_primary_keys()]
    assert all(by in fields for fields, is_unique in meta.indexes if is_unique)
    assert not [field.name for field in meta.sorted_fields if field.unique]


@pytest.mark.parametrize("model", models(), ids=lambda one: one.__name__)
def test_a_row_points_at_the_same_person_or_at_what_is_everywhere(model: type[BaseModel]) -> None:
    for key in model._meta.refs:
        assert place(key.rel_model) is Placement.EVERYWHERE
    for constraint in model._meta.constraints or ():
        ours, table, theirs = re.findall(r'FOREIGN KEY \((.*)\) REFERENCES "(\w+)" \((.*)\) ON', constraint.sql)[0]
        assert ours.startswith('"user_id"')
        assert theirs.startswith('"user_id"' if table != "users" else '"id"')
        if place(model) is Placement.EVERYWHERE:
            assert model._meta.table_name in LOOKED_UP_FIRST


def test_the_plan_names_every_table_once_and_what_others_point_at_before_them() -> None:
    told = [re.findall(r"create_\w+_table\('\"(\w+)\"'", line) for line in shard_plan()]
    order = [table for found in told for table in found]
    assert sorted(order) == sorted(str(model._meta.table_name) for model in models())
    for model in models():
        for key in model._meta.refs:
            assert order.index(key.rel_model._meta.table_name) < order.index(model._meta.table_name)


def test_every_statement_about_people_says_whose_row_it_is(filled: Visitor, queries: Queries) -> None:
    queries.clear()
    for path in (*OWN, "/my-skills", "/data/trash", *(f"/workbook/{one}" for one in EXERCISES)):
        filled.open(path)
    canaries = Canaries()
    for exercise in dict.fromkeys(exercise_of(key) for key in ONE_OF_EACH_KIND):
        fill_in(filled, f"/workbook/{exercise}", canaries)
    told = set(queries)
    assert {sql.split(maxsplit=1)[0] for sql in told} >= {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert len(told) > 100
    assert [sql for sql in told if not says_whose(sql)] == []


def says_whose(sql: str) -> bool:
    """Whether one server can answer it alone."""
    named = {PLACES.get(table, Placement.EVERYWHERE) for table in TABLES.findall(sql)} - {Placement.EVERYWHERE}
    return all(THE_ONES[one].search(sql) for one in named)


def test_one_that_does_not_is_seen() -> None:
    assert not says_whose('SELECT "t1"."words" FROM "notes" AS "t1" WHERE "t1"."id" = ?')
    assert says_whose('SELECT "t1"."words" FROM "notes" AS "t1" WHERE "t1"."user_id" = ?')
