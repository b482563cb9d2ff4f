"""How a noun's rows follow the answer that teaches them: insert, update what differs, drop what is gone."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from peewee import Case, IntegerField, ModelDelete, TextField

from dreamtree.db import BaseModel, PersonModel, Statement
from dreamtree.vault import Keyholder, Sealed, SealedField, open_, seal

Values = Mapping[str, Any]
Known = Mapping[str, Mapping[str, Any]]
BATCH_ROWS = 100
TAKEN_OUT = -1
"""The position of a row whose item was taken out: its words are erased, what others wrote waits for an undo."""


class DerivedRow(PersonModel):
    """A row learned from one item of one block's answer. Sealed columns are labelled `<table>.<column>`.

    A table with indexes of its own repeats the one by block among them.
    """

    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()

    class Meta:
        indexes = ((("user_id", "block_key"), False),)


def row_id(block_key: str, item_key: str) -> str:
    """The id of the row that this item of this block teaches."""
    return f"{block_key}:{item_key}"


def learn_rows(
    user: Keyholder,
    model: type[DerivedRow],
    block_key: str,
    wanted: Mapping[str, Values],
    at: str,
    known: Known | None = None,
) -> bool:
    """Makes the rows of `block_key` those in `wanted` (item key → plain column values); True when any changed.

    Private columns are compared opened and sealed on the way in. Other rows, and columns not named, are untouched.
    `known` holds the rows as stored, if the caller has read them; otherwise they are read here.
    """
    known = known_rows(user, model, block_key) if known is None else known
    gone = [row["id"] for key, row in known.items() if key not in wanted]
    if gone:
        forget_rows(model, model.user_id == user.id, model.id.in_(gone))
    fresh = {key: values for key, values in wanted.items() if key not in known}
    _insert(model, [_fresh(user, model, block_key, key, values, at) for key, values in fresh.items()])
    changed = {
        known[key]["id"]: _differing(user, model, known[key], values) for key, values in wanted.items() if key in known
    }
    updated = update_rows(user, model, changed, at)
    return bool(gone or fresh or updated)


def known_rows(user: Keyholder, model: type[DerivedRow], block_key: str) -> Known:
    """The rows learned from a block, by item key: column → value, private ones still sealed. One query."""
    names, statement = _rows_of_block(model)
    rows = (dict(zip(names, row, strict=True)) for row in statement.rows(user.id, block_key))
    return {row["item_key"]: row for row in rows}


def known_rows_at(user: Keyholder, model: type[DerivedRow], block_key: str, keys: Iterable[str]) -> Known:
    """The same of these item keys. One query."""
    names, statement = _rows_by_id(model)
    rows = statement.rows(user.id, sorted(row_id(block_key, key) for key in keys))
    return {row["item_key"]: row for row in (dict(zip(names, one, strict=True)) for one in rows)}


@cache
def _rows_of_block(model: type[DerivedRow]) -> tuple[tuple[str, ...], Statement]:
    names = tuple(name for name in model._meta.fields if name != "user_id")
    columns = [getattr(model, name) for name in names]
    return names, Statement(
        lambda user_id, block_key: model.select(*columns).where(model.user_id == user_id, model.block_key == block_key)
    )


def _fresh(
    user: Keyholder, model: type[DerivedRow], block_key: str, key: str, values: Values, at: str
) -> dict[str, Any]:
    identity = row_id(block_key, key)
    row = {"user_id": user.id, "id": identity, "block_key": block_key, "item_key": key, "written_at": at}
    return row | sealed_columns(user, model, identity, values)


def _insert(model: type[DerivedRow], rows: Sequence[Mapping[str, Any]]) -> None:
    for first in range(0, len(rows), BATCH_ROWS):
        model.insert_many(rows[first : first + BATCH_ROWS]).execute()


def _differing(user: Keyholder, model: type[DerivedRow], known: Mapping[str, Any], values: Values) -> Values:
    return changed_in({name: open_column(user, model, known["id"], name, known[name]) for name in values}, values)


def changed_in(before: Values, after: Values) -> Values:
    """The columns of `after` that are otherwise than `before`."""
    return {name: value for name, value in after.items() if before[name] != value}


def forget_rows(model: type[BaseModel], *which: Any) -> None:
    """Deletes the rows that match all of `which`."""
    ModelDelete(model).where(*which).execute()


def update_rows(user: Keyholder, model: type[DerivedRow], changed: Mapping[str, Values], at: str) -> int:
    """Writes the columns in `changed`, by row id; answers how many rows that touched.

    Only a change of words or values moves a row's date, not one of place. One statement for all rows of which the same
    columns changed.
    """
    moved = {identity: values for identity, values in changed.items() if set(values) == {"position"}}
    reworded = {
        identity: sealed_columns(user, model, identity, values) | {"written_at": at}
        for identity, values in changed.items()
        if values and identity not in moved
    }
    return write_rows(user, model, {**moved, **reworded})


def write_rows(user: Keyholder, model: type[PersonModel], changed: Mapping[str, Values]) -> int:
    """Writes columns of rows, by row id, ready to write (see `sealed_columns`); answers how many rows that touched.

    One statement for all rows of which the same columns are written, as long as they are not very many.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for identity, values in changed.items():
        alike.setdefault(tuple(values), []).append(identity)
    return sum(
        _write_alike(user, model, names, {one: changed[one] for one in ids[first : first + BATCH_ROWS]})
        for names, ids in alike.items()
        for first in range(0, len(ids), BATCH_ROWS)
    )


def _write_alike(
    user: Keyholder, model: type[PersonModel], names: tuple[str, ...], changed: Mapping[str, Values]
) -> int:
    if len(changed) == 1:
        return sum(write_columns(user, model, identity, row) for identity, row in changed.items())
    columns = [[_plain(row[name]) for row in changed.values()] for name in names]
    return _writing_many(model, names).run(user.id, list(changed), *columns)


def row_of(user: Keyholder, model: type[PersonModel], identity: str) -> Mapping[str, Any] | None:
    """One row as stored: column → value, private ones still sealed. One query."""
    names, statement = _rows_by_id(model)
    return next((dict(zip(names, row, strict=True)) for row in statement.rows(user.id, [identity])), None)


@cache
def _rows_by_id(model: type[PersonModel]) -> tuple[tuple[str, ...], Statement]:
    names = tuple(name for name in model._meta.fields if name != "user_id")
    columns = [getattr(model, name) for name in names]
    return names, Statement(
        lambda user_id, ids: model.select(*columns).where(model.user_id == user_id, model.id.in_(ids))
    )


def write_columns(user: Keyholder, model: type[PersonModel], identity: str, columns: Mapping[str, Any]) -> int:
    """Writes columns of one row, ready to write as `sealed_columns` makes them; answers how many rows that touched."""
    return _writing(model, tuple(columns)).run(*map(_plain, columns.values()), user.id, identity)


def _plain(value: Any) -> Any:
    return value.envelope if isinstance(value, Sealed) else value


@cache
def _writing(model: type[PersonModel], names: tuple[str, ...]) -> Statement:
    fields = [getattr(model, name) for name in names]

    def update(*values: Any) -> Any:
        *new, user_id, identity = values
        return model.update(dict(zip(fields, new, strict=True))).where(model.user_id == user_id, model.id == identity)

    return Statement(update)


@cache
def _writing_many(model: type[PersonModel], names: tuple[str, ...]) -> Statement:
    """The same columns of several rows, each with values of its own."""
    fields = [getattr(model, name) for name in names]

    def update(user_id: Any, ids: list[Any], *values: list[Any]) -> Any:
        columns = zip(fields, values, strict=True)
        each = {column: Case(model.id, list(zip(ids, new, strict=True)), column) for column, new in columns}
        return model.update(each).where(model.user_id == user_id, model.id.in_(ids))

    return Statement(update)


def sealed_columns(user: Keyholder, model: type[PersonModel], identity: str, values: Values) -> dict[str, Any]:
    """Column values ready to write: private ones sealed for their row."""
    fields = model._meta.fields
    return {
        name: seal(user, _label(model, name), identity, value)
        if isinstance(fields[name], SealedField) and value is not None
        else value
        for name, value in values.items()
    }


def opened_column(user: Keyholder, row: Any, name: str) -> Any:
    """One column of a row as the person wrote it."""
    value = getattr(row, name)
    return open_(user, _label(type(row), name), row.id, value) if isinstance(value, Sealed) else value


def open_column(user: Keyholder, model: type[PersonModel], identity: str, name: str, value: Any) -> Any:
    """A column as the database holds it, as the person wrote it."""
    if value is None or not isinstance(model._meta.fields[name], SealedField):
        return value
    return open_(user, _label(model, name), identity, Sealed(value))


def _label(model: type[PersonModel], name: str) -> str:
    return f"{model._meta.table_name}.{name}"
