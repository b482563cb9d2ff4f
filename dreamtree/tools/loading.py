"""Typed answers: each is loaded from its JSON once, however often a tool asks for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from dreamtree.values import Answer, FrozenAnswer

T = TypeVar("T")
A = TypeVar("A")


def once(load: Callable[[T, Answer], A]) -> Callable[[T, Answer], A]:
    """A tool's method that loads an answer; what it made of a `FrozenAnswer` is kept with that."""

    @wraps(load)
    def loaded(tool: T, answer: Answer) -> A:
        if not isinstance(answer, FrozenAnswer):
            return load(tool, answer)
        if answer.loaded is None or answer.loaded[0] is not tool:
            answer.loaded = (tool, load(tool, answer))
        made: Any = answer.loaded[1]
        return made  # type: ignore[no-any-return]

    return loaded


def with_loaded(tool: object, answer: Answer, loaded: object) -> Answer:
    """`answer`, of which it is known already what this tool loads from it."""
    if isinstance(answer, FrozenAnswer):
        answer.loaded = (tool, loaded)
    return answer
