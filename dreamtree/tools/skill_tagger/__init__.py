"""Tagging: which skills one thing took, one thing at a time.

An answer is `{"rows": [{"key", "text", "tags": [{"skill", "name", "category", "own", "offered"}]}]}`; `now` is the
thing worked on last. A page posts the ids of ticked skills, and own words whole; the library names the others.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.profile.skills import GENERAL
from dreamtree.text import isolated
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest, RestLine
from dreamtree.tools.fields import KEY, first_line
from dreamtree.tools.posting import posted_of
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.posted import ROW_NUMBER, posted_rows
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.rows.typed_skills import OwnSkills
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.tools.skill_tagger.own_words import TAG_LIMIT, cannot_keep, too_many, with_typed_words
from dreamtree.tools.skill_tagger.tags import (
    IN_GENERAL,
    KINDS,
    SkillTag,
    Tagged,
    Tagging,
    as_posted,
    drafted_key,
    fields_on_page,
    store_tags,
    with_changed_tag,
    with_names,
    with_own_names,
    with_tag,
    without_drafted,
)
from dreamtree.tools.skill_tagger.view import TaggerView, in_lines, offering, placed, rest_line, subject
from dreamtree.tools.wording import enough_words, in_words, listed
from dreamtree.values import Answer, Item

SOURCE = "skills_library"


class SkillTagger(RowsAnswerTool[Tagged, Tagging]):
    """Skills named for each of several things, from the library or in one's own words."""

    kind = "skill-tagger"
    has_results = True
    minutes_each = 3
    wants_own_skills = True
    chosen = frozenset({"skill", "category"})
    rows = Rows(Tagged, unmarked="live", marks=(), keeps_numbers=True)
    answer = Tagging
    most = 60
    unknown = ""
    buttons = frozenset({"remove", "undo", "keep"})
    full = "There's room for {most} things here. Remove {over}."
    twice = "One thing is on this page twice. Reload the page."
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
        "draft": frozenset({"skill_evidence"}),
        "offer": frozenset({"personality_type"}),
    }
    readonly_actions = frozenset({"find", "more"})

    # What is posted

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        answer, problems = super().read(block, posted)
        return answer, [*problems, *cannot_keep(block, self.load(answer).rows, posted)]

    def form_rows(self, rows: Sequence[Tagged]) -> list[Tagged]:
        return [as_posted(row) for row in super().form_rows(rows)]

    def posts(self, block: Block, answer: Answer) -> Posted:
        """The ids that are ticked, and own words whole."""
        rows = [fields_on_page(row) for row in self.stored_rows(self.form_rows(self.load(answer).rows))["rows"]]
        return posted_of(block, {"rows": rows})

    def unfit(self, block: Block, rows: Sequence[Tagged]) -> list[Problem]:
        over = max((len(row.tags) for row in rows), default=0) - TAG_LIMIT
        return [*super().unfit(block, rows), *([Problem("", too_many(over))] if over > 0 else [])]

    def merged(self, block: Block, posted: Sequence[Tagged], before: Tagging, inputs: Inputs) -> Tagging:
        """Also with the names of the skills; no thing is the one worked on last."""
        known = {tag.skill: tag for row in before.rows for tag in row.tags}
        named = [with_names(row, inputs.library, known) for row in posted]
        return replace(super().merged(block, named, before, inputs), now="")

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        enough, count = int(self.option(block, "enough")), sum(len(row.tags) for row in self.filled_rows(answer))
        if count >= enough:
            return []
        if enough == 1:
            return [Problem("", "Check at least one skill, or add one in your own words.")]
        return [Problem("", enough_words(enough, count, "skill", "skills in all", "Choose"))]

    # What connections give

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {item.key: item.text for item in inputs.rows if KEY.fullmatch(item.key)}

    def words_besides(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {GENERAL: IN_GENERAL}

    def arranged(self, rows: Sequence[Tagged], fresh: Sequence[Tagged]) -> list[Tagged]:
        return merging.fitting_rows(merging.live_first(rows, fresh), self.most)

    def stays(self, row: Tagged) -> bool:
        return row.is_filled

    def start(self, block: Block, inputs: Inputs) -> Answer:
        """The skills that were named for these things before, ticked."""
        answer = self.empty(block)
        for item in inputs.draft:
            answer = self.apply_upstream(block, answer, item)
        return answer

    def used(self, answer: Answer) -> frozenset[str]:
        """The things, and each skill that may have been named for one of them before."""
        rows = self.filled_rows(answer)
        return frozenset(row.key for row in rows) | {drafted_key(row, tag) for row in rows for tag in row.tags}

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        if item.fields.get("ways"):
            return answer
        whole, tag, thing = self.load(answer), item.fields.get("tag"), item.fields.get("subject", item.key)
        if tag is None:
            rows = merging.taken_in(whole.rows, self.live_row(thing, item.text))
            return self.store(replace(whole, rows=tuple(rows)))
        known = {row.key for row in whole.rows}
        things = whole.rows if thing in known else (*whole.rows, self.live_row(thing, ""))
        return self.store(replace(whole, rows=with_tag(things, thing, SkillTag(**tag))))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        """Without a skill that is no longer named where it was drafted from, or without a whole thing."""
        whole = self.load(answer)
        if any(row.key == key for row in whole.rows):
            return super().drop_upstream(block, answer, key)
        return self.store(replace(whole, rows=without_drafted(whole.rows, key)))

    def skill_rows(self, rows: Sequence[Tagged], change: SkillChange) -> tuple[Tagged, ...]:
        return tuple(with_changed_tag(row, change) for row in rows)

    def with_own_names(self, block: Block, answer: Answer, own: Sequence[Item]) -> Answer:
        whole, known = self.load(answer), OwnSkills(own)
        rows = tuple(with_own_names(row, known) for row in whole.rows)
        return answer if rows == whole.rows else self.store(replace(whole, rows=rows))

    # Buttons

    def pressed(self, block: Block, answer: Tagging, button: Button) -> Tagging:
        if button.verb != "keep":
            return super().pressed(block, answer, button)
        rows = with_typed_words(block, answer.rows, button, self._category(block))
        return replace(answer, rows=rows, now=button.argument)

    def entered(self, block: Block, posted: Posted) -> str:
        """*Find*, for the first thing beside which something stands in the search box."""
        rows = posted_rows(posted, f"{block.key}:")
        asked = (row for row in rows if posted.get(f"{block.key}:find-{row[ROW_NUMBER]}", "").strip())
        return next((f"find|{row.get('key', '')}" for row in asked), "")

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The search box of the thing one is at."""
        items = {item.key: item for item in button.inputs.rows}
        rows = _on_page(block, self.followed(block, self.load(answer), button.inputs).rows, items)
        places = (n for n, row in enumerate(rows) if row.key == button.argument)
        return next((f"find-{n}" for n in places if button.verb in ("find", "keep")), "")

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        return tuple(Item(row.key, row.text, {"tags": tuple(store_tags(row.tags))}) for row in self.filled_rows(answer))

    def rest(self, block: Block, answer: Answer) -> Rest:
        rows = self.load(answer).rows
        if len(rows) == 1:
            return Rest(tuple(RestLine(tag.name) for tag in rows[0].tags))
        return Rest(tuple(rest_line(row) for row in rows))

    def summary(self, block: Block, answer: Answer) -> str:
        names = list(dict.fromkeys(isolated(tag.name) for row in self.filled_rows(answer) for tag in row.tags))
        rest = len(names) - 3
        return listed([*names[:3], f"{in_words(rest)} more"] if rest > 0 else names) or "No skills named yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n\n".join(in_lines(row) for row in self.filled_rows(answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> TaggerView:
        whole = self.followed(block, self.load(answer), inputs)
        items = {item.key: item for item in inputs.rows}
        rows = _on_page(block, whole.rows, items)
        makes = offering(
            inputs, self._category(block), int(self.option(block, "offer")), whole.rows, inputs.skill_pages
        )
        shown = [subject(row, n, items.get(row.key), makes, view_state) for n, row in enumerate(rows)]
        present = [one for one in shown if not _is_gone(block, one.key, items)]
        return TaggerView(
            subjects=placed(present, whole.now),
            gone=tuple(replace(one, is_gone=True) for one in shown if one not in present),
            is_single=len(present) == 1 and not _has_source(block),
            kinds=tuple((kind.value, kind.label) for kind in KINDS),
            count=next((one.message for one in self.incomplete(block, self.store(whole))), ""),
            browse=self._browse(block),
            removed=first_line(self.removed_words(answer, ""), 80),
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


def _has_source(block: Block) -> bool:
    return bool(block.options.get("rows_of")) or block.has_rows


def _is_gone(block: Block, key: str, items: Collection[str]) -> bool:
    return _has_source(block) and key not in items and key != GENERAL


def _on_page(block: Block, rows: Sequence[Tagged], items: Collection[str]) -> Sequence[Tagged]:
    """The rows to show; one to fill by hand when nothing else can be answered."""
    if any(not _is_gone(block, row.key, items) for row in rows):
        return rows
    return [Tagged(GENERAL, "live", IN_GENERAL), *rows]


tool = SkillTagger()
