"""What an answer was built on, against what is upstream now: the three strengths of change.

An item that the answer contains and that changed or went needs another look. A new item is one quiet line.
A reworded item that the answer only refers to shows its new words, and is no change at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dreamtree.content.book import Block
from dreamtree.tools import tool
from dreamtree.values import Answer


@dataclass(frozen=True)
class Changes:
    """Item keys by what happened to them upstream since they were last agreed to."""

    gone: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether the answer needs another look."""
        return bool(self.gone or self.reworded)


def changes(block: Block, answer: Answer, seen: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """What moved between `seen` and `now` (item key → words) for this answer."""
    kind = tool(block.type)
    used = kind.used(answer)
    known = {key: words for key, words in seen.items() if key in used}
    return Changes(
        gone=tuple(key for key in known if key not in now),
        reworded=tuple(key for key in known if kind.copies_words and key in now and now[key] != known[key]),
        new=tuple(key for key in now if key not in seen and key not in used),
    )
