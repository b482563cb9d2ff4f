"""A tree of words: each came from another, the first ones from the root; up to three steps out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreamtree.text import as_line
from dreamtree.tools.base import NAME_LIMIT
from dreamtree.tools.fields import KeyField
from dreamtree.tools.rows.kinds import Kind, declared, line, tick, unposted
from dreamtree.tools.rows.shape import Row, RowsAnswer

ROOT = ""
"""What stands for the key of the root, where the first words come from."""
FIRST = "root"
"""The root by a name, where "" is none: no word has it as its key."""


def _key() -> Any:
    return declared(Kind(lambda _: KeyField(optional=True), as_line, counts=False))


@dataclass(frozen=True)
class TreeWord(Row):
    """A word; `parent` is the key of the one it came from, `leaf` whether it is liked."""

    parent: str = _key()
    text: str = line(NAME_LIMIT)
    leaf: bool = tick()


@dataclass(frozen=True)
class WordTree(RowsAnswer[TreeWord]):
    """The words around a root. One with a `root_key` was offered; `at` is the word whose lines the page has."""

    root: str = line(NAME_LIMIT)
    root_key: str = _key()
    at: str = unposted(as_line)


@dataclass(frozen=True)
class Branches:
    """The words of a tree by where they came from."""

    rows: Sequence[TreeWord]

    def around(self, key: str) -> list[TreeWord]:
        """The words that came from one; around the root also those whose own source is not there."""
        if key != ROOT:
            return [row for row in self.rows if row.parent == key]
        known = {row.key for row in self.rows}
        return [row for row in self.rows if row.parent not in known]

    @property
    def steps(self) -> Mapping[str, int]:
        """How many steps each word is from the root, nearest first; what no way leads to is not there."""
        found, reached = dict[str, int](), [ROOT]
        while reached:
            reached = [row.key for key in reached for row in self.around(key) if row.key not in found]
            found |= dict.fromkeys(reached, max(found.values(), default=0) + 1)
        return found

    def in_order(self, key: str = ROOT, most: int = 9) -> Iterator[TreeWord]:
        """Each word, followed by those that came from it."""
        for row in self.around(key) if most else ():
            yield row
            yield from self.in_order(row.key, most - 1)

    @property
    def words(self) -> list[TreeWord]:
        """The words that are there, each before those that came from it; empty lines are none."""
        return [row for row in self.in_order() if row.text]

    def after(self, key: str, rings: int) -> TreeWord | None:
        """The word to go on from after `key`: the next from which nothing came yet, the nearest to the root first."""
        steps = self.steps
        open_ = [one for one in steps if steps[one] < rings and not self.around(one) and one != key]
        order = list(steps)
        after = order.index(key) if key in steps else -1
        chosen = next((one for one in open_ if order.index(one) > after), next(iter(open_), None))
        return next((row for row in self.rows if row.key == chosen and row.text), None)


def grown(rows: Iterable[TreeWord]) -> list[TreeWord]:
    """The words, and the empty lines that others came from."""
    rows = list(rows)
    known = {row.key: row for row in rows}
    needed = {row.key for row in rows if row.text}
    for key in list(needed):
        while (row := known.get(known[key].parent)) and row.key not in needed:
            needed.add(key := row.key)
    return [row for row in rows if row.key in needed]


def strays(rows: Sequence[TreeWord], rings: int, most: int) -> bool:
    """Whether words come from nowhere, or further out or more around one than there is room for."""
    branches = Branches(rows)
    steps = branches.steps
    keys = {ROOT, *(row.key for row in rows)}
    is_lost = len(steps) < len(rows) or any(row.parent not in keys for row in rows)
    is_full = any(len(branches.around(key)) > most for key in (ROOT, *steps))
    return is_lost or is_full or FIRST in steps or max(steps.values(), default=0) > rings
