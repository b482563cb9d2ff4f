"""The two engines of the database: how each begins and ends a transaction, and which of its errors pass.

SQLite is one file; its connection stays open as long as its thread lives. A server (PostgreSQL, or what speaks its
language: CockroachDB, YugabyteDB, Citus) lends connections from a pool, and a request gives its own back.
"""

import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, ClassVar, TypeVar

import psycopg
from peewee import InterfaceError, OperationalError, Psycopg3Adapter, QueryEvent, SqliteDatabase
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase
from psycopg.pq import TransactionStatus

from dreamtree.disk import keep_to_oneself
from dreamtree.metrics import POOL, set_gauge

T = TypeVar("T")
SLOW_SECONDS = 0.1
SHORTEST_NAP, LONGEST_NAP = 0.0003, 0.01
"""Seconds between two tries to begin a save beside another: a tenth of what it has waited, within these."""
CONNECTIONS = 20
"""Connections to a server that a process holds at most."""
SECONDS_TO_CONNECT = 5
SECONDS_AWAY = 1
"""Whoever waited while another waited for a server in vain doesn't wait once more, nor who comes so soon after."""
SECONDS_TO_ANSWER = 30
"""A server that says nothing for so long has a process that stands still on a machine that runs: it never will."""
LOCK = 0x44726561
"""The number of the lock that whoever changes tables holds; "Drea" in ASCII."""
SILENT = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""A server that vanished without a word is given up after some ten seconds; by itself a machine waits for hours."""
SCHEME = re.compile(r"^\w+(?=://)")
NEVER_DONE = {"40001", "40P01", "55P03"}
"""SQLSTATE of what met another transaction: serialization failure, deadlock, lock not available."""
GONE_AWAY = {"25006", "57P01", "57P02", "57P03"}
"""SQLSTATE of a server that ends, starts, or has become a read-only standby."""
SHORT_OF = {"53000", "53100", "53200", "53300", "53400", "55000", "57014", "58000", "58030"}
"""SQLSTATE of a server that is out of room, memory or connections, or that an operator holds up."""
OF_THE_SERVERS_LANGUAGE = """
    SELECT columns.table_name, column_name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
    AND data_type = 'text' AND collation_name IS NULL
"""
"""The columns of text that are ordered as the language of the server has it."""
UNUSABLE_FILE = re.compile(r"locked|busy|full|disk|readonly|interrupted|unable to open", re.IGNORECASE)
log = logging.getLogger("dreamtree.db")


NoConnectionFree = MaxConnectionsExceeded
"""Raised when every connection to the server stayed in use for as long as a request may wait."""


class Unknown(OperationalError):
    """The connection broke while a commit was under way: nobody knows whether it was carried out."""


class Sqlite(SqliteDatabase):
    """One file. A save takes the write lock as it begins."""

    PRAGMAS: ClassVar[dict[str, Any]] = {
        "journal_mode": "wal",
        "synchronous": "full",
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
        "cache_size": -16000,
    }
    SAVING, READING = "IMMEDIATE", "DEFERRED"
    TRIES = 6

    def __init__(self, path: str) -> None:
        super().__init__(path, pragmas=self.PRAGMAS, lock_type=self.SAVING, check_same_thread=True, timeout=0)
        self.query_hooks.append(_report_slow)

    def _connect(self) -> Any:
        if self.database != ":memory:":
            keep_to_oneself(str(self.database))
        return self._patiently(super()._connect)  # type: ignore[misc]

    def begin(self, lock_type: Any = None) -> None:
        """Begins a transaction; one that saves waits for the others here, in short naps.

        SQLite itself sleeps up to a tenth of a second, far longer than most saves take. Raises `OperationalError`
        once the lock was taken for as long as a statement may wait.
        """
        if lock_type != self.SAVING:
            super().begin(lock_type)
            return
        began = time.monotonic()
        self._let_wait(0)
        try:
            self._patiently(partial(super().begin, self.SAVING))
        finally:
            self._let_wait(self.PRAGMAS["busy_timeout"])
        _report_wait(time.monotonic() - began)

    def _patiently(self, act: Callable[[], T]) -> T:
        """What `act` answers, tried until the file isn't locked, for as long as a statement may wait.

        SQLite itself doesn't wait for somebody who just opens a new file, or is the last to leave one.
        """
        began = time.monotonic()
        while True:
            try:
                return act()
            except (OperationalError, sqlite3.OperationalError) as error:
                waited = time.monotonic() - began
                if waited > self.PRAGMAS["busy_timeout"] / 1000 or not self.may_run_again(error):
                    raise
                time.sleep(min(max(SHORTEST_NAP, waited / 10), LONGEST_NAP))

    def _let_wait(self, milliseconds: int) -> None:
        """For so long a statement waits for a lock by itself."""
        self.connection().execute(f"PRAGMA busy_timeout = {milliseconds}")  # type: ignore[no-untyped-call]

    def rollback(self) -> None:
        """Nothing to do where the engine has rolled back by itself: the disk was full, or a read failed.

        Where it can't be told to, the connection is closed, which does the same: nobody goes on in what has failed.
        """
        if self.is_closed() or not self.connection().in_transaction:  # type: ignore[no-untyped-call]
            return
        try:
            super().rollback()
        except OperationalError:
            self.close()

    def many_rows(self, sql: str) -> Any:
        """A cursor over these rows, of which as many are in memory as are fetched at a time. Inside a transaction."""
        return self.execute_sql(sql)  # type: ignore[no-untyped-call]

    def order_by_bytes(self) -> None:
        """Text is ordered by its bytes already."""

    def release(self) -> None:
        """The connection stays with its thread: opening one costs more than most pages."""

    def may_run_again(self, error: Exception) -> bool:
        """Whether the transaction met another writer and left nothing behind."""
        return "locked" in str(error) or "UNIQUE" in str(error)

    def is_passing(self, error: Exception) -> bool:
        """Whether the same request may work a moment later, since the file couldn't be used just now."""
        return bool(UNUSABLE_FILE.search(str(error)))


_is_changing_tables: ContextVar[bool] = ContextVar("is_changing_tables", default=False)
"""Whether this thread changes tables: then a statement may take longer than a server is waited for."""


class _Connection(psycopg.Connection[Any]):
    """A connection that ends where the server doesn't answer."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """What the server answers; raises `OperationalError`, and is broken, when it doesn't."""
        most = None if _is_changing_tables.get() else SECONDS_TO_ANSWER
        try:
            return super().wait(gen, interval, timeout or most)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


class _Adapter(Psycopg3Adapter):
    def connect(self, db: Any, **params: Any) -> _Connection:
        return _Connection.connect(db.database, **params)


class Server(PooledPostgresqlDatabase):
    """A database server. A save is serializable and may have to run again; a page reads a snapshot and never writes."""

    psycopg3_adapter = _Adapter
    SAVING, READING = "SERIALIZABLE", "REPEATABLE READ READ ONLY"
    TRIES = 12
    """More than for a file, where a save waits for its turn: here it learns only at its end that it met another."""

    def __init__(self, url: str) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            SCHEME.sub("postgresql", url),
            max_connections=CONNECTIONS,
            timeout=SECONDS_TO_CONNECT,
            prefer_psycopg3=True,
            connect_timeout=SECONDS_TO_CONNECT,
            application_name="dreamtree",
            **SILENT,
        )
        self.query_hooks.append(_report_slow)
        self._away_until = 0.0

    def _connect(self) -> Any:
        """A new connection, or one of the pool. One thread at a time finds out how long a silent server takes."""
        began = time.monotonic()
        if began < self._away_until and not self._connections:
            raise OperationalError("no server answered a moment ago")
        try:
            return super()._connect()
        except psycopg.OperationalError:
            if time.monotonic() > began + SECONDS_AWAY:
                self._away_until = time.monotonic() + SECONDS_AWAY
            raise

    def begin(self, isolation_level: Any = None) -> None:
        """Begins a transaction, on another connection where this one broke in the pool or leads to a standby."""
        level = isolation_level or self.SAVING
        if not self.is_closed() and (not self.is_connection_usable() or self._is_standby()):
            self._drop()
        if level == self.SAVING and self._is_standby():
            raise OperationalError("only a standby of the database answers")
        try:
            self.execute_sql(f"BEGIN ISOLATION LEVEL {level}")  # type: ignore[no-untyped-call]
        except (OperationalError, InterfaceError):
            if not self._is_broken():
                raise
            self._drop()
            self.execute_sql(f"BEGIN ISOLATION LEVEL {level}")  # type: ignore[no-untyped-call]

    def commit(self) -> None:
        """Raises `Unknown` where the connection breaks before the server has answered."""
        try:
            super().commit()
        except (OperationalError, InterfaceError) as error:
            if not self._is_broken():
                raise
            raise Unknown(*error.args) from error

    def rollback(self) -> None:
        """A broken connection has nothing to roll back: the server did, and the next transaction takes another one."""
        if self._is_broken():
            self._drop()
        elif not self.is_closed():
            super().rollback()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds what only one process of all holds at a time, to change tables; the others wait.

        Within it a statement may take as long as it likes. Raises `OperationalError`.
        """
        try:
            connection = psycopg.connect(self.database, autocommit=True, connect_timeout=SECONDS_TO_CONNECT)
        except psycopg.OperationalError as error:
            raise OperationalError(error, *error.args) from error
        token = _is_changing_tables.set(True)
        try:
            with connection:
                connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
                yield
        finally:
            _is_changing_tables.reset(token)

    def many_rows(self, sql: str) -> Any:
        """The same as of a file: by itself a server sends all rows at once."""
        return self.connection().cursor(name="many_rows").execute(sql)  # type: ignore[no-untyped-call]

    def order_by_bytes(self) -> None:
        """Orders every column of text by its bytes, as SQLite does, whatever language the server sorts by.

        A column is changed once; CockroachDB orders so by itself.
        """
        if "CockroachDB" in self.execute_sql("SELECT version()").fetchone()[0]:  # type: ignore[no-untyped-call]
            return
        for table, column in self.execute_sql(OF_THE_SERVERS_LANGUAGE).fetchall():  # type: ignore[no-untyped-call]
            self.execute_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"')  # type: ignore[no-untyped-call]

    def release(self) -> None:
        """Gives this thread's connection back to the pool."""
        if not self.is_closed():
            self.close()
        set_gauge(POOL, len(self._in_use), "in use")
        set_gauge(POOL, len(self._connections), "idle")

    def may_run_again(self, error: Exception) -> bool:
        """Whether the transaction certainly left nothing behind, and may work when it is run from its start."""
        if isinstance(error, Unknown):
            return False
        state = _sqlstate(error)
        return state in NEVER_DONE or state in GONE_AWAY or state == "23505" or _is_about_the_connection(error)

    def is_passing(self, error: Exception) -> bool:
        """Whether the same request may work a moment later: the server is away, is ending, or is out of something."""
        state = _sqlstate(error)
        return state in NEVER_DONE | GONE_AWAY | SHORT_OF or _is_about_the_connection(error)

    def _is_standby(self) -> bool:
        """Whether the server at the other end follows another one; it says so itself, nobody needs to ask."""
        return bool(self.connection().info.parameter_status("in_hot_standby") == "on")  # type: ignore[no-untyped-call]

    def _is_broken(self) -> bool:
        return not self.is_closed() and bool(self.connection().broken or self.connection().closed)  # type: ignore[no-untyped-call]

    def _drop(self) -> None:
        self.manual_close()  # type: ignore[no-untyped-call]
        self.close_idle()


Engine = Sqlite | Server


def open_engine(url: str) -> Engine:
    """The engine of this address: `sqlite:///…`, `postgresql://…` or `cockroachdb://…`."""
    return Sqlite(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else Server(url)


def _sqlstate(error: Exception) -> str:
    """The server's code for what went wrong; "" where it isn't known, as when nobody answers."""
    cause = getattr(error, "orig", error)
    return str(getattr(cause, "sqlstate", None) or "")


def _is_about_the_connection(error: Exception) -> bool:
    state = _sqlstate(error)
    named = isinstance(error, OperationalError | InterfaceError | NoConnectionFree)
    return state.startswith("08") or (not state and named)


def _report_wait(seconds: float) -> None:
    """Tells the log about a save that waited long for others."""
    if seconds >= SLOW_SECONDS:
        log.warning("a save waited %.0f ms for others", seconds * 1000)


def _report_slow(event: QueryEvent) -> None:
    """Tells the log about a slow query: by its tables, without a value."""
    if event.duration >= SLOW_SECONDS:
        tables = re.findall(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"', event.sql)
        log.warning("slow query on %s: %.0f ms", " ".join(tables) or event.sql.split(None, 1)[0], event.duration * 1000)
