"""Value cards: sorted on three piles, as many kept as one would keep, these put in order, the first in own words.

An answer is `{"rows": [{"key": card id or own key, "text", "pile": stays|maybe|not-now or "", "kept": ticked, where
more stay than are kept, "meaning": own words, "own": True for a card of one's own}], "log": [operations of `_ranking`],
"order": [keys of the kept cards], "step": piles|ten|on as asked for, "page": from 1, "recent": [[key, pile before]]}`.

Each step is a page part with fields of its own; what it does not show stays as it is. `at` and `shown` say which step
and which cards the page has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Rest, UnknownButton
from dreamtree.tools.rows import merging
from dreamtree.tools.rows.made_keys import new_row_key
from dreamtree.tools.rows.posted import posted_rows
from dreamtree.tools.rows.row_tool import RowsAnswerTool, undone, without
from dreamtree.tools.rows.shape import Rows
from dreamtree.tools.value_cards import order, piles, words
from dreamtree.tools.value_cards.piles import OWN_LIMIT, STAYS, Card, Cards, Rules
from dreamtree.tools.value_cards.view import CardsView, view_of
from dreamtree.tools.wording import in_words
from dreamtree.values import Answer, Item

OPENS = {
    "step": order.STEPS,
    "page": ("piles",),
    "then": order.STEPS[1:],
    **dict.fromkeys(("next", "rest", "over", "level"), ("words",)),
}
"""Which steps a button opens: their title is what one goes on with."""


class ValueCards(RowsAnswerTool[Card, Cards]):
    """Cards put on piles, ten kept, these put in order; one step of the way at a time."""

    kind = "value-cards"
    has_results = True
    minutes = 14
    rows = Rows(Card, unmarked="live")
    answer = Cards
    readonly_actions = frozenset({"list", "one"})
    twice = "One card is on this page twice. Reload the page."
    options: ClassVar[Mapping[str, Any]] = {"kind": "life", "keep": 10, "words": 5, "enough": 5}

    # What is posted

    def posted(self, block: Block, posted: Posted) -> list[Posted]:
        """The posted cards that say anything: those that lie in no pile post their key only."""
        rows = posted_rows(posted, f"{block.key}:")
        filled = [row for row in rows if any(name in row for name in ("pile", "own", "tick", "meaning"))]
        return [
            Posted({**row.to_dict(), "kept": "1" if row.get("kept") else "0"}) if "tick" in row else row
            for row in filled
        ]

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What the page says of its cards; `stuck` names its step, which then stays open, when something is refused."""
        cards, problems = self.rows.read(block, self.posted(block, posted))
        problems += self.unfit(block, cards)
        page = Cards(_by_key(cards), stuck=piles.step_of(cards) if problems else "")
        return self.store(page), problems

    def too_many(self, block: Block, rows: Any) -> list[str]:
        over = sum(row.is_own for row in rows) - OWN_LIMIT
        words = f"Up to {in_words(OWN_LIMIT)} of your own cards fit here. Remove {in_words(over)}."
        return [words] if over > 0 else []

    def form_part(self, answer: Answer) -> Answer:
        whole = self.load(answer)
        shown = (piles.on_the_page(row, whole.at) for row in whole.rows if row.key in whole.shown)
        return self.store(Cards(_by_key([row for row in shown if row])))

    def pages(self, answer: Answer) -> Iterator[Answer]:
        """Every card on a page of each step."""
        for one in super().pages(answer):
            whole = self.load(one)
            for step in piles.STEPS:
                yield self.store(replace(whole, at=step, shown=tuple(row.key for row in whole.rows)))

    def posts(self, block: Block, answer: Answer) -> Posted:
        """Also a mark beside each box to tick."""
        fields, whole = super().posts(block, answer), self.load(answer)
        boxes = range(len(whole.shown) if whole.at == "ten" else 0)
        return Posted([*fields.items(multi=True), *((f"{block.key}:rows-{n}-tick", "1") for n in boxes)])

    def merge_posted(self, block: Block, part: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        rules, posted = self._rules(block), self.load(part)
        answer = piles.sorted_by(posted.rows, self.load(stored or {}), rules)
        return self.store(order.settled(replace(answer, stuck=posted.stuck), rules))

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        still_open = words.still_open(self.load(answer), self._rules(block))
        return [Problem("", still_open)] if still_open else []

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        rules = self._rules(block)
        return self.store(order.settled(piles.worded(self.load(answer), rules), rules))

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    # Buttons

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        rules = self._rules(block)
        return self.store(order.settled(self._pressed(rules, self.load(answer), button), rules))

    def _pressed(self, rules: Rules, answer: Cards, button: Button) -> Cards:
        match button.verb:
            case "step":
                return replace(answer, step=button.argument) if button.argument in order.WISHES else answer
            case "then" | "page":
                turned = piles.gone_on if button.verb == "then" else piles.turned
                return turned(answer, rules, button.argument)
            case "add":
                blank = Card(new_row_key(), pile=STAYS)
                fits_one_more = len(answer.own) < OWN_LIMIT
                return replace(answer, rows=(*answer.rows, blank), step="piles") if fits_one_more else answer
            case "remove":
                is_own = any(row.key == button.argument for row in answer.own)
                return without(answer, button.argument) if is_own else answer
            case "undo":
                return self._undone(rules, answer, button.argument)
            case "next" | "rest" | "over" | "level":
                return order.apply_choice(answer, rules, button.verb, button.argument)
            case "up" | "down" | "top":
                return order.moved(answer, rules, button.verb, button.argument)
        raise UnknownButton(button.verb)

    def _undone(self, rules: Rules, answer: Cards, what: str) -> Cards:
        """The last sorted card, the last answer about the order, or the removed card, taken back."""
        if what == "pile":
            return piles.taken_back(answer, rules)
        return replace(answer, log=answer.log[:-1]) if what == "log" else undone(answer)

    def goes_on_at(self, block: Block, answer: Answer, button: Button) -> str:
        """The title, where another step or page of cards has been opened."""
        step = order.settled(self.load(answer), self._rules(block)).at
        return "title" if step in OPENS.get(button.verb, ()) else ""

    # What it gives on

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The cards that stay, in their order as far as it is decided."""
        rules, whole = self._rules(block), self.load(answer)
        rows, ranks = {row.key: row for row in order.chosen(whole, rules)}, order.ranks_of(whole, rules)
        keys = order.standing_of(whole, rules).order
        return tuple(Item(key, rows[key].text, _value(rules, rows[key], ranks.get(key))) for key in keys)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        whole = self.load(answer)
        rows = {row.key: row for row in whole.named}
        keys = [key for key in whole.order if key in rows]
        return tuple(
            Item(key, rows[key].text, {"place": place, "meaning": rows[key].meaning or ""})
            for place, key in enumerate(keys, 1)
        )

    def rest(self, block: Block, answer: Answer) -> Rest | None:
        return words.rest(self.load(answer), self._rules(block))

    def summary(self, block: Block, answer: Answer) -> str:
        return words.summary(self.load(answer), self._rules(block))

    def long_form(self, block: Block, answer: Answer) -> str:
        return words.long_form(self.load(answer), self._rules(block))

    def show(self, block: Block, answer: Answer, inputs: Inputs, view_state: Mapping[str, str]) -> CardsView:
        rules = self._rules(block)
        return view_of(order.settled(self.load(answer), rules), rules, is_listed=view_state.get("verb") == "list")

    def _rules(self, block: Block) -> Rules:
        kind = str(self.option(block, "kind"))
        numbers = {name: int(self.option(block, name)) for name in ("keep", "words", "enough")}
        return Rules(kind, piles.cards_of(kind), **numbers)


def _by_key(rows: list[Card]) -> tuple[Card, ...]:
    """Cards in an order that says nothing, those of the reference without words."""
    return tuple(sorted((row if row.is_own else merging.renamed(row, "") for row in rows), key=lambda row: row.key))


def _value(rules: Rules, row: Card, rank: int | None) -> dict[str, Any]:
    card = None if row.is_own else row.key
    return {"kind": rules.kind, "card_id": card, "meaning": row.meaning or "", "rank": rank}


tool = ValueCards()
