"""What the tables should hold after the seed: rows by table, before anything is written."""

from dataclasses import dataclass, field
from typing import Any

from peewee import CompositeKey

from dreamtree.content.rows import TableRow
from dreamtree.content.seed.problems import SeedFile
from dreamtree.db import BaseModel

PrimaryKey = tuple[Any, ...]


def key_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of the primary key."""
    primary = model._meta.primary_key
    if isinstance(primary, CompositeKey):
        return tuple(primary.field_names)
    assert primary, "every content table has a primary key"
    return (primary.name,)


def key_of(model: type[BaseModel], row: TableRow) -> PrimaryKey:
    """The primary key of a row."""
    return tuple(row[name] for name in key_fields(model))


@dataclass
class SeedPlan:
    """Rows wanted, by table and primary key; a later row with the same key replaces the earlier.

    `files` holds those that later checks tell lines of: exercises by their full id, others by their path.
    """

    tables: dict[type[BaseModel], dict[PrimaryKey, TableRow]] = field(default_factory=dict)
    files: dict[str, SeedFile] = field(default_factory=dict)

    def add(self, model: type[BaseModel], row: TableRow) -> None:
        """One more row, complete but for its times and `is_active`."""
        self.tables.setdefault(model, {})[key_of(model, row)] = row

    def rows(self, model: type[BaseModel]) -> dict[PrimaryKey, TableRow]:
        """The rows wanted in a table."""
        return self.tables.get(model, {})

    def keys(self, model: type[BaseModel]) -> set[Any]:
        """The keys of a table whose key is one column."""
        return {key[0] for key in self.rows(model)}
