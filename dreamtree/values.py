"""The small shapes that travel between rooms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Answer = dict[str, Any]
"""What was said in one block, as JSON can hold it; each tool's module documents its keys."""


class FrozenAnswer(dict[str, Any]):
    """An answer that nobody changes in place: `loaded` holds what a tool has made of it, so that a page makes it once.

    It is None or the tool with what its `load` answered. `is_parsed`: it was read from JSON and holds what JSON holds.
    """

    __slots__ = ("is_parsed", "loaded")

    def __init__(self, answer: Mapping[str, Any], *, is_parsed: bool = False) -> None:
        super().__init__(answer)
        self.loaded: tuple[object, Any] | None = None
        self.is_parsed = is_parsed


NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Provenance:
    """Where a value comes from: the exercise and block it was written in, and the moment, ISO 8601 UTC text."""

    exercise_id: str
    exercise_title: str
    block_key: str
    written_at: str
    is_private: bool = False


@dataclass(frozen=True)
class Item:
    """One thing a source answers: a permanent key, the person's own words, and plain details.

    `provenance` is None for reference data, which nobody in particular wrote.
    """

    key: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    provenance: Provenance | None = None

    @property
    def is_private(self) -> bool:
        """Whether it was written in a private block."""
        return self.provenance is not None and self.provenance.is_private
