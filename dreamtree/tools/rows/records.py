"""Tools whose rows are records: each with a revision and a history of its own (a day of practice, a moment of flow).

As JSON an answer is whole: `{"rows": [{"key", "was", …}], "was", own fields…}`. `was` says what the page was shown of a
row, or of the own fields; `dropped` (key → was) names the rows that this page took out. A row that a page has no fields
for stands under `rest` while the page is made, and is never changed by it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from wtforms import Form, HiddenField

from dreamtree.answers.records import FORCE
from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, problems_of
from dreamtree.tools.fields import KEY
from dreamtree.tools.loading import once
from dreamtree.tools.rows.kinds import Kind, form_fields, kept_mapping, read_declared, said, store_declared
from dreamtree.tools.rows.posted import PLUMBING, posted_rows, says
from dreamtree.tools.rows.row_tool import RowsAnswerTool, undone, without
from dreamtree.tools.rows.shape import R, Row, RowsAnswer
from dreamtree.values import Answer, AnswerJson

HASH = re.compile(r"[0-9a-f]{32}")
MOST_POSTED = 200
MOST_READ = 10_000


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
    return said(Kind(lambda _: SeenHash(), lambda stored: str(stored or ""), name="was", counts=False))


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
class Records(RowsAnswer[R]):
    """An answer whose rows are records; `seen_hash` is what the page was shown of its own fields."""

    seen_hash: str = posted_back()
    dropped: Mapping[str, str] = kept_mapping()
    rest: tuple[R, ...] = ()

    @property
    def everything(self) -> tuple[R, ...]:
        """Every row, those without fields on the page too."""
        return (*self.rows, *self.rest)


Entry = TypeVar("Entry", bound=TypedRecord)
Whole = TypeVar("Whole", bound=Records[Any])


class RecordTool(RowsAnswerTool[Entry, Whole]):
    """A tool that keeps records. `plumbing` are the fields of a posted row in which nobody says anything."""

    keeps_records = True
    most = MOST_POSTED
    buttons = frozenset({"add", "remove", "undo"})
    full = "{most} entries can be saved at once, and you have {count}."
    twice = "One entry came in twice. Reload the page."
    plumbing: ClassVar[Iterable[str]] = PLUMBING

    # What is stored

    def empty(self, block: Block) -> Answer:
        return self.as_posted(self.answer())

    @once
    def load(self, answer: Answer) -> Whole:
        return replace(super().load(answer), rest=self.rows.load(answer.get("rest")))

    def store(self, answer: Whole) -> Answer:
        rest = {"rest": self.rows.store(answer.rest)} if answer.rest else {}
        return AnswerJson({**super().store(answer), **rest})

    def said(self, answer: Answer) -> list[Entry]:
        return [row for row in self.load(answer).everything if row.is_said]

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        """Whether nothing is said in a stored row."""
        found = self.rows.load_row({**row, "key": "any"})
        return found is None or not found.is_said

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """Rows in which nothing is said any more are named as taken out."""
        every = posted_rows(posted, f"{block.key}:", most=MOST_READ)
        rows, problems = self.rows.read(block, [row for row in every if says(row, self.plumbing)])
        own, own_problems = self._own(block, posted)
        answer = self.answer(rows=tuple(self.form_rows(rows)), **own)
        blank = {row.get("key", ""): row.get("was", "") for row in every if not says(row, self.plumbing)}
        emptied = blank | {row.key: row.seen_hash for row in rows if not row.is_said}
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
        return self.as_posted(replace(whole, rows=tuple(self.form_rows(whole.rows))))

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """As many rows at a time as a page posts at once."""
        whole = self.load(answer)
        for first in range(0, max(len(whole.everything), 1), MOST_POSTED):
            yield self.store(replace(whole, rows=whole.everything[first : first + MOST_POSTED], rest=()))

    def as_posted(self, answer: Whole) -> Answer:
        """The part of an answer that its page posts, as JSON holds it."""
        own = store_declared(answer, only_posted=True)
        return {**own, self.row_list: self.rows.store(answer.rows, only_posted=True)}

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """With the rows that the page has no fields for, and the row that was removed last."""
        posted, before = self.load(part), self.load(stored or {})
        here = {row.key for row in posted.rows} | set(posted.dropped)
        rest = tuple(row for row in before.everything if row.key not in here)
        return self.store(self.completed(replace(posted, rest=rest, removed=before.removed), before, inputs))

    def completed(self, posted: Whole, before: Whole, inputs: Inputs) -> Whole:
        """A posted answer with what the page did not post of it, from what stood `before` or reaches the block."""
        return posted

    # The page, and its buttons

    def followed(self, block: Block, answer: Whole, inputs: Inputs) -> Whole:
        """The answer as its page shows it: the rows that have fields there, in its order, and the rest."""
        shown, rest = self.on_page(answer.everything)
        return replace(answer, rows=tuple(shown), rest=tuple(rest))

    def on_page(self, rows: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """The rows that the page has fields for, in its order, and the rest."""
        return rows, ()

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

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return self.store(_dropping(self.load(answer), key))


def _dropping(answer: Whole, key: str) -> Whole:
    """`answer` without the row `key`, which is named as taken out."""
    gone = {row.key: row.seen_hash for row in answer.rows if row.key == key}
    return replace(without(answer, key), dropped={**answer.dropped, **gone})


def _forced(before: Whole, after: Whole) -> Whole:
    """The row that came back stands, although it was taken out."""
    known = {row.key for row in before.rows}
    rows = (row if row.key in known else replace(row, seen_hash=FORCE) for row in after.rows)
    return replace(after, rows=tuple(rows))
