"""Tools whose rows are records: each with a revision and a history of its own (a day of practice, a moment of flow).

In memory an answer is whole: `{"rows": [{"key", "was", …}], "was", own fields…}`. `was` says what the page was shown
of a row, or of the own fields; `dropped` (key → was) names the rows that this page took out. A row that a page has no
fields for stands under `rest` while the page is made, and is never changed by it.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField

from dreamtree.answers.records import FORCE
from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.fields import KEY, Key
from dreamtree.tools.rows import buttons
from dreamtree.values import Answer

MARK = re.compile(r"[0-9a-f]{32}")
ROW = re.compile(r"rows-([0-9]{1,4})-([a-z0-9_-]{1,60})")
MOST_POSTED = 200
Row = dict[str, Any]


class Was(HiddenField):
    """What the page was shown of a row, as the page got it; "" for a row that begins there."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(default="", **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        said = valuelist[0] if valuelist else ""
        self.data = said if MARK.fullmatch(said) else ""
        if said and not self.data:
            raise ValueError("This entry did not arrive whole. Load the page again; your text is still here.")


class RecordRow(Form):
    """A posted row; a tool's own form adds the fields."""

    key = Key()
    was = Was()


class RecordForm(Form):
    """A posted answer; a tool's own form adds `rows` and the own fields."""

    was = Was()


class RecordTool(Tool):
    """A tool that keeps records. Subclasses say what a row and the own fields are."""

    keeps_records = True

    @abstractmethod
    def whole_row(self, row: Mapping[str, Any]) -> Row:
        """What a row says, each field present, without `key` and `was`: of the parsed form, and of what was stored."""

    def own_of(self, answer: Mapping[str, Any]) -> Row:
        """The fields beside the rows, each one present: of the parsed form, and of what was stored."""
        return {}

    def arranged(self, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        """The rows that the page has fields for, in its order, and the rest."""
        return rows, []

    def empty(self, block: Block) -> Answer:
        return {**self.own_of({}), "rows": []}

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        rows, rest = self.arranged(all_rows(answer))
        return {**answer, "rows": rows, **({"rest": rest} if rest else {})}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        fields, emptied = _said_fields(f"{block.key}:", posted)
        answer, problems = super().read(block, fields)
        return answer | {"dropped": emptied | (answer["dropped"] or {}) or None}, [*_twice(answer), *problems]

    def from_form(self, block: Block, form: Form) -> Answer:
        emptied = {row["key"]: row["was"] for row in form.data["rows"] if row["key"] and self.is_blank(row)}
        return self.form_part(form.data) | {"dropped": emptied}

    def form_part(self, answer: Answer) -> Answer:
        rows = [_marks(row) | self.whole_row(row) for row in answer.get("rows") or []]
        said = [row for row in rows if not self.is_blank(row)]
        return {**self.own_of(answer), "was": answer.get("was") or "", "rows": said}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        """With the rows that the page has no fields for, and the row that was removed last."""
        here = {row["key"] for row in bare["rows"]} | set(bare.get("dropped") or {})
        rest = [row for row in all_rows(stored or {}) if row["key"] not in here]
        return super().merge_posted(block, {**bare, "rest": rest}, stored, inputs)

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        after = super().act(block, answer, button)
        if button.verb == "remove":
            return _dropping(answer, after, button.argument)
        return _with_undone(answer, after) if button.verb == "undo" else after

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return _dropping(answer, super().drop_upstream(block, answer, key), key)

    def blank_row(self) -> Row:
        return {"key": buttons.new_key(), "was": "", **self.whole_row({})}


def all_rows(answer: Mapping[str, Any]) -> list[Row]:
    """Every row with a key, those without fields on the page too."""
    return [row for name in ("rows", "rest") for row in answer.get(name) or [] if row.get("key")]


def edition_of(was: str) -> int:
    """A number for the end of a textarea's name, another one once the row says something else.

    So no browser brings old text back into the field of a newer row.
    """
    return int(was[:7], 16) if was else 0


def _said_fields(prefix: str, posted: Posted) -> tuple[Posted, dict[str, str]]:
    """The fields of one block, its rows counted anew without the blank ones; and of those key → was."""
    fields: Posted = MultiDict()
    rows: dict[int, Posted] = {}
    for name, value in posted.items(multi=True):
        place = ROW.fullmatch(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if place:
            rows.setdefault(int(place[1]), MultiDict()).add(place[2], value)
        elif name.startswith(prefix):
            fields.add(name, value)
    said = [row for _, row in sorted(rows.items()) if _is_said(row)]
    for n, row in enumerate(said):
        for name, value in row.items(multi=True):
            fields.add(f"{prefix}rows-{n}-{name}", value)
    return fields, {row["key"]: _mark(row) for row in rows.values() if not _is_said(row) and _has_key(row)}


def _is_said(row: Posted) -> bool:
    return any(value.strip() for name, value in row.items(multi=True) if name not in ("key", "was"))


def _has_key(row: Posted) -> bool:
    return bool(KEY.fullmatch(row.get("key", "")))


def _mark(row: Posted) -> str:
    was = row.get("was", "")
    return was if MARK.fullmatch(was) else ""


def _marks(row: Mapping[str, Any]) -> Row:
    return {"key": row.get("key") or "", "was": row.get("was") or ""}


def _twice(answer: Answer) -> list[Problem]:
    keys = [row["key"] for row in answer["rows"]]
    if len(keys) > MOST_POSTED:
        return [Problem("", f"{MOST_POSTED} entries can be saved at once, and here are {len(keys)}.")]
    return [] if len(set(keys)) == len(keys) else [Problem("", "One entry arrived twice. Load the page again.")]


def _dropping(before: Answer, after: Answer, key: str) -> Answer:
    """`after` with the row `key` named as taken out."""
    gone = {row["key"]: row.get("was") or "" for row in before.get("rows", []) if row["key"] == key}
    return {**after, "dropped": {**(before.get("dropped") or {}), **gone}}


def _with_undone(before: Answer, after: Answer) -> Answer:
    """The row that came back stands, although it was taken out."""
    known = {row["key"] for row in before["rows"]}
    return {**after, "rows": [row if row["key"] in known else {**row, "was": FORCE} for row in after["rows"]]}
