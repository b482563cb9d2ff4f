"""A checklist: things to do, each with a tick, a date and a note; ready-made ones, those of other blocks, and own ones.

An answer is `{"rows": [{"key", "text", "done": bool, "date": ISO or words, "note", "own": True for one's own}]}`.
Lines from elsewhere post their key and what is said of them, and follow the words they come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.dates import day_words
from dreamtree.text import as_line
from dreamtree.tools.base import Inputs, Problem, Rest, RestLine
from dreamtree.tools.fields import WhenField
from dreamtree.tools.rows.kinds import Drawing, Kind, declared, line, tick
from dreamtree.tools.rows.ready_made import ready_made
from dreamtree.tools.rows.row_tool import RowTool
from dreamtree.tools.rows.shape import Row, Rows
from dreamtree.tools.rows.view import RowsView
from dreamtree.tools.wording import capitalized, enough_words, in_words, several
from dreamtree.values import Answer, Item

HINT = "Under “By when,” you can write a date, like {}, or a day, like Tuesday."


class DueField(WhenField):
    """By when, as the person says it: ISO where it is a date, else the words."""

    def taken(self, typed: str, understood: str | None) -> str:
        return typed if understood is None else understood


@dataclass(frozen=True)
class Thing(Row):
    """A thing to do."""

    text: str = line()
    done: bool = tick(label="I did it")
    date: str = declared(Kind(lambda _: DueField(), as_line, drawing=Drawing("date", "By when")))
    note: str = line(label="Note")


class Checklist(RowTool[Thing]):
    """Things to do. `items` are ready-made lines, each with a key and a text."""

    kind = "checklist"
    has_results = True
    minutes = 8
    drawn_by = "rows"
    rows = Rows(Thing, unmarked="live")
    keeps_empty = True
    options: ClassVar[Mapping[str, Any]] = {"items": (), "rows_of": (), "enough": 1, "max": 50, "line": "Thing to do"}

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """The ready-made lines and those of the blocks above."""
        return ready_made(self.option(block, "items")) | super().live(block, inputs)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = self.form_rows(self.load(answer).rows)
        unnamed = [
            Problem(f"rows-{n}-text", "Say what you'll do.")
            for n, row in enumerate(rows)
            if row.is_own and not row.text
        ]
        enough, count = self.enough(block), len(self.named(answer))
        line = str(self.option(block, "line")).lower()
        message = enough_words(enough, count, line, several(line))
        return unnamed if count >= enough else [*unnamed, Problem(f"rows-{len(rows)}-text", message)]

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = self.named(answer)
        return tuple(Item(row.key, row.text, {"done": row.done, "date": row.date, "note": row.note}) for row in rows)

    def rest(self, block: Block, answer: Answer) -> Rest:
        return Rest(tuple(rest_line(row) for row in self.named(answer)))

    def summary(self, block: Block, answer: Answer) -> str:
        rows = self.named(answer)
        return capitalized(how_far(rows)) if rows else "Nothing on the list yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n".join(line_in_words(row) for row in self.named(answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> RowsView:
        named = [row for row in self.followed(block, self.load(answer), inputs).rows if row.text]
        view: RowsView = super().show(block, answer, inputs, view_state)
        hint, count = HINT.format(day_words("2027-03-14")), f"{capitalized(counted(named))}." if named else ""
        return replace(view, hint=hint, count=count)


def rest_line(row: Thing) -> RestLine:
    """A line with whether it is done, by when, and its note."""
    return RestLine(
        row.text, " · ".join(filter(None, ("done" if row.done else "", day_words(row.date), row.note))), row.key
    )


def counted(rows: Sequence[Thing]) -> str:
    """ "two of five done"; of a single line whether it is."""
    if len(rows) == 1:
        return "done" if rows[0].done else "not done yet"
    done = sum(row.done for row in rows)
    return f"{in_words(done) if done else 'none'} of {in_words(len(rows))} done"


def how_far(rows: Sequence[Thing]) -> str:
    """ "two of five done. Next: Call Ana"; of a single line "done: Call Ana"."""
    left = [row.text for row in rows if not row.done]
    if len(rows) == 1:
        return f"{counted(rows)}: {rows[0].text}"
    return f"{counted(rows)}. Next: {left[0]}" if left else counted(rows)


def line_in_words(row: Thing) -> str:
    """A line with its tick, and its date and note below."""
    more = [words for words in (day_words(row.date), row.note) if words]
    return f"{'[x]' if row.done else '[ ]'} {row.text}" + "".join(f"\n  {words}" for words in more)


tool = Checklist()
