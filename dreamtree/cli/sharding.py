"""How the tables lie on a distributed PostgreSQL (Citus): a person's rows together on one server, the book on each."""

from collections.abc import Iterator
from enum import Enum

from peewee import sort_models  # type: ignore[attr-defined]

from dreamtree.db import BaseModel, tables_below
from dreamtree.profile import nouns

PERSON = "user_id"
LOOKED_UP_FIRST = ("emails", "skill_offers")
"""Asked before the person is known, or when there is none any more: such a table is whole on each server."""
UNSHARDED = ("throttles",)
"""Rows that belong to no person and are written all the time: spread by their own id."""


class Placement(Enum):
    """Where the rows of a table lie: on every server, or on one, by the column that says which."""

    EVERYWHERE = ""
    BY_PERSON = PERSON
    BY_ID = "id"


def placements() -> dict[str, Placement]:
    """The placement of every table, by name; what others point at comes first."""
    nouns()
    models = sort_models(tables_below(BaseModel))
    found = [(str(model._meta.table_name), _placement(model)) for model in models]
    return dict(sorted(found, key=lambda one: (one[1] is not Placement.EVERYWHERE, one[0] != "users")))


def shard_plan() -> Iterator[str]:
    """The statements that distribute a migrated, empty database, in order."""
    for table in LOOKED_UP_FIRST:
        yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{table}_user_id_fkey";'
    for table, placement in placements().items():
        if placement is Placement.EVERYWHERE:
            yield f"SELECT create_reference_table('\"{table}\"');"
        elif table == "users":
            yield "SELECT create_distributed_table('\"users\"', 'id');"
        else:
            beside = "users" if placement is Placement.BY_PERSON else "none"
            yield f"SELECT create_distributed_table('\"{table}\"', '{placement.value}', colocate_with => '{beside}');"


def _placement(model: type[BaseModel]) -> Placement:
    name = str(model._meta.table_name)
    if name == "users" or name in UNSHARDED:
        return Placement.BY_ID
    if PERSON in model._meta.fields and name not in LOOKED_UP_FIRST:
        return Placement.BY_PERSON
    return Placement.EVERYWHERE
