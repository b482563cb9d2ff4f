"""Ranking: up to twenty things put in order by one question, one after another, two at a time or by hand.

An answer is `{"items": [{"key", "text"}], "way": one|two|hand, "log": [operations], "order": [keys], "done": bool}`;
rows added by hand have `own`, rows that joined after the first comparison `late`. With the option `items` the exercise
names them all. The page posts the items only (by hand their numbers too): buttons add operations to the stored log, see
`ordering`, so two pages never contradict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.text import as_line
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest
from dreamtree.tools.ranking_grid import answering
from dreamtree.tools.ranking_grid.answering import rules_of, settled, standing_of
from dreamtree.tools.ranking_grid.items import (
    ITEM_LIMIT,
    Ranked,
    Ranking,
    joined,
    named_by,
    typed_order,
)
from dreamtree.tools.ranking_grid.view import RankingView, view_of
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.moving import MOVES
from dreamtree.tools.rows.row_tool import RowsAnswerTool, without
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.rows.typed_skills import lesson_marks, typed_skills, with_known_skills
from dreamtree.tools.skill_changes import SkillChange
from dreamtree.values import Answer, Item


class RankingGrid(RowsAnswerTool[Ranked, Ranking]):
    """Things in order. The first ones come as a draft, or the exercise names them all."""

    kind = "ranking-grid"
    has_results = True
    minutes = 5
    chosen = frozenset({"way", "order", "place"})
    rows = Rows(Ranked, unmarked="live")
    answer = Ranking
    row_list = "items"
    most = ITEM_LIMIT
    keeps_empty = True
    needs_words = True
    buttons = frozenset(
        {"add", "remove", "undo", *MOVES, "places", "way", "order", "over", "level", "next", "rest", "in"}
    )
    finishing = dict.fromkeys(("order", "over", "level", "next", "rest", "in"), "undo|log")
    full = "You can rank up to {most}. Remove {over}."
    twice = "One thing is on this page twice. Reload the page."
    options: ClassVar[Mapping[str, Any]] = {
        "ask": "",
        "top": ITEM_LIMIT,
        "way": "one",
        "category": "transferable",
        "items": (),
    }
    accepts = {"draft": ANY_SOURCE}
    follows = frozenset({"draft"})

    # How it begins, and what is posted

    def empty(self, block: Block) -> Answer:
        return self.store(Ranking(named_by(block), way=rules_of(block).way))

    def start(self, block: Block, inputs: Inputs) -> Answer:
        drafted = tuple(Ranked(item.key, "live", words) for item in inputs.draft if (words := as_line(item.text)))
        rows = named_by(block) or drafted
        return self.store(settled(Ranking(rows[:ITEM_LIMIT], way=rules_of(block).way), rules_of(block)))

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """The items, with their order where a page by hand says another than it showed."""
        part, problems = super().read(block, posted)
        order, no_places = typed_order(posted, f"{block.key}:")
        return {**part, **({"order": order} if order else {})}, [*problems, *no_places]

    def form_part(self, answer: Answer) -> Answer:
        rows = [row for row in self.load(answer).rows if row.text]
        return self.stored_rows(self.form_rows(rows), only_posted=True)

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        answer = super().merge_posted(block, part, stored or self.start(block, inputs), inputs)
        after, order = self.load(answer), part.get("order")
        if not order or order == after.ordered:
            return answer
        return self.store(answering.in_order(after, rules_of(block), order))

    def merged(self, block: Block, posted: Sequence[Ranked], before: Ranking, inputs: Inputs) -> Ranking:
        whole, rules = super().merged(block, posted, before, inputs), rules_of(block)
        rows, way = named_by(block) or [row for row in whole.rows if row.text], before.way or rules.way
        return settled(replace(whole, rows=joined(rows, before), way=way), rules)

    def settled(self, block: Block, answer: Ranking, inputs: Inputs) -> Ranking:
        rows = with_known_skills(block, merging.as_brought(answer.rows, inputs.draft), inputs)
        return settled(replace(answer, rows=rows), rules_of(block))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        ranking = self.load(answer)
        if not ranking.things:
            return [Problem("", "Add what you want to put in order.")]
        words = answering.still_open(ranking, rules_of(block))
        return [Problem("", words)] if words else []

    # What connections give

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {}

    def words_besides(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return merging.item_words(inputs.draft)

    def followed(self, block: Block, answer: Ranking, inputs: Inputs) -> Ranking:
        fixed = named_by(block)
        rows = joined(fixed, answer) if fixed else merging.reworded(answer.rows, self.words(block, inputs))
        return replace(answer, rows=tuple(rows))

    def used(self, answer: Answer) -> frozenset[str]:
        things = self.load(answer).things
        return frozenset(row.key for row in things) | typed_skills(things)

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        ranking = self.load(answer)
        if item.key in typed_skills(ranking.things):
            return answer
        rows = merging.taken_in(ranking.things, Ranked(item.key, "live", as_line(item.text), bool(ranking.log)))
        if len(rows) > max(ITEM_LIMIT, len(ranking.things)):
            return answer
        return self.store(settled(replace(ranking, rows=tuple(rows)), rules_of(block)))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return self.store(self._taken_out(block, self.load(answer), key))

    def follow_skill(self, block: Block, answer: Ranking, change: SkillChange) -> Ranking:
        """Also in what was answered: a skill under another key keeps its place."""
        after = super().follow_skill(block, answer, change)
        if after == answer:
            return answer
        after_keys = set(after.words)
        mine = next((row.key for row in answer.things if row.key in change.keys - after_keys), "")
        fresh = next(iter(after_keys - set(answer.words)), mine)
        order = tuple(fresh if key == mine else key for key in answer.order)
        log = [[fresh if word == mine else word for word in operation] for operation in answer.log]
        return settled(replace(after, order=order, log=log), rules_of(block))

    # Buttons

    def pressed(self, block: Block, answer: Ranking, button: Button) -> Ranking:
        rules = rules_of(block)
        match button.verb:
            case "add":
                return self.with_one_more(block, answer, button.inputs)
            case "remove":
                return self._taken_out(block, answer, button.argument)
            case "undo":
                return answering.stepped_back(answer, rules, button.argument)
            case "way":
                return answering.in_way(answer, rules, button.argument)
            case "order" | "up" | "down" | "top":
                return answering.moved(answer, rules, button.verb, button.argument)
            case "places":
                return answer
            case _:
                return answering.answered(answer, rules, button.verb, button.argument)

    def with_one_more(self, block: Block, answer: Ranking, inputs: Inputs) -> Ranking:
        """One empty row more, as long as there is room."""
        fits_one_more = len(answer.things) < ITEM_LIMIT and not named_by(block)
        return replace(answer, rows=(*answer.rows, self.blank())) if fits_one_more else answer

    def _taken_out(self, block: Block, ranking: Ranking, key: str) -> Ranking:
        return ranking if named_by(block) else settled(without(ranking, key), rules_of(block))

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The places decided, the first first; then what was typed and has none yet."""
        ranking, rules = self.load(answer), rules_of(block)
        rows, ranks = {row.key: row for row in ranking.things}, standing_of(ranking, rules).ranks(rules.top)
        typed = {key: None for key, row in rows.items() if not row.is_live and key not in ranks}
        return tuple(
            Item(key, rows[key].text, {"rank": rank, "position": rank, **lesson_marks(rows[key])})
            for key, rank in {**ranks, **typed}.items()
        )

    def items(self, answer: Answer) -> tuple[Item, ...]:
        ranking = self.load(answer)
        return tuple(Item(key, ranking.words[key], {"place": place}) for place, key in enumerate(ranking.ordered, 1))

    def rest(self, block: Block, answer: Answer) -> Rest:
        return answering.at_rest(self.load(answer), rules_of(block))

    def summary(self, block: Block, answer: Answer) -> str:
        return answering.in_a_line(self.load(answer), rules_of(block))

    def long_form(self, block: Block, answer: Answer) -> str:
        return "\n".join(answering.in_lines(self.load(answer), rules_of(block)))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> RankingView:
        stored = self.load(answer)
        ranking = replace(self.followed(block, stored, inputs), way=stored.way or rules_of(block).way)
        if not stored.things and not named_by(block):
            ranking = replace(ranking, rows=tuple(row for row in ranking.rows if row.is_own) or (self.blank(),))
        return view_of(block, ranking, drafted=len(inputs.draft))


tool = RankingGrid()
