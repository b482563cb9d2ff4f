"""The JSON of a dataclass a piece at a time: what is read only as it is written is never in memory as a whole."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from dreamtree.archive.json_types import Plain
from dreamtree.archive.shapes import ListOf, MapOf, Object, Shape, as_json, object_of

T = TypeVar("T")
CHUNK = 64 * 1024
"""So many characters go on together."""


@dataclass(frozen=True)
class Style:
    """How JSON is written: by which encoder, with what between a name and its value, in lines or names in order."""

    encode: Callable[[Any], str]
    colon: str
    is_in_lines: bool
    is_sorted: bool

    def line(self, depth: int) -> str:
        """What stands before a value that is so deep within others."""
        return "\n" + " " * depth if self.is_in_lines else ""

    def name(self, name: str) -> str:
        """What stands before the value of this name."""
        return self.encode(name) + self.colon

    def value(self, value: Any, depth: int) -> str:
        """A whole value; a line break in it is always one between values."""
        return self.encode(value).replace("\n", self.line(depth)) if self.is_in_lines else self.encode(value)


READABLE = Style(json.JSONEncoder(ensure_ascii=False, indent=1, allow_nan=False).encode, ": ", True, False)
CANONICAL = Style(
    json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode,
    ":",
    False,
    True,
)
"""JSON without blanks, names in order: equal values have equal texts."""


class _Again(Generic[T]):
    """What is read anew each time somebody goes through it."""

    def __init__(self, read: Callable[[], Iterable[T]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[T]:
        return iter(self._read())

    items = __iter__


def lazy_list(read: Callable[[], Iterable[T]]) -> tuple[T, ...]:
    """Stands for a tuple where entries are only gone through: they are read each time."""
    return cast("tuple[T, ...]", _Again(read))


def lazy_mapping(read: Callable[[], Iterable[tuple[str, T]]]) -> dict[str, T]:
    """Stands for a dictionary whose items, by name, are only gone through: they are read each time."""
    return cast("dict[str, T]", _Again(read))


def chunks(one: Any, style: Style, *, without: str = "") -> Iterator[bytes]:
    """The JSON of an instance of a dataclass, in UTF-8; the key `without` of it is left out."""
    kind: Any = type(one)
    shape = object_of(kind)
    written = Object(shape.kind, tuple(key for key in shape.keys if key.name != without))
    waiting: list[str] = []
    size = 0
    for piece in _pieces(style, written, one, 0):
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _pieces(style: Style, shape: Shape, value: Any, depth: int) -> Iterator[str]:
    """A value that holds lists or objects goes on entry by entry, each on a line of its own where there are lines."""
    if _is_short(shape):
        yield style.value(as_json(value) if isinstance(shape, Object) else value, depth)
        return
    opening, closing = "[]" if isinstance(shape, ListOf) else "{}"
    before, line = opening, style.line(depth + 1)
    for head, inner, one in _entries(style, shape, value):
        yield before + line + head
        yield from _pieces(style, inner, one, depth + 1)
        before = ","
    yield opening + closing if before == opening else style.line(depth) + closing


def _entries(style: Style, shape: Shape, value: Any) -> Iterator[tuple[str, Shape, Any]]:
    """What a value holds: what stands before each entry, its shape, and the entry."""
    match shape:
        case ListOf():
            yield from (("", shape.of, one) for one in value)
        case MapOf():
            items = sorted(value.items()) if style.is_sorted and isinstance(value, dict) else value.items()
            yield from ((style.name(name), shape.of, one) for name, one in items)
        case Object():
            keys = shape.sorted_keys if style.is_sorted else shape.keys
            present = (key for key in keys if key.stands_in(value))
            yield from ((style.name(key.name), key.shape, getattr(value, key.field)) for key in present)


def _is_short(shape: Shape) -> bool:
    """Whether it holds no list or object of which there may be any number."""
    return isinstance(shape, Plain) or (isinstance(shape, Object) and shape.is_flat)
