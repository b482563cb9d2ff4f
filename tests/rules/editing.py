"""Changing answers at random: reword, drop, reorder, add, choose otherwise. One editor a shape of answer.

An edit is three numbers. What they do depends on the tool, so that any three mean something for any answer.
"""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from dreamtree.answers.records import FORCE
from dreamtree.content.blocks import PROMPT_TYPES
from dreamtree.content.book import Block
from dreamtree.tools import tool
from dreamtree.values import Answer

Edit = tuple[int, int, int]
Row = dict[str, Any]
WORDS = {
    "text",
    "title",
    "where",
    "activity",
    "reason",
    "tried",
    "meaning",
    "note",
    "name",
    "words",
    "known",
    "evidence",
    "next",
    "look",
}


def edited(block: Block, answer: Answer, edit: Edit) -> Answer:
    """The answer after one edit, as a page would post it whole."""
    after = EDITORS.get(block.type, _rows_edited)(block, copy.deepcopy(answer), edit)
    return forced(block, answer, after)


def without(block: Block, answer: Answer, number: int) -> tuple[Answer, Row] | None:
    """The answer without one of its rows, and that row; None where it has none."""
    after = copy.deepcopy(answer)
    name = _list_in(after, number)
    if block.type in ORDERED or not name or not after[name]:
        return None
    row = after[name].pop(number % len(after[name]))
    return forced(block, answer, after), row


def forced(block: Block, before: Answer, after: Answer) -> Answer:
    """`after` as it is saved over `before` where rows are records, each on its own."""
    if not tool(block.type).keeps_records:
        return after
    rows = [{**row, "was": FORCE} for row in after["rows"]]
    kept = {row["key"] for row in rows}
    dropped = {row["key"]: FORCE for row in before["rows"] if row["key"] not in kept}
    return {**after, "was": FORCE, "rows": rows, "dropped": dropped}


def keys_in(value: Any) -> set[str]:
    """Every key and every skill that is named anywhere in a row."""
    if isinstance(value, list):
        return {key for one in value for key in keys_in(one)}
    if not isinstance(value, dict):
        return set()
    own = {value[name] for name in ("key", "skill") if isinstance(value.get(name), str) and value[name]}
    return own | {key for one in value.values() for key in keys_in(one)}


def _list_in(answer: Answer, number: int) -> str:
    """The name of a list of rows; a budget has two."""
    names = [name for name in ("rows", "out", "in") if isinstance(answer.get(name), list)]
    return names[number % len(names)] if names else ""


def _rows_edited(block: Block, answer: Answer, edit: Edit) -> Answer:
    name, (what, which, other) = _list_in(answer, edit[1]), edit
    assert name, f"an answer of {block.type} has no rows: give the kind an editor in EDITORS of tests/rules/editing.py"
    rows: list[Row] = answer.get(name) or []
    if not rows:
        return answer
    acts = [_dropped, _moved, _chosen_otherwise, _reworded, _added]
    return {**answer, name: acts[what % len(acts)](rows, which % len(rows), other % len(rows))}


def _dropped(rows: list[Row], at: int, _: int) -> list[Row]:
    return rows[:at] + rows[at + 1 :]


def _moved(rows: list[Row], at: int, to: int) -> list[Row]:
    rest = _dropped(rows, at, to)
    return [*rest[:to], rows[at], *rest[to:]]


def _reworded(rows: list[Row], at: int, other: int) -> list[Row]:
    names = [name for name, value in rows[at].items() if name in WORDS and isinstance(value, str) and value]
    changed = {name: f"{rows[at][name]}, {other}" for name in names}
    return [*rows[:at], {**rows[at], **changed}, *rows[at + 1 :]]


def _added(rows: list[Row], at: int, other: int) -> list[Row]:
    """A new row as one of the others is, with a key that no row ever had."""
    (again,) = _reworded([rows[at]], 0, other)
    fresh = _with_new_keys(again, f"n{len(rows)}x{at}x{other}")
    known = {row["key"] for row in rows}
    return rows if fresh["key"] in known else [*rows, fresh]


def _with_new_keys(value: Any, mark: str) -> Any:
    if isinstance(value, list):
        return [_with_new_keys(one, f"{mark}-{n}") for n, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    fresh = {name: _with_new_keys(one, mark) for name, one in value.items()}
    return fresh | {"key": mark} if "key" in value else fresh


def _chosen_otherwise(rows: list[Row], at: int, other: int) -> list[Row]:
    """What was chosen in one row now stands in two: every field that is neither a key nor words."""
    chosen = {name: copy.deepcopy(rows[other][name]) for name in rows[other] if name not in {"key", "was", *WORDS}}
    rows = [*rows]
    rows[at] = {**rows[at], **{name: value for name, value in chosen.items() if name in rows[at]}}
    return rows


def _prompt_edited(block: Block, answer: Answer, edit: Edit) -> Answer:
    what, which, _ = edit
    choices = [one["value"] for one in block.options.get("choices", ())]
    if block.type == "choice":
        return {"value": [*choices, ""][which % (len(choices) + 1)]}
    if block.type == "checkboxes":
        return {"value": [one for n, one in enumerate(choices) if which >> n & 1]}
    if block.type in ("slider", "number"):
        return {"value": [None, *range(11)][which % 12]}
    return {"value": "" if what % 3 == 0 else f"{answer.get('value') or 'Words'} {which}"}


def _reframe_edited(_: Block, answer: Answer, edit: Edit) -> Answer:
    name = ("happened", "told", "hands", "learned", "reframe", "next")[edit[0] % 6]
    return {**answer, name: "" if edit[1] % 3 == 0 else f"Said again {edit[2]}"}


def _story_edited(_: Block, answer: Answer, edit: Edit) -> Answer:
    names = sorted(name for name in answer if name in ("title", "situation", "obstacle", "action", "result"))
    if edit[0] % 4 == 0:
        return {**answer, **dict.fromkeys(names, "")}
    name = names[edit[1] % len(names)] if names else "title"
    return {**answer, name: f"{answer.get(name) or ''} {edit[2]}".strip()}


def _scales_edited(_: Block, answer: Answer, edit: Edit) -> Answer:
    scales = answer["scales"]
    name = sorted(scales)[edit[1] % len(scales)]
    return {**answer, "scales": {**scales, name: [None, -3, -1, 1, 3][edit[2] % 5]}}


def _order_edited(_: Block, answer: Answer, edit: Edit) -> Answer:
    """One thing at another place, or out of the order, said by hand."""
    items: list[Row] = answer.get("items") or []
    if not items:
        return answer
    acts = (_dropped, _moved, _moved)
    moved = acts[edit[0] % 3](items, edit[1] % len(items), edit[2] % len(items))
    keys = [row["key"] for row in moved]
    return {**answer, "items": moved, "way": "hand", "log": [["hand", *keys]], "order": keys, "done": True}


def _cards_edited(block: Block, answer: Answer, edit: Edit) -> Answer:
    """A card on another pile, another meaning, or another order of those that are kept."""
    rows: list[Row] = answer["rows"]
    what, which, other = edit
    at = which % len(rows)
    if what % 3 == 0:
        piles = sorted({row.get("pile") or "" for row in rows} - {""})
        return {**answer, "rows": [*rows[:at], {**rows[at], "pile": piles[other % len(piles)]}, *rows[at + 1 :]]}
    if what % 3 == 1:
        return {**answer, "rows": _reworded(rows, at, other)}
    order = list(answer.get("order") or [row["key"] for row in rows if row.get("kept")])
    keys = [row["key"] for row in _moved([{"key": key} for key in order], which % len(order), other % len(order))]
    return {**answer, "log": [["hand", *keys]], "order": keys}


EDITORS: Mapping[str, Callable[[Block, Answer, Edit], Answer]] = {
    **dict.fromkeys(PROMPT_TYPES, _prompt_edited),
    "failure-reframer": _reframe_edited,
    "soared-story": _story_edited,
    "personality-selector": _scales_edited,
    "ranking-grid": _order_edited,
    "value-cards": _cards_edited,
}
ORDERED = frozenset(EDITORS)
"""What is dropped from these is no row of its own."""
