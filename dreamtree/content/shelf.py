"""The Book and the skill library of this process, read from the tables once and again when they change."""

import gc
from dataclasses import dataclass, replace
from typing import Any

from dreamtree.content.book import Book
from dreamtree.content.library import Library
from dreamtree.content.library_loading import load_library
from dreamtree.content.loading import Edition, edition, load_book
from dreamtree.db import database, reading


@dataclass(frozen=True)
class _Shelf:
    """`database` and `edition` say what was read."""

    database: Any
    edition: Edition
    book: Book
    library: Library


_kept: list[_Shelf] = []


def book(revision: int | None = None) -> Book:
    """The Book. `revision` is that of the tables, when it is known: another one than the Book's reads it anew."""
    return _shelf(revision).book


def library(revision: int | None = None) -> Library:
    """The skill library that belongs to the Book."""
    return _shelf(revision).library


def read_ahead() -> None:
    """Reads both before the first request, if the tables are there."""
    if database.table_exists("content_revisions"):
        library().search("a")
    database.close()


def forget() -> None:
    """Takes both from the shelf, so that the next to ask reads the tables."""
    _kept.clear()


def _shelf(revision: int | None) -> _Shelf:
    kept = _kept[0] if _kept else None
    if kept and kept.database is database.obj and revision in (None, kept.book.revision):
        return kept
    with reading():
        now = edition()
        if kept and kept.edition == now:
            fresh = replace(kept, database=database.obj)
        else:
            fresh = _Shelf(database.obj, now, load_book(now.revision), load_library())
    is_new = kept is None or fresh.book is not kept.book
    _kept[:] = [fresh]
    if is_new:
        _spare_the_collector()
    return fresh


def _spare_the_collector() -> None:
    """What stays for good need not be looked through for garbage, again and again, in the middle of an answer."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
