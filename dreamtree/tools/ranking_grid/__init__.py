"""Ranking: up to twenty things put in order by one question, one after another, two at a time or by hand.

An answer is `{"items": [{"key", "text"}], "way": one|two|hand, "log": [operations], "order": [keys], "done": bool}`;
rows added by hand have `own`, rows that joined after the first comparison `late`. With the option `items` the exercise
names them all. The page posts the items only (by hand their places too): buttons add operations to the stored log, see
`_ranking`, so two pages never contradict.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField, StringField, ValidationError

from dreamtree.content.blocks import ANY_SOURCE, Block
from dreamtree.tools.base import Button, Inputs, Posted, Problem, Tool
from dreamtree.tools.fields import as_line
from dreamtree.tools.ordering.log import (
    ITEM_LIMIT,
    lateness,
    log_of,
    operation_of,
    order_of,
    place_in,
    said_items,
    shortened,
    typed_order,
    typed_place,
    words_of,
)
from dreamtree.tools.ordering.pairs import Standing, most_questions, standing
from dreamtree.tools.ordering.view import RankingView, view_of
from dreamtree.tools.rows import buttons
from dreamtree.tools.rows.buttons import UnknownButton
from dreamtree.tools.rows.lines import LineRow, Row, has_twins, is_unsaid, merged, posted_row, reworded, rows_in
from dreamtree.tools.wording import begun, in_words, listed
from dreamtree.values import Answer, Item

WAYS = ("one", "two", "hand")


class ItemRow(LineRow):
    """An item; by hand with the place typed and the place it had on the page."""

    place = StringField()
    was = StringField()

    def validate_place(self, field: Any) -> None:
        """Refuses what is no place."""
        if (field.data or "").strip() and place_in(field.data) is None:
            raise ValidationError(f"Write a place from 1 to {ITEM_LIMIT} in figures.")


class RankingForm(Form):
    """The items as they are posted."""

    items = FieldList(FormField(ItemRow))


class RankingGrid(Tool):
    """A few things put in order, by hand or by questions about two at a time."""

    kind = "ranking-grid"
    form = RankingForm
    options: ClassVar[Mapping[str, Any]] = {
        "ask": "",
        "top": ITEM_LIMIT,
        "way": "one",
        "category": "transferable",
        "items": (),
    }
    accepts = {"draft": ANY_SOURCE}
    row_list = "items"

    def empty(self, block: Block) -> Answer:
        return {"items": _fixed(block), "way": self._way(block, {}), "log": [], "order": [], "done": False}

    def read(self, block: Block, posted: Posted) -> tuple[Answer, list[Problem]]:
        answer, problems = super().read(block, posted)
        rows = answer["items"]
        if len(rows) > ITEM_LIMIT:
            problems.append(Problem("", f"You can rank up to {ITEM_LIMIT}. Take {len(rows) - ITEM_LIMIT} out."))
        if has_twins(rows):
            problems.append(Problem("", "One thing is on this page twice. Reload the page."))
        return answer, problems

    def from_form(self, block: Block, form: Form) -> Answer:
        rows = [{**posted_row(row), **typed_place(row)} for row in form.data["items"]]
        return {"items": [row for row in rows if not is_unsaid(row)]}

    def form_part(self, answer: Answer) -> Answer:
        order = order_of(answer) if answer.get("way") == "hand" else []
        places = {key: {"place": place, "was": place} for place, key in enumerate(order, 1)}
        return {"items": [{**posted_row(row), **places.get(row["key"], {})} for row in said_items(answer)]}

    def merge_posted(self, block: Block, bare: Answer, stored: Answer | None, inputs: Inputs) -> Answer:
        known = stored or self.start(block, inputs)
        before = {row["key"]: row for row in said_items(known)}
        rows = _fixed(block) or merged(bare["items"], [*before.values()], _words_in(inputs))
        items = [{**_plain(row), **lateness(row["key"], before, known)} for row in rows]
        answer = self._settled(block, {**self.empty(block), **known, "items": items})
        order = typed_order(bare["items"])
        return self._by_hand(block, answer, order) if order and order != order_of(answer) else answer

    def incomplete(self, block: Block, answer: Answer) -> list[Problem]:
        words = words_of(answer)
        if not words:
            return [Problem("", "Add what you want to put in order.")]
        now = self._standing(block, answer)
        return [] if now.is_done else [Problem("", self._open(block, answer, now, words))]

    def _open(self, block: Block, answer: Answer, now: Standing, words: Mapping[str, str]) -> str:
        """What is still to be said, and how."""
        if now.unplaced:
            return f"{listed([words[key] for key in now.unplaced])}: no place yet. Say where it goes."
        if answer.get("way") == "hand":
            return "Put them in your order, then press “This is my order”."
        if now.question and now.question.kind == "cut":
            return f"Choose which {in_words(now.question.choose)} of the level ones still go in."
        needed = in_words(min(self._top(block), len(words)))
        decided = f"{begun(in_words(now.decided))} of {needed} places" if now.decided else "No place yet"
        return f"{decided} decided. Answer the question, or do it by hand."

    def start(self, block: Block, inputs: Inputs) -> Answer:
        drafted = [{"key": item.key, "text": as_line(item.text)} for item in inputs.draft if as_line(item.text)]
        rows = _fixed(block) or drafted
        return self._settled(block, {**self.empty(block), "items": rows[:ITEM_LIMIT]})

    def with_live_rows(self, block: Block, answer: Answer, inputs: Inputs) -> Answer:
        if not _fixed(block):
            return {**answer, "items": reworded(rows_in(answer, "items"), _words_in(inputs))}
        before = {row["key"]: row for row in rows_in(answer, "items")}
        return {**answer, "items": [{**row, **lateness(row["key"], before, answer)} for row in _fixed(block)]}

    def used(self, answer: Answer) -> frozenset[str]:
        return frozenset(row["key"] for row in said_items(answer))

    def apply_upstream(self, block: Block, answer: Answer, item: Item) -> Answer:
        rows, text = rows_in(answer, "items"), as_line(item.text)
        if any(row["key"] == item.key for row in rows):
            return {**answer, "items": [{**row, "text": text} if row["key"] == item.key else row for row in rows]}
        if len(said_items(answer)) >= ITEM_LIMIT:
            return answer
        row = {"key": item.key, "text": text, **lateness(item.key, {}, answer)}
        return self._settled(block, {**answer, "items": [*said_items(answer), row]})

    def drop_upstream(self, block: Block, answer: Answer, key: str) -> Answer:
        if _fixed(block):
            return answer
        return self._settled(block, super().drop_upstream(block, answer, key))

    def act(self, block: Block, answer: Answer, button: Button) -> Answer:
        match button.verb:
            case "add" if len(said_items(answer)) < ITEM_LIMIT and not _fixed(block):
                return super().act(block, answer, button)
            case "add" | "places":
                return answer
            case "remove":
                return self.drop_upstream(block, answer, button.argument)
            case "undo":
                return self._undone(block, answer, button.argument)
            case "way" if button.argument in WAYS:
                return self._settled(block, {**answer, "way": button.argument})
            case "order" | "up" | "down" | "top":
                return self._moved(block, answer, button.verb, button.argument)
            case "over" | "level" | "next" | "rest" | "in":
                return self._heard(block, answer, button.verb, button.argument)
        raise UnknownButton(button.verb)

    def blank_row(self) -> dict[str, Any]:
        return {**super().blank_row(), "own": True}

    def lessons(self, block: Block, answer: Answer) -> tuple[Item, ...]:
        """The places decided, the first first."""
        words, ranks = words_of(answer), self._standing(block, answer).ranks(self._top(block))
        return tuple(Item(key, words[key], {"rank": rank, "position": rank}) for key, rank in ranks.items())

    def items(self, answer: Answer) -> tuple[Item, ...]:
        words = words_of(answer)
        return tuple(Item(key, words[key], {"place": place}) for place, key in enumerate(order_of(answer), 1))

    def summary(self, block: Block, answer: Answer) -> str:
        words = [words_of(answer)[key] for key in order_of(answer)]
        more = [f"{len(words) - 3} more"] if len(words) > 3 else []
        return listed([*words[:3], *more]) if words else "Nothing to put in order yet"

    def long_form(self, block: Block, answer: Answer) -> str:
        now, words = self._standing(block, answer), words_of(answer)
        places = {key: 1 + sum(map(len, now.tiers[:at])) for at, tier in enumerate(now.tiers) for key in tier}
        lines = [f"{places[key]}. {words[key]}" for key in now.order if key in places]
        open_ = [f"– {words[key]}" for key in now.order if key not in places]
        return "\n".join([*lines, *(["Without a place yet:"] if open_ else []), *open_])

    def show(self, block: Block, answer: Answer, inputs: Inputs, asked: Mapping[str, str]) -> RankingView:
        rows = rows_in(self.with_live_rows(block, answer, inputs), "items")
        if not said_items(answer) and not _fixed(block):
            rows = [row for row in rows if is_unsaid(row)] or [self.blank_row()]
        answer = {
            **answer,
            "items": rows,
            "way": self._way(block, answer),
            "log": log_of(answer),
            "order": order_of(answer),
        }
        left_out = max(0, len(inputs.draft) - ITEM_LIMIT) if len(rows) >= ITEM_LIMIT else 0
        top = self._top(block)
        base = [row for row in said_items(answer) if not (answer["log"] and row.get("late"))]
        now, is_fixed = self._standing(block, answer), bool(_fixed(block))
        return view_of(self.option(block, "ask"), answer, now, top, most_questions(len(base)), left_out, is_fixed)

    # Where it stands

    def _way(self, block: Block, answer: Answer) -> str:
        way = answer.get("way") or self.option(block, "way")
        return str(way) if way in WAYS else "one"

    def _top(self, block: Block) -> int:
        return int(self.option(block, "top") or ITEM_LIMIT)

    def _standing(self, block: Block, answer: Answer) -> Standing:
        rows = said_items(answer)
        late = [row["key"] for row in rows if row.get("late")]
        return standing(
            tuple(row["key"] for row in rows), late, log_of(answer), self._way(block, answer), self._top(block)
        )

    def _settled(self, block: Block, answer: Answer) -> Answer:
        now = self._standing(block, answer)
        return {**answer, "log": log_of(answer), "order": [*now.order], "done": now.is_done}

    # Operations

    def _heard(self, block: Block, answer: Answer, verb: str, argument: str) -> Answer:
        operation = operation_of(self._standing(block, answer), verb, argument, self.used(answer))
        return self._with(block, answer, operation) if operation else answer

    def _with(self, block: Block, answer: Answer, operation: list[str]) -> Answer:
        log = log_of(answer)
        rows = rows_in(answer, "items")
        if not log:
            rows = [{name: value for name, value in row.items() if name != "late"} for row in rows]
        kept = {name: value for name, value in answer.items() if name != "removed"}
        return self._settled(block, {**kept, "items": rows, "log": shortened([*log, operation])})

    def _by_hand(self, block: Block, answer: Answer, order: list[str]) -> Answer:
        """The answer in `order`; items the order does not name follow it."""
        rest = [key for key in order_of(answer) if key not in order]
        known = self.used(answer)
        return self._with(block, answer, ["hand", *(key for key in order if key in known), *rest])

    def _moved(self, block: Block, answer: Answer, verb: str, key: str) -> Answer:
        order = order_of(answer)
        if verb != "order":
            order = [row["key"] for row in buttons.moved([{"key": one} for one in order], key, verb)]
        last = log_of(answer)[-1:]
        return answer if last == [["hand", *order]] else self._by_hand(block, answer, order)

    def _undone(self, block: Block, answer: Answer, argument: str) -> Answer:
        if answer.get("removed") and argument != "log":
            return self._settled(block, super().act(block, answer, Button("undo", "", Posted())))
        return self._settled(block, {**answer, "log": log_of(answer)[:-1]})


def _words_in(inputs: Inputs) -> dict[str, str]:
    return {item.key: as_line(item.text) for item in inputs.draft}


def _fixed(block: Block) -> list[Row]:
    """The items that the exercise itself names, to which none is added."""
    return [{"key": one["key"], "text": one["text"]} for one in block.options.get("items", ())]


def _plain(row: Row) -> Row:
    return {name: row[name] for name in ("key", "text", "own") if name in row}


tool = RankingGrid()
