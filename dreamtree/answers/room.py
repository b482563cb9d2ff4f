"""How many entries a log has room for, and a tree: what pages can write, and what a copy may hold.

Every save of a log reads all of it. Entries in the trash count, since they are in copies too.
"""

from collections import Counter
from collections.abc import Iterable

from peewee import fn

from dreamtree.answers.models import ToolInstance
from dreamtree.db import Statement
from dreamtree.vault import Keyholder

OF_A_LOG = 2_500
OF_A_TREE = 5_000
WHAT_TO_DO = "Remove one you don’t need, delete it in the trash too, then try again."
FULL_LOG = f"There’s room for {{most:,}} entries here, counting those in the trash. {WHAT_TO_DO}"
FULL_TREE = f"There’s room for {{most:,}} entries in all your logs, counting those in the trash. {WHAT_TO_DO}"


class NoRoom(Exception):
    """More entries than fit; `words` say so to the person. Nothing was written."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def require_room(user: Keyholder, count: int, new: int) -> None:
    """Raises `NoRoom` where a log of so many entries cannot have these too. One query, if there are `new` ones.

    Within the transaction that writes them.
    """
    if new:
        require_fitting([count + new], _COUNT.rows(user.id)[0][0] + new)


def require_fitting(logs: Iterable[int], tree: int) -> None:
    """Raises `NoRoom` for a log, or a tree, of more entries than fit."""
    if max(logs, default=0) > OF_A_LOG:
        raise NoRoom(FULL_LOG.format(most=OF_A_LOG))
    if tree > OF_A_TREE:
        raise NoRoom(FULL_TREE.format(most=OF_A_TREE))


def require_fitting_together(blocks: Iterable[str | None]) -> None:
    """Raises `NoRoom` where entries of these blocks, one each, are more than fit."""
    counts = Counter(blocks)
    require_fitting((count for key, count in counts.items() if key), counts.total())


_COUNT = Statement(
    lambda user_id: ToolInstance.select(fn.COUNT(ToolInstance.id)).where(ToolInstance.user_id == user_id)
)
