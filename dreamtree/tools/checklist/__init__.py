"""A checklist: things to do, each with a tick, a date and a note; ready-made ones, those of other blocks, and own ones.

An answer is `{"rows": [{"key", "text", "done": bool, "date": ISO or words, "note", "own": True for one's own}]}`.
Lines from elsewhere post their key and what is said of them, and follow the words they come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField

from dreamtree.content.book import Block
from dreamtree.profile.checklists import learn_checklist
from dreamtree.tools.base import LINE_LIMIT, Button, Inputs, Learner, Posted, Problem, Tool, problems_of
from dreamtree.tools.checklist.lines import (
    SAID,
    bare_line,
    counted,
    first_open,
    is_line,
    is_marked,
    line_in_words,
    too_few,
    whole_line,
)
from dreamtree.tools.fields import KEY, Key, Line, flat, moment, near_limit, own_fields, rows_of
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.lines import Row, as_line, begun, has_twins, rows_in, said_rows
from dreamtree.values import Answer, Item

ROW_LIMIT = 50


class Day(Line):
    """By when, as the person says it: ISO where it is a date, else the words."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(40, **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        said = as_line(self.data)
        understood = moment(said)
        self.data = said if understood is None else understood


class ThingRow(Form):
    """A line as posted."""

    key = Key()
    own = Line(1)
    text = Line(LINE_LIMIT)
    done = Line(1)
    date = Day()
    note = Line(LINE_LIMIT)


class ChecklistForm(Form):
    rows = FieldList(FormField(ThingRow))


@dataclass(frozen=True)
class ThingView:
    """A line on the page. `is_gone`: something is said of it, and it is no longer where it came from."""

    index: int
    key: str
    text: str
    named: str
    is_own: bool
    is_gone: bool
    is_done: bool
    date: str
    note: str
    text_room: str
    note_room: str
    buttons: tuple[str, ...]


@dataclass(frozen=True)
class ChecklistView:
    line: str
    rows: tuple[ThingView, ...]
    count: str
    can_add: bool
    removed: str


class Checklist(Tool):
    kind = "checklist"
    form = ChecklistForm
    options: ClassVar[Mapping[str, Any]] = {
        "items": (),
        "rows_of": (),
        "enough": 1,
        "max": ROW_LIMIT,
        "line": "Thing to do",
    }

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        prefix = f"{block.key}:"
        sheets = [sheet for sheet in rows_of(own_fields(posted, prefix)) if is_line(sheet)]
        form = self.form(Posted({prefix + name: value for name, value in flat(sheets).items()}), prefix=prefix)
        form.validate()
        rows = [bare_line(row) for row in form.data["rows"]]
        return {"rows": rows}, [*problems_of(form, prefix), *self._refused(block, rows)]

    def _refused(self, block: Block, rows: list[Row]) -> list[Problem]:
        most = self._most(block)
        too_many = f"This list holds {most}, and there are {len(rows)}. Take out {len(rows) - most}, then save."
        twice = "One line arrived twice. Load the page again, then save."
        told = [too_many] if len(rows) > most else []
        return [Problem("", words) for words in [*told, *([twice] if has_twins(rows) else [])]]

    def _most(self, block: Block) -> int:
        return min(int(self.option(block, "max")), ROW_LIMIT)

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return bool(row.get("own")) and not any(as_line(row.get(name)) for name in SAID)

    def form_part(self, answer: Answer) -> Answer:
        return {"rows": [bare_line(row) for row in rows_in(answer, "rows") if not self.is_blank(row)]}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        known, live = {row["key"]: row for row in rows_in(stored or {}, "rows")}, self._live(block, inputs)
        rows = [whole_line(row, known, live) for row in bare["rows"]]
        posted = {row["key"] for row in rows}
        missed = [row for key, row in known.items() if not row.get("own") and key not in posted]
        whole = [row for row in rows if row.get("own") or row["text"]]
        return self.with_live_rows(block, {**(stored or {}), "rows": [*whole, *missed]}, inputs)

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        """Lines from elsewhere with their words as they are now; gone ones stay while something is said of them."""
        live = self._live(block, inputs)
        rows = [{**row, "text": live.get(row["key"]) or row.get("text") or ""} for row in rows_in(answer, "rows")]
        kept = [row for row in rows if row.get("own") or row["key"] in live or is_marked(row)]
        known = {row["key"] for row in kept}
        fresh = [{"key": key, "text": text} for key, text in live.items() if key not in known]
        return {**answer, "rows": [*kept, *fresh[: max(0, self._most(block) - len(kept))]]}

    def _live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        """The ready-made lines and those of the blocks above, by key."""
        ready = [(str(one["key"]), one["text"]) for one in self.option(block, "items")]
        lines = [*ready, *((item.key, item.text) for item in inputs.rows)]
        return {key: as_line(text) for key, text in lines if KEY.fullmatch(key) and as_line(text)}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = self.form_part(answer)["rows"]
        unnamed = [
            Problem(f"rows-{n}-text", "Say what is to be done.")
            for n, row in enumerate(rows)
            if row.get("own") and not row["text"]
        ]
        enough, count = min(int(self.option(block, "enough")), self._most(block)), len(said_rows(answer, "rows"))
        return unnamed if count >= enough else [*unnamed, too_few(enough, count, len(rows))]

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        live, rows = self._live(block, button.inputs), rows_in(answer, "rows")
        match button.verb:
            case "add" if len(rows) >= self._most(block):
                return answer
            case "add":
                return {**answer, "rows": self._filled_up(block, rows, 1)}
            case "remove" if button.argument in live:
                return answer
            case "remove" | "undo" | "up" | "down" | "top":
                return self.with_live_rows(
                    block, buttons.act(answer, "rows", button.verb, button.argument, self.blank_row), button.inputs
                )
        raise UnknownButton(button.verb)

    def _filled_up(self, block: Block, rows: list[Row], more: int = 0) -> list[Row]:
        """The lines that the page shows: with empty ones up to as many as are enough, and so many more."""
        wanted = min(max(int(self.option(block, "enough")), len(rows), 1) + more, self._most(block))
        return [*rows, *(self.blank_row() for _ in range(wanted - len(rows)))]

    def blank_row(self) -> dict[str, Any]:
        return {**super().blank_row(), "own": True}

    def learn(self, user: Learner, block: Block, answer: Answer, at: str) -> frozenset[str]:
        if not block.makes.startswith("checklists"):
            return frozenset()
        return (
            frozenset({"checklist"}) if learn_checklist(user, block.key, said_rows(answer, "rows"), at) else frozenset()
        )

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = said_rows(answer, "rows")
        return tuple(Item(row["key"], row["text"], {"done": bool(row.get("done"))}) for row in rows)

    def summary(self, block: Block, answer: Answer) -> str:
        rows = said_rows(answer, "rows")
        return f"{begun(counted(rows))}: {first_open(rows)}" if rows else "Nothing on the list yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n".join(line_in_words({**bare_line(row), "text": row["text"]}) for row in said_rows(answer, "rows"))

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> ChecklistView:
        answer = self.with_live_rows(block, answer, inputs)
        rows, live = self._filled_up(block, answer["rows"]), self._live(block, inputs)
        said = said_rows(answer, "rows")
        removed = (answer.get("removed") or {}).get("row") or {}
        return ChecklistView(
            line=str(self.option(block, "line")),
            rows=tuple(_view(n, row, live, can_go=n < len(answer["rows"])) for n, row in enumerate(rows)),
            count=f"{begun(counted(said))}." if said else "",
            can_add=len(rows) < self._most(block),
            removed=(as_line(removed.get("text")) or "The line") if removed else "",
        )


def _view(n: int, row: Row, live: Mapping[str, str], *, can_go: bool) -> ThingView:
    text, note, is_own = as_line(row.get("text")), as_line(row.get("note")), bool(row.get("own"))
    return ThingView(
        index=n,
        key=row["key"],
        text=text,
        named=text or f"line {n + 1}",
        is_own=is_own,
        is_gone=not is_own and row["key"] not in live,
        is_done=bool(row.get("done")),
        date=str(row.get("date") or ""),
        note=note,
        text_room=near_limit(text, LINE_LIMIT),
        note_room=near_limit(note, LINE_LIMIT),
        buttons=("up", "down", "remove") if can_go and row["key"] not in live else ("up", "down"),
    )


tool = Checklist()
