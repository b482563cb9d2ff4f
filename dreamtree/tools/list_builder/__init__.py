"""A list of up to fifty lines, with the further fields its exercise names.

An answer is `{"rows": [{"key", "text", "fields": {name: value}}]}`. A line that a connection brought as a draft has
`given`. One that is an item of a connection that gives rows has `live`: it posts its key and fields only, and is an
answer once a field is filled in. One picked from the short list (option `pick`) has `kind`, the value of the pick.
With the option `slots` the lines are those that it names, by their values; one whose words an offered idea gave has
`idea`, the key of that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.text import as_line
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest
from dreamtree.tools.list_builder.extras import chosen_from, extras_of, with_choices
from dreamtree.tools.list_builder.lines import ListAnswer, ListLine, fields_of
from dreamtree.tools.list_builder.picks import picks_left, picks_of
from dreamtree.tools.list_builder.slots import (
    in_slot_after,
    in_slots,
    offered,
    open_slots,
    settled_in,
    slots_of,
    with_idea,
    without_idea,
)
from dreamtree.tools.list_builder.view import ListView, row_views, slot_views
from dreamtree.tools.list_builder.words import counted, in_words, open_in, rest_line, too_few
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.made_keys import own_keys, pasted_rows, picked_rows
from dreamtree.tools.rows.posted import posted_rows
from dreamtree.tools.rows.row_tool import RowsAnswerTool
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.wording import first_few
from dreamtree.values import Answer, Item


class ListBuilder(RowsAnswerTool[ListLine, ListAnswer]):
    """Lines typed, pasted, picked from a short list, drafted or live from a connection."""

    kind = "list-builder"
    has_results = True
    rows = Rows(ListLine)
    answer = ListAnswer
    unknown = "Something you've removed"
    buttons = RowsAnswerTool.buttons | {"use"}
    options: ClassVar[Mapping[str, Any]] = {
        "line": "Line",
        "fields": (),
        "max": 50,
        "enough": 1,
        "paste": True,
        "reorder": True,
        "pick": (),
        "slots": (),
        "all_whole": True,
    }
    """`all_whole`: every line needs the fields that are required; else as many lines as are enough need them."""
    accepts = {"rows": ANY_SOURCE, "draft": ANY_SOURCE, "offer": frozenset({"career_ideas", "career_options"})}
    follows = frozenset({"rows", "draft", "offer"})

    # Reading

    def posted(self, block: Block, posted: Posted) -> list[Posted]:
        """What the lines, the ticks and the pasted text say together: none is lost, whatever button follows."""
        prefix = f"{block.key}:"
        if slots_of(block):
            return posted_rows(posted, prefix)
        rows = super().posted(block, posted)
        rows += pasted_rows(posted.get(f"{prefix}paste", ""), rows) if self.option(block, "paste") else []
        return rows + picked_rows(posted.getlist(f"{prefix}pick"), picks_of(block), rows)

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        answer, problems = super().read(block, posted)
        picks = {one.value for one in picks_of(block)}
        is_strange = set(posted.getlist(f"{block.key}:pick")) - picks
        strange = [Problem("pick", "Check only what's on the list.")] if is_strange else []
        rows = [row if row.kind in picks else replace(row, kind="") for row in self.load(answer).rows]
        rows = settled_in(slots_of(block), rows) if slots_of(block) else rows
        return self.store(ListAnswer(tuple(rows))), [*strange, *problems]

    def whole(
        self, block: Block, posted: Sequence[ListLine], stored: Sequence[ListLine], inputs: Inputs
    ) -> list[ListLine]:
        return own_keys(super().whole(block, posted, stored, inputs), block.key, inputs)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        rows, extras = self.filled_rows(answer), extras_of(block)
        if slots := slots_of(block):
            return open_slots(slots, rows)
        left = [found for n, row in enumerate(rows) if row.text and (found := open_in(n, row, extras))]
        whole = sum(bool(row.text) for row in rows) - len(left)
        if not self.option(block, "all_whole"):
            left = left[: max(0, self.enough(block) - whole)]
        open_ = [problem for found in left for problem in found]
        unnamed = [
            Problem(f"rows-{n}-text", "Say what this line is about.") for n, row in enumerate(rows) if not row.text
        ]
        named = sum(bool(row.text) for row in rows)
        problems = [*unnamed, *open_, *too_few(self.enough(block), named, self.option(block, "line"))]
        return [Problem("", one.message) for one in problems] if block.has_rows else problems

    # What connections give

    def start(self, block: Block, inputs: Inputs) -> Answer:
        drafted = merging.item_words(inputs.copied[: self.limit(block)])
        return self.store(ListAnswer(tuple(ListLine(key, "given", text) for key, text in drafted.items())))

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return super().live(block, inputs) if block.has_rows else {}

    def followed(self, block: Block, answer: ListAnswer, inputs: Inputs) -> ListAnswer:
        """Drafted lines too have their words as they are upstream now."""
        now = merging.item_words(inputs.copied)
        rows = [row if row.is_live else merging.reworded([row], now)[0] for row in answer.rows]
        names = {**answer.names, **chosen_from(inputs, extras_of(block))}
        return super().followed(block, replace(answer, rows=tuple(rows), names=names), inputs)

    def settled(self, block: Block, answer: ListAnswer, inputs: Inputs) -> ListAnswer:
        """Of live lines, those in which something was said are stored; of names, those of what was chosen."""
        chosen = {str(one) for row in answer.rows for one in row.fields.values()}
        names = {**answer.names, **chosen_from(inputs, extras_of(block))}
        return replace(answer, names={key: words for key, words in names.items() if key in chosen})

    def arranged(self, rows: Sequence[ListLine], fresh: Sequence[ListLine]) -> list[ListLine]:
        taken = {row.key for row in rows if not row.is_live}
        return merging.live_first(rows, [row for row in fresh if row.key not in taken])

    def stays(self, row: ListLine) -> bool:
        return row.is_filled

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        whole, words = self.load(answer), as_line(item.text)
        if slots_of(block):
            return answer
        if any(row.key == item.key for row in whole.rows):
            rows = [row if row.is_live else merging.reworded([row], {item.key: words})[0] for row in whole.rows]
            return self.store(replace(whole, rows=tuple(rows)))
        if block.has_rows or len(whole.rows) >= self.limit(block):
            return answer
        return self.store(replace(whole, rows=(*whole.rows, ListLine(item.key, "given", words))))

    def used(self, answer: Answer) -> frozenset[str]:
        return super().used(answer) | {row.idea for row in self.filled_rows(answer) if row.idea}

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        if not slots_of(block):
            return super().drop_upstream(block, answer, key)
        whole = self.load(answer)
        return self.store(replace(whole, rows=tuple(without_idea(whole.rows, key))))

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        return answer if button.verb in ("paste", "pick") else super().act(block, answer, button)

    def pressed(self, block: Block, answer: ListAnswer, button: Button) -> ListAnswer:
        slots = slots_of(block)
        if button.verb != "use":
            return answer if slots else super().pressed(block, answer, button)
        return replace(answer, rows=tuple(with_idea(answer.rows, slots, button.argument, offered(button.inputs))))

    def filled_up(self, block: Block, rows: Sequence[ListLine], more: int = 0) -> list[ListLine]:
        slots = slots_of(block)
        return in_slots(slots, rows) if slots else super().filled_up(block, rows, more)

    def ends_blank(self, block: Block, posted: Posted) -> bool:
        return not slots_of(block) and super().ends_blank(block, posted)

    def entered(self, block: Block, posted: Posted) -> str:
        rows = posted_rows(posted, f"{block.key}:")
        is_next = bool(rows) and bool(rows[-1].get("text", "").strip()) and not extras_of(block)
        return "add|rows" if is_next and len(rows) < self.limit(block) else ""

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The line that was added; after Enter the first one to fill in; what an idea leaves to say."""
        if button.verb == "use":
            return in_slot_after(block, button.argument)
        if button.verb != "enter" or extras_of(block):
            return super().goes_on_at(block, answer, button)
        rows = self.filled_up(block, self.followed(block, self.load(answer), button.inputs).rows)
        return next((f"rows-{n}-text" for n, row in enumerate(rows) if not row.text), "")

    # What it gives on

    def items(self, answer: Answer) -> tuple[Item, ...]:
        names = self.load(answer).names
        return tuple(Item(row.key, row.text, fields_of(row, names)) for row in self.filled_rows(answer) if row.text)

    def rest(self, block: Block, answer: Answer) -> Rest:
        extras = with_choices(extras_of(block), self.load(answer).names)
        return Rest(tuple(rest_line(row, extras) for row in self.filled_rows(answer) if row.text))

    def summary(self, block: Block, answer: Answer) -> str:
        return first_few([item.text for item in self.items(answer)]) or "Nothing on the list yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        extras = with_choices(extras_of(block), self.load(answer).names)
        return "\n".join(in_words(row, extras) for row in self.filled_rows(answer))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> ListView:
        whole = self.followed(block, self.load(answer), inputs)
        rows, extras = self.filled_up(block, whole.rows), with_choices(extras_of(block), whole.names)
        slots, named = slots_of(block), len(self.items(answer))
        is_full = bool(slots) or len(rows) >= self.limit(block)
        now = {item.key for item in inputs.rows}
        origins = _origins(block, inputs)
        shown = slot_views(rows, extras, slots) if slots else row_views(rows, extras)
        shown = [replace(one, origin=origins.get(one.key, "")) for one in shown]
        gone = [row for row in shown if now and row.is_live and row.key not in now]
        return ListView(
            line=self.option(block, "line"),
            rows=tuple(row for row in shown if row not in gone),
            gone=tuple(gone),
            picks=() if is_full else picks_left(block, rows),
            has_lines=bool(named),
            has_extras=bool(extras),
            has_choices=any(extra.kind == "choice" for extra in extras),
            can_add=not is_full,
            can_paste=bool(self.option(block, "paste")),
            can_move=bool(self.option(block, "reorder") and not block.has_rows and not slots) and named > 1,
            count=counted(named, self.limit(block)),
            removed=self.removed_words(answer),
            ideas=tuple(offered(inputs).items()) if slots else (),
        )


def _origins(block: Block, inputs: Inputs) -> dict[str, str]:
    """Key → what a draft shows of each of its items besides their words."""
    fields = [name for one in block.connections if one.gives == "draft" for name in one.fields]
    details = ((item.key, [str(item.fields.get(name) or "") for name in fields]) for item in inputs.copied)
    return {key: " · ".join(filter(None, words)) for key, words in details}


tool = ListBuilder()
