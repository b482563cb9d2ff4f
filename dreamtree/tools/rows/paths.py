"""Paths that one could take, as rows: given by a connection, or named by hand where none is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

from dreamtree.content.book import Block
from dreamtree.profile.trying import BY_HAND
from dreamtree.tools.base import NAME_LIMIT, Inputs
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.kinds import line
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import Row, RowsAnswer
from dreamtree.values import Answer, Item

HAND_KEYS = tuple(f"{BY_HAND}{number}" for number in (1, 2, 3))
"""The keys of the paths that are named by hand."""


@dataclass(frozen=True)
class PathRow(Row):
    """A path. What is said of it is in the fields of a subclass."""

    text: str = line(NAME_LIMIT)

    @property
    def is_described(self) -> bool:
        """Whether anything is said of it besides its name."""
        return False

    @property
    def is_filled(self) -> bool:
        return self.is_described or (self.is_own and bool(self.text))

    @property
    def named(self) -> str:
        """What it is called; one without a name by its number."""
        return self.text or f"Path {self.key.removeprefix(BY_HAND)}"


P = TypeVar("P", bound=PathRow)
A = TypeVar("A", bound=RowsAnswer[Any])


class PathsTool(RowsAnswerTool[P, A], Generic[P, A]):
    """Paths as rows, in the order in which they were given; their words are fresh, and changed where they come from."""

    most = 9
    keeps_empty = True
    accepts: ClassVar[Mapping[str, frozenset[str]]] = {"draft": frozenset({"career_options"})}
    follows = frozenset({"draft"})

    def start(self, block: Block, inputs: Inputs) -> Answer:
        given = merging.item_words(inputs.draft[: self.most])
        return self.store(self.answer(tuple(self.live_row(key, words) for key, words in given.items())))

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {}

    def words_besides(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return merging.item_words(inputs.draft)

    def stays(self, row: P) -> bool:
        return bool(row.text)

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        whole, words = self.load(answer), merging.item_words([item]).get(item.key, "")
        rows = merging.taken_in(whole.rows, self.live_row(item.key, words))
        return answer if len(rows) > self.most else self.store(replace(whole, rows=tuple(rows)))

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row.key for row in self.named(answer) if not row.is_own)

    def shown(self, rows: Sequence[P]) -> tuple[P, ...]:
        """The paths on the page: those that are given, else three to name by hand."""
        if any(not row.is_own for row in rows):
            return tuple(rows)
        by_key = {row.key: row for row in rows}
        return tuple(by_key.get(key) or self.rows.row(key, "own") for key in HAND_KEYS)

    def asked(self, answer: Answer) -> list[tuple[int, P]]:
        """The paths to say something of, each with its place on the page."""
        shown = list(enumerate(self.shown(self.load(answer).rows)))
        return [(n, row) for n, row in shown if row.is_filled or not row.is_own] or shown[:1]


def open_path(rows: Sequence[PathRow], left: Sequence[str], view_state: Mapping[str, str]) -> str:
    """The path that is open on the page: the one that was asked for, the first that needs something, or the first."""
    wanted = view_state.get("argument", "") if view_state.get("verb") in ("change", "add") else ""
    return next(iter(filter(None, [wanted, *left, *(row.key for row in rows)])), "")
