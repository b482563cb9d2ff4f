"""Rows asked for one at a time: which of them is asked now, how far one is, and the way back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEW = 3
MOST_REMEMBERED = 20

Asked = Sequence[tuple[str, str, bool]]
"""The rows that are asked, in their order: key, words, and whether all is said."""


@dataclass(frozen=True)
class Step:
    """The row that is asked for now, at its place among `total`; `undo` is the row before, `undo_text` its words."""

    key: str
    text: str
    place: int
    total: int
    undo: str = ""
    undo_text: str = ""

    @property
    def words(self) -> str:
        """ "3 of 10"."""
        return f"{self.place} of {self.total}"


def step_in(rows: Asked, recent: Sequence[str], wanted: str = "") -> Step | None:
    """The row `wanted`, else the next one without an answer; None where a list is as good, or nothing is left.

    `recent` are the keys that were answered or passed over, the last one last.
    """
    keys = [key for key, _, _ in rows]
    asked = wanted if wanted in keys else _next(rows, [key for key in recent if key in keys])
    if not asked or len(rows) <= FEW:
        return None
    words = {key: text for key, text, _ in rows}
    undo = next((key for key in reversed(recent) if key in words and key != asked), "")
    return Step(asked, words[asked], keys.index(asked) + 1, len(keys), undo, words.get(undo, ""))


def _next(rows: Asked, recent: Sequence[str]) -> str:
    """The first open row after the last one; those that were passed over come round again when none else is left."""
    keys, left = [key for key, _, _ in rows], [key for key, _, is_done in rows if not is_done]
    after = keys.index(recent[-1]) if recent else -1
    fresh = [key for key in left if key not in recent]
    ahead = [key for key in fresh if keys.index(key) > after]
    return next(iter([*ahead, *fresh, *left]), "")


def passed(recent: Iterable[str], key: str) -> tuple[str, ...]:
    """The keys after one more was answered or passed over."""
    return (*(one for one in recent if one != key), key)[-MOST_REMEMBERED:]


def taken_back(recent: Iterable[str], key: str) -> tuple[str, ...]:
    """The keys without one that is asked again."""
    return tuple(one for one in recent if one != key)
