"""Tagging: which skills one thing took, one thing at a time.

An answer is `{"rows": [{"key", "text", "tags": [{"skill", "name", "category", "own", "offered"}]}]}`; `now` is the
thing worked on last. A page posts the ids of ticked skills, and
own words whole; the library names the others.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from wtforms import BooleanField, Field, FieldList, Form, FormField

from dreamtree.content.book import Block
from dreamtree.content.library import Library
from dreamtree.db import new_id
from dreamtree.tools.base import NAME_LIMIT, Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.fields import KEY, NUL_MESSAGE, Key, Line, OneOf, as_line, first_line, own_fields, too_long
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.lines import Row, has_twins, rows_in
from dreamtree.tools.skill_tagger.tagging import (
    GENERAL,
    IN_GENERAL,
    KINDS,
    Subject,
    TaggerView,
    offering,
    posted_place,
    subject,
    tags_of,
    whole_tag,
)
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Answer, Item

TAG_LIMIT = 40
SUBJECT_LIMIT = 60
SOURCE = "skills_library"


class Ticked(Field):
    """The ids that were ticked, each once, in the order they stand on the page."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(valuelist))
        if not all(KEY.fullmatch(one) for one in self.data):
            raise ValueError("A skill did not arrive whole. Load the page again.")


class OwnWord(Form):
    """A skill in the person's own words; `offered` when the library may have it too."""

    skill = Key()
    name = Line(NAME_LIMIT)
    category = OneOf(KINDS)
    offered = BooleanField()


class SubjectRow(Form):
    """A thing that skills are named for: ids that were ticked, and own words."""

    key = Key()
    skills = Ticked()
    own = FieldList(FormField(OwnWord))


class TaggerForm(Form):
    """The things that were on the page."""

    rows = FieldList(FormField(SubjectRow))


class SkillTagger(Tool):
    """Skills named for each of several things, from the library or in one's own words."""

    kind = "skill-tagger"
    minutes_each = 3
    wants_own_skills = True
    chosen = frozenset({"skill", "category"})
    form = TaggerForm
    options: ClassVar[Mapping[str, Any]] = {
        "category": "",
        "enough": 1,
        "offer": 5,
        "about": (),
        "rows_of": (),
        "browse": False,
    }
    accepts = {
        "rows": frozenset({"experiences", "soared_stories", "testimonials"}),
        "offer": frozenset({"personality_type"}),
    }
    readonly_actions = frozenset({"find", "more"})

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        answer, problems = super().read(block, posted)
        rows = answer["rows"]
        if (over := len(rows) - SUBJECT_LIMIT) > 0:
            problems.append(Problem("", f"Skills for {SUBJECT_LIMIT} things fit here. Take {in_words(over)} out."))
        if has_twins(rows):
            problems.append(Problem("", "One thing is on this page twice. Load the page again."))
        if (over := max((len(row["tags"]) for row in rows), default=0) - TAG_LIMIT) > 0:
            problems.append(Problem("", _too_many(over)))
        return answer, [*problems, *_cannot_keep(block, answer, posted)]

    def from_form(self, block: Block, form: Form) -> Answer:
        rows = [{"key": row["key"], "tags": _posted_tags(row)} for row in form.data["rows"]]
        return {"rows": [row for row in rows if row["tags"]]}

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        return not tags_of(row)

    def form_part(self, answer: Answer) -> Answer:
        rows = [{"key": row["key"], "tags": [_bare_tag(tag) for tag in tags_of(row)]} for row in _tagged(answer)]
        return {"rows": rows}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        known = {row["key"]: row for row in rows_in(stored or {}, "rows")}
        names = {tag["skill"]: tag for row in known.values() for tag in tags_of(row)}
        tags = {row["key"]: _dressed(row["tags"], inputs.library, names) for row in bare["rows"]}
        rows = [{"key": key, "text": _words_of(key, known), "tags": named} for key, named in tags.items()]
        kept = {name: value for name, value in (stored or {}).items() if name != "now"}
        return self.with_live_rows(block, {**kept, "rows": rows}, inputs)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        enough = int(self.option(block, "enough"))
        count = sum(len(tags_of(row)) for row in _tagged(answer))
        if count >= enough:
            return []
        if enough == 1:
            return [Problem("", "Tick at least one skill, or keep a word of your own.")]
        far = f"{begun(in_words(count))} so far." if count else "None so far."
        return [Problem("", f"{far} {begun(in_words(enough))} skills in all are enough to go on.")]

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        tagged = {row["key"]: row for row in _tagged(answer)}
        live = {item.key: item for item in inputs.rows if KEY.fullmatch(item.key)}
        rows = [{"key": key, "text": item.text, "tags": tags_of(tagged.get(key, {}))} for key, item in live.items()]
        rows += [{**row, "tags": tags_of(row)} for key, row in tagged.items() if key not in live]
        room = SUBJECT_LIMIT - len(tagged)
        kept = []
        for row in rows:
            room -= not row["tags"]
            kept += [row] if row["tags"] or room >= 0 else []
        return {**answer, "rows": kept}

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in _tagged(answer))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        if item.fields.get("ways"):
            return answer
        rows = rows_in(answer, "rows")
        if all(row["key"] != item.key for row in rows):
            return {**answer, "rows": [*rows, {"key": item.key, "text": item.text, "tags": []}]}
        return {**answer, "rows": [{**row, "text": item.text} if row["key"] == item.key else row for row in rows]}

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        if button.verb == "keep":
            return {
                **self._with_own(block, answer, button.argument, button.posted, button.inputs),
                "now": button.argument,
            }
        if button.verb not in ("remove", "undo"):
            raise UnknownButton(button.verb)
        return buttons.act(answer, "rows", button.verb, button.argument, self.blank_row)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(
            Item(row["key"], str(row.get("text") or ""), {"tags": tuple(tags_of(row))}) for row in _tagged(answer)
        )

    def summary(self, block: Block, answer: Answer) -> str:
        names = list(dict.fromkeys(tag["name"] for row in _tagged(answer) for tag in tags_of(row)))
        if not names:
            return "No skills named yet"
        rest = len(names) - 3
        return listed([*names[:3], f"{in_words(rest)} more"] if rest > 0 else names)

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n\n".join(_told(row) for row in _tagged(answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> TaggerView:
        whole = self.with_live_rows(block, answer, inputs)
        items = {item.key: item for item in inputs.rows}
        rows = _on_page(block, whole["rows"], items)
        makes = offering(inputs, self._category(block), int(self.option(block, "offer")), whole)
        shown = [subject(row, n, items.get(row["key"]), makes, asked) for n, row in enumerate(rows)]
        gone = {row["key"] for row in rows if _is_gone(block, row["key"], items)}
        here = [one for one in shown if one.key not in gone]
        return TaggerView(
            subjects=_placed(here, str(answer.get("now") or "")),
            gone=tuple(replace(one, is_gone=True) for one in shown if one.key in gone),
            is_single=len(here) == 1 and not _has_source(block),
            kinds=tuple((kind.value, kind.label) for kind in KINDS),
            count=_enough(self.incomplete(block, whole)),
            browse=self._browse(block),
            removed=first_line(str(_removed(answer).get("text") or ""), 80),
        )

    def _category(self, block: Block) -> str:
        """The kind of skill this block asks for: its option, or what its library connection filters; "" is any."""
        filters = (one.filter.get("category", "") for one in block.connections if one.source == SOURCE)
        return str(self.option(block, "category") or next(filters, ""))

    def _browse(self, block: Block) -> str:
        """The address of *Browse by kind of work*, unless the block itself already links there."""
        if not self.option(block, "browse") or any(one.source == SOURCE for one in block.connections):
            return ""
        return f"/reference/skills?category={self._category(block) or KINDS[0].value}"

    def _with_own(self, block: Block, answer: Answer, key: str, posted: Posted, inputs: Inputs) -> Answer:
        """The answer with the typed words as a skill: the library's or one's own that is called so, else a new one."""
        fields = own_fields(posted, f"{block.key}:")
        at = posted_place(fields, key)
        words = as_line(fields.get(f"find-{at}"))
        if at is None or not words or len(words) > NAME_LIMIT:
            return answer
        rows = rows_in(answer, "rows")
        if key == GENERAL and all(row["key"] != key for row in rows):
            rows.append({"key": GENERAL, "text": IN_GENERAL, "tags": []})
        kind = fields.get(f"kind-{at}")
        tag = whole_tag({"skill": new_id(), "name": words, "category": kind or self._category(block), "own": True})
        tag |= {"offered": bool(fields.get(f"offer-{at}"))} | _same(rows, words) | _known(inputs, words)
        return {**answer, "rows": [_with_tag(row, tag) if row["key"] == key else row for row in rows]}


def _posted_tags(row: Mapping[str, Any]) -> list[Row]:
    own = {one["skill"]: one for one in row["own"] if as_line(one["name"])}
    ticked = row["skills"] or ()
    return [whole_tag({**own[one], "own": True}) if one in own else {"skill": one} for one in ticked]


def _bare_tag(tag: Mapping[str, Any]) -> Row:
    return dict(tag) if tag.get("own") else {"skill": tag["skill"]}


def _dressed(tags: list[Row], library: Library, stored: Mapping[str, Row]) -> list[Row]:
    """Tags with names and kinds; ids that neither the library nor the answer knows are left out."""
    whole = []
    for tag in tags:
        known = library.skill(tag["skill"])
        if known:
            whole.append(whole_tag({"skill": known.id, "name": known.name, "category": known.category}))
        elif tag.get("own"):
            whole.append(whole_tag(tag))
        elif tag["skill"] in stored:
            whole.append(stored[tag["skill"]])
    return whole


def _cannot_keep(block: Block, answer: Answer, posted: Posted) -> list[Problem]:
    """What forbids keeping the words typed, when *Keep my words* was pressed."""
    pressed = posted.get("do", "")
    prefix = f"{block.key}|keep|"
    fields = own_fields(posted, f"{block.key}:")
    key = pressed.removeprefix(prefix)
    at = posted_place(fields, key)
    if not pressed.startswith(prefix) or at is None:
        return []
    typed = fields.get(f"find-{at}", "")
    told = NUL_MESSAGE if "\0" in typed else too_long(as_line(typed), NAME_LIMIT)
    told = told or ("" if as_line(typed) else "Type your words here first, then keep them.")
    full = any(row["key"] == key and len(row["tags"]) >= TAG_LIMIT for row in answer["rows"])
    told = told or (_too_many(1) if full else "")
    return [Problem(f"find-{at}", told)] if told else []


def _too_many(over: int) -> str:
    return f"{TAG_LIMIT} skills for one thing fit here. Untick {in_words(over)}."


def _same(rows: list[Row], words: str) -> Row:
    """The id under which these words are kept already."""
    every = (tag for row in rows for tag in tags_of(row) if tag["own"])
    return next(({"skill": tag["skill"]} for tag in every if tag["name"].casefold() == words.casefold()), {})


def _known(inputs: Inputs, words: str) -> Row:
    """What the library, or the person in another block, has under these words already."""
    if skill := inputs.library.named(words):
        return whole_tag({"skill": skill.id, "name": skill.name, "category": skill.category})
    return next(({"skill": one.key} for one in inputs.own if one.text.casefold() == words.casefold()), {})


def _with_tag(row: Row, tag: Row) -> Row:
    tags = tags_of(row)
    return row if any(one["skill"] == tag["skill"] for one in tags) else {**row, "tags": [*tags, tag]}


def _tagged(answer: Answer) -> list[Row]:
    return [row for row in rows_in(answer, "rows") if tags_of(row)]


def _words_of(key: str, known: Mapping[str, Row]) -> str:
    return str(known.get(key, {}).get("text") or (IN_GENERAL if key == GENERAL else ""))


def _has_source(block: Block) -> bool:
    return bool(block.options.get("rows_of")) or block.has_rows


def _is_gone(block: Block, key: str, items: Mapping[str, Item]) -> bool:
    return _has_source(block) and key not in items and key != GENERAL


def _on_page(block: Block, rows: list[Row], items: Mapping[str, Item]) -> list[Row]:
    """The rows to show; one to fill by hand when nothing else can be answered."""
    if any(not _is_gone(block, row["key"], items) for row in rows):
        return rows
    return [{"key": GENERAL, "text": IN_GENERAL, "tags": []}, *rows]


def _placed(subjects: list[Subject], now: str) -> tuple[Subject, ...]:
    """Which thing is open: those asked about, or the one worked on last, or the first without skills."""
    is_open = [one.is_open for one in subjects]
    if not any(is_open):
        is_open = [one.key == now for one in subjects]
    if not any(is_open):
        first = next((one.index for one in subjects if not one.chosen), None)
        is_open = [one.index == first for one in subjects]
    total = len(subjects)
    return tuple(
        replace(one, is_open=is_open[n], progress=f"{n + 1} of {total} · {one.progress}" if total > 1 else one.progress)
        for n, one in enumerate(subjects)
    )


def _enough(problems: list[Problem]) -> str:
    return problems[0].message if problems else ""


def _removed(answer: Answer) -> Row:
    removed = answer.get("removed")
    row = removed.get("row") if isinstance(removed, dict) else None
    return row if isinstance(row, dict) else {}


def _told(row: Row) -> str:
    names = [f"– {tag['name']}{' (my own words)' if tag['own'] else ''}" for tag in tags_of(row)]
    return "\n".join([f"{first_line(str(row.get('text') or ''), 200) or 'Something taken out since'}:", *names])


tool = SkillTagger()
