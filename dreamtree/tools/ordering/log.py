"""Reading a ranking's answer: its items, its order, its log, and what a page by hand says about places."""

from collections.abc import Mapping
from typing import Any

from dreamtree.tools.ordering.pairs import Standing
from dreamtree.tools.rows.lines import Row, said_rows
from dreamtree.values import Answer

ITEM_LIMIT = 20
UNDO_LIMIT = 20
OPERATIONS = frozenset({"over", "level", "in", "hand"})


def said_items(answer: Answer) -> list[Row]:
    """The items with words: those that are ranked."""
    return said_rows(answer, "items")


def words_of(answer: Answer) -> dict[str, str]:
    """Key → words."""
    return {row["key"]: row["text"] for row in said_items(answer)}


def order_of(answer: Answer) -> list[str]:
    """Keys in the order last known, items that it does not name at the end."""
    keys = [row["key"] for row in said_items(answer)]
    order = [key for key in dict.fromkeys(map(str, answer.get("order") or ())) if key in keys]
    return order + [key for key in keys if key not in order]


def log_of(answer: Answer) -> list[list[str]]:
    """The stored operations, those that this version knows."""
    log = answer.get("log")
    return [one for one in log if _is_operation(one)] if isinstance(log, list) else []


def _is_operation(one: object) -> bool:
    return (
        isinstance(one, list) and all(isinstance(word, str) for word in one) and one[:1] != [] and one[0] in OPERATIONS
    )


def shortened(log: list[list[str]]) -> list[list[str]]:
    """The log without what so many orders by hand ago was forgotten anyway."""
    hands = [at for at, (name, *_) in enumerate(log) if name == "hand"]
    return log[hands[-UNDO_LIMIT] :] if len(hands) > UNDO_LIMIT else log


def operation_of(now: Standing, verb: str, argument: str, keys: frozenset[str]) -> list[str] | None:
    """What a button says, or None when it says nothing about the present question or `keys`."""
    if verb in ("over", "level"):
        one, _, other = argument.partition(">")
        return [verb, one, other] if {one, other} <= keys and one != other else None
    question = now.question
    if verb == "in":
        return ["in", argument] if question and question.kind == "cut" and argument in question.keys else None
    place, _, key = argument.partition(">")
    if not question or question.kind != "next" or place != str(now.decided + 1):
        return None
    rest = [one for one in now.order[now.decided :] if one not in now.unplaced and one != key]
    if verb == "rest":
        return ["level", *rest]
    return ["over", key, *rest] if key in question.keys else None


def lateness(key: str, before: Mapping[str, Row], answer: Answer) -> dict[str, bool]:
    """The mark of an item that joins, or joined, after the first comparison."""
    is_late = bool(before[key].get("late")) if key in before else bool(log_of(answer))
    return {"late": True} if is_late else {}


def place_in(text: str | None) -> int | None:
    """A typed place; None for anything that is not a whole number in range."""
    said = (text or "").strip()
    place = int(said) if len(said) < 4 and said.isdecimal() else 0
    return place if 1 <= place <= ITEM_LIMIT else None


def typed_place(row: Mapping[str, Any]) -> dict[str, int]:
    """The typed place and the one on the page, where there is one."""
    place, was = place_in(row["place"]), place_in(row["was"])
    return {} if was is None else {"place": place or was, "was": was}


def typed_order(rows: list[Row]) -> list[str]:
    """The order a page by hand says: as it stood there, those with another number moved to it.

    Nothing when no number was changed.
    """
    page = sorted((row for row in rows if "was" in row), key=lambda row: row["was"])
    moved = sorted((row for row in page if row["place"] != row["was"]), key=lambda row: row["place"])
    order = [row["key"] for row in page if row["place"] == row["was"]] if moved else []
    for row in moved:
        order.insert(row["place"] - 1, row["key"])
    return order
