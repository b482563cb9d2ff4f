"""The database: one proxy, the base of all models, and the two kinds of transaction."""

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from peewee import (
    SQL,
    CompositeKey,
    DatabaseProxy,
    IntegrityError,
    InterfaceError,
    InternalError,
    Model,
    ModelDelete,
    OperationalError,
    TextField,
    Value,
)

from dreamtree.engines import Engine, Sqlite, open_engine
from dreamtree.metrics import RETRIES, count_one
from dreamtree.once import Cache

T = TypeVar("T")
PATIENCE = 10
"""A save that met another, or found nobody, runs again for so many seconds: a browser waits fifteen for its answer."""
LONGEST_WAIT = 0.3
"""Seconds before a save runs again, at most."""
database = DatabaseProxy()


class Conflict(Exception):
    """Two transactions met; the one that raises this may be run again from its start."""


class BaseModel(Model):
    """A table. Ids are text, times are ISO 8601 UTC text."""

    class Meta:
        database = database
        legacy_table_names = False


def owned_by(table: str, *columns: str) -> SQL:
    """The constraint that a row goes when its owner's row goes: `(user_id, column)` is the owner's key."""
    columns_here = ", ".join(f'"{name}"' for name in ("user_id", *columns))
    owner_columns = '"user_id", "id"' if columns else '"id"'
    return SQL(f'FOREIGN KEY ({columns_here}) REFERENCES "{table}" ({owner_columns}) ON DELETE CASCADE')


OWNED_BY_PERSON = owned_by("users")


class PersonModel(BaseModel):
    """A table of a person's rows: the key begins with the person, so no row can point at another's.

    A table with constraints of its own repeats `OWNED_BY_PERSON` among them.
    """

    user_id = TextField()
    id = TextField()

    class Meta:
        primary_key = CompositeKey("user_id", "id")
        constraints = [OWNED_BY_PERSON]


def tables_below(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Every table under this model, by name: the models that no other model derives from."""
    children = model.__subclasses__()
    tables = [one for child in children for one in tables_below(child)] if children else [model]
    return sorted(tables, key=lambda one: str(one._meta.table_name))


def now() -> str:
    """This moment, ISO 8601 UTC text to the millisecond; sorts as text."""
    return moment(datetime.now(UTC))


def moment(at: datetime) -> str:
    """`at` (aware) as the text that columns hold."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_id() -> str:
    """A fresh random id."""
    return str(uuid.uuid4())


def open_database(url: str) -> Engine:
    """Points every model at `url` (`sqlite:///…` or `postgresql://…`)."""
    opened = open_engine(url)
    database.initialize(opened)
    return opened


def engine() -> Engine:
    """The engine that every model is pointed at."""
    opened: Engine = database.obj
    return opened


def release() -> None:
    """Gives back what this thread holds of the database, if it holds anything."""
    if database.obj is not None:
        engine().release()


@contextmanager
def reading() -> Iterator[None]:
    """One snapshot for all the queries of a page; takes no write lock."""
    if database.in_transaction():
        yield
        return
    with database.atomic(engine().READING):
        yield


READ = Cache("read")
"""What was read, and what follows from it: open only where nothing is written, so that a statement that is asked again
answers as it did before."""


class Statement:
    """A query that runs all the time, whose SQL is written once: Peewee takes longer for that than SQLite to answer.

    `build` gets a slot for each value and answers the query; a value may be a list, for `IN`. Values go in as they
    are, and rows come out as plain tuples.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._written: dict[Any, tuple[str, list[Any]]] = {}

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """All rows for these values. While `READ` is open, the database is asked for them once."""
        return READ.once((self, repr(values)), lambda: list(self._run(values).fetchall()))

    def run(self, *values: Any) -> int:
        """Carries out a change; answers how many rows it touched."""
        return int(self._run(values).rowcount)

    def _run(self, values: tuple[Any, ...]) -> Any:
        shape = (type(database.obj), *(len(one) if isinstance(one, list) else None for one in values))
        if shape not in self._written:
            self._written[shape] = self._write(values)
        sql, params = self._written[shape]
        flat = [part for one in values for part in (one if isinstance(one, list) else (one,))]
        return database.execute_sql(sql, [flat[one.index] if isinstance(one, _Slot) else one for one in params])

    def _write(self, values: tuple[Any, ...]) -> tuple[str, list[Any]]:
        indexes = count()
        slots = [
            [_slot(next(indexes)) for _ in one] if isinstance(one, list) else _slot(next(indexes)) for one in values
        ]
        sql, params = database.get_sql_context().sql(self._build(*slots)).query()
        return sql, list(params)


@dataclass(frozen=True)
class _Slot:
    """Where the value with this index goes."""

    index: int


def _slot(index: int) -> Value:
    return Value(_Slot(index), converter=False)


def saving(act: Callable[[], T], patience: float = PATIENCE) -> T:
    """Runs `act` in one write transaction and answers what it answers, once that is committed.

    After `patience` seconds it isn't tried again.

    `act` may be run again from its start when another writer came between, so it makes no ids, times or
    side effects of its own. Raises `OperationalError` when the database stays busy, or is away.
    """
    tries, deadline = engine().TRIES, time.monotonic() + patience
    for attempt in range(tries):
        try:
            with database.atomic(engine().SAVING):
                return act()
        except Conflict:
            _wait(attempt)
        except (IntegrityError, InterfaceError, InternalError, OperationalError) as error:
            is_last = attempt == tries - 1 or time.monotonic() > deadline
            if is_last or not engine().may_run_again(error):
                raise
            _wait(attempt)
    raise OperationalError("the database stayed busy")


def clear(model: Any, *which: Any, limit: int = 200) -> int:
    """Deletes the rows that match all of `which`, a few at a time: people write in between. Answers how many."""
    total = 0
    while count := saving(lambda: clear_some(model, *which, limit=limit)):
        total += count
    return total


def clear_some(model: Any, *which: Any, limit: int, skipped: int = 0) -> int:
    """Deletes up to `limit` of these rows, after the first `skipped` ones. Inside a transaction."""
    keys = model._meta.get_primary_keys()
    rows: list[Any] = list(model.select(*keys).where(*which).order_by(*keys).limit(limit).offset(skipped).tuples())
    for row in rows:
        ModelDelete(model).where(*(key == value for key, value in zip(keys, row, strict=True))).execute()
    return len(rows)


def checkpoint(patience: int = 500) -> bool:
    """Brings the write-ahead log into the database file and empties it, so that what was deleted is in neither.

    Waits up to `patience` milliseconds for readers; False when one still stood in the way: `flask maintain` ends it.
    A database server does this by itself. Never inside a transaction.
    """
    if not isinstance(engine(), Sqlite):
        return True
    try:
        database.execute_sql(f"PRAGMA busy_timeout = {int(patience)}")
        return not database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        database.execute_sql(f"PRAGMA busy_timeout = {Sqlite.PRAGMAS['busy_timeout']}")


def _wait(attempt: int) -> None:
    count_one(RETRIES)
    threading.Event().wait(random.uniform(0, min(0.01 * 2**attempt, LONGEST_WAIT)))
