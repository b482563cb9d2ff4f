"""Rows of a person, a few in memory at a time: a tree may hold more text than a process has room for."""

from collections.abc import Iterable, Iterator
from functools import cache, reduce
from operator import add
from typing import Any

from peewee import Value, fn

from dreamtree.accounts.models import User
from dreamtree.db import BaseModel, Statement
from dreamtree.vault import SealedField

MOST_ROWS = 100
MOST_TEXT = 1024 * 1024
"""So many rows, and so many characters of sealed text, are read together; a longer row is read by itself."""
Sized = Iterable[tuple[str, int]]


def in_batches(user: User, model: type[BaseModel], *order: str) -> Iterator[list[Any]]:
    """All rows that the person has in a table, by these columns. Within a transaction: the ids are read first."""
    for ids in _cut(_sizes(model, order).rows(user.id)):
        found = _rows_by_id(user, model, ids)
        yield [found[row_id] for row_id in ids]


class BatchedRows:
    """Rows by their ids. Whoever asks for them in the order of `ids` has one query for a batch of them."""

    def __init__(self, user: User, model: type[BaseModel], ids: Sized) -> None:
        self._user, self._model = user, model
        self._batches = {row_id: batch for batch in _cut(ids) for row_id in batch}
        self._found: dict[str, Any] = {}

    def __getitem__(self, row_id: str) -> Any:
        if row_id not in self._found:
            self._found = {}
            self._found = _rows_by_id(self._user, self._model, self._batches[row_id])
        return self._found[row_id]


def size_column(model: type[BaseModel]) -> Any:
    """How many characters of sealed text a row has, as a column of a query."""
    sealed = [column for column in model._meta.fields.values() if isinstance(column, SealedField)]
    return reduce(add, (fn.COALESCE(fn.LENGTH(column), 0).converter(int) for column in sealed), Value(0))


def _cut(ids: Sized) -> Iterator[list[str]]:
    """The ids, in batches that are not too large."""
    batch: list[str] = []
    left = MOST_TEXT
    for row_id, size in ids:
        if batch and (len(batch) == MOST_ROWS or size > left):
            yield batch
            batch, left = [], MOST_TEXT
        batch.append(row_id)
        left -= size
    if batch:
        yield batch


def _rows_by_id(user: User, model: type[BaseModel], ids: list[str]) -> dict[str, Any]:
    rows = (as_row(model, values) for values in _by_id(model).rows(user.id, ids))
    return {row.id: row for row in rows}


def as_row(model: type[BaseModel], values: Iterable[Any]) -> Any:
    """A row of this table from the values of all its columns."""
    columns = zip(model._meta.sorted_fields, values, strict=True)
    return model(**{column.name: column.python_value(value) for column, value in columns})


@cache
def _sizes(model: type[BaseModel], order: tuple[str, ...]) -> Statement:
    """The ids of somebody's rows, in the order of these columns, and how much text each has."""
    columns = model._meta.fields

    def build(user_id: Any) -> Any:
        mine: Any = model.select(columns["id"], size_column(model)).where(columns["user_id"] == user_id)
        return mine.order_by(*(columns[name] for name in order))

    return Statement(build)


@cache
def _by_id(model: type[BaseModel]) -> Statement:
    """Somebody's rows with some ids."""
    columns = model._meta.fields
    return Statement(lambda user_id, ids: model.select().where(columns["user_id"] == user_id, columns["id"].in_(ids)))
