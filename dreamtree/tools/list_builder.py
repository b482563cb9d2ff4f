"""A list of up to fifty lines, with the further fields its exercise names.

An answer is `{"rows": [{"key", "text", "fields": {name: value}, "given": True where a connection brought the line}]}`.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from wtforms import FieldList, Form, FormField

from dreamtree.content import library
from dreamtree.content.book import Block
from dreamtree.profile.people import learn_testimonials
from dreamtree.profile.skills import ExerciseSkill, Tag, learn_tags
from dreamtree.tools import _rows
from dreamtree.tools._extras import Extra, ExtraView, extras_of, field_of, said_in, view_of
from dreamtree.tools._tool import (
    LINE_LIMIT,
    NOTHING_GIVEN,
    Given,
    Learner,
    Posted,
    Problem,
    Tool,
    problems_of,
)
from dreamtree.tools._typed import (
    Key,
    Line,
    Sheet,
    flat,
    line,
    near_limit,
    own_fields,
    rows_of,
)
from dreamtree.values import Answer, Item

ROW_LIMIT = 50
OWN_SKILLS = uuid.uuid5(uuid.NAMESPACE_URL, "dreamtree:own-skills")
"""Under this namespace the key of a line names the skill that the library does not have."""
NOTHING_YET = "Nothing on the list yet"


class RowForm(Form):
    """A line. Its further fields are added for the block that is read."""

    key = Key()
    given = Line(1)
    text = Line()


class ListForm(Form):
    rows = FieldList(FormField(RowForm))


@dataclass(frozen=True)
class RowView:
    key: str
    text: str
    named: str
    is_given: bool
    room: str
    extras: tuple[ExtraView, ...]


@dataclass(frozen=True)
class ListView:
    """`line` is what a line is called."""

    line: str
    rows: tuple[RowView, ...]
    has_extras: bool
    can_add: bool
    can_paste: bool
    can_move: bool
    count: str
    removed: str


class ListBuilder(Tool):
    kind = "list-builder"
    form = ListForm
    options = {"line": "Line", "fields": (), "max": ROW_LIMIT, "enough": 1, "paste": True, "reorder": True}
    drafts_from = frozenset({"user_skills", "testimonials", "soared_stories", "experiences", "contacts"})

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What the lines and the pasted text say together: pasting is never lost, whatever button follows."""
        prefix = f"{block.key}:"
        fields = own_fields(posted, prefix)
        rows = [row for row in rows_of(fields) if _is_said(row)]
        rows += _pasted(fields.get("paste", ""), rows) if self.option(block, "paste") else []
        form = _form_of(block)(_as_posted(flat(rows), prefix), prefix=prefix)
        form.validate()
        answer = self.bare({"rows": form.data["rows"]})
        return answer, [*self._too_many(block, answer), *_told_twice(answer), *problems_of(form, prefix)]

    def _too_many(self, block: Block, answer: Answer) -> list[Problem]:
        most, count = self._most(block), len(answer["rows"])
        if count <= most:
            return []
        return [Problem("", f"This list holds {most}, and there are {count}. Take out {count - most}, then save.")]

    def _most(self, block: Block) -> int:
        return min(int(self.option(block, "max")), ROW_LIMIT)

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return not row.get("text") and all(value in ("", None) for value in (row.get("fields") or {}).values())

    def bare(self, answer: Answer) -> Answer:
        return {"rows": [_bare(row) for row in answer.get("rows", []) if not self.is_blank(row)]}

    def missing(self, block: Block, answer: Answer) -> list[Problem]:
        rows = self.bare(answer)["rows"]
        unnamed = [
            Problem(f"rows-{n}-text", "Say what this line is about.") for n, row in enumerate(rows) if not row["text"]
        ]
        open_ = [
            Problem(f"rows-{n}-fields-{extra.name}", f"Add a few words here: {extra.label}.")
            for n, row in enumerate(rows)
            for extra in extras_of(block)
            if extra.is_required and row["text"] and row["fields"].get(extra.name) in ("", None)
        ]
        enough = min(int(self.option(block, "enough")), self._most(block))
        return [*unnamed, *open_, *_too_few(enough, sum(bool(row["text"]) for row in rows))]

    def start(self, block: Block, given: Given) -> Answer:
        rows = [_given_row(item) for item in given.draft[: self._most(block)] if line(item.text)]
        return {"rows": rows}

    def with_rows(self, block: Block, answer: Answer, given: Given) -> Answer:
        now = {item.key: line(item.text) for item in given.draft}
        return {**answer, "rows": [_reworded(row, now) for row in answer.get("rows", [])]}

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in answer.get("rows", []) if row.get("given"))

    def take_in(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows = answer.get("rows", [])
        if _rows.place_of(rows, item.key) is not None:
            return {**answer, "rows": [_reworded(row, {item.key: line(item.text)}) for row in rows]}
        return {**answer, "rows": [*rows, _given_row(item)]} if len(rows) < self._most(block) else answer

    def act(
        self, block: Block, answer: Answer, verb: str, argument: str, posted: Posted, given: Given = NOTHING_GIVEN
    ) -> Answer:
        if verb == "paste":
            return answer
        if verb == "add":
            return self._with_one_more(block, answer)
        return super().act(block, answer, verb, argument, posted)

    def _with_one_more(self, block: Block, answer: Answer) -> Answer:
        """One empty line more than the page showed."""
        rows = list(answer.get("rows", []))
        wanted = min(self._shown(block, rows) + 1, self._most(block))
        return {**answer, "rows": [*rows, *(self.blank_row() for _ in range(wanted - len(rows)))]}

    def _shown(self, block: Block, rows: list[dict[str, Any]]) -> int:
        return max(min(int(self.option(block, "enough")), self._most(block)), len(rows), 1)

    def blank_row(self) -> dict[str, Any]:
        return {"key": _rows.new_key(), "text": "", "fields": {}}

    def learn(self, user: Learner, block: Block, answer: Answer, at: str) -> frozenset[str]:
        said = self.bare(answer)
        if block.makes == "user_skills.knowledge":
            tags = {row["key"]: [knowledge(row)] for row in said["rows"] if row["text"]}
            return _if(learn_tags(user, ExerciseSkill, block.key, tags, at), "user_skills")
        if block.makes == "testimonials":
            return _if(learn_testimonials(user, block.key, said, at), "testimonials", "contacts")
        return frozenset()

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row["key"], row["text"], row["fields"]) for row in self.bare(answer)["rows"] if row["text"])

    def summary(self, block: Block, answer: Answer) -> str:
        texts = [item.text for item in self.items(answer)]
        more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
        return ", ".join(texts[:3]) + more if texts else NOTHING_YET

    def long_form(self, block: Block, answer: Answer) -> str:
        extras = extras_of(block)
        return "\n".join(_in_words(row, extras) for row in self.bare(answer)["rows"])

    def show(self, block: Block, answer: Answer, given: Given, asked: Mapping[str, str]) -> ListView:
        rows = list(answer.get("rows", []))
        rows += [self.blank_row() for _ in range(self._shown(block, rows) - len(rows))]
        extras = extras_of(block)
        removed = (answer.get("removed") or {}).get("row") or {}
        return ListView(
            line=self.option(block, "line"),
            rows=tuple(_row_view(n, row, extras) for n, row in enumerate(rows)),
            has_extras=bool(extras),
            can_add=len(rows) < self._most(block),
            can_paste=bool(self.option(block, "paste")),
            can_move=bool(self.option(block, "reorder")) and len(self.items(answer)) > 1,
            count=_counted(len(self.items(answer)), self._most(block)),
            removed=removed.get("text") or ("The line" if removed else ""),
        )


def knowledge(row: Mapping[str, Any]) -> Tag:
    """The skill a line names: one of the library's things to know, or a word of one's own."""
    words = row["text"].casefold()
    for skill in library().skills:
        if skill.category == "knowledge" and words in {name.casefold() for name in (skill.name, *skill.synonyms)}:
            return Tag(skill.id, skill.name, "knowledge")
    return Tag(str(uuid.uuid5(OWN_SKILLS, row["key"])), row["text"], "knowledge", own=True)


# Reading


def _is_said(row: Sheet) -> bool:
    return any(value.strip() for name, value in row.items() if name not in ("key", "given"))


def _pasted(text: str, rows: list[Sheet]) -> list[Sheet]:
    """A row for every line of `text` that is not yet there. The same line gives the same key."""
    known = {row.get("key") for row in rows}
    lines = dict.fromkeys(said for part in text.splitlines() if (said := line(part)))
    fresh = ({"key": "p" + sha256(said.encode()).hexdigest()[:11], "text": said} for said in lines)
    return [row for row in fresh if row["key"] not in known]


def _form_of(block: Block) -> type[Form]:
    fields = {extra.name: field_of(extra) for extra in extras_of(block)}
    row = type("Row", (RowForm,), {"fields": FormField(type("Fields", (Form,), fields))})
    return type("Rows", (Form,), {"rows": FieldList(FormField(row))})


def _as_posted(fields: Sheet, prefix: str) -> Posted:
    return Posted({prefix + name: value for name, value in fields.items()})


def _told_twice(answer: Answer) -> list[Problem]:
    keys = [row["key"] for row in answer["rows"]]
    return (
        [] if len(set(keys)) == len(keys) else [Problem("", "One line arrived twice. Load the page again, then save.")]
    )


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in (row.get("fields") or {}).items() if value not in ("", None)}
    bare = {"key": row["key"], "text": row.get("text") or "", "fields": fields}
    return {**bare, "given": True} if row.get("given") else bare


# Rows that a connection brings


def _given_row(item: Item) -> dict[str, Any]:
    return {"key": item.key, "text": line(item.text), "fields": {}, "given": True}


def _reworded(row: dict[str, Any], now: Mapping[str, str]) -> dict[str, Any]:
    return {**row, "text": now.get(row["key"]) or row["text"]} if row.get("given") else row


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


def _row_view(n: int, row: Mapping[str, Any], extras: tuple[Extra, ...]) -> RowView:
    text = row.get("text") or ""
    return RowView(
        key=row["key"],
        text=text,
        named=text or f"line {n + 1}",
        is_given=bool(row.get("given")),
        room=near_limit(text, LINE_LIMIT),
        extras=tuple(view_of(extra, (row.get("fields") or {}).get(extra.name)) for extra in extras),
    )


def _if(changed: bool, *nouns: str) -> frozenset[str]:
    return frozenset(nouns) if changed else frozenset()


tool = ListBuilder()
