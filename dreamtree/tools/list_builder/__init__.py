"""A list of up to fifty lines, with the further fields its exercise names.

An answer is `{"rows": [{"key", "text", "fields": {name: value}}]}`. A line that a connection brought as a draft has
`given`. One that is an item of a connection that gives rows has `live`: it posts its key and fields only, and is an
answer once a field is filled in. One picked from the short list (option `pick`) has `kind`, the value of the pick.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.tools.base import Button, Inputs, Learner, Posted, Problem, Tool, problems_of
from dreamtree.tools.fields import Choice, Key, Line, choices_of, flat, line, own_fields, rows_of
from dreamtree.tools.learning import learn_list
from dreamtree.tools.list_builder.extras import Extra, extras_of, field_of, said_in
from dreamtree.tools.list_builder.lines import (
    Row,
    as_posted,
    bare_row,
    drafted_row,
    is_live,
    is_on_the_page,
    is_unsaid,
    pasted,
    picked,
    reworded,
    rows_in,
    said_row,
    with_live,
    with_words,
)
from dreamtree.tools.list_builder.view import RowView, extras_for, row_views
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.lines import first_few
from dreamtree.tools.rows.made_keys import own_keys
from dreamtree.values import Answer, Item

ROW_LIMIT = 50
NOTHING_YET = "Nothing on the list yet"


class RowForm(Form):
    """A line. Its further fields are added for the block that is read."""

    key = Key()
    given = Line(1)
    live = Line(1)
    kind = Key(optional=True)
    text = Line()


class ListForm(Form):
    rows = FieldList(FormField(RowForm))


@dataclass(frozen=True)
class ListView:
    """`line` is what a line is called; `gone` are answered rows whose items are there no more."""

    line: str
    rows: tuple[RowView, ...]
    gone: tuple[RowView, ...]
    picks: tuple[tuple[str, str], ...]
    has_lines: bool
    has_extras: bool
    has_choices: bool
    can_add: bool
    can_paste: bool
    can_move: bool
    count: str
    removed: str


class ListBuilder(Tool):
    kind = "list-builder"
    form = ListForm
    options: ClassVar[Mapping[str, Any]] = {
        "line": "Line",
        "fields": (),
        "max": ROW_LIMIT,
        "enough": 1,
        "paste": True,
        "reorder": True,
        "pick": (),
    }
    accepts = {"rows": ANY_SOURCE, "draft": ANY_SOURCE}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What the lines, the ticks and the pasted text say together: none is lost, whatever button follows."""
        prefix = f"{block.key}:"
        fields, ticks, picks = own_fields(posted, prefix), posted.getlist(f"{prefix}pick"), _picks(block)
        rows = [row for row in rows_of(fields) if is_on_the_page(row)]
        rows += pasted(fields.get("paste", ""), rows) if self.option(block, "paste") else []
        rows += picked(ticks, picks, rows)
        form = _form_of(block)(as_posted(flat(rows), prefix), prefix=prefix)
        form.validate()
        answer = self.form_part({"rows": [_with_known_kind(row, picks) for row in form.data["rows"]]})
        problems = [*self._too_many(block, answer), *_told_twice(answer), *_strange(ticks, picks)]
        return answer, [*problems, *problems_of(form, prefix)]

    def _too_many(self, block: Block, answer: Answer) -> list[Problem]:
        most, count = self._most(block), len(answer["rows"])
        if count <= most:
            return []
        return [Problem("", f"This list holds {most}, and there are {count}. Take out {count - most}, then save.")]

    def _most(self, block: Block) -> int:
        return min(int(self.option(block, "max")), ROW_LIMIT)

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return is_unsaid(row)

    def form_part(self, answer: Answer) -> Answer:
        return {"rows": [bare_row(row) for row in rows_in(answer) if not is_unsaid(row)]}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        rows = own_keys(with_words(bare["rows"], stored or {}, inputs.rows), block.key, inputs)
        removed = (stored or {}).get("removed")
        is_back = not removed or any(row["key"] == removed["row"]["key"] for row in rows)
        return {"rows": rows} if is_back else {"rows": rows, "removed": removed}

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows = _said(answer)
        unnamed = [
            Problem(f"rows-{n}-text", "Say what this line is about.") for n, row in enumerate(rows) if not row["text"]
        ]
        open_ = [
            Problem(f"rows-{n}-fields-{extra.name}", f"Add a few words here: {extra.label}.")
            for n, row in enumerate(rows)
            for extra in extras_for(row, extras_of(block))
            if extra.is_required and row["text"] and row["fields"].get(extra.name) in ("", None)
        ]
        enough = min(int(self.option(block, "enough")), self._most(block))
        problems = [*unnamed, *open_, *_too_few(enough, sum(bool(row["text"]) for row in rows))]
        return [Problem("", one.message) for one in problems] if block.has_rows else problems

    def start(self, block: Block, inputs: Inputs) -> Answer:
        return {"rows": [drafted_row(item) for item in inputs.draft[: self._most(block)] if line(item.text)]}

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        now = {item.key: line(item.text) for item in inputs.draft}
        rows = [reworded(row, now) for row in rows_in(answer)]
        return {**answer, "rows": with_live(rows, inputs.rows) if block.has_rows else rows}

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in _said(answer) if row.get("given") or is_live(row))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows = rows_in(answer)
        if buttons.place_of(rows, item.key) is not None:
            return {**answer, "rows": [reworded(row, {item.key: line(item.text)}) for row in rows]}
        if block.has_rows or len(rows) >= self._most(block):
            return answer
        return {**answer, "rows": [*rows, drafted_row(item)]}

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        if button.verb in ("paste", "pick"):
            return answer
        if button.verb == "add":
            return self._with_one_more(block, self.with_live_rows(block, answer, button.inputs))
        return super().act(block, answer, button)

    def _with_one_more(self, block: Block, answer: Answer) -> Answer:
        """One empty line more than the page showed."""
        rows = rows_in(answer)
        wanted = min(self._shown(block, rows) + 1, self._most(block))
        return {**answer, "rows": [*rows, *(self.blank_row() for _ in range(wanted - len(rows)))]}

    def _shown(self, block: Block, rows: list[Row]) -> int:
        return max(min(int(self.option(block, "enough")), self._most(block)), len(rows), 1)

    def blank_row(self) -> dict[str, Any]:
        return {"key": buttons.new_key(), "text": "", "fields": {}}

    def learn(self, user: Learner, block: Block, answer: Answer, at: str) -> frozenset[str]:
        return learn_list(user, block, _said(answer), at)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row["key"], row["text"], row["fields"]) for row in _said(answer) if row["text"])

    def summary(self, block: Block, answer: Answer) -> str:
        texts = [item.text for item in self.items(answer)]
        return first_few(texts) or NOTHING_YET

    def long_form(self, block: Block, answer: Answer) -> str:
        extras = extras_of(block)
        return "\n".join(_in_words(row, extras) for row in _said(answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> ListView:
        rows = rows_in(self.with_live_rows(block, answer, inputs))
        rows += [self.blank_row() for _ in range(self._shown(block, rows) - len(rows))]
        extras, is_full = extras_of(block), len(rows) >= self._most(block)
        now = {item.key for item in inputs.rows}
        shown = row_views(rows, extras)
        gone = [row for row in shown if now and row.is_live and row.key not in now]
        removed = (answer.get("removed") or {}).get("row") or {}
        return ListView(
            line=self.option(block, "line"),
            rows=tuple(row for row in shown if row not in gone),
            gone=tuple(gone),
            picks=() if is_full else _picks_left(block, rows),
            has_lines=bool(self.items(answer)),
            has_extras=bool(extras),
            has_choices=any(extra.kind == "choice" for extra in extras),
            can_add=not is_full,
            can_paste=bool(self.option(block, "paste")),
            can_move=bool(self.option(block, "reorder") and not block.has_rows) and len(self.items(answer)) > 1,
            count=_counted(len(self.items(answer)), self._most(block)),
            removed=removed.get("text") or ("The line" if removed else ""),
        )


# Reading


def _said(answer: Answer) -> list[Row]:
    """The rows in which something was said."""
    return [said_row(row) for row in rows_in(answer) if not is_unsaid(row)]


def _form_of(block: Block) -> type[Form]:
    fields = {extra.name: field_of(extra) for extra in extras_of(block)}
    row = type("Row", (RowForm,), {"fields": FormField(type("Fields", (Form,), fields))})
    return type("Rows", (Form,), {"rows": FieldList(FormField(row))})


def _told_twice(answer: Answer) -> list[Problem]:
    keys = [row["key"] for row in answer["rows"]]
    return (
        [] if len(set(keys)) == len(keys) else [Problem("", "One line arrived twice. Load the page again, then save.")]
    )


# The short list to pick from


def _picks(block: Block) -> tuple[Choice, ...]:
    return choices_of({"choices": block.options.get("pick", ())})


def _picks_left(block: Block, rows: list[Row]) -> tuple[tuple[str, str], ...]:
    """The picks that are not on the list yet."""
    chosen = {row.get("kind") for row in rows}
    return tuple((one.value, one.label) for one in _picks(block) if one.value not in chosen)


def _with_known_kind(row: Row, picks: tuple[Choice, ...]) -> Row:
    """A row with its kind, as long as the short list has it."""
    return row if row.get("kind") in {one.value for one in picks} else {**row, "kind": ""}


def _strange(ticks: list[str], picks: tuple[Choice, ...]) -> list[Problem]:
    is_strange = set(ticks) - {one.value for one in picks}
    return [Problem("pick", "Tick only what is on the list.")] if is_strange else []


# Words


def _too_few(enough: int, count: int) -> list[Problem]:
    if count >= enough:
        return []
    wanted = "One line is" if enough == 1 else f"{enough} lines are"
    here = "There is none yet." if not count else "There is one so far." if count == 1 else f"There are {count} so far."
    return [Problem(f"rows-{count}-text", f"{wanted} enough to go on. {here}")]


def _counted(count: int, most: int) -> str:
    if count >= most:
        return f"{count} of {most}: the list is full. Take one out to add another."
    return f"{count} on the list; room for {most - count} more." if count >= most * 0.9 and most > 10 else ""


def _in_words(row: Mapping[str, Any], extras: tuple[Extra, ...]) -> str:
    details = [f"  {one.label}: {said_in(one, row['fields'])}" for one in extras if row["fields"].get(one.name)]
    return "\n".join([f"– {row['text']}", *details])


tool = ListBuilder()
