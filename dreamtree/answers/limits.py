"""How much a tree has room for, entries and text: what pages can write, and what a copy may hold.

A copy, and whatever else reads a whole log, takes longer the longer the log is. What is in the trash counts, because
copies hold it too. Earlier texts don't count, because a copy leaves out those that it has no room for.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Case, fn

from dreamtree.answers.models import ExerciseResponse, ToolInstance
from dreamtree.answers.stored import json_of
from dreamtree.db import Statement
from dreamtree.once import worked_once
from dreamtree.values import Answer
from dreamtree.vault import Keyholder, sealed_length

LOG_LIMIT = 2_500
"""Entries of one log."""
TREE_LIMIT = 5_000
"""Entries of all logs of a person."""
TEXT_LIMIT = 8 * 1024 * 1024
"""Characters of all answers and entries of a person together, as they are sealed: four for three bytes of JSON.

Each is counted by the whole steps that it has, so a save within a step takes no query. Each may have nearly a step
besides, and a copy has room for that too.
"""
ANSWER_STEP, ENTRY_STEP = 8_192, 512
"""Characters of one step, of an answer and of an entry."""
TEXT_MEGABYTES = TEXT_LIMIT * 3 // 4 // (1024 * 1024)
WHAT_TO_DO = "Remove one you don’t need, delete it in the trash too, then try again."
FULL_LOG = f"There’s room for {{most:,}} entries here, counting those in the trash. {WHAT_TO_DO}"
FULL_TREE = f"There’s room for {{most:,}} entries in all your logs, counting those in the trash. {WHAT_TO_DO}"
FULL_OF_TEXT = (
    "Make an answer shorter, or delete what’s in the trash, then try again. "
    f"A tree has room for {TEXT_MEGABYTES} MB of text, counting the trash, and this would be more."
)


@dataclass(frozen=True)
class TextChange:
    """What an answer or entry says before a save, None where there is none, and after it; it counts by this `step`."""

    before: Answer | None
    after: Answer
    step: int = ANSWER_STEP

    @property
    def growth(self) -> int:
        """How many more characters of it count."""
        before = 0 if self.before is None else counted_length(self.before, self.step)
        return counted_length(self.after, self.step) - before


class LimitReached(Exception):
    """More entries or text than fit; `words` say so to the person. Nothing was written."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def require_within_limits(user: Keyholder, block_key: str, new: int) -> None:
    """Raises `LimitReached` where the log of a block can't have so many entries more. One query, if any are `new`.

    Within the transaction that writes them.
    """
    if new:
        [(of_the_log, of_the_tree)] = _COUNT.rows(block_key, user.id)
        require_fitting([of_the_log + new], of_the_tree + new)


def require_text_within_limit(user: Keyholder, changes: Sequence[TextChange]) -> None:
    """Raises `LimitReached` where a tree becomes longer by these than it may. One query, if more counts than before.

    Call it inside the transaction that writes them, before it writes.
    """
    if (growth := sum(one.growth for one in changes)) > 0:
        require_fitting_text(growth + sum(int(size or 0) for (size,) in _TEXT.rows(user.id, user.id)))


def require_fitting(logs: Iterable[int], tree: int) -> None:
    """Raises `LimitReached` for a log, or a tree, of more entries than fit."""
    if max(logs, default=0) > LOG_LIMIT:
        raise LimitReached(FULL_LOG.format(most=LOG_LIMIT))
    if tree > TREE_LIMIT:
        raise LimitReached(FULL_TREE.format(most=TREE_LIMIT))


def require_fitting_together(blocks: Iterable[str | None]) -> None:
    """Raises `LimitReached` where entries of these blocks, one each, are more than fit."""
    counts = Counter(blocks)
    require_fitting((count for key, count in counts.items() if key), counts.total())


def require_fitting_text(size: int, *sizes_before: int) -> None:
    """Raises `LimitReached` for more text than fits, unless one of `sizes_before` was as large."""
    if size > max([TEXT_LIMIT, *sizes_before]):
        raise LimitReached(FULL_OF_TEXT)


def counted_length(answer: Answer, step: int) -> int:
    """How many characters of an answer or entry count: whole steps."""
    return size_of(answer) // step * step


@worked_once
def size_of(answer: Answer) -> int:
    """How many characters an answer or entry has once it is sealed."""
    return sealed_length(json_of(answer))


def _entries(block_key: Any, user_id: Any) -> Any:
    of_the_block = fn.COUNT(Case(None, [(ToolInstance.block_key == block_key, 1)], None))
    return ToolInstance.select(of_the_block, fn.COUNT(ToolInstance.id)).where(ToolInstance.user_id == user_id)


_COUNT = Statement(_entries)


def _counted(column: Any, step: int, user_id: Any) -> Any:
    counts = fn.LENGTH(column) / SQL(str(step)) * SQL(str(step))
    return column.model.select(fn.SUM(counts)).where(column.model.user_id == user_id)


_TEXT = Statement(
    lambda user_id, entries_user_id: _counted(ExerciseResponse.response_json, ANSWER_STEP, user_id).union_all(
        _counted(ToolInstance.content_json, ENTRY_STEP, entries_user_id)
    )
)
