"""Value cards: sorted on three piles, as many kept as one would keep, these put in order, the first in own words.

An answer is `{"rows": [{"key": card id or own key, "text", "pile": stays|maybe|not-now or "", "kept": ticked, where
more stay than are kept, "meaning": own words, "own": True for a card of one's own}], "log": [operations of `_ranking`],
"order": [keys of the kept cards], "step": piles|ten|on as asked for, "page": from 1, "recent": [[key, pile before]]}`.

Each step is a page part with fields of its own; what it does not show stays as it is. `at` and `shown` say which step
and which cards the page has.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from dreamtree.content.book import Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool, problems_of
from dreamtree.tools.fields import flat, own_fields, rows_of
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.lines import Row, rows_in
from dreamtree.tools.value_cards.fields import CardsForm, bare_row, by_key, heard_row, is_said, refused, step_of
from dreamtree.tools.value_cards.order import (
    chosen,
    heard,
    moved,
    ranks_of,
    settled,
    standing_of,
    stepped,
    stepped_back,
)
from dreamtree.tools.value_cards.piles import (
    OWN_LIMIT,
    STAYS,
    Rules,
    cards_of,
    own_rows,
    said_cards,
    sorted_by,
    taken_back,
    turned,
    worded,
)
from dreamtree.tools.value_cards.view import CardsView, view_of
from dreamtree.tools.value_cards.words import long_form, still_open, summary
from dreamtree.values import Answer, Item


class ValueCards(Tool):
    kind = "value-cards"
    form = CardsForm
    options: ClassVar[Mapping[str, Any]] = {"kind": "life", "keep": 10, "words": 5, "enough": 5}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        """What the page says of its cards; `stuck` names its step, which then stays open, when something is refused."""
        prefix = f"{block.key}:"
        sheets = [sheet for sheet in rows_of(own_fields(posted, prefix)) if is_said(sheet)]
        form = self.form(Posted({prefix + name: value for name, value in flat(sheets).items()}), prefix=prefix)
        form.validate()
        rows = [heard_row(row, sheet) for row, sheet in zip(form.data["rows"], sheets, strict=True)]
        problems = [*problems_of(form, prefix), *refused(rows)]
        return {"rows": by_key(rows), **({"stuck": step_of(rows)} if problems else {})}, problems

    def form_part(self, answer: Answer) -> Answer:
        at, shown = str(answer.get("at")), set(answer.get("shown") or ())
        rows = [bare_row(row, at) for row in rows_in(answer, "rows") if row["key"] in shown]
        return {"rows": by_key([row for row in rows if row])}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        rules = self._rules(block)
        answer = sorted_by(bare["rows"], stored or {}, cards_of(rules), rules.keep)
        return self._settled(block, {**answer, "stuck": bare["stuck"]} if "stuck" in bare else answer)

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        words = still_open(answer, self._rules(block))
        return [Problem("", words)] if words else []

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        return self._settled(block, worded(answer, cards_of(self._rules(block))))

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset()

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        rules = self._rules(block)
        match button.verb:
            case "step":
                answer = stepped(answer, button.argument)
            case "page":
                answer = turned(answer, cards_of(rules), button.argument)
            case "add" | "remove":
                answer = self._own(answer, button.verb, button.argument)
            case "undo":
                answer = self._undone(rules, answer, button.argument)
            case "next" | "rest" | "over" | "level":
                answer = heard(answer, rules, button.verb, button.argument)
            case "up" | "down" | "top":
                answer = moved(answer, rules, button.verb, button.argument)
            case _:
                raise UnknownButton(button.verb)
        return self._settled(block, answer)

    def blank_row(self) -> dict[str, Any]:
        return {**super().blank_row(), "own": True, "pile": STAYS}

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The cards that stay, in their order as far as it is decided."""
        rules = self._rules(block)
        rows, ranks = {row["key"]: row for row in chosen(answer, rules)}, ranks_of(answer, rules)
        order = standing_of(answer, rules).order
        return tuple(Item(key, rows[key]["text"], _value(rules, rows[key], ranks.get(key))) for key in order)

    def items(self, answer: Answer) -> tuple[Item, ...]:
        rows = {row["key"]: row for row in said_cards(answer)}
        order = [key for key in answer.get("order") or () if key in rows]
        fields = {
            key: {"place": place, "meaning": rows[key].get("meaning") or ""} for place, key in enumerate(order, 1)
        }
        return tuple(Item(key, rows[key]["text"], fields[key]) for key in order)

    def summary(self, block: Block, answer: Answer) -> str:
        return summary(answer, self._rules(block))

    def long_form(self, block: Block, answer: Answer) -> str:
        return long_form(answer, self._rules(block))

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> CardsView:
        rules = self._rules(block)
        return view_of(self._settled(block, answer), rules, cards_of(rules))

    def _rules(self, block: Block) -> Rules:
        numbers = {name: int(self.option(block, name)) for name in ("keep", "words", "enough")}
        return Rules(str(self.option(block, "kind")), **numbers)

    def _settled(self, block: Block, answer: Answer) -> Answer:
        rules = self._rules(block)
        return settled({**answer, "rows": rows_in(answer, "rows")}, rules, cards_of(rules))

    def _own(self, answer: Answer, verb: str, key: str) -> Answer:
        own = own_rows(answer)
        if verb == "add":
            is_room = len(own) < OWN_LIMIT
            return buttons.act({**answer, "step": "piles"}, "rows", verb, "", self.blank_row) if is_room else answer
        return buttons.without(answer, "rows", key) if any(row["key"] == key for row in own) else answer

    def _undone(self, rules: Rules, answer: Answer, what: str) -> Answer:
        """The last sorted card, the last answer about the order, or the removed card, taken back."""
        if what == "pile":
            return taken_back(answer, cards_of(rules))
        return stepped_back(answer) if what == "log" else buttons.act(answer, "rows", "undo", "", self.blank_row)


def _value(rules: Rules, row: Row, rank: int | None) -> dict[str, Any]:
    return {
        "kind": rules.kind,
        "card_id": None if row.get("own") else row["key"],
        "meaning": row.get("meaning") or "",
        "rank": rank,
    }


tool = ValueCards()
