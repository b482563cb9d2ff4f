"""How much a tree may hold so that a copy of it can always be restored, even after its owner fills every page.

Pages limit what they write: entries and text by `answers/limits.py`, rows by the tools. A tree may also hold a little
that no page of this book writes: answers that an earlier book asked for, or what somebody put into a copy by hand.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace

from dreamtree.answers.limits import (
    ANSWER_STEP,
    ENTRY_STEP,
    LOG_LIMIT,
    LimitReached,
    counted_length,
    require_fitting_text,
)
from dreamtree.archive.bounds import MEGABYTE, Weight, total, weight_of
from dreamtree.archive.parsing import TOO_FULL
from dreamtree.archive.pieces import CANONICAL
from dreamtree.archive.shapes import BadFile
from dreamtree.archive.snapshot import AnswerSnapshot, ChoiceSnapshot, InputSnapshot, InstanceSnapshot, Snapshot
from dreamtree.content import book
from dreamtree.content.book import Block
from dreamtree.tools import tool
from dreamtree.tools.rows.row_tool import RowsAnswerTool

Text = AnswerSnapshot | InstanceSnapshot

ENTRY_WEIGHT = Weight(size=520, nests=10, parts=36, strings=62)
"""So much an entry weighs at most that a page wrote, its text apart, which is bounded by itself."""
ANSWER_WEIGHT = Weight(size=420, nests=26, parts=124, strings=224)
ROW_WEIGHT = Weight(nests=12, parts=40, strings=70)
"""The same of an answer, and of each row that it has room for."""
OTHER_WEIGHT = Weight(size=600, nests=10, parts=16, strings=24)
"""So much at most stands around what no page asks for: a module and an exercise of its own."""
SPARE_WEIGHT = Weight(size=3 * MEGABYTE // 2, nests=20_000, parts=60_000, strings=120_000)
"""So much a tree may weigh besides all that."""
MOST_OTHERS = 800
"""So many answers, notes, choices, exercises and modules there may be that the book does not have."""
TOO_MUCH_TEXT = (
    "There’s more text in this file than a tree has room for, so we can’t use it. "
    "Choose another copy, or shorten an answer in the tree it came from and save a new one."
)
TOO_MUCH_BESIDE = (
    "Together, these two trees would have more answers to questions that aren’t in the book anymore than there’s room "
    "for. Nothing was changed."
)


@dataclass(frozen=True)
class Load:
    """What counts of a tree: characters of `text`, what it weighs `beside` what pages write, and `others`, of which
    the book has none.
    """

    text: int
    beside: Weight
    others: int

    def is_above(self, *before: "Load") -> bool:
        """Whether it's more than a copy has room for, and more than each of those `before`."""
        limits = (astuple(SPARE_WEIGHT), *(astuple(one.beside) for one in before))
        most = map(max, zip(*limits, strict=True))
        is_heavy = any(now > limit for now, limit in zip(astuple(self.beside), most, strict=True))
        return is_heavy or self.others > max([MOST_OTHERS, *(one.others for one in before)])


def load_of(tree: Snapshot) -> Load:
    """What counts of this tree, but for its earlier texts, of which a copy takes as many as have room."""
    others = [*_unknown_to_book(tree)]
    beside = total([*map(_weight_beside, tree.texts), *(OTHER_WEIGHT for _ in others)])
    return Load(sum(map(_counted, tree.texts)), beside, len(others))


def require_room_in_a_copy(tree: Snapshot) -> None:
    """Raises `BadFile` for a tree from a copy that could not be restored from a later copy again."""
    load = load_of(tree)
    try:
        require_fitting_text(load.text)
    except LimitReached:
        raise BadFile(TOO_MUCH_TEXT) from None
    if load.is_above():
        raise BadFile(TOO_FULL)


def require_room(tree: Snapshot, *before: Snapshot) -> None:
    """Raises `LimitReached` for two trees together, unless one of those `before` had as much."""
    load, loads_before = load_of(tree), [*map(load_of, before)]
    require_fitting_text(load.text, *(one.text for one in loads_before))
    if load.is_above(*loads_before):
        raise LimitReached(TOO_MUCH_BESIDE)


def _counted(one: Text) -> int:
    return counted_length(one.answer, ENTRY_STEP if isinstance(one, InstanceSnapshot) else ANSWER_STEP)


def _weight_beside(one: Text) -> Weight:
    """What a text weighs beside what its page could write."""
    whole = _weight({**vars(one), "history": (), "skills": ()})
    around = replace(whole, size=whole.size - _weight(one.answer).size)
    if isinstance(one, InstanceSnapshot):
        return around.beyond(ENTRY_WEIGHT)
    block = book().block(one.block_key)
    return around.beyond(answer_weight(block)) if block else whole


def _weight(value: object) -> Weight:
    return weight_of([CANONICAL.encode(value).encode()])


def answer_weight(block: Block) -> Weight:
    """What the answer to a block weighs at most that a page wrote, its text apart."""
    kind = tool(block.type)
    keys = Weight(parts=LOG_LIMIT, strings=LOG_LIMIT) if kind.keeps_records else Weight()
    rows = kind.limit(block) if isinstance(kind, RowsAnswerTool) else 1
    return total([ANSWER_WEIGHT, ROW_WEIGHT.times(rows), keys])


# What the book does not have


def _unknown_to_book(tree: Snapshot) -> Iterator[object]:
    yield from (key for key in tree.answers if book().block(key) is None)
    yield from (one for one in tree.seen if not _is_in_the_book(one))
    yield from (one for one in tree.choices if not _is_in_the_book(one))
    yield from (one for one in tree.exercises if book().exercise(one) is None)
    yield from (one for one in tree.modules if book().module(one) is None)


def _is_in_the_book(one: InputSnapshot | ChoiceSnapshot) -> bool:
    block = book().block(one.block_key)
    return block is not None and any(connection.id == one.connection_id for connection in block.connections)
