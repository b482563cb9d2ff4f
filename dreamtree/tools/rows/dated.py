"""Rows that are said of a day. A page says which day its rows are of; those of a later day are a set of their own, and
the one before stays as it was. Once nothing is said in the later one anymore, the one before stands again.

As JSON an answer is `{"on": ISO day, "rows": […], "earlier": [{"on", "rows"}, the oldest first]}`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from dreamtree.content.book import Block
from dreamtree.text import as_line
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.rows.kinds import unposted
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import R, Row, Rows, RowsAnswer
from dreamtree.values import Answer

AGAIN = "again"


@dataclass(frozen=True)
class DaySet(Generic[R]):
    """What was said on a day, ISO."""

    on: str
    rows: tuple[R, ...]


def day_in(stored: Any) -> str:
    """A stored or posted day as ISO; "" for anything else."""
    words = as_line(stored)
    try:
        return date.fromisoformat(words).isoformat() if len(words) == len("2027-03-14") else ""
    except ValueError:
        return ""


def any_filled(rows: Sequence[Row]) -> bool:
    """Whether anything is said in a set."""
    return any(row.is_filled for row in rows)


def earlier_sets(rows: Rows[Any]) -> Any:
    """A field of an answer: sets of these rows, the oldest first; those without a day or a word are left out."""
    return unposted(partial(_sets_in, rows), (), store=partial(_stored_sets, rows))


def _sets_in(rows: Rows[Any], stored: Any) -> tuple[DaySet[Any], ...]:
    found = [one for one in stored if isinstance(one, Mapping)] if isinstance(stored, list) else []
    sets = (DaySet(day_in(one.get("on")), rows.load(one.get("rows"))) for one in found)
    return tuple(one for one in sets if one.on and any_filled(one.rows))


def _stored_sets(rows: Rows[Any], sets: Sequence[DaySet[Any]]) -> list[dict[str, Any]]:
    return [{"on": one.on, "rows": rows.store(one.rows)} for one in sets]


@dataclass(frozen=True)
class DatedAnswer(RowsAnswer[R]):
    """The rows of the day `on`, and the sets before it. `today` is the page's, and is never stored.

    A subclass declares `earlier` as `earlier_sets` of its rows.
    """

    on: str = unposted(day_in)
    earlier: tuple[DaySet[R], ...] = ()
    today: str = unposted(day_in)

    @property
    def is_over(self) -> bool:
        """Whether its day is over, so that another set may be begun."""
        return bool(self.on) and self.on < self.today

    @property
    def sets(self) -> tuple[DaySet[R], ...]:
        """All sets, the newest last."""
        return (*self.earlier, DaySet(self.on or self.today, self.rows))


D = TypeVar("D", bound=DatedAnswer[Any])


class DatedTool(RowsAnswerTool[R, D], Generic[R, D]):
    """Rows of a day, and the button *again* that begins a set of today."""

    chosen = Tool.chosen | {"on"}
    buttons = frozenset()
    readonly_actions: ClassVar[frozenset[str]] = frozenset({AGAIN})

    def is_set(self, rows: Sequence[R]) -> bool:
        """Whether rows say enough to stay as a set when another one is begun."""
        return any_filled(rows)

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        part, problems = super().read(block, posted)
        return {**part, **_dated(day_in(posted.get(f"{block.key}:on", "")))}, problems

    def form_part(self, answer: Answer) -> Answer:
        return {**super().form_part(answer), **_dated(self.load(answer).on)}

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """Each set as the page had it."""
        yield answer
        yield from (self.store(self.answer(rows=one.rows, on=one.on)) for one in self.load(answer).earlier)

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        posted, before = self.load(part), self.load(stored or {})
        is_anew = before.on < posted.on <= inputs.today and self.is_set(before.rows)
        if is_anew and not any_filled(posted.rows):
            return self.store(self.settled(block, before, inputs))
        if is_anew:
            before = self.begun_anew(before, posted.on)
        after = self.merged(block, posted.rows, before, inputs)
        return self.store(self.settled(block, after, inputs))

    def begun_anew(self, before: D, on: str) -> D:
        """An empty set of the day `on`, after what stood before."""
        return self.answer(on=on, earlier=(*before.earlier, DaySet(before.on, before.rows)))

    def followed(self, block: Block, answer: D, inputs: Inputs) -> D:
        return replace(super().followed(block, answer, inputs), today=inputs.today)

    def settled(self, block: Block, answer: D, inputs: Inputs) -> D:
        """With the day it is of, and without what is the page's. A set that was emptied goes."""
        if not any_filled(answer.rows) and answer.earlier:
            last = answer.earlier[-1]
            answer = replace(answer, rows=last.rows, on=last.on, earlier=answer.earlier[:-1])
        on = (answer.on or inputs.today) if any_filled(answer.rows) else ""
        return replace(super().settled(block, answer, inputs), on=on, today="")

    def as_asked(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> D:
        """The set that the page shows: an empty one of today, where that was asked for."""
        whole = self.followed(block, self.load(answer), inputs)
        if whole.is_over and view_state.get("verb") == AGAIN:
            return self.followed(block, self.begun_anew(whole, inputs.today), inputs)
        return whole

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        return ""

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()


def _dated(on: str) -> Answer:
    return {"on": on} if on else {}
