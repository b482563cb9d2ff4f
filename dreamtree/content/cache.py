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
class _Cached:
    """`database` and `edition` say what was read."""

    database: Any
    edition: Edition
    book: Book
    library: Library


_cache: list[_Cached] = []


def book(revision: int | None = None) -> Book:
    """The Book. `revision` is that of the tables, when it is known: another one than the Book's reads it anew."""
    return _cached(revision).book


def library(revision: int | None = None) -> Library:
    """The skill library that belongs to the Book."""
    return _cached(revision).library


def preload() -> None:
    """Reads both before the first request, if the tables are there."""
    if database.table_exists("content_revisions"):
        library().search("a")
    database.close()


def clear_cache() -> None:
    """Empties the cache, so that the next to ask reads the tables."""
    _cache.clear()


def _cached(revision: int | None) -> _Cached:
    cached = _cache[0] if _cache else None
    if cached and cached.database is database.obj and revision in (None, cached.book.revision):
        return cached
    with reading():
        now = edition()
        if cached and cached.edition == now:
            fresh = replace(cached, database=database.obj)
        else:
            fresh = _Cached(database.obj, now, load_book(now.revision), load_library())
    is_new = cached is None or fresh.book is not cached.book
    _cache[:] = [fresh]
    if is_new:
        _freeze_for_the_collector()
    return fresh


def _freeze_for_the_collector() -> None:
    """What stays for good need not be looked through for garbage, again and again, in the middle of an answer."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
