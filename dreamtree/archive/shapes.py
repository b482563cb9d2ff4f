"""The shape of a file, read off dataclasses: what checks it, reads it, writes it and tells people about it.

A field whose type is annotated with a sentence is a key of an object in the file, in the order of the fields; one
without a sentence is told by the place of the object.
"""

from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Annotated, Any, TypeVar, get_args, get_origin

from dreamtree.archive.json_types import Plain, or_null

T = TypeVar("T")


class BadFile(Exception):
    """A file that is not taken in, or not a part of it. `words` say why, to the person whose file it is."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Called:
    """In the annotation of a field: the name of its key, where the code has another one."""

    name: str


@dataclass(frozen=True)
class OnlyIfAny:
    """In the annotation of a field: its key is left out where the field has its default, which counts nothing."""


@dataclass(frozen=True)
class ListOf:
    """A list, each of whose entries has the shape `of`; a tuple in the code."""

    of: "Shape"


@dataclass(frozen=True)
class MapOf:
    """An object with any number of keys of the kind `by`, each value of the shape `of`; a dictionary in the code."""

    by: Plain
    of: "Shape"


@dataclass(frozen=True)
class Key:
    """One key of an object: its name, the field that holds it, its shape, what it says, and if it may be missing."""

    name: str
    field: str
    shape: "Shape"
    says: str
    is_optional: bool = False

    def stands_in(self, one: Any) -> bool:
        """Whether this instance has the key when it is written."""
        return not self.is_optional or bool(getattr(one, self.field))


@dataclass(frozen=True)
class Object:
    """An object with exactly these keys, but for optional ones; `kind` is its dataclass."""

    kind: type
    keys: tuple[Key, ...]

    @cached_property
    def sorted_keys(self) -> tuple[Key, ...]:
        """Its keys by their names."""
        return tuple(sorted(self.keys, key=lambda key: key.name))

    @cached_property
    def is_flat(self) -> bool:
        """Whether none of its values is a list or an object of described ones."""
        return all(isinstance(key.shape, Plain) for key in self.keys)


Shape = Plain | ListOf | MapOf | Object


def from_json(kind: type[T], value: Any) -> T:
    """The JSON `value` as an instance of the dataclass `kind`.

    Raises `BadFile`, naming the place, unless the value has that shape all the way down.
    """
    instance: T = _read(_shape(kind), value, "")
    return instance


def as_json(one: Any) -> dict[str, Any]:
    """An instance of a dataclass as the JSON object that `from_json` takes."""
    written: dict[str, Any] = _write(_shape(type(one)), one)
    return written


@cache
def object_of(kind: Any) -> Object:
    """The object that a dataclass describes."""
    return Object(kind, tuple(key for one in fields(kind) if (key := _key(one.name, one.type))))


def _key(name: str, hint: Any) -> Key | None:
    notes = getattr(hint, "__metadata__", ())
    says = next((one for one in notes if isinstance(one, str)), None)
    called = next((one.name for one in notes if isinstance(one, Called)), name)
    is_optional = any(isinstance(one, OnlyIfAny) for one in notes)
    return Key(called, name, _shape(hint), says, is_optional) if says else None


def _shape(hint: Any) -> Shape:
    """The shape that a type means: an annotated one, `tuple[…, ...]`, `dict[…, …]`, `… | None` or a dataclass."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next((one for one in inner if isinstance(one, Plain)), None) or _shape(inner[0])
    if origin is tuple:
        return ListOf(_shape(inner[0]))
    if origin is dict:
        return MapOf(_plain(inner[0]), _shape(inner[1]))
    return or_null(_plain(inner[0])) if inner else object_of(hint)


def _plain(hint: Any) -> Plain:
    shape = _shape(hint)
    assert isinstance(shape, Plain)
    return shape


# Reading


def _read(shape: Shape, value: Any, place: str) -> Any:
    match shape:
        case Plain():
            _expect(shape.fits(value), place, shape.words)
            return value
        case ListOf():
            _expect(isinstance(value, list), place, "a list")
            return tuple(_read(shape.of, one, f"{place}, entry {number}") for number, one in enumerate(value, 1))
        case MapOf():
            _expect(isinstance(value, dict), place, "an object")
            return {name: _read_named(shape, name, one, place) for name, one in value.items()}
        case Object():
            return _read_object(shape, value, place)


def _read_named(shape: MapOf, name: str, value: Any, place: str) -> Any:
    _expect(shape.by.fits(name), f"a key of {place}", shape.by.words)
    return _read(shape.of, value, f"{place} › {name}")


def _read_object(shape: Object, value: Any, place: str) -> Any:
    _expect(isinstance(value, dict), place, "an object")
    held = {}
    for key in shape.keys:
        if key.is_optional and key.name not in value:
            continue
        if key.name not in value:
            raise BadFile(f"Something is missing in this file: {key.name}{_in_place(place)}.")
        held[key.field] = _read(key.shape, value[key.name], f"{place} › {key.name}" if place else key.name)
    if len(value) > len(held):
        raise BadFile(f"There’s something extra in this file{_in_place(place)}.")
    return shape.kind(**held)


def _expect(fits: bool, place: str, words: str) -> None:
    if not fits:
        raise BadFile(f"Something in this file isn’t right: {place or 'the whole'} should be {words}.")


def _in_place(place: str) -> str:
    return f" in {place}" if place else ""


# Writing


def _write(shape: Shape, value: Any) -> Any:
    match shape:
        case Plain():
            return value
        case ListOf():
            return [_write(shape.of, one) for one in value]
        case MapOf():
            return {name: _write(shape.of, one) for name, one in value.items()}
        case Object():
            present = (key for key in shape.keys if key.stands_in(value))
            return {key.name: _write(key.shape, getattr(value, key.field)) for key in present}
