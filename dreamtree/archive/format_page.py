"""The page about the format, out of the description that the reader goes by."""

from dataclasses import dataclass

from dreamtree.accounts import passwords
from dreamtree.answers import limits
from dreamtree.archive import bounds, file_format
from dreamtree.archive.example import example
from dreamtree.archive.file_format import LOCKED_OBJECTS, OBJECTS, Described
from dreamtree.archive.json_types import Plain
from dreamtree.archive.shapes import ListOf, MapOf, Object, Shape, object_of

TITLES = {one.kind: one.title for one in (*OBJECTS, *LOCKED_OBJECTS)}


@dataclass(frozen=True)
class KeyLine:
    """One key: its name, its type in words, and what it says."""

    name: str
    type: str
    says: str


@dataclass(frozen=True)
class ObjectTable:
    """One kind of object and all its keys; `anchor` is its id in the page."""

    title: str
    anchor: str
    keys: tuple[KeyLine, ...]


@dataclass(frozen=True)
class FormatPage:
    """The whole page. `changes` are pairs: what differs after a restore, and why; `most`: what is counted, how many."""

    version: str
    objects: tuple[ObjectTable, ...]
    locked: tuple[ObjectTable, ...]
    changes: tuple[tuple[str, str], ...]
    derived: tuple[str, ...]
    most: tuple[tuple[str, int], ...]
    largest: int
    text: int
    shortest: int
    example: str


def show_format() -> FormatPage:
    """Everything there is to know about a copy."""
    return FormatPage(
        version=file_format.VERSION,
        objects=tuple(_table(one) for one in OBJECTS),
        locked=tuple(_table(one) for one in LOCKED_OBJECTS),
        changes=tuple(file_format.CHANGED_BY_RESTORE.items()),
        derived=file_format.DERIVED,
        most=tuple(bounds.MOST.items()),
        largest=bounds.LARGEST_TEXT // bounds.MEGABYTE,
        text=limits.TEXT_MEGABYTES,
        shortest=passwords.SHORTEST,
        example=example(),
    )


def _table(one: Described) -> ObjectTable:
    keys = sorted(object_of(one.kind).keys, key=lambda key: key.name in one.last)
    lines = tuple(KeyLine(key.name, _in_words(key.shape), key.says) for key in keys)
    return ObjectTable(one.title, one.title.casefold().replace(" ", "-"), lines)


def _in_words(shape: Shape) -> str:
    match shape:
        case Plain():
            return shape.words
        case ListOf():
            return f"a list; each entry: {_in_words(shape.of)}"
        case MapOf():
            return f"an object; each key: {shape.by.words}; each value: {_in_words(shape.of)}"
        case Object():
            return f"an object: {TITLES[shape.kind]}"
