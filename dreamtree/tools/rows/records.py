"""Tools whose rows are records: each with a revision and a history of its own (a day of practice, a moment of flow).

As JSON an answer is whole: `{"rows": [{"key", "was", …}], "was", own fields…}`. `was` says what the page was shown of a
row, or of the own fields; `dropped` (key → was) names the rows that this page took out. A row that is finished rests:
while the page is made its key stands under `resting`, the page has no fields for it, and never changes it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from wtforms import Form, HiddenField

from dreamtree.answers.records import FORCE, keys_in_order, removed_key
from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, problems_of
from dreamtree.tools.fields import KEY
from dreamtree.tools.rows.kinds import (
    Kind,
    declared,
    form_fields,
    keys_in,
    read_declared,
    store_declared,
    unposted,
    unposted_mapping,
)
from dreamtree.tools.rows.posted import PAGE_FIELDS, posted_rows, says
from dreamtree.tools.rows.row_tool import RowsAnswerTool, undone, without
from dreamtree.tools.rows.shape import R, Row, RowsAnswer
from dreamtree.values import Answer

HASH = re.compile(r"[0-9a-f]{32}")
MOST_POSTED = 200
MOST_READ = 10_000
MOST_OPEN = 30
"""So many unfinished rows have fields on the page, the last ones; the others rest."""


class SeenHash(HiddenField):
    """What the page was shown of a row, as the page got it; "" for a row that begins there."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(default="", **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _hash_in(valuelist[0]) if valuelist else ""
        if valuelist and valuelist[0] != self.data:
            raise ValueError("Part of this entry didn't come through. Reload the page; your text is still here.")


def posted_back() -> Any:
    """What the page was shown, posted back as it was; nobody says anything in it."""
    return declared(Kind(lambda _: SeenHash(), lambda stored: str(stored or ""), name="was", counts=False))


def _hash_in(text: str) -> str:
    return text if HASH.fullmatch(text) else ""


@dataclass(frozen=True)
class TypedRecord(Row):
    """A row that is kept by itself; `seen_hash` is what the page was shown of it."""

    seen_hash: str = posted_back()

    @property
    def edition(self) -> int:
        """A number for the end of a textarea's name, another one once the row says something else.

        So no browser brings old text back into the field of a newer row.
        """
        return int(self.seen_hash[:7], 16) if HASH.fullmatch(self.seen_hash) else 0


@dataclass(frozen=True)
class Older:
    """The way to older rows: those before the row `until`, "" for none, and how many they are.

    `is_newest`: the page shows the newest ones, and needs no way back there.
    """

    until: str
    count: int
    is_newest: bool


@dataclass(frozen=True)
class Unread:
    """How many rows stand before and after those that a page has read, the first of which is `until`.

    A page of older rows was asked for those before the row `end`.
    """

    before: int = 0
    after: int = 0
    until: str = ""
    end: str = ""

    @property
    def count(self) -> int:
        """How many they are together."""
        return self.before + self.after

    @property
    def is_newest(self) -> bool:
        """Whether the page has the newest rows, to which others are added."""
        return not (self.end or self.after)

    @property
    def older(self) -> Older:
        """What leads to the rows before."""
        return Older(self.until if self.before else "", self.before, is_newest=self.is_newest)


def _unread(stored: Any) -> Unread:
    return Unread(**stored) if isinstance(stored, Mapping) else NONE_UNREAD


NONE_UNREAD = Unread()


@dataclass(frozen=True)
class Records(RowsAnswer[R]):
    """An answer whose rows are records; `seen_hash` is what the page was shown of its own fields.

    `resting` are the keys of the rows that the page has no fields for; of a long answer more are `unread`.
    """

    seen_hash: str = posted_back()
    dropped: Mapping[str, str] = unposted_mapping()
    resting: tuple[str, ...] = unposted(keys_in, (), store=list)
    unread: Unread = unposted(_unread, NONE_UNREAD, store=asdict)

    @cached_property
    def open_rows(self) -> tuple[R, ...]:
        """The rows that the page has fields for, in the order in which it posts them."""
        resting = set(self.resting)
        return tuple(row for row in self.rows if row.key not in resting)

    def older(self, most: int) -> Older:
        """What leads to the rows before the last ones, in the order they have, of which a page shows so many."""
        index = max(len(self.rows) - most, 0)
        count = index + self.unread.before
        return Older(self.rows[index].key if self.rows and count else "", count, is_newest=self.unread.is_newest)


Entry = TypeVar("Entry", bound=TypedRecord)
Whole = TypeVar("Whole", bound=Records[Any])


class RecordTool(RowsAnswerTool[Entry, Whole]):
    """A tool that keeps records. `page_fields` are the fields of a posted row in which nobody says anything."""

    keeps_records = True
    most_read = 60
    most = MOST_POSTED
    buttons = frozenset({"add", "remove", "undo"})
    full = "{most} entries can be saved at once, and you have {count}."
    twice = "One entry came in twice. Reload the page."
    page_fields: ClassVar[Iterable[str]] = PAGE_FIELDS

    # What is stored

    def empty(self, block: Block) -> Answer:
        return self.as_posted(self.answer())

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        """Whether nothing is said in a stored row."""
        found = self.rows.load_row({**row, "key": "any"})
        return found is None or not found.is_filled

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """Rows in which nothing is said any more are named as taken out."""
        every = posted_rows(posted, f"{block.key}:", most=MOST_READ)
        rows, problems = self.rows.read(block, [row for row in every if says(row, self.page_fields)])
        own, own_problems = self._own(block, posted)
        answer = self.answer(rows=tuple(self.form_rows(rows)), **own)
        blank = {row.get("key", ""): row.get("was", "") for row in every if not says(row, self.page_fields)}
        emptied = blank | {row.key: row.seen_hash for row in rows if not row.is_filled}
        dropped = {key: _hash_in(shown) for key, shown in emptied.items() if KEY.fullmatch(key)}
        part = {**self.as_posted(answer), **({"dropped": dropped} if dropped else {})}
        return part, [*self.unfit(block, answer.rows), *own_problems, *problems]

    def _own(self, block: Block, posted: Posted) -> tuple[dict[str, Any], list[Problem]]:
        """The own fields of a posted answer, and what forbids storing them."""
        prefix = f"{block.key}:"
        read = type("OwnForm", (Form,), form_fields(self.answer, block))(posted, prefix=prefix)
        read.validate()
        return read_declared(self.answer, read), problems_of(read, prefix)

    def form_part(self, answer: Answer) -> Answer:
        whole = self.load(answer)
        return self.as_posted(replace(whole, rows=tuple(self.form_rows(whole.open_rows))))

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """As many rows at a time as a page posts at once."""
        whole = self.load(answer)
        for first in range(0, max(len(whole.rows), 1), MOST_POSTED):
            yield self.store(replace(whole, rows=whole.rows[first : first + MOST_POSTED], resting=()))

    def as_posted(self, answer: Whole) -> Answer:
        """The part of an answer that its page posts, as JSON holds it."""
        own = store_declared(answer, only_posted=True)
        return {**own, self.row_list: self.rows.store(answer.rows, only_posted=True)}

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """With the rows that rest, in their places, and the row that was removed last."""
        before = self.load(stored or {})
        posted = replace(self.load(part), removed=before.removed, unread=before.unread)
        posted = self.completed(posted, before, inputs)
        seen_keys = {row.key for row in posted.rows} | set(posted.dropped)
        resting = [row for row in before.rows if row.key not in seen_keys]
        rows = _in_their_places(posted.rows, before.rows, resting)
        return self.store(replace(posted, rows=tuple(rows), resting=tuple(row.key for row in resting)))

    def completed(self, posted: Whole, before: Whole, inputs: Inputs) -> Whole:
        """A posted answer with what the page did not post of it, from what stood `before` or reaches the block."""
        return posted

    # The page, and its buttons

    def followed(self, block: Block, answer: Whole, inputs: Inputs) -> Whole:
        """The answer as its page shows it: finished rows rest, but for the one whose fields were asked for."""
        rows = self.in_page_order(answer.rows)
        unfinished = [row.key for row in rows if not self.is_finished(row, inputs.today)]
        opened = {*unfinished[-MOST_OPEN:], inputs.opened}
        return replace(answer, rows=tuple(rows), resting=tuple(row.key for row in rows if row.key not in opened))

    def in_page_order(self, rows: Sequence[Entry]) -> Sequence[Entry]:
        """The rows in the order in which the page posts them."""
        return rows

    def is_finished(self, row: Entry, today: str) -> bool:
        """Whether all that counts is said in a row, so that it rests; `today` is an ISO day or ""."""
        return False

    def pressed(self, block: Block, answer: Whole, button: Button) -> Whole:
        match button.verb:
            case "undo":
                return _forced(answer, undone(answer))
            case "remove":
                return _dropping(answer, button.argument)
            case _:
                return super().pressed(block, answer, button)

    def with_one_more(self, block: Block, answer: Whole, inputs: Inputs) -> Whole:
        return replace(answer, rows=(*answer.rows, self.blank()))

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The words of the row that was added, or whose fields were asked for; a row that rests again; what brings back
        the one that was removed.
        """
        whole = self.followed(block, self.load(answer), button.inputs)
        opened, key = [row.key for row in whole.open_rows], button.argument
        match button.verb:
            case "remove" if key == removed_key(answer):
                return "undo"
            case "save" | "undo" if key in whole.resting:
                return f"at-{key}"
            case "add":
                index = len(opened) - 1
            case _ if button.inputs.opened in opened:
                index = opened.index(button.inputs.opened)
            case _:
                return ""
        return f"{self.row_list}-{index}-{self.rows.row.words}"

    def used(self, answer: Answer) -> frozenset[str]:
        """None: whatever its entries came from, they are the person's own."""
        return frozenset()

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return self.store(_dropping(self.load(answer), key))


def _in_their_places(posted: Iterable[Entry], before: Iterable[Entry], resting: Iterable[Entry]) -> Iterator[Entry]:
    """The posted rows in their order, and each resting one behind the row that it stood behind `before`."""
    known: dict[str, list[Entry]] = {}
    for row in (*posted, *resting):
        known.setdefault(row.key, []).append(row)
    for key in keys_in_order((row.key for row in posted), (row.key for row in before)):
        yield from known.get(key, ())


def _dropping(answer: Whole, key: str) -> Whole:
    """`answer` without the row `key`, which is named as taken out."""
    gone = {row.key: row.seen_hash for row in answer.rows if row.key == key}
    return replace(without(answer, key), dropped={**answer.dropped, **gone})


def _forced(before: Whole, after: Whole) -> Whole:
    """The row that came back stands, although it was taken out."""
    known = {row.key for row in before.rows}
    rows = (row if row.key in known else replace(row, seen_hash=FORCE) for row in after.rows)
    return replace(after, rows=tuple(rows))
