"""What is worked out once: answers to questions, kept for as long as they cannot change.

A save works out most of what it needs before it holds the write lock. Inside, the same functions are asked again about
what stands there by then: of the same things they answer at once, of others they work out anew. So nothing rests on
what was true before the lock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Cache:
    """Answers by their questions. While it is closed, as it is at first, every question is asked anew."""

    def __init__(self, name: str) -> None:
        self._answers: ContextVar[dict[Any, Any] | None] = ContextVar(name, default=None)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Within it each question is asked once. One that is open already stays as it is."""
        if self._answers.get() is not None:
            yield
            return
        token = self._answers.set({})
        try:
            yield
        finally:
            self._answers.reset(token)

    @property
    def is_open(self) -> bool:
        """Whether answers are kept."""
        return self._answers.get() is not None

    def once(self, question: Any, find: Callable[[], T]) -> T:
        """What `find` answers, which depends on nothing but what the question names."""
        answers = self._answers.get()
        if answers is None:
            return find()
        if question not in answers:
            answers[question] = find()
        found: T = answers[question]
        return found

    def keep(self, question: Any, answer: Any) -> None:
        """Keeps an answer that is known already."""
        if (answers := self._answers.get()) is not None:
            answers[question] = answer


WORKED_OUT = Cache("worked out")
"""What pure functions answered: open while a save thinks and writes."""


def worked_once(work_out: Callable[P, T]) -> Callable[P, T]:
    """A function of its arguments alone, none of which is changed in place: texts go by what they say, others by what
    they are."""

    @wraps(work_out)
    def worked(*args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs or not WORKED_OUT.is_open:
            return work_out(*args, **kwargs)
        question = (work_out, *(one if isinstance(one, str) else id(one) for one in args))
        # The arguments are kept with the answer, so that nothing else goes by their place.
        _, answer = WORKED_OUT.once(question, lambda: (args, work_out(*args, **kwargs)))
        return answer

    return worked
