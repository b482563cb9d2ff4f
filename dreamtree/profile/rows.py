"""How a noun's rows follow the answer that teaches them: insert, update what differs, drop what is gone."""

from collections.abc import Mapping
from typing import Any

from peewee import IntegerField, ModelDelete, TextField

from dreamtree.db import BaseModel, PersonModel
from dreamtree.vault import Keyholder, Sealed, SealedField, open_, seal

Values = Mapping[str, Any]


class DerivedRow(PersonModel):
    """A row taught by one item of one block's answer. Sealed columns are labelled `<table>.<column>`."""

    block_key = TextField()
    item_key = TextField()
    position = IntegerField(default=0)
    written_at = TextField()


def row_id(block_key: str, item_key: str) -> str:
    """The id of the row that this item of this block teaches."""
    return f"{block_key}:{item_key}"


def learn_rows(user: Keyholder, model: type[DerivedRow], block_key: str, wanted: Mapping[str, Values], at: str) -> bool:
    """Makes the rows of `block_key` those in `wanted` (item key → plain column values); True when any changed.

    Private columns are compared opened and sealed on the way in. Other rows, and columns not named, are untouched.
    """
    known = {row.item_key: row for row in model.select().where(model.user_id == user.id, model.block_key == block_key)}
    gone = [row.id for key, row in known.items() if key not in wanted]
    if gone:
        forget_rows(model, model.user_id == user.id, model.id.in_(gone))
    changes = [_learn_row(user, model, block_key, key, values, known.get(key), at) for key, values in wanted.items()]
    return bool(gone) or any(changes)


def _learn_row(
    user: Keyholder, model: type[DerivedRow], block_key: str, key: str, values: Values, known: Any, at: str
) -> bool:
    identity = row_id(block_key, key)
    if known is None:
        columns = closed(user, model, identity, values)
        model.insert(
            user_id=user.id, id=identity, block_key=block_key, item_key=key, written_at=at, **columns
        ).execute()
        return True
    changed = {name: value for name, value in values.items() if opened(user, known, name) != value}
    return update_row(user, model, identity, changed, at)


def forget_rows(model: type[BaseModel], *which: Any) -> None:
    """Deletes the rows that match all of `which`."""
    ModelDelete(model).where(*which).execute()


def update_row(user: Keyholder, model: type[DerivedRow], identity: str, changed: Values, at: str) -> bool:
    """Writes the columns in `changed`; only a change of words or values moves the date, not one of place."""
    if not changed:
        return False
    dated = {} if set(changed) == {"position"} else {"written_at": at}
    columns = {**closed(user, model, identity, changed), **dated}
    model.update(**columns).where(model.user_id == user.id, model.id == identity).execute()
    return True


def closed(user: Keyholder, model: type[PersonModel], identity: str, values: Values) -> dict[str, Any]:
    """Column values ready to write: private ones sealed for their row."""
    fields = model._meta.fields
    return {
        name: seal(user, _label(model, name), identity, value)
        if isinstance(fields[name], SealedField) and value is not None
        else value
        for name, value in values.items()
    }


def opened(user: Keyholder, row: Any, name: str) -> Any:
    """One column of a row as the person wrote it."""
    value = getattr(row, name)
    return open_(user, _label(type(row), name), row.id, value) if isinstance(value, Sealed) else value


def _label(model: type[PersonModel], name: str) -> str:
    return f"{model._meta.table_name}.{name}"
