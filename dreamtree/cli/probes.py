"""What a monitor asks again and again: `/healthz`, does this process answer, and `/readyz`, can it work.

Both answer before the application is asked: under any host name, with no cookie, session, or line in the log.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from peewee import DatabaseError, InterfaceError

from dreamtree.cli.starting import MIGRATIONS
from dreamtree.content import book
from dreamtree.db import database, reading, release
from dreamtree.engines import NoConnectionFree
from dreamtree.web.headers import EVERYWHERE, Wsgi

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"), *EVERYWHERE.items()]
STATUS = {True: "200 OK", False: "503 Service Unavailable"}
NO_DATABASE = "database: it doesn't answer ({name})"
OLDER = "tables: steps are missing ({count}, from {name} on). Run: flask --app app migrate"
NEWER = "tables: a newer DreamTree has written them, up to {name}"
NO_BOOK = "book: it isn't in the database. Run: flask --app app seed"


def probed(application: Wsgi) -> Wsgi:
    """`application`, with the two addresses before it."""

    def answering(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        probe = PROBES.get(environ.get("PATH_INFO", ""))
        if probe is None:
            return application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start_response("405 Method Not Allowed", [*HEADERS, ("Allow", "GET, HEAD")])
            return []
        missing = list(probe())
        body = "".join(f"{line}\n" for line in missing or ["ok"]).encode()
        start_response(STATUS[not missing], [*HEADERS, ("Content-Length", str(len(body)))])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    return answering


def missing_to_live() -> Iterator[str]:
    """Nothing: whoever hears this is answered."""
    yield from ()


def missing_to_work() -> Iterator[str]:
    """What isn't there: the database, its newest tables, the book. A line each, for the operator."""
    try:
        with reading():
            yield from _missing_tables()
            revision = database.execute_sql('SELECT MAX("revision") FROM "content_revisions"').fetchone()[0]
        if revision is None or not book(revision).exercises:
            yield NO_BOOK
    except (DatabaseError, InterfaceError, NoConnectionFree) as error:
        yield NO_DATABASE.format(name=type(error).__name__)
    finally:
        release()


def _missing_tables() -> Iterator[str]:
    applied = {name for (name,) in database.execute_sql('SELECT "name" FROM "schema_migration"').fetchall()}
    known = {one.stem for one in MIGRATIONS.glob("*.py")}
    if missing := sorted(known - applied):
        yield OLDER.format(count=len(missing), name=missing[0])
    if ahead := sorted(applied - known):
        yield NEWER.format(name=ahead[-1])


PROBES: dict[str, Callable[[], Iterator[str]]] = {"/healthz": missing_to_live, "/readyz": missing_to_work}
