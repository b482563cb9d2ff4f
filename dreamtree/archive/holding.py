"""Whether pages can hold what a text says.

There is one description of that: the tool that answers the block, with the limits, keys, choices and scales of its
form. What a text says is understood by it, shown by it, and posted to it as its own page would post it.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from dreamtree import db
from dreamtree.answers.records import KEYS
from dreamtree.content import library
from dreamtree.content.book import Block
from dreamtree.tools import KEY, Button, Inputs, Tool, UnknownButton, canonical, tool
from dreamtree.tools.base import PROSE_LIMIT
from dreamtree.values import Answer, FrozenAnswer

WORDS = ("key", "text", "title", "name")
FIELDS = "fields"
"""The further words of a row."""
NOTHING: tuple[Any, ...] = (None, "", [])
LONGEST = 2 * PROSE_LIMIT
RECORD_KEYS = frozenset({"key", "was"})
"""What a record is known by is no part of what it says."""
WRONG = (TypeError, KeyError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError)
"""What a tool makes of values that it cannot work with."""


def require_held(block: Block, answer: Answer, *, is_of_today: bool) -> None:
    """Raises one of `WRONG` unless the pages of a block can hold this answer, with all its rows.

    `is_of_today`: it answers the exercise as it is now; what an earlier version asked is only understood and shown.
    """
    kind, answer = tool(block.type), FrozenAnswer(answer)
    _require_words(answer)
    _require_understood(answer, kind.as_understood(answer))
    _require_shown(kind, block, answer)
    for page in kind.pages(answer) if is_of_today else ():
        _require_posted(kind, block, page)


def require_readable(block: Block, answer: Answer) -> None:
    """Raises one of `WRONG` unless an earlier text can be read, and brought back."""
    kind, answer = tool(block.type), FrozenAnswer(answer)
    _require_words(answer)
    _require_understood(answer, kind.as_understood(answer))
    _summarize(kind, block, answer)


def require_record(content: Answer) -> None:
    """Raises one of `WRONG` unless this can be what a record says."""
    if RECORD_KEYS & content.keys():
        raise KeyError("what a record is known by")


def names_its_records(answer: Answer) -> bool:
    """Whether an answer names its records as its page does, each once and by its key, and the one removed last."""
    keys, removed = answer[KEYS], answer.get("removed")
    if not isinstance(keys, list) or not all(map(_is_key, keys)) or len(set(keys)) < len(keys):
        return False
    if removed is None:
        return True
    row = removed.get("row") if isinstance(removed, dict) else None
    return isinstance(row, dict) and _is_key(row.get("key")) and _is_place(removed.get("at"))


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and KEY.fullmatch(value) is not None


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


# What pages do


def _require_shown(kind: Tool, block: Block, answer: Answer) -> None:
    """All that pages do with an answer, short of writing."""
    inputs = Inputs(library=library(), today=db.now()[:10])
    for one in _standings(kind, block, answer):
        shown = kind.with_live_rows(block, one, inputs)
        kind.show(block, shown, inputs, {})
        kind.incomplete(block, shown)
    kind.show(block, answer, Inputs(today=inputs.today), {})
    hash(frozenset(kind.used(answer)))
    kind.has_more(block, answer)
    kind.rest(block, answer)
    kind.headline(block, answer)
    kind.lessons(block, answer)
    kind.items(answer)
    _summarize(kind, block, answer)


def _standings(kind: Tool, block: Block, answer: Answer) -> Iterator[Answer]:
    """The answer as it is, and after *undo*."""
    yield answer
    with suppress(UnknownButton):
        back = kind.act(block, answer, Button("undo"))
        yield from [] if back == answer else [back]


def _require_posted(kind: Tool, block: Block, page: Answer) -> None:
    """Raises unless a page that shows this can post it: nothing forbids it, and it comes back the same."""
    part, problems = kind.read(block, kind.posts(block, page))
    if problems or canonical(part) != canonical(kind.form_part(page)):
        raise ValueError("the form does not take it")


def _summarize(kind: Tool, block: Block, answer: Answer) -> None:
    for words in (kind.summary(block, answer), kind.long_form(block, answer)):
        words.splitlines()


# What tools understand


def _require_words(value: Any) -> None:
    """Names, titles, texts and further fields are words, and no longer than any field takes."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise ValueError("longer than any text")
    for name, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        words = list(one.values()) if name == FIELDS and isinstance(one, dict) else [one] if name in WORDS else []
        if not all(isinstance(word, str | None) for word in words):
            raise TypeError(f"{name} is no text")
        _require_words(one)


def _require_understood(stored: Any, understood: Any) -> None:
    """A tool reads as nothing what is of another type: a text for rows, an object for words, a row without a key."""
    if stored in NOTHING:
        return
    if isinstance(stored, dict) and isinstance(understood, dict):
        for name in stored.keys() & understood.keys():
            _require_understood(stored[name], understood[name])
    elif isinstance(stored, list) and isinstance(understood, list) and len(stored) == len(understood):
        for pair in zip(stored, understood, strict=True):
            _require_understood(*pair)
    elif _is_lost(stored, understood):
        raise TypeError("this is of another type")


def _is_lost(stored: Any, understood: Any) -> bool:
    if isinstance(stored, dict | list) or isinstance(understood, dict | list):
        return True
    return bool(stored) and not isinstance(stored, str) and understood in NOTHING
