"""Ranking: up to twenty things put in order by one question, one after another, two at a time or by hand.

An answer is `{"items": [{"key", "text"}], "way": one|two|hand, "log": [operations], "order": [keys], "done": bool}`;
rows added by hand have `own`, rows that joined after the first comparison `late`. With the option `items` the exercise
names them all. The page posts the items only (by hand their places too): buttons add operations to the stored log, see
`ordering`, so two pages never contradict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.tools.base import Button, Inputs, Problem, UnknownButton
from dreamtree.tools.fields import as_line
from dreamtree.tools.ordering.log import operation_of, shortened
from dreamtree.tools.ordering.pairs import Standing, most_questions, standing
from dreamtree.tools.ranking_grid.items import (
    ITEM_LIMIT,
    WAYS,
    Ranked,
    Ranking,
    joined,
    named_by,
    typed_order,
    with_place,
)
from dreamtree.tools.ranking_grid.view import RankingView, Terms, view_of
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.row_tool import MOVES, RowsAnswerTool, moved_key, undone, without
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Answer, Item


class RankingGrid(RowsAnswerTool[Ranked, Ranking]):
    """Things in order. The first ones come as a draft, or the exercise names them all."""

    kind = "ranking-grid"
    minutes = 5
    chosen = frozenset({"way"})
    rows = Rows(Ranked, unmarked="live")
    answer = Ranking
    row_list = "items"
    most = ITEM_LIMIT
    keeps_unsaid = True
    needs_words = True
    buttons = frozenset(
        {"add", "remove", "undo", *MOVES, "places", "way", "order", "over", "level", "next", "rest", "in"}
    )
    twice = "One thing is on this page twice. Reload the page."
    options: ClassVar[Mapping[str, Any]] = {
        "ask": "",
        "top": ITEM_LIMIT,
        "way": "one",
        "category": "transferable",
        "items": (),
    }
    accepts = {"draft": ANY_SOURCE}

    # How it begins, and what is posted

    def empty(self, block: Block) -> Answer:
        return self.store(Ranking(named_by(block), way=self._way(block)))

    def start(self, block: Block, inputs: Inputs) -> Answer:
        drafted = tuple(Ranked(item.key, "live", words) for item in inputs.draft if (words := as_line(item.text)))
        rows = named_by(block) or drafted
        return self.store(self._standing_now(block, Ranking(rows[:ITEM_LIMIT], way=self._way(block))))

    def too_many(self, block: Block, rows: Sequence[Ranked]) -> list[str]:
        over = len(rows) - ITEM_LIMIT
        return [f"You can rank up to {ITEM_LIMIT}. Take {over} out."] if over > 0 else []

    def form_rows(self, rows: Sequence[Ranked]) -> list[Ranked]:
        return [with_place(row) for row in super().form_rows(rows)]

    def form_part(self, answer: Answer) -> Answer:
        ranking = self.load(answer)
        places = ranking.by_hand
        rows = [replace(row, place=places.get(row.key), was=places.get(row.key)) for row in ranking.things]
        return self.stored_rows(self.form_rows(rows), only_posted=True)

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        return super().merge_posted(block, bare, stored or self.start(block, inputs), inputs)

    def merged(self, block: Block, posted: Sequence[Ranked], before: Ranking, inputs: Inputs) -> Ranking:
        """Also in the order that a page by hand says."""
        whole = super().merged(block, posted, before, inputs)
        rows, way = named_by(block) or [row for row in whole.rows if row.text], before.way or self._way(block)
        after = self._standing_now(block, replace(whole, rows=joined(rows, before), way=way))
        order = typed_order(posted)
        return self._in_order(block, after, order) if order and order != after.ordered else after

    def settled(self, block: Block, answer: Ranking, inputs: Inputs) -> Ranking:
        return answer

    # What connections give

    def live(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return {}

    def words(self, block: Block, inputs: Inputs) -> dict[str, str]:
        return merging.words_in(inputs.draft)

    def followed(self, block: Block, answer: Ranking, inputs: Inputs) -> Ranking:
        fixed = named_by(block)
        rows = joined(fixed, answer) if fixed else merging.reworded(answer.rows, self.words(block, inputs))
        return replace(answer, rows=tuple(rows))

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(self.load(answer).words)

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        ranking = self.load(answer)
        rows = merging.taken_in(ranking.things, Ranked(item.key, "live", as_line(item.text), bool(ranking.log)))
        if len(rows) > max(ITEM_LIMIT, len(ranking.things)):
            return answer
        return self.store(self._standing_now(block, replace(ranking, rows=tuple(rows))))

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        return self.store(self._taken_out(block, self.load(answer), key))

    # Where it stands

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        ranking = self.load(answer)
        if not ranking.things:
            return [Problem("", "Add what you want to put in order.")]
        now = self.standing(block, ranking)
        return [] if now.is_done else [Problem("", self._open(block, ranking, now))]

    def _open(self, block: Block, ranking: Ranking, now: Standing) -> str:
        """What is still to be said, and how."""
        words = ranking.words
        if now.unplaced:
            return f"{listed([words[key] for key in now.unplaced])}: no place yet. Say where it goes."
        if ranking.way == "hand":
            return "Put them in your order, then press “This is my order”."
        if now.question and now.question.kind == "cut":
            return f"Choose which {in_words(now.question.choose)} of the level ones still go in."
        needed = in_words(min(self._top(block), len(words)))
        decided = f"{begun(in_words(now.decided))} of {needed} places" if now.decided else "No place yet"
        return f"{decided} decided. Answer the question, or do it by hand."

    def standing(self, block: Block, ranking: Ranking) -> Standing:
        """How far the ranking is."""
        way = ranking.way or self._way(block)
        return standing(tuple(ranking.words), ranking.late, ranking.log, way, self._top(block))

    def _standing_now(self, block: Block, ranking: Ranking) -> Ranking:
        """The ranking with its order, and whether that is all."""
        now = self.standing(block, ranking)
        return replace(ranking, order=now.order, done=now.is_done)

    def _way(self, block: Block) -> str:
        """The way the exercise asks first."""
        way = self.option(block, "way")
        return str(way) if way in WAYS else "one"

    def _top(self, block: Block) -> int:
        return int(self.option(block, "top") or ITEM_LIMIT)

    # Buttons

    def pressed(self, block: Block, answer: Ranking, button: Button) -> Ranking:
        match button.verb:
            case "add":
                return self.with_one_more(block, answer, button.inputs)
            case "remove":
                return self._taken_out(block, answer, button.argument)
            case "undo":
                return self._undone(block, answer, button.argument)
            case "way":
                return self._in_way(block, answer, button.argument)
            case "order" | "up" | "down" | "top":
                return self._moved(block, answer, button.verb, button.argument)
            case "places":
                return answer
            case _:
                return self._answered(block, answer, button.verb, button.argument)

    def with_one_more(self, block: Block, answer: Ranking, inputs: Inputs) -> Ranking:
        """One empty row more, as long as there is room."""
        has_room = len(answer.things) < ITEM_LIMIT and not named_by(block)
        return replace(answer, rows=(*answer.rows, self.blank())) if has_room else answer

    def _undone(self, block: Block, ranking: Ranking, argument: str) -> Ranking:
        """With the item that was removed last, or without the last answer (`log`)."""
        is_item = ranking.removed and argument != "log"
        return self._standing_now(block, undone(ranking) if is_item else replace(ranking, log=ranking.log[:-1]))

    def _in_way(self, block: Block, ranking: Ranking, way: str) -> Ranking:
        if way not in WAYS:
            raise UnknownButton("way")
        return self._standing_now(block, replace(ranking, way=way))

    def _taken_out(self, block: Block, ranking: Ranking, key: str) -> Ranking:
        return ranking if named_by(block) else self._standing_now(block, without(ranking, key))

    def _answered(self, block: Block, ranking: Ranking, verb: str, argument: str) -> Ranking:
        operation = operation_of(self.standing(block, ranking), verb, argument, frozenset(ranking.words))
        return self._logged(block, ranking, operation) if operation else ranking

    def _moved(self, block: Block, ranking: Ranking, verb: str, key: str) -> Ranking:
        order = ranking.ordered if verb == "order" else moved_key(ranking.ordered, key, verb)
        return ranking if ranking.log[-1:] == [["hand", *order]] else self._in_order(block, ranking, order)

    def _in_order(self, block: Block, ranking: Ranking, order: list[str]) -> Ranking:
        """The ranking in `order`; items the order does not name follow it."""
        rest = [key for key in ranking.ordered if key not in order]
        return self._logged(block, ranking, ["hand", *(key for key in order if key in ranking.words), *rest])

    def _logged(self, block: Block, ranking: Ranking, operation: list[str]) -> Ranking:
        rows = ranking.rows if ranking.log else tuple(replace(row, late=False) for row in ranking.rows)
        log = shortened([*ranking.log, operation])
        return self._standing_now(block, replace(ranking, rows=rows, log=log, removed=None))

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The places decided, the first first."""
        ranking = self.load(answer)
        words, ranks = ranking.words, self.standing(block, ranking).ranks(self._top(block))
        return tuple(Item(key, words[key], {"rank": rank, "position": rank}) for key, rank in ranks.items())

    def items(self, answer: Answer) -> tuple[Item, ...]:
        ranking = self.load(answer)
        return tuple(Item(key, ranking.words[key], {"place": place}) for place, key in enumerate(ranking.ordered, 1))

    def summary(self, block: Block, answer: Answer) -> str:
        words = [item.text for item in self.items(answer)]
        more = [f"{len(words) - 3} more"] if len(words) > 3 else []
        return listed([*words[:3], *more]) if words else "Nothing to put in order yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        ranking = self.load(answer)
        now, words = self.standing(block, ranking), ranking.words
        places = {key: 1 + sum(map(len, now.tiers[:at])) for at, tier in enumerate(now.tiers) for key in tier}
        lines = [f"{places[key]}. {words[key]}" for key in now.order if key in places]
        open_ = [f"– {words[key]}" for key in now.order if key not in places]
        return "\n".join([*lines, *(["Without a place yet:"] if open_ else []), *open_])

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> RankingView:
        stored, is_fixed = self.load(answer), bool(named_by(block))
        ranking = replace(self.followed(block, stored, inputs), way=stored.way or self._way(block))
        if not stored.things and not is_fixed:
            ranking = replace(ranking, rows=tuple(row for row in ranking.rows if row.is_own) or (self.blank(),))
        base = [row for row in ranking.things if not (ranking.log and row.late)]
        terms = Terms(
            ask=self.option(block, "ask"),
            top=self._top(block),
            is_fixed=is_fixed,
            most=most_questions(len(base)),
            left_out=max(0, len(inputs.draft) - ITEM_LIMIT) if len(ranking.rows) >= ITEM_LIMIT else 0,
        )
        return view_of(ranking, self.standing(block, ranking), terms)


tool = RankingGrid()
