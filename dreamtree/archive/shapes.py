"""What a file may look like, as a table that both the reader and the page about the format go by."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DEEPEST = 24
LARGEST = 2**53
LONGEST_NAME = 300
MOMENT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z")
BLOCK_KEY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}\.[a-z0-9][a-z0-9-]{0,60}")
EXERCISE_VERSION = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}\.v\d{1,4}")
MODULE = re.compile(r"\d{1,2}\.\d{1,2}")


class BadFile(Exception):
    """A file that is not taken in, or not a part of it. `words` say why, to the person whose file it is."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Plain:
    """One value: `words` name the type for people, `fits` says whether a value is of it."""

    words: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True)
class ListOf:
    """A list, each of whose entries has the shape `of`."""

    of: "Shape"


@dataclass(frozen=True)
class MapOf:
    """An object with any number of keys of the kind `by`, each value of the shape `of`."""

    by: Plain
    of: "Shape"


@dataclass(frozen=True)
class Key:
    """One key of an object, always there: its name, the shape of its value, and what it says."""

    name: str
    shape: "Shape"
    says: str


@dataclass(frozen=True)
class Object:
    """An object with exactly these keys; `name` is what the page about the format calls it."""

    name: str
    keys: tuple[Key, ...]


Shape = Plain | ListOf | MapOf | Object


def require(shape: Shape, value: Any, place: str = "") -> None:
    """Raises `BadFile`, naming the place, unless the value has this shape all the way down."""
    match shape:
        case Plain():
            _expect(shape.fits(value), place, shape.words)
        case ListOf():
            _expect(isinstance(value, list), place, "a list")
            for number, one in enumerate(value, 1):
                require(shape.of, one, f"{place}, entry {number}")
        case MapOf():
            _expect(isinstance(value, dict), place, "an object")
            for name, one in value.items():
                _expect(shape.by.fits(name), f"a key of {place}", shape.by.words)
                require(shape.of, one, f"{place} › {name}")
        case Object():
            _require_keys(shape, value, place)


def _require_keys(shape: Object, value: Any, place: str) -> None:
    _expect(isinstance(value, dict), place, "an object")
    for key in shape.keys:
        if key.name not in value:
            raise BadFile(f"Something is missing in this file: {key.name}{_at(place)}.")
        require(key.shape, value[key.name], f"{place} › {key.name}" if place else key.name)
    if len(value) > len(shape.keys):
        raise BadFile(f"There is more in this file than belongs there{_at(place)}.")


def _expect(fits: bool, place: str, words: str) -> None:
    if not fits:
        raise BadFile(f"Something in this file is not as it should be: {place or 'the whole'} should be {words}.")


def _at(place: str) -> str:
    return f" in {place}" if place else ""


# Values


def is_text(value: Any) -> bool:
    """Text that every database takes: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def is_name(value: Any) -> bool:
    """A short text on one line."""
    return is_text(value) and len(value) <= LONGEST_NAME and value.isprintable()


def is_number(value: Any) -> bool:
    """A finite number, a whole one not above 2^53."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value) and abs(value) <= LARGEST


def is_moment(value: Any) -> bool:
    """A moment that there is, ISO 8601 UTC text."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return False
    try:
        return bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def is_answer(value: Any) -> bool:
    """An object of plain JSON values, not nested deeper than any answer is."""
    return isinstance(value, dict) and _is_json(value, DEEPEST)


def _is_json(value: Any, deepest: int) -> bool:
    if isinstance(value, dict | list) and not deepest:
        return False
    if isinstance(value, dict):
        return all(is_text(name) and _is_json(one, deepest - 1) for name, one in value.items())
    if isinstance(value, list):
        return all(_is_json(one, deepest - 1) for one in value)
    return value is None or isinstance(value, bool) or is_text(value) or is_number(value)


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(*values: str) -> Plain:
    """One of these words."""
    return Plain("one of " + ", ".join(values), lambda value: isinstance(value, str) and value in values)


def or_null(shape: Plain) -> Plain:
    """The same, or nothing."""
    return Plain(f"{shape.words}, or null", lambda value: value is None or shape.fits(value))


TEXT = Plain("text", is_text)
NAME = Plain("short text", is_name)
ID = Plain("an id", lambda value: is_name(value) and value != "")
MOMENT_TEXT = Plain("a time (ISO 8601, UTC)", is_moment)
YES_NO = Plain("true or false", lambda value: isinstance(value, bool))
COUNT = Plain("a whole number", lambda value: is_number(value) and isinstance(value, int) and value >= 0)
ANSWER = Plain("an answer, as its tool writes it", is_answer)
JSON = Plain("any values", lambda value: _is_json(value, DEEPEST))
BLOCK = Plain("the key of a block", _matching(BLOCK_KEY))
FULL_EXERCISE = Plain("an exercise with its version", _matching(EXERCISE_VERSION))
MODULE_ID = Plain("the number of a module", _matching(MODULE))
