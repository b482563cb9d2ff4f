"""The types of single values in a file: each says what it is in words, and which values it takes."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from dreamtree.accounts.naming import LONGEST
from dreamtree.answers.stored import DIGITS
from dreamtree.values import Answer

DEEPEST = 24
"""How many objects and lists may stand inside one another in an answer."""
LARGEST = 2**53
LONGEST_NAME = 300
MOST_REVISIONS = 10 ** (DIGITS - 1) - 1
"""A tenth of what pages can post: whatever is restored can be saved for good."""
MOST_VERSIONS = 9_999
MOST_CONNECTIONS = 999_999
NO_TEXT = re.compile("[\0\ud800-\udfff]")
MOMENT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z")
BLOCK_KEY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}\.[a-z0-9][a-z0-9-]{0,60}")
EXERCISE_VERSION = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}\.v\d{1,4}")
MODULE = re.compile(r"\d{1,2}\.\d{1,2}")


@dataclass(frozen=True)
class Plain:
    """One value: `words` name the type for people, `fits` says whether a value is of it."""

    words: str
    fits: Callable[[Any], bool]


def is_text(value: Any) -> bool:
    """Text that every database takes: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and NO_TEXT.search(value) is None


def is_name(value: Any) -> bool:
    """A short text on one line."""
    return is_text(value) and len(value) <= LONGEST_NAME and value.isprintable()


def is_id(value: Any) -> bool:
    """A short text on one line that is not empty."""
    return is_name(value) and value != ""


def is_own_name(value: Any) -> bool:
    """What a person calls themselves or something: one line, in any script."""
    return is_text(value) and len(value) <= LONGEST and len(value.splitlines()) <= 1


def is_number(value: Any) -> bool:
    """A finite number, not above 2^53."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value) and abs(value) <= LARGEST


def is_count(value: Any) -> bool:
    """A whole number from 0 to 2^53."""
    return is_number(value) and isinstance(value, int) and value >= 0


def up_to(most: int) -> Plain:
    """The type of whole numbers from 0 to `most`."""
    return Plain(f"a whole number up to {most:,}", lambda value: is_count(value) and value <= most)


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
    return isinstance(value, dict) and is_json(value)


def is_json(value: Any, deepest: int = DEEPEST) -> bool:
    """A JSON value that every database takes, with at most `deepest` objects and lists inside one another."""
    if isinstance(value, dict | list) and not deepest:
        return False
    if isinstance(value, dict):
        return all(is_text(name) and is_json(one, deepest - 1) for name, one in value.items())
    if isinstance(value, list):
        return all(is_json(one, deepest - 1) for one in value)
    return value is None or isinstance(value, bool) or is_text(value) or is_number(value)


def matching(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    """A check for texts that match the whole pattern."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(*values: str) -> Plain:
    """The type of a text that is one of these words."""
    return Plain("one of " + ", ".join(values), lambda value: isinstance(value, str) and value in values)


def or_null(shape: Plain) -> Plain:
    """The type `shape`, or null."""
    return Plain(f"{shape.words}, or null", lambda value: value is None or shape.fits(value))


OwnName = Annotated[str, Plain(f"a name of up to {LONGEST} characters", is_own_name)]
Text = Annotated[str, Plain("text", is_text)]
Name = Annotated[str, Plain("short text", is_name)]
Id = Annotated[str, Plain("an id", is_id)]
Moment = Annotated[str, Plain("a time (ISO 8601, UTC)", is_moment)]
YesNo = Annotated[bool, Plain("true or false", lambda value: isinstance(value, bool))]
Count = Annotated[int, Plain("a whole number", is_count)]
Revision = Annotated[int, up_to(MOST_REVISIONS)]
Version = Annotated[int, up_to(MOST_VERSIONS)]
ConnectionNumber = Annotated[int, up_to(MOST_CONNECTIONS)]
AnswerJson = Annotated[Answer, Plain("an answer, as its tool writes it", is_answer)]
AnyJson = Annotated[Any, Plain("any values", is_json)]
BlockKey = Annotated[str, Plain("the key of a block", matching(BLOCK_KEY))]
ExerciseVersion = Annotated[str, Plain("an exercise with its version", matching(EXERCISE_VERSION))]
ModuleNumber = Annotated[str, Plain("the number of a module", matching(MODULE))]
