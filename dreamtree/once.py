"""What is worked out once: pure functions of things that nobody changes in place.

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


@contextmanager
def working_once() -> Iterator[None]:
    """Within it, a function that is `worked_once` is called once for the same things."""
    if _worked.get() is not None:
        yield
        return
    token, by_words = _worked.set({}), _known_by.set({})
    try:
        yield
    finally:
        _worked.reset(token)
        _known_by.reset(by_words)


def worked_once(work_out: Callable[P, T]) -> Callable[P, T]:
    """A function of its arguments alone, none of which is changed in place: texts go by what they say, others by what
    they are."""

    @wraps(work_out)
    def worked(*args: P.args, **kwargs: P.kwargs) -> T:
        known = _worked.get()
        if known is None or kwargs:
            return work_out(*args, **kwargs)
        things = (work_out, *(one if isinstance(one, str) else id(one) for one in args))
        if things not in known:
            known[things] = (args, work_out(*args, **kwargs))
        made: T = known[things][1]
        return made

    return worked


def known_by(words: tuple[Any, ...], find: Callable[[], T]) -> T:
    """What `find` answers, which depends on these words and nothing else: it is asked once for the same words."""
    known = _known_by.get()
    if known is None:
        return find()
    if words not in known:
        known[words] = find()
    made: T = known[words]
    return made


_known_by: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("known_by", default=None)
_worked: ContextVar[dict[tuple[Any, ...], tuple[tuple[Any, ...], Any]] | None] = ContextVar("worked", default=None)
"""Function and arguments → the arguments, which are kept so that nothing else goes by their place, and the answer."""
