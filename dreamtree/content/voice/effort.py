"""Rule 15: effort is true. Minutes are what is read and what is written, and a fifth more."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from dreamtree.content.blocks import Block
from dreamtree.content.book import Exercise
from dreamtree.content.markdown import plain
from dreamtree.content.prose import word_count

WORDS_A_MINUTE = 180
SHORT_FIELD, LONG_FIELD, TAP = 1.0, 4.0, 0.2
TIMES, OFF_AT_MOST = 1.2, 1 / 3


class TimedKind(Protocol):
    """How long a tool takes, in minutes; 0 where its fields are counted."""

    @property
    def minutes(self) -> float:
        """What it takes when it is answered well enough."""

    @property
    def minutes_each(self) -> float:
        """What each of its rows takes."""

    @property
    def options(self) -> Mapping[str, Any]:
        """The options that a block may set, with their defaults."""


def check_effort(exercise: Exercise, tools: Mapping[str, TimedKind]) -> Iterator[str]:
    """A label that is off by more than a third."""
    minutes = minutes_counted(exercise, tools)
    if abs(minutes - exercise.minutes) > exercise.minutes * OFF_AT_MOST:
        yield f"voice 15: {exercise.id} says {exercise.minutes} minutes, counted {minutes:.0f}"


def words_read(exercise: Exercise) -> int:
    """The words on its page, examples and all."""
    return sum(word_count(f"{plain(block.text)} {block.label} {block.help}") for block in exercise.blocks)


def minutes_counted(exercise: Exercise, tools: Mapping[str, TimedKind]) -> float:
    """How long an exercise takes."""
    written = sum(_minutes(block, tools.get(block.type), bool(exercise.enough)) for block in exercise.blocks)
    return (words_read(exercise) / WORDS_A_MINUTE + written) * TIMES


def _minutes(block: Block, tool: TimedKind | None, any_are_enough: bool) -> float:
    """Optional blocks count in part; where any of them are enough, they are the work."""
    is_work = block.is_required or any_are_enough
    if block.kind == "tool":
        return _minutes_of_tool(block, tool) * (1 if is_work else 0.3)
    if block.kind == "text":
        return 0.0
    share = 1 if is_work else 0.5
    by_type = {"textarea": LONG_FIELD, "choice": TAP, "slider": TAP, "checkboxes": 3 * TAP}
    return by_type.get(block.type, SHORT_FIELD) * share


def _minutes_of_tool(block: Block, tool: TimedKind | None) -> float:
    if tool is not None and tool.minutes:
        return tool.minutes
    if tool is not None and tool.minutes_each:
        return tool.minutes_each * _enough(block, 2)
    long_fields: int = sum(one.get("kind") == "textarea" for one in block.options.get("fields", ()))
    short_fields = 1 + len(block.options.get("fields", ())) - long_fields
    return _enough(block, 3) * (SHORT_FIELD * short_fields + LONG_FIELD * long_fields)


def _enough(block: Block, otherwise: int) -> int:
    enough = block.options.get("enough")
    return enough if isinstance(enough, int) else otherwise
